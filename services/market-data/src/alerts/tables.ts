import { bigint, boolean, integer, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { AlertKind, AlertState, Channel, Direction } from './alert.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const whole = (name: string) => bigint(name, { mode: 'bigint' });

export const alert = pgTable('alert', {
  alertId: uuid('alert_id').primaryKey(),
  ownerId: uuid('owner_id').notNull(),
  name: text('name').notNull(),
  kind: text('kind').$type<AlertKind>().notNull(),
  instrumentId: uuid('instrument_id').notNull(),
  otherInstrumentId: uuid('other_instrument_id'),
  routeId: uuid('route_id'),
  direction: text('direction').$type<Direction>().notNull(),
  /** Micros, parts per million or milliseconds, as the kind says. */
  limit: whole('limit_value').notNull(),
  band: whole('band').notNull(),
  windowMs: bigint('window_ms', { mode: 'number' }),
  cooldownMs: bigint('cooldown_ms', { mode: 'number' }).notNull(),
  channels: text('channels').array().$type<Channel[]>().notNull(),
  webhookUrl: text('webhook_url'),
  enabled: boolean('enabled').notNull(),
  revision: integer('revision').notNull(),
  phase: text('phase').$type<AlertState['phase']>().notNull(),
  sequence: whole('sequence').notNull(),
  otherSequence: whole('other_sequence').notNull(),
  lastFiredAt: instant('last_fired_at'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

/** What somebody is told: figures as text, as they are read. */
export interface FiringDetail {
  alertName: string;
  kind: AlertKind;
  /** One sentence that says it all. */
  text: string;
  value: string;
  limit: string;
  /** `USD/kg`, `%` or `min`. */
  per: string;
  /** Of which figures, newest first. */
  figures: { code: string; name: string; mid: string; per: string; kind: string; source: string; validAt: string }[];
}

export const alertFiring = pgTable('alert_firing', {
  firingId: uuid('firing_id').primaryKey(),
  alertId: uuid('alert_id').notNull(),
  ownerId: uuid('owner_id').notNull(),
  revision: integer('revision').notNull(),
  sequence: whole('sequence').notNull(),
  otherSequence: whole('other_sequence').notNull(),
  firedAt: instant('fired_at').notNull(),
  detail: jsonb('detail').$type<FiringDetail>().notNull(),
  readAt: instant('read_at'),
});

export const webhookDelivery = pgTable('webhook_delivery', {
  deliveryId: uuid('delivery_id').primaryKey(),
  alertId: uuid('alert_id').notNull(),
  ownerId: uuid('owner_id').notNull(),
  url: text('url').notNull(),
  body: text('body').notNull(),
  state: text('state').$type<'planned' | 'sending' | 'delivered' | 'failed'>().notNull(),
  attempts: integer('attempts').notNull(),
  dueAt: instant('due_at').notNull(),
  leaseUntil: instant('lease_until'),
  lastError: text('last_error'),
  createdAt: instant('created_at').notNull(),
  deliveredAt: instant('delivered_at'),
});

export type Alert = typeof alert.$inferSelect;
export type AlertFiring = typeof alertFiring.$inferSelect;
export type WebhookDelivery = typeof webhookDelivery.$inferSelect;
