import { bigint, boolean, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Calendar } from '../series/calendar.ts';
import type { Kind } from './observation.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const whole = (name: string) => bigint(name, { mode: 'bigint' });

export const source = pgTable('source', {
  sourceId: uuid('source_id').primaryKey(),
  code: text('code').notNull(),
  name: text('name').notNull(),
  /** How it is read. */
  kind: text('kind')
    .$type<'fastmarkets' | 'perplexity' | 'http' | 'import' | 'entry' | 'platform' | 'simulated' | 'embedded'>()
    .notNull(),
  /** Whose figures these are, as it is printed beside them. */
  attribution: text('attribution').notNull(),
  display: boolean('display').notNull(),
  export: boolean('export').notNull(),
  llm: boolean('llm').notNull(),
  freshnessTargetMs: bigint('freshness_target_ms', { mode: 'number' }).notNull(),
  calendar: text('calendar').$type<Calendar>().notNull(),
  enabled: boolean('enabled').notNull(),
  lastRecordedAt: instant('last_recorded_at'),
  /** Nothing is recorded at or before it any more: answers "as known on" were given up to here. */
  knownThrough: instant('known_through'),
  createdAt: instant('created_at').notNull(),
});

export const latest = pgTable('latest', {
  instrumentId: uuid('instrument_id').notNull(),
  sourceId: uuid('source_id').notNull(),
  observationId: whole('observation_id').notNull(),
  validAt: instant('valid_at').notNull(),
  recordedAt: instant('recorded_at').notNull(),
  lowMicros: whole('low_micros').notNull(),
  midMicros: whole('mid_micros').notNull(),
  highMicros: whole('high_micros').notNull(),
  kind: text('kind').$type<Kind>().notNull(),
  display: boolean('display').notNull(),
  export: boolean('export').notNull(),
  llm: boolean('llm').notNull(),
  edition: text('edition').notNull(),
  sequence: whole('sequence').notNull(),
});

export type Source = typeof source.$inferSelect;
