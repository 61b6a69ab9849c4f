import { type Fraction, fraction } from '@clearlot/kernel';

export const alertKinds = ['threshold', 'percent_move', 'spread', 'staleness', 'arbitrage'] as const;
export type AlertKind = (typeof alertKinds)[number];

/** `either` is for moves, of which the size counts. */
export const directions = ['above', 'below', 'either'] as const;
export type Direction = (typeof directions)[number];

export const channels = ['in_app', 'email', 'webhook'] as const;
export type Channel = (typeof channels)[number];

/**
 * When an alert fires. `limit` and `band` are micros for prices, spreads and margins, parts per million for moves,
 * milliseconds for staleness.
 */
export interface AlertRule {
  direction: Direction;
  limit: bigint;
  /** How far back beyond the limit a value must come before the alert can fire again. */
  band: bigint;
  /** At least so long between two firings. */
  cooldownMs: number;
}

/** `armed` may fire; `fired` waits for the value to move back. Sequences say which figures have been looked at. */
export interface AlertState {
  phase: 'armed' | 'fired';
  sequence: bigint;
  /** Of the second instrument of a spread or a route. */
  otherSequence: bigint;
  lastFiredAt: Date | null;
}

/** A value to hold against a rule, and the published changes it was made of. */
export interface Reading {
  value: Fraction;
  sequence: bigint;
  otherSequence: bigint;
  at: Date;
}

/**
 * What becomes of an alert with one more reading. A reading that is not newer than what was looked at changes nothing, so
 * that repeating and reordering do no harm. Fires strictly beyond the limit when armed and cooled down; is armed again when
 * the value is back by the band; so between two firings there is always a re-arming.
 */
export function stepAlert(rule: AlertRule, state: AlertState, reading: Reading): { state: AlertState; fired: boolean } {
  const { sequence, otherSequence, at } = reading;
  if (!isNewer(state, reading)) return { state, fired: false };
  const seen = { ...state, sequence, otherSequence };
  if (state.phase === 'fired') {
    return { state: isBack(rule, reading.value) ? { ...seen, phase: 'armed' } : seen, fired: false };
  }
  if (!isBeyond(rule, reading.value) || !hasCooled(rule, state, at)) return { state: seen, fired: false };
  return { state: { ...seen, phase: 'fired', lastFiredAt: at }, fired: true };
}

/** A new figure came: whatever was stale is not any more. */
export function refreshStaleness(state: AlertState, sequence: bigint): AlertState {
  return sequence > state.sequence ? { ...state, phase: 'armed', sequence } : state;
}

/** What becomes of a staleness alert when its newest figure, of `sequence`, is so old. Fires once for each figure. */
export function stepStaleness(
  rule: AlertRule,
  state: AlertState,
  newest: { sequence: bigint; ageMs: number; at: Date },
): { state: AlertState; fired: boolean } {
  const fresh = refreshStaleness(state, newest.sequence);
  const due = BigInt(newest.ageMs) > rule.limit && fresh.phase === 'armed' && hasCooled(rule, fresh, newest.at);
  return due
    ? { state: { ...fresh, phase: 'fired', lastFiredAt: newest.at }, fired: true }
    : { state: fresh, fired: false };
}

const million = fraction.of(1_000_000n);

/** How far a price moved, in parts per million of where it was. */
export function movePpm(fromMicros: bigint, toMicros: bigint): Fraction {
  return fraction.mul(fraction.of(toMicros - fromMicros, fromMicros), million);
}

function isNewer(state: AlertState, { sequence, otherSequence }: Reading): boolean {
  if (sequence < state.sequence || otherSequence < state.otherSequence) return false;
  return sequence > state.sequence || otherSequence > state.otherSequence;
}

function isBeyond({ direction, limit }: AlertRule, value: Fraction): boolean {
  const held = fraction.of(limit);
  if (direction === 'below') return fraction.cmp(value, held) < 0;
  return fraction.cmp(direction === 'either' ? magnitude(value) : value, held) > 0;
}

function isBack({ direction, limit, band }: AlertRule, value: Fraction): boolean {
  if (direction === 'below') return fraction.cmp(value, fraction.of(limit + band)) >= 0;
  return fraction.cmp(direction === 'either' ? magnitude(value) : value, fraction.of(limit - band)) <= 0;
}

function hasCooled({ cooldownMs }: AlertRule, { lastFiredAt }: AlertState, at: Date): boolean {
  return lastFiredAt === null || at.getTime() - lastFiredAt.getTime() >= cooldownMs;
}

function magnitude(value: Fraction): Fraction {
  return value.num < 0n ? fraction.of(-value.num, value.den) : value;
}
