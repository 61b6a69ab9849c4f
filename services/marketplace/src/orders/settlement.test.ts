import { fraction, minBigint } from '@clearlot/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostKg, reserveFor, settleDelivery } from './settlement.ts';

const line = {
  lineId: 'l',
  basis: 'dry' as const,
  quantityKg: 100_000n,
  priceMinorPerTonne: 1_200_000n,
  limits: [{ analyte: 'Na', minPpb: null, maxPpb: 250_000n }],
  adjustments: [
    { analyte: 'Li2CO3', referencePpb: 995_000_000n, stepPpb: 1_000_000n, minorPerTonnePerStep: 5_000n },
    { analyte: 'Na', referencePpb: 250_000n, stepPpb: 10_000n, minorPerTonnePerStep: -1_000n },
  ],
};
const order = { lines: [line], others: [], tolerancePpm: 50_000, availableMinor: 10n ** 15n };
const items = [{ lineId: 'l', massKg: 100_000n }];
const found = (fields: Record<string, unknown> = {}) => ({
  lineId: 'l',
  wetKg: 100_000n,
  moisturePpb: 0n,
  assay: [],
  ...fields,
});
const settle = (fields: Record<string, unknown>, terms: object = {}) =>
  settleDelivery({ items, inspection: [found(fields)] }, { ...order, lines: [{ ...line, ...terms }] }).terms[0];

describe('what a line pays', () => {
  it('is its dry mass, exact to the billionth of a kilogram, half-even to the minor unit', () => {
    expect(settle({ wetKg: 1n, moisturePpb: 1n })).toMatchObject({
      dryKg: '0.999999999',
      payableKg: '0.999999999',
      amountMinor: 1_200n,
    });
    // 0.5 and 1.5 minor units: both go to the even neighbour.
    expect(settle({ wetKg: 500n }, { priceMinorPerTonne: 1n })?.amountMinor).toBe(0n);
    expect(settle({ wetKg: 1_500n }, { priceMinorPerTonne: 1n })?.amountMinor).toBe(2n);
  });

  it('is its wet mass where that was agreed', () => {
    expect(settle({ moisturePpb: 100_000_000n }, { basis: 'wet' })).toMatchObject({
      dryKg: '90000',
      payableKg: '100000',
    });
  });

  it('moves with whole steps of what was found, up and down', () => {
    const at = (analyte: string, ppb: bigint) => settle({ assay: [{ analyte, ppb }] })?.priceMinorPerTonne;
    expect(at('Li2CO3', 995_999_999n)).toBe(1_200_000n);
    expect(at('Li2CO3', 996_000_000n)).toBe(1_205_000n);
    expect(at('Li2CO3', 994_000_001n)).toBe(1_200_000n);
    expect(at('Li2CO3', 993_000_000n)).toBe(1_190_000n);
    expect(at('Na', 270_000n)).toBe(1_198_000n);
    expect(at('Na', 230_000n)).toBe(1_202_000n);
  });

  it('is never below nothing, however bad it is', () => {
    const assay = [{ analyte: 'Na', ppb: 1_000_000_000n }];
    expect(settle({ assay })).toMatchObject({ priceMinorPerTonne: 0n, amountMinor: 0n });
  });

  it('names what was not found, and the limits it breaks or says nothing of', () => {
    expect(settle({})).toMatchObject({
      adjustments: [{ foundPpb: null, steps: 0n, minorPerTonne: 0n }, { foundPpb: null }],
      brokenLimits: line.limits,
    });
    expect(settle({ assay: [{ analyte: 'Na', ppb: 250_000n }] })?.brokenLimits).toEqual([]);
  });

  it('without an inspection is the shipped mass at the contract price', () => {
    expect(settleDelivery({ items, inspection: null }, order)).toMatchObject({
      of: 'shipped',
      terms: [{ payableKg: '100000', priceMinorPerTonne: 1_200_000n, adjustments: [], brokenLimits: [] }],
      totalMinor: 120_000_000n,
    });
  });

  it.each([
    ['leaves a line out', []],
    ['has a line twice', [found(), found()]],
    ['has a line that was not shipped', [found({ lineId: 'x' })]],
  ])('is not computed of an inspection that %s', (_what, inspection) => {
    expect(() => settleDelivery({ items, inspection }, order)).toThrow(
      expect.objectContaining({ code: 'MARKETPLACE_INSPECTION_INCOMPLETE' }),
    );
  });
});

describe('the most that may be shipped or paid', () => {
  it('is what others left of the line, with the tolerance', () => {
    expect(mostKg(line, [], 50_000)).toBe(105_000n);
    const shipped = { id: '1', items: [{ lineId: 'l', massKg: 40_000n }], settlement: null };
    expect(mostKg(line, [shipped], 50_000)).toBe(63_000n);
    const settlement = settleDelivery(
      { items: shipped.items, inspection: [found({ wetKg: 39_999n, moisturePpb: 1n })] },
      order,
    );
    expect(mostKg(line, [{ ...shipped, settlement }], 0)).toBe(60_001n);
    expect(mostKg(line, [{ ...shipped, items: [{ lineId: 'l', massKg: 105_000n }] }], 50_000)).toBe(0n);
  });

  it('reserves its worth with the tolerance, up to what is available', () => {
    expect(reserveFor([{ lineId: 'l', massKg: 1_000n }], order)).toBe(1_260_000n);
    expect(reserveFor(items, { ...order, availableMinor: 5n })).toBe(5n);
  });
});

describe('whatever is found', () => {
  it('each amount is mass × price to within half a minor unit, and all of it fits what is available', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 1_000_000_000n }),
        fc.bigInt({ min: 0n, max: 1_000_000_000n }),
        fc.bigInt({ min: 0n, max: 1_000_000_000n }),
        fc.bigInt({ min: 0n, max: 200_000_000n }),
        (wetKg, moisturePpb, ppb, availableMinor) => {
          const inspection = [found({ wetKg, moisturePpb, assay: [{ analyte: 'Li2CO3', ppb }] })];
          const { terms, totalMinor, payableMinor } = settleDelivery(
            { items, inspection },
            { ...order, availableMinor },
          );
          const term = terms[0];
          if (!term) throw new Error('no term');
          const [whole = '', rest = ''] = term.payableKg.split('.');
          const kg = fraction.of(BigInt(whole + rest), 10n ** BigInt(rest.length));
          const exact = fraction.mul(kg, fraction.of(term.priceMinorPerTonne, 1_000n));
          const off = fraction.sub(fraction.of(term.amountMinor), exact);
          expect(fraction.cmp(fraction.mul(off, off), fraction.of(1n, 4n))).toBeLessThanOrEqual(0);
          expect(fraction.cmp(kg, fraction.of(105_000n))).toBeLessThanOrEqual(0);
          expect(payableMinor).toBe(minBigint(totalMinor, availableMinor));
        },
      ),
    );
  });
});
