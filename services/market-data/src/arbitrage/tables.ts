import { boolean, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { ForwardText, StatedAssumptions } from './stated.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const tradeRoute = pgTable('trade_route', {
  routeId: uuid('route_id').primaryKey(),
  code: text('code').notNull(),
  name: text('name').notNull(),
  originInstrumentId: uuid('origin_instrument_id').notNull(),
  destinationInstrumentId: uuid('destination_instrument_id').notNull(),
  lagDays: integer('lag_days').notNull(),
  assumptions: jsonb('assumptions').$type<StatedAssumptions>().notNull(),
  /** What the destination's price is assumed to be on arrival; null for its newest price. */
  forward: jsonb('forward').$type<ForwardText>(),
  allowUncoveredLag: boolean('allow_uncovered_lag').notNull(),
  enabled: boolean('enabled').notNull(),
  updatedBy: text('updated_by').notNull(),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

export type TradeRoute = typeof tradeRoute.$inferSelect;
