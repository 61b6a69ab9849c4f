import { bigint, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Kind } from '../observations/observation.ts';
import type { Reason } from '../quality/figure.ts';
import type { QualityRules } from '../quality/rules.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const micros = (name: string) => bigint(name, { mode: 'bigint' });

export const sourceSchedule = pgTable('source_schedule', {
  sourceId: uuid('source_id').primaryKey(),
  everyMs: bigint('every_ms', { mode: 'number' }).notNull(),
  dueAt: instant('due_at').notNull(),
  /** Somebody is fetching until here. */
  leaseUntil: instant('lease_until'),
  /** What the kind of source needs; read by `settingsOf`. */
  settings: jsonb('settings').$type<unknown>().notNull(),
  rules: jsonb('rules').$type<Partial<QualityRules>>().notNull(),
  updatedAt: instant('updated_at').notNull(),
});

export const sourceHealth = pgTable('source_health', {
  sourceId: uuid('source_id').primaryKey(),
  /** In a row, since the last success. */
  failures: integer('failures').notNull(),
  lastAttemptAt: instant('last_attempt_at'),
  lastSuccessAt: instant('last_success_at'),
  errorCode: text('error_code'),
  errorDetail: text('error_detail'),
  newestValidAt: instant('newest_valid_at'),
});

export const sourceDelivery = pgTable('source_delivery', {
  sourceId: uuid('source_id').notNull(),
  contentSha256: text('content_sha256').notNull(),
  edition: text('edition').notNull(),
  via: text('via').$type<'fetch' | 'import'>().notNull(),
  receivedBy: text('received_by').notNull(),
  receivedAt: instant('received_at').notNull(),
  figures: integer('figures').notNull(),
  recorded: integer('recorded').notNull(),
  corrected: integer('corrected').notNull(),
  duplicates: integer('duplicates').notNull(),
  keptBack: integer('kept_back').notNull(),
});

export const sourceIncident = pgTable('source_incident', {
  incidentId: uuid('incident_id').primaryKey(),
  sourceId: uuid('source_id').notNull(),
  kind: text('kind').$type<'stale' | 'failing' | 'gap'>().notNull(),
  detail: text('detail').notNull(),
  openedAt: instant('opened_at').notNull(),
  resolvedAt: instant('resolved_at'),
});

export const priceEntry = pgTable('price_entry', {
  entryId: uuid('entry_id').primaryKey(),
  sourceId: uuid('source_id').notNull(),
  instrumentId: uuid('instrument_id').notNull(),
  purpose: text('purpose').$type<'entry' | 'correction'>().notNull(),
  validAt: instant('valid_at').notNull(),
  lowMicros: micros('low_micros').notNull(),
  midMicros: micros('mid_micros').notNull(),
  highMicros: micros('high_micros').notNull(),
  figureKind: text('figure_kind').$type<Exclude<Kind, 'simulated'>>().notNull(),
  edition: text('edition').notNull(),
  reason: text('reason').notNull(),
  /** What the quality rules say of it. */
  doubts: text('doubts').array().$type<Reason[]>().notNull(),
  status: text('status').$type<'proposed' | 'approved' | 'rejected'>().notNull(),
  enteredBy: text('entered_by').notNull(),
  enteredAt: instant('entered_at').notNull(),
  decidedBy: text('decided_by'),
  decidedAt: instant('decided_at'),
  decision: text('decision'),
});

export type SourceSchedule = typeof sourceSchedule.$inferSelect;
export type SourceHealth = typeof sourceHealth.$inferSelect;
export type SourceDelivery = typeof sourceDelivery.$inferSelect;
export type SourceIncident = typeof sourceIncident.$inferSelect;
export type PriceEntry = typeof priceEntry.$inferSelect;
