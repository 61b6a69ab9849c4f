import { jsonb, numeric, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Kind } from '../observations/observation.ts';
import type { Reason, StatedBasis } from './figure.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
/** What is kept back may be larger than any column of prices. */
const micros = (name: string) => numeric(name, { mode: 'bigint' });

export const quarantine = pgTable('quarantine', {
  quarantineId: uuid('quarantine_id').primaryKey(),
  sourceId: uuid('source_id').notNull(),
  instrumentId: uuid('instrument_id'),
  symbol: text('symbol').notNull(),
  edition: text('edition').notNull(),
  validAt: instant('valid_at').notNull(),
  lowMicros: micros('low_micros').notNull(),
  midMicros: micros('mid_micros').notNull(),
  highMicros: micros('high_micros').notNull(),
  figureKind: text('figure_kind').$type<Kind>().notNull(),
  stated: jsonb('stated').$type<StatedBasis>().notNull(),
  citationUrl: text('citation_url'),
  reasons: text('reasons').array().$type<Reason[]>().notNull(),
  fingerprint: text('fingerprint').notNull(),
  status: text('status').$type<'pending' | 'approved' | 'rejected'>().notNull(),
  keptAt: instant('kept_at').notNull(),
  decidedBy: text('decided_by'),
  decidedAt: instant('decided_at'),
  decision: text('decision'),
});

export type Quarantined = typeof quarantine.$inferSelect;
