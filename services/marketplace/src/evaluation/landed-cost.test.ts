import { fraction } from '@clearlot/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bases, incoterms } from '../commodity/commodity.ts';
import { type CostInput, costTerms, gradeMinor, landedCost, unstatedAnalytes } from './landed-cost.ts';

/** Everything the buyer's model can hold, in cents: freight 85.00, insurance 0.15 %, duty 3.7 %, 8.5 % a year, 45 days. */
const carbonate: CostInput = {
  priceMinor: 1_200_000n,
  basis: 'dry',
  moisturePpb: 0n,
  assay: [],
  adjustments: [],
  incoterm: 'FOB',
  freightMinor: 8_500n,
  insurancePpm: 1_500n,
  dutyPpm: 37_000n,
  financePpmPerYear: 85_000n,
  leadDays: 45n,
  otherMinor: 0n,
};
/** SC6: 900.00 at 6 % Li2O, 15.00 for each tenth of a per cent, nothing else but freight of 45.00. */
const spodumene: CostInput = {
  ...carbonate,
  priceMinor: 90_000n,
  adjustments: [{ analyte: 'Li2O', referencePpb: 60_000_000n, stepPpb: 1_000_000n, minorPerTonnePerStep: 1_500n }],
  freightMinor: 4_500n,
  insurancePpm: 0n,
  dutyPpm: 0n,
  financePpmPerYear: 0n,
};
const li2o = (ppb: bigint) => [{ analyte: 'Li2O', ppb }];

const none = { moisture: '0', grade: '0', other: '0' };

describe('landed costs worked by hand', () => {
  it.each<[string, CostInput, Record<string, string>, bigint]>([
    [
      'FOB: the buyer pays freight, insurance and duty',
      carbonate,
      // 0.15 % of 12,085.00; 3.7 % of 12,103.1275; 8.5 % of 12,000.00 for an eighth of a year.
      { price: '1200000', ...none, freight: '8500', insurance: '7251/4', duty: '179126287/4000', finance: '12750' },
      1_267_844n,
    ],
    [
      'CFR: freight is in the price, insurance is not',
      { ...carbonate, priceMinor: 1_208_000n, incoterm: 'CFR' },
      { price: '1208000', ...none, freight: '0', insurance: '1812', duty: '11190761/250', finance: '12835' },
      1_267_410n,
    ],
    [
      'CIF: freight and insurance are in the price, duty is of the price',
      { ...carbonate, priceMinor: 1_209_000n, incoterm: 'CIF' },
      { price: '1209000', ...none, freight: '0', insurance: '0', duty: '44733', finance: '102765/8' },
      1_266_579n,
    ],
    [
      'DDP: all is in the price; exactly half a cent goes to the even one',
      { ...carbonate, priceMinor: 1_260_000n, incoterm: 'DDP' },
      { price: '1260000', ...none, freight: '0', insurance: '0', duty: '0', finance: '26775/2' },
      1_273_388n,
    ],
    [
      'spodumene of 5.5 % against 6 %: five steps dearer',
      { ...spodumene, assay: li2o(55_000_000n) },
      { price: '90000', ...none, grade: '7500', freight: '4500', insurance: '0', duty: '0', finance: '0' },
      102_000n,
    ],
    [
      'spodumene of 6.2 %: two steps cheaper',
      { ...spodumene, assay: li2o(62_000_000n) },
      { price: '90000', ...none, grade: '-3000', freight: '4500', insurance: '0', duty: '0', finance: '0' },
      91_500n,
    ],
    [
      'a wet line at 8 % moisture: every rate is of the dry value',
      {
        ...spodumene,
        priceMinor: 80_000n,
        basis: 'wet',
        moisturePpb: 80_000_000n,
        assay: li2o(60_000_000n),
        freightMinor: 4_600n,
        insurancePpm: 1_000n,
      },
      // 800.00 ÷ 0.92 = 869.565…; 0.1 % of 915.565….
      {
        ...{ price: '80000', ...none, moisture: '160000/23', freight: '4600' },
        ...{ insurance: '10529/115', duty: '0', finance: '0' },
      },
      91_648n,
    ],
    [
      'a dry line: moisture as delivered changes nothing, life-cycle costs are added as stated',
      { ...carbonate, moisturePpb: 80_000_000n, otherMinor: 12_345n, insurancePpm: 0n, dutyPpm: 0n, leadDays: 0n },
      { price: '1200000', ...none, freight: '8500', insurance: '0', duty: '0', finance: '0', other: '12345' },
      1_220_845n,
    ],
  ])('%s', (_case, input, terms, displayed) => {
    const named = costTerms(input);
    expect(named.map((each) => each.name).join(' ')).toBe('price moisture grade freight insurance duty finance other');
    expect(Object.fromEntries(named.map((each) => [each.name, fraction.toString(each.amount)]))).toEqual(terms);
    const { num, den } = landedCost(input);
    expect(fraction.roundHalfEven(fraction.of(num, den))).toBe(displayed);
  });
});

describe('grade', () => {
  const iron = [{ analyte: 'Fe2O3', referencePpb: 12_000_000n, stepPpb: 1_000_000n, minorPerTonnePerStep: -200n }];

  it('counts whole steps on both sides of the reference, as an order does', () => {
    const at = (ppb: bigint) => gradeMinor(spodumene.adjustments, li2o(ppb));
    expect([59_000_001n, 60_000_000n, 60_999_999n, 61_000_000n].map(at)).toEqual([0n, 0n, 0n, -1_500n]);
  });

  it('an impurity above the reference is dearer, below it cheaper', () => {
    const at = (ppb: bigint) => gradeMinor(iron, [{ analyte: 'Fe2O3', ppb }]);
    expect([15_000_000n, 12_000_000n, 10_000_000n].map(at)).toEqual([600n, 0n, -400n]);
  });

  it('sums over analytes and names those the assay is silent of', () => {
    const both = [...spodumene.adjustments, ...iron];
    expect(gradeMinor(both, [...li2o(58_000_000n), { analyte: 'Fe2O3', ppb: 13_000_000n }])).toBe(3_200n);
    expect(unstatedAnalytes(both, li2o(1n))).toEqual(['Fe2O3']);
  });
});

describe('the fast sum', () => {
  const amount = fc.bigInt({ min: 0n, max: 10n ** 9n });
  const ppm = fc.bigInt({ min: 0n, max: 1_000_000n });
  const input = fc.record({
    priceMinor: amount,
    basis: fc.constantFrom(...bases),
    moisturePpb: fc.bigInt({ min: 0n, max: 999_999_999n }),
    assay: fc.bigInt({ min: 0n, max: 1_000_000_000n }).map(li2o),
    adjustments: fc.constantFrom([], spodumene.adjustments),
    incoterm: fc.constantFrom(...incoterms),
    freightMinor: amount,
    insurancePpm: ppm,
    dutyPpm: ppm,
    financePpmPerYear: ppm,
    leadDays: fc.bigInt({ min: 0n, max: 730n }),
    otherMinor: amount,
  });

  it('is exactly the sum of the terms', () => {
    fc.assert(
      fc.property(input, (each) => {
        const sum = costTerms(each).reduce((total, { amount: term }) => fraction.add(total, term), fraction.of(0n));
        const { num, den } = landedCost(each);
        expect(fraction.of(num, den)).toEqual(sum);
      }),
    );
  });
});
