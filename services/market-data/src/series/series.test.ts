import { fraction } from '@clearlot/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barsOf, type Stated } from '../observations/history.fixture.ts';
import {
  type Bar,
  dayBars,
  exponentialAverage,
  follows,
  periodStart,
  periods,
  rollUp,
  simpleAverage,
  trends,
  volatility,
} from './series.ts';

/** Days with nothing but a close, in whole currency units. */
const closes = (...list: [day: string, close: number][]): Bar[] =>
  list.map(([day, close]) => {
    const micros = BigInt(Math.round(close * 1_000_000));
    const at = new Date(`${day}T12:00:00Z`);
    return {
      ...{ day, openMicros: micros, highMicros: micros, lowMicros: micros, closeMicros: micros },
      ...{ firstValidAt: at, lastValidAt: at, observations: 1, kinds: ['assessment'] },
    };
  });
const series = (...list: number[]) =>
  closes(...list.map((close, index): [string, number] => [`2026-01-${String(index + 1).padStart(2, '0')}`, close]));

describe('bars', () => {
  it('of a week begin on Monday, of a month on the first', () => {
    expect(periodStart('week', '2026-11-22')).toBe('2026-11-16');
    expect(periodStart('week', '2026-11-23')).toBe('2026-11-23');
    expect(periodStart('week', '2026-01-01')).toBe('2025-12-29');
    expect(periodStart('month', '2026-02-28')).toBe('2026-02-01');
  });

  it('of days are those of a naive model, and weeks and months made of them those made of all figures', () => {
    const stated = fc.record({
      ms: fc.integer({ min: Date.UTC(2025, 11, 20), max: Date.UTC(2026, 2, 10) }),
      prices: fc.array(fc.bigInt({ min: 1n, max: 99n }), { minLength: 3, maxLength: 3 }),
      kind: fc.constantFrom('assessment' as const, 'trade' as const),
    });
    fc.assert(
      fc.property(fc.uniqueArray(stated, { selector: ({ ms }) => ms, minLength: 1, maxLength: 60 }), (list) => {
        const known = list.map(({ ms, prices, kind }): Stated => {
          const [lowMicros = 0n, midMicros = 0n, highMicros = 0n] = prices.toSorted((a, b) => Number(a - b));
          const rest = { sourceId: 's', instrumentId: 'i', edition: '1', recordedAt: 0, display: true };
          return { ...rest, validAt: new Date(ms), lowMicros, midMicros, highMicros, kind };
        });
        const days = dayBars(known).map(({ instrumentId: _, ...bar }): Bar => bar);
        const plain = (bars: ReturnType<typeof barsOf>) => bars.map(({ sourceId: _, shown: __, ...bar }) => bar as Bar);
        expect(days.toSorted((a, b) => (a.day < b.day ? -1 : 1))).toEqual(plain(barsOf(known, 'day')));
        for (const period of periods) {
          expect(rollUp(period, plain(barsOf(known, 'day')))).toEqual(plain(barsOf(known, period)));
        }
      }),
    );
  });
});

describe('averages', () => {
  it('are null before there are enough bars', () => {
    expect(simpleAverage(series(1, 2, 3), 3)).toEqual([null, null, 2_000_000n]);
    expect(exponentialAverage(series(1, 2, 3), 3)).toEqual([null, null, 2_000_000n]);
    expect(simpleAverage([], 3)).toEqual([]);
  });

  it('that are simple are the mean of the last closes, half-even to the micro', () => {
    const price = fc.bigInt({ min: 1n, max: 10n ** 15n });
    fc.assert(
      fc.property(fc.array(price, { maxLength: 30 }), fc.integer({ min: 2, max: 9 }), (prices, length) => {
        const bars = prices.map((closeMicros) => ({ closeMicros }) as Bar);
        const expected = prices.map((_, index) => {
          if (index + 1 < length) return null;
          const sum = prices.slice(index + 1 - length, index + 1).reduce((a, b) => a + b);
          return fraction.roundHalfEven(fraction.of(sum, BigInt(length)));
        });
        expect(simpleAverage(bars, length)).toEqual(expected);
      }),
    );
  });

  it('that are exponential stay within a micro of the exact ones', () => {
    const price = fc.bigInt({ min: 1n, max: 10n ** 12n });
    fc.assert(
      fc.property(fc.array(price, { minLength: 5, maxLength: 25 }), (prices) => {
        const answer = exponentialAverage(
          prices.map((closeMicros) => ({ closeMicros }) as Bar),
          4,
        );
        let exact = fraction.of(BigInt(answer[3] ?? 0n));
        for (let index = 4; index < prices.length; index++) {
          const step = fraction.mul(fraction.of(2n, 5n), fraction.sub(fraction.of(prices[index] ?? 0n), exact));
          exact = fraction.add(exact, step);
          const off = fraction.sub(exact, fraction.of(answer[index] ?? 0n));
          expect(fraction.cmp(off, fraction.of(1n))).toBe(-1);
          expect(fraction.cmp(off, fraction.of(-1n))).toBe(1);
        }
      }),
    );
  });

  it('that are exponential give the worked figures of 2 ÷ (n + 1)', () => {
    // 10, 11, 12 begin at 11; then 11 + ½ (16 − 11) = 13.5; then 13.5 + ½ (13.5 − 13.5).
    expect(exponentialAverage(series(10, 11, 12, 16, 13.5), 3).slice(2)).toEqual([
      11_000_000n,
      13_500_000n,
      13_500_000n,
    ]);
  });
});

