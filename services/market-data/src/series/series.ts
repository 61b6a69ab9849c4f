import { type Fraction, fraction, maxBigint, minBigint } from '@clearlot/kernel';
import type { ObservationInput } from '../observations/observation.ts';
import { type Calendar, nextBusinessDay } from './calendar.ts';

export const periods = ['day', 'week', 'month'] as const;
export type Period = (typeof periods)[number];

/**
 * An assessment bar of one source: open and close are its first and last mid, high and low the ends of its ranges. `day` is
 * the first day of its period (UTC; weeks begin on Monday) as an ISO date. Prices in micros.
 */
export interface Bar {
  day: string;
  openMicros: bigint;
  highMicros: bigint;
  lowMicros: bigint;
  closeMicros: bigint;
  firstValidAt: Date;
  lastValidAt: Date;
  observations: number;
  /** What it is made of, sorted. */
  kinds: readonly string[];
}

const dayMs = 86_400_000;

/** The day (UTC) that an instant is in, as an ISO date. */
export function isoDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** Figures of one source as the bars of their days, by instrument. No two are of one instrument and instant. */
export function dayBars(inputs: readonly ObservationInput[]): (Bar & { instrumentId: string })[] {
  const bars = new Map<string, Bar & { instrumentId: string }>();
  for (const { instrumentId, validAt, lowMicros, midMicros, highMicros, kind } of inputs) {
    const dayNumber = Math.floor(validAt.getTime() / dayMs);
    const key = `${instrumentId} ${dayNumber}`;
    const known = bars.get(key);
    const day = known?.day ?? isoDay(validAt);
    const own = {
      openMicros: midMicros,
      highMicros,
      lowMicros,
      closeMicros: midMicros,
      observations: 1,
      kinds: [kind],
    };
    const bar = { instrumentId, day, ...own, firstValidAt: validAt, lastValidAt: validAt };
    bars.set(key, known ? { instrumentId, ...merge(known, bar) } : bar);
  }
  return [...bars.values()];
}

/** The first day of the period that a day is in. */
export function periodStart(period: Period, day: string): string {
  if (period === 'day') return day;
  if (period === 'month') return `${day.slice(0, 7)}-01`;
  const date = new Date(day);
  return isoDay(new Date(date.getTime() - ((date.getUTCDay() + 6) % 7) * dayMs));
}

/** Days of one source, in order, as bars of a longer period. Exactly the bars of all of their figures. */
export function rollUp(period: Period, days: readonly Bar[]): Bar[] {
  if (period === 'day') return [...days];
  const bars: Bar[] = [];
  for (const day of days) {
    const start = periodStart(period, day.day);
    const last = bars.at(-1);
    if (last?.day === start) bars[bars.length - 1] = merge(last, day);
    else bars.push({ ...day, day: start });
  }
  return bars;
}

/** Two bars of different figures as one, of the first's day. */
function merge(a: Bar, b: Bar): Bar {
  const [first, last] = [a.firstValidAt <= b.firstValidAt ? a : b, a.lastValidAt >= b.lastValidAt ? a : b];
  return {
    day: a.day,
    openMicros: first.openMicros,
    highMicros: maxBigint(a.highMicros, b.highMicros),
    lowMicros: minBigint(a.lowMicros, b.lowMicros),
    closeMicros: last.closeMicros,
    firstValidAt: first.firstValidAt,
    lastValidAt: last.lastValidAt,
    observations: a.observations + b.observations,
    kinds: [...new Set([...a.kinds, ...b.kinds])].sort(),
  };
}

/**
 * The mean close of the last `length` bars at each bar, half-even to the micro; null before there are so many. Gaps do not
 * count: it is of bars, not of days.
 */
export function simpleAverage(bars: readonly Bar[], length: number): (bigint | null)[] {
  let sum = 0n;
  return bars.map(({ closeMicros }, index) => {
    sum += closeMicros - (bars[index - length]?.closeMicros ?? 0n);
    return index + 1 < length ? null : fraction.roundHalfEven(fraction.of(sum, BigInt(length)));
  });
}

const finer = 1_000_000n;

