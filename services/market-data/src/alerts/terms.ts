import { fraction } from '@clearlot/kernel';
import { readMicros, showDecimal, showMicros } from '../conversion/decimal.ts';
import type { AlertKind, AlertRule, Direction } from './alert.ts';
import { alertErrors } from './errors.ts';

/** A rule as people state it: prices in their currency, moves in percent, staleness in minutes; all as decimal text. */
export interface StatedRule {
  direction: Direction;
  limit: string;
  band: string;
  windowHours?: number | undefined;
  cooldownMinutes: number;
}

const MINUTE_MS = 60_000n;
// A percent has as many parts per million as a unit has micros of a ten-thousandth.
const PPM_PER_PERCENT = 10_000n;
const MICRO = 1_000_000n;

/**
 * Reads a stated rule for a kind of alert. A move "below" is a fall by more than the limit. Errors: MARKET_ALERT_RULE_INVALID,
 * MARKET_DECIMAL_INVALID.
 */
export function readRule(kind: AlertKind, stated: StatedRule): AlertRule & { windowMs: number | null } {
  const { direction, windowHours, cooldownMinutes } = stated;
  const [limit, band] = [scaled(kind, stated.limit), scaled(kind, stated.band)];
  const refuse = (detail: string) => alertErrors.error('MARKET_ALERT_RULE_INVALID', detail);
  if (band < 0n) throw refuse('The band is zero or more.');
  if (limit <= 0n && kind !== 'spread' && kind !== 'arbitrage') throw refuse('The limit is above zero.');
  if (direction === 'either' && kind !== 'percent_move') throw refuse('Only a move can be either way.');
  if (kind === 'percent_move' && band >= limit) throw refuse('The band is less than the limit: else it never is back.');
  if ((windowHours !== undefined) !== (kind === 'percent_move')) throw refuse('A move, and only a move, has a window.');
  if (kind === 'staleness' && (direction !== 'above' || band !== 0n))
    throw refuse('Staleness is above, without a band.');
  return {
    direction,
    limit: kind === 'percent_move' && direction === 'below' ? -limit : limit,
    band,
    windowMs: windowHours === undefined ? null : windowHours * 3_600_000,
    cooldownMs: cooldownMinutes * 60_000,
  };
}

/** A limit, a band or a value of a kind of alert as people read it. */
export function showValue(kind: AlertKind, value: fraction.Fraction): string {
  if (kind === 'percent_move') return showDecimal(fraction.div(value, fraction.of(PPM_PER_PERCENT)), 2);
  if (kind === 'staleness') return showDecimal(fraction.div(value, fraction.of(MINUTE_MS)), 1);
  return showMicros(value);
}

/** A stored rule as it was stated. */
export function statedRule(
  kind: AlertKind,
  rule: AlertRule & { windowMs: number | null },
): Required<Omit<StatedRule, 'windowHours'>> & { windowHours: number | null } {
  const size = kind === 'percent_move' && rule.limit < 0n ? -rule.limit : rule.limit;
  return {
    direction: rule.direction,
    limit: exact(kind, size),
    band: exact(kind, rule.band),
    windowHours: rule.windowMs === null ? null : rule.windowMs / 3_600_000,
    cooldownMinutes: rule.cooldownMs / 60_000,
  };
}

function scaled(kind: AlertKind, text: string): bigint {
  const micros = readMicros(text);
  if (kind !== 'percent_move' && kind !== 'staleness') return micros;
  const value = fraction.of(micros * (kind === 'percent_move' ? PPM_PER_PERCENT : MINUTE_MS), MICRO);
  if (value.den === 1n) return value.num;
  throw alertErrors.error('MARKET_ALERT_RULE_INVALID', 'The limit is stated too finely.');
}

function exact(kind: AlertKind, value: bigint): string {
  if (kind === 'percent_move') return showDecimal(fraction.of(value, PPM_PER_PERCENT), 6);
  if (kind === 'staleness') return showDecimal(fraction.of(value, MINUTE_MS), 6);
  return showMicros(fraction.of(value));
}
