import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bases, grades, incoterms, productTypes } from '../commodity/commodity.ts';
import type { NewOrder, NewOrderLine } from '../orders/new-order.ts';
import {
  agreedAdjustments,
  agreedLimits,
  readLine,
  readOrder,
  specificationOf,
  storeLine,
  storeOrder,
} from './contract.ts';

const whole = fc.bigInt({ min: 0n, max: 10n ** 18n });
const instant = fc.date({ min: new Date(0), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true });
const limit = fc.record({ analyte: fc.string(), minPpb: fc.option(whole), maxPpb: fc.option(whole) });
const line: fc.Arbitrary<NewOrderLine> = fc.record({
  lineId: fc.string(),
  title: fc.string(),
  productType: fc.constantFrom(...productTypes),
  grade: fc.constantFrom(...grades),
  limits: fc.array(limit, { maxLength: 3 }),
  adjustments: fc.array(
    fc.record({ analyte: fc.string(), referencePpb: whole, stepPpb: whole, minorPerTonnePerStep: fc.bigInt() }),
    { maxLength: 3 },
  ),
  basis: fc.constantFrom(...bases),
  quantityKg: whole,
  priceMinorPerTonne: whole,
  amountMinor: whole,
  deliverFrom: instant,
  deliverTo: instant,
});
const order: fc.Arbitrary<NewOrder> = fc.record({
  source: fc.constant('rfq' as const),
  sourceId: fc.uuid(),
  rfqId: fc.option(fc.uuid()),
  title: fc.string(),
  buyerId: fc.uuid(),
  supplierId: fc.uuid(),
  supplierOwnerId: fc.uuid(),
  currency: fc.constantFrom('USD', 'JPY'),
  incoterm: fc.constantFrom(...incoterms),
  place: fc.string(),
  quantityTolerancePpm: fc.nat(200_000),
  inspectionDays: fc.nat(90),
  lines: fc.array(line, { maxLength: 3 }),
});

describe('what a contract stores', () => {
  it('becomes exactly the order it was made of, through JSON', () => {
    fc.assert(
      fc.property(order, (each) => {
        expect(readOrder(JSON.parse(JSON.stringify(storeOrder(each))))).toEqual(each);
      }),
    );
    fc.assert(
      fc.property(line, (each) => {
        expect(readLine(JSON.parse(JSON.stringify(storeLine(each))))).toEqual(each);
      }),
    );
  });
});

describe('a specification', () => {
  it('says each limit exactly, in the unit that is read most easily', () => {
    expect(
      specificationOf([
        { analyte: 'Li2CO3', minPpb: 995_000_000n, maxPpb: null },
        { analyte: 'Na', minPpb: null, maxPpb: 250_000n },
        { analyte: 'Fe2O3', minPpb: 1_000_000n, maxPpb: 12_345_678n },
        { analyte: 'Cu', minPpb: null, maxPpb: 999_999n },
        { analyte: 'U', minPpb: null, maxPpb: 999n },
      ]),
    ).toBe('Li2CO3 ≥ 99.5 %; Na ≤ 250 ppm; Fe2O3 ≥ 0.1 % and ≤ 1.2345678 %; Cu ≤ 999.999 ppm; U ≤ 999 ppb');
  });

  it('of an alternate holds it to what it promises where it breaks a limit', () => {
    const limits = [
      { analyte: 'Li2O', minPpb: 60_000_000n, maxPpb: null },
      { analyte: 'Fe2O3', minPpb: null, maxPpb: 12_000_000n },
      { analyte: 'Na', minPpb: null, maxPpb: 250_000n },
      { analyte: 'H2O', minPpb: null, maxPpb: 1n },
    ];
    const promised = [
      { analyte: 'Li2O', ppb: 55_000_000n },
      { analyte: 'Fe2O3', ppb: 13_000_000n },
      { analyte: 'Na', ppb: 100_000n },
    ];
    expect(agreedLimits(limits, promised)).toEqual([
      { analyte: 'Li2O', minPpb: 55_000_000n, maxPpb: null },
      { analyte: 'Fe2O3', minPpb: null, maxPpb: 13_000_000n },
      { analyte: 'Na', minPpb: null, maxPpb: 250_000n },
    ]);
  });
});

describe('a price adjustment', () => {
  const rule = { analyte: 'Li2O', referencePpb: 60_000_000n, stepPpb: 1_000_000n, minorPerTonnePerStep: 1_500n };
  const promised = [{ analyte: 'Li2O', ppb: 55_000_000n }];

  it('is measured from what was promised when offers were compared at the reference', () => {
    expect(agreedAdjustments([rule], promised, true)).toEqual([{ ...rule, referencePpb: 55_000_000n }]);
  });

  it('is measured from the reference when prices were for the reference, or nothing was promised', () => {
    expect(agreedAdjustments([rule], promised, false)).toEqual([rule]);
    expect(agreedAdjustments([rule], [], true)).toEqual([rule]);
  });
});
