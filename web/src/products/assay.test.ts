import { describe, expect, it } from 'vitest';
import { formatShare, ppbOfPercent, shareOf } from './assay.ts';

describe('shares of mass', () => {
  it('are said in the unit of their size, with every digit', () => {
    expect(formatShare(996_000_000)).toBe('99.6 %');
    expect(formatShare(1_000_000_000)).toBe('100 %');
    expect(formatShare(995_000_001)).toBe('99.5000001 %');
    expect(formatShare(4_000_000)).toBe('0.4 %');
    expect(formatShare(180_000)).toBe('180 ppm');
    expect(formatShare(1_500)).toBe('1.5 ppm');
    expect(formatShare(999)).toBe('999 ppb');
    expect(formatShare(0)).toBe('0 ppm');
  });

  it('come back as the same parts per billion', () => {
    for (const ppb of [10_000_000, 60_500_000, 995_000_001, 1_000_000_000]) {
      expect(ppbOfPercent(shareOf(ppb).value)).toBe(ppb);
    }
  });

  it('are refused when they are more than all, finer than a part per billion or no number', () => {
    for (const text of ['100.0000001', '101', '1.00000001', '-1', '1e2', '', 'x', '1,5']) {
      expect(ppbOfPercent(text)).toBeUndefined();
    }
  });
});
