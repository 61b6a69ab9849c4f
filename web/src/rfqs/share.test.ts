import { describe, expect, it } from 'vitest';
import { percentOf, ppmOf } from './share.ts';

describe('a share in per cent', () => {
  it.each([
    ['5', 50_000],
    ['5.25', 52_500],
    ['0,2 %', 2_000],
    ['0.0001', 1],
    ['100', 1_000_000],
    ['0', 0],
  ])('%j is %i parts per million and nothing is rounded', (text, ppm) => {
    expect(ppmOf(text)).toBe(ppm);
  });

  it.each(['', '100.0001', '101', '-1', '1.00001', 'five'])('%j is refused', (text) => {
    expect(ppmOf(text)).toBeUndefined();
  });

  it('comes back as it was written', () => {
    for (const ppm of [0, 1, 2_000, 52_500, 999_999, 1_000_000]) expect(ppmOf(percentOf(ppm))).toBe(ppm);
  });
});
