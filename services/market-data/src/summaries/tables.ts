import { date, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Locale } from './language.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** A figure a summary cites, as text that is read. */
export interface Citation {
  marker: number;
  observationId: string;
  instrumentId: string;
  code: string;
  name: string;
  per: string;
  kind: string;
  low: string;
  mid: string;
  high: string;
  day: string;
  source: string;
  edition: string;
  previous: { mid: string; day: string } | null;
}

/** What is to be written: while `writtenRevision` is less than `wantedRevision`, from `dueAt` on. */
export const summaryTask = pgTable('summary_task', {
  day: date('day', { mode: 'string' }).notNull(),
  locale: text('locale').$type<Locale>().notNull(),
  wantedRevision: integer('wanted_revision').notNull(),
  writtenRevision: integer('written_revision').notNull(),
  attempts: integer('attempts').notNull(),
  dueAt: instant('due_at').notNull(),
});

export const marketSummary = pgTable('market_summary', {
  summaryId: uuid('summary_id').primaryKey(),
  day: date('day', { mode: 'string' }).notNull(),
  locale: text('locale').$type<Locale>().notNull(),
  revision: integer('revision').notNull(),
  status: text('status').$type<'published' | 'retracted'>().notNull(),
  origin: text('origin').$type<'model' | 'template'>().notNull(),
  fallbackReason: text('fallback_reason'),
  model: text('model'),
  body: text('body').notNull(),
  citations: jsonb('citations').$type<Citation[]>().notNull(),
  writtenAt: instant('written_at').notNull(),
  retractedBy: text('retracted_by'),
  retractedAt: instant('retracted_at'),
  retractionReason: text('retraction_reason'),
});

export type SummaryTask = typeof summaryTask.$inferSelect;
export type MarketSummary = typeof marketSummary.$inferSelect;
