import { describe, expect, it } from 'vitest';
import { ageText, changeOf, microsOf, percentBetween, percentOfShare, signedPercent } from './price.ts';

describe('a price', () => {
  it('is read exactly, digit by digit', () => {
    expect([microsOf('36.37174'), microsOf('-0.000001'), microsOf('298000')]).toEqual([
      ...[36_371_740n, -1n, 298_000_000_000n],
    ]);
    expect(() => microsOf('1e3')).toThrow();
  });

  it('moves by a percentage that is rounded once, half away from zero', () => {
    expect(percentBetween('12600', '37000')).toBe('+193.65 %');
    expect(percentBetween('100', '99.995')).toBe('−0.01 %');
    expect(percentBetween('100', '100.00499')).toBe('0.00 %');
    expect(percentBetween('0', '1')).toBeUndefined();
    expect(percentOfShare('-0.045075367401')).toBe('−4.50 %');
    expect([signedPercent('4.259'), signedPercent('-0.5'), signedPercent('0')]).toEqual([
      '+4.25 %',
      '−0.50 %',
      '0.00 %',
    ]);
  });
});

describe('a change', () => {
  const figure = (mid: string, validAt: string) => ({ mid, validAt });

  it('is against the last figure that is a day older, not the one just before', () => {
    const list = [
      figure('110', '2026-11-24T16:00:00Z'),
      figure('105', '2026-11-24T10:00:00Z'),
      figure('100', '2026-11-23T16:00:00Z'),
      figure('50', '2026-11-20T16:00:00Z'),
    ];
    expect(changeOf(list)).toEqual({ percent: '+10.00 %', direction: 'up', since: '2026-11-23T16:00:00Z' });
  });

  it('is against the oldest where all are young, and nothing where there is one', () => {
    const list = [figure('99', '2026-11-24T16:01:00Z'), figure('100', '2026-11-24T16:00:00Z')];
    expect(changeOf(list)).toEqual({ percent: '−1.00 %', direction: 'down', since: '2026-11-24T16:00:00Z' });
    expect(changeOf(list.slice(0, 1))).toBeUndefined();
  });
});

describe('an age', () => {
  it('is told in the largest whole unit', () => {
    const hour = 3_600_000;
    expect([59_999, 60_000, 47 * hour, 48 * hour, 365 * 3 * 24 * hour].map(ageText)).toEqual([
      ...['under a minute', '1 minute', '47 hours', '2 days', '3 years'],
    ]);
  });
});