/**
 * The exponential average of the closes with weight 2 ÷ (length + 1), begun at the simple average of the first `length`; null
 * before. Carried on in millionths of a micro, each step half-even, so that it is the same on every machine.
 */
export function exponentialAverage(bars: readonly Bar[], length: number): (bigint | null)[] {
  const simple = simpleAverage(bars, length);
  let average: bigint | undefined;
  return bars.map(({ closeMicros }, index) => {
    const first = simple[index];
    if (average === undefined) {
      if (first === null || first === undefined) return null;
      average = first * finer;
    } else {
      const step = fraction.of(2n * (closeMicros * finer - average), BigInt(length + 1));
      average += fraction.roundHalfEven(step);
    }
    return fraction.roundHalfEven(fraction.of(average, finer));
  });
}

/** How many periods of a calendar make a year: business days on average, 52 weeks, 12 months. */
export function periodsPerYear(calendar: Calendar, period: Period): number {
  if (period === 'week') return 52;
  if (period === 'month') return 12;
  return { continuous: 365, weekdays: 261, england_wales: 253, annual: 1 }[calendar];
}

/** True where no period of the calendar lies between two bars: over holidays, but not over a day that is missing. */
export function follows(calendar: Calendar, period: Period, earlier: string, later: string): boolean {
  // A figure of a year has no shorter periods beside it.
  if (calendar === 'annual') return false;
  const from = new Date(earlier);
  if (period === 'day') return isoDay(nextBusinessDay(calendar, from)) === later;
  if (period === 'week') return isoDay(new Date(from.getTime() + 7 * dayMs)) === later;
  return isoDay(new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1, 1))) === later;
}

export interface Volatility {
  /** Per year, as a share: 0.35 is 35 %. */
  annualised: number;
  returns: number;
  periodsPerYear: number;
}

const returnsMin = 5;

/**
 * The standard deviation (n − 1) of the logarithms of close ÷ close before, times √ periods per year. A holiday is a gap that
 * one return spans; where a period of the calendar is missing there is no return, as it would count two moves as one. Null
 * with fewer than five returns. A statistic and not a price, and an irrational one: here floating point is right.
 * Source: J. C. Hull, Options, Futures, and Other Derivatives, "Estimating volatility from historical data".
 */
export function volatility(bars: readonly Bar[], calendar: Calendar, period: Period): Volatility | null {
  const returns: number[] = [];
  for (const [index, bar] of bars.entries()) {
    const before = bars[index - 1];
    if (!before || !follows(calendar, period, before.day, bar.day)) continue;
    returns.push(Math.log(Number(bar.closeMicros) / Number(before.closeMicros)));
  }
  if (returns.length < returnsMin) return null;
  const mean = returns.reduce((sum, each) => sum + each, 0) / returns.length;
  const variance = returns.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (returns.length - 1);
  const perYear = periodsPerYear(calendar, period);
  return { annualised: Math.sqrt(variance * perYear), returns: returns.length, periodsPerYear: perYear };
}

export const trendDays = [1, 7, 30, 90] as const;

export interface Trend {
  days: (typeof trendDays)[number];
  /** The close it is compared with, and when that was valid. */
  fromMicros: bigint;
  fromValidAt: Date;
  changeMicros: bigint;
  /** change ÷ from, exactly. */
  change: Fraction;
}

/** A price before the one asked for is still taken when it is at most so old: over the longest holidays. */
const reachMs = 10 * dayMs;

/**
 * How the last close stands against the close some days before: the newest that was valid then, if it is not more than ten days
 * older than that. What cannot be compared is left out. `days` are daily bars of one source, in order.
 */
export function trends(days: readonly Bar[]): Trend[] {
  const last = days.at(-1);
  if (!last) return [];
  return trendDays.flatMap((count) => {
    const wanted = last.lastValidAt.getTime() - count * dayMs;
    const from = days.findLast(({ lastValidAt }) => lastValidAt.getTime() <= wanted);
    if (!from || wanted - from.lastValidAt.getTime() > reachMs) return [];
    const changeMicros = last.closeMicros - from.closeMicros;
    return {
      days: count,
      fromMicros: from.closeMicros,
      fromValidAt: from.lastValidAt,
      changeMicros,
      change: fraction.of(changeMicros, from.closeMicros),
    };
  });
}
