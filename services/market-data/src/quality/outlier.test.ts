import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differ, isOutlier, median } from './outlier.ts';
import { defaultRules } from './rules.ts';

const micros = fc.bigInt({ min: 1n, max: 10n ** 15n });
const market = fc.array(micros, { minLength: 1, maxLength: 60 });

describe('an outlier', () => {
  test('is never what the last figure was', () => {
    fc.assert(fc.property(market, (before) => !isOutlier(before.at(-1) ?? 0n, before, defaultRules)));
  });

  test('is anything beyond the hard limit, however wild the market was', () => {
    fc.assert(
      fc.property(market, (before) => {
        const last = before.at(-1) ?? 0n;
        expect(isOutlier(last * 10n, before, defaultRules)).toBe(true);
        expect(
          isOutlier(last + (last * BigInt(defaultRules.changePpmMax)) / 1_000_000n + 1n, before, defaultRules),
        ).toBe(true);
      }),
    );
  });

  test('does not depend on the unit prices are in', () => {
    fc.assert(
      fc.property(market, micros, fc.bigInt({ min: 2n, max: 1_000n }), (before, mid, factor) => {
        // Rounding of the allowance is less than one micro; tenfold figures leave room for it.
        const scaled = (value: bigint) => value * 10n ** 9n;
        const bigger = (value: bigint) => scaled(value) * factor;
        expect(isOutlier(bigger(mid), before.map(bigger), defaultRules)).toBe(
          isOutlier(scaled(mid), before.map(scaled), defaultRules),
        );
      }),
    );
  });

  test('is nothing as long as there is nothing to compare with', () => {
    expect(isOutlier(1n, [], defaultRules)).toBe(false);
  });
});

test('two sources differ by a share of the smaller, whichever comes first', () => {
  fc.assert(fc.property(micros, micros, (a, b) => differ(a, b, 200_000) === differ(b, a, 200_000)));
  expect(differ(100n, 120n, 200_000)).toBe(false);
  expect(differ(100n, 121n, 200_000)).toBe(true);
});

test('half of the values lie on either side of the median', () => {
  fc.assert(
    fc.property(market, (values) => {
      const middle = median(values);
      expect(values).toContain(middle);
      expect(values.filter((each) => each < middle).length * 2).toBeLessThanOrEqual(values.length);
      expect(values.filter((each) => each > middle).length * 2).toBeLessThanOrEqual(values.length);
    }),
  );
});