describe('volatility', () => {
  it('of steady growth and of a still price is nothing', () => {
    expect(volatility(series(1, 2, 4, 8, 16, 32, 64), 'continuous', 'day')?.annualised).toBeCloseTo(0, 10);
    expect(volatility(series(5, 5, 5, 5, 5, 5, 5), 'continuous', 'day')?.annualised).toBe(0);
  });

  it('is the standard deviation of log returns times the root of the periods of a year', () => {
    const found = volatility(series(100, 110, 99, 104, 101, 108, 107), 'continuous', 'day');
    const returns = [110 / 100, 99 / 110, 104 / 99, 101 / 104, 108 / 101, 107 / 108].map(Math.log);
    const mean = returns.reduce((a, b) => a + b) / 6;
    const expected = Math.sqrt((returns.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 5) * 365);
    expect(found).toEqual({ annualised: expect.closeTo(expected, 12), returns: 6, periodsPerYear: 365 });
  });

  it('spans holidays with one return, never with zero returns, and a missing business day with none', () => {
    // 24 and 29 December 2026 are neighbours: Christmas, a weekend and the day in lieu of Boxing Day lie between.
    expect(follows('england_wales', 'day', '2026-12-24', '2026-12-29')).toBe(true);
    expect(follows('weekdays', 'day', '2026-12-24', '2026-12-29')).toBe(false);
    const days = (...list: [string, number][]) => volatility(closes(...list), 'england_wales', 'day');
    const whole: [string, number][] = [
      ...([
        ['2026-12-21', 10],
        ['2026-12-22', 11],
        ['2026-12-23', 10.5],
        ['2026-12-24', 10.2],
      ] as [string, number][]),
      ...([
        ['2026-12-29', 10.9],
        ['2026-12-30', 11.2],
      ] as [string, number][]),
    ];
    expect(days(...whole)).toMatchObject({ returns: 5, periodsPerYear: 253 });
    expect(days(...whole, ['2027-01-04', 11])).toMatchObject({ returns: 5 });
    expect(days(...whole.filter(([day]) => day !== '2026-12-22'))).toBeNull();
  });

  it('of weeks and months is over neighbours, of yearly figures nothing', () => {
    expect(follows('continuous', 'week', '2026-11-16', '2026-11-23')).toBe(true);
    expect(follows('continuous', 'week', '2026-11-16', '2026-11-30')).toBe(false);
    expect(follows('weekdays', 'month', '2026-12-01', '2027-01-01')).toBe(true);
    expect(follows('weekdays', 'month', '2026-11-01', '2027-01-01')).toBe(false);
    expect(follows('annual', 'month', '2021-12-01', '2022-12-01')).toBe(false);
  });
});

describe('a trend', () => {
  it('compares the last close with the newest one that many days before', () => {
    const days = closes(
      ['2026-08-20', 8],
      ['2026-10-23', 9],
      ['2026-11-16', 10],
      ['2026-11-22', 12],
      ['2026-11-24', 11],
    );
    expect(trends(days).map(({ days, fromMicros, changeMicros }) => [days, fromMicros, changeMicros])).toEqual([
      [1, 12_000_000n, -1_000_000n],
      [7, 10_000_000n, 1_000_000n],
      [30, 9_000_000n, 2_000_000n],
      [90, 8_000_000n, 3_000_000n],
    ]);
    expect(trends(days)[1]?.change).toEqual({ num: 1n, den: 10n });
  });

  it('is left out where what it would be compared with is ten days too old', () => {
    expect(trends(closes(['2022-12-31', 37], ['2026-11-24', 11]))).toEqual([]);
    expect(trends(closes(['2026-11-13', 10], ['2026-11-24', 11])).map(({ days }) => days)).toEqual([1, 7]);
    expect(trends([])).toEqual([]);
  });
});
