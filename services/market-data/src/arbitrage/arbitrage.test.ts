import { type Fraction, fraction } from '@clearlot/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dated, givenOf } from '../conversion/conversion.fixture.ts';
import { showMicros } from '../conversion/decimal.ts';
import { assumed, cost, importOf, quoted } from './arbitrage.fixture.ts';
import { type ArbitrageInput, calculateArbitrage, type Waterfall } from './arbitrage.ts';

const bars = ({ steps }: Waterfall) =>
  steps.map(({ name, micros, runningMicros }) => [name, showMicros(micros), showMicros(runningMicros)]);
const failure = (code: string) => expect.objectContaining({ code });

describe('a worked example comes out exactly', () => {
  it('of importing: yuan with tax against dollars CIF, 45 days apart', () => {
    const { low, mid, high, flags, currency, unit, arrival } = calculateArbitrage(importOf());
    // 80,456 CNY/t ÷ 7.12 ÷ 1.13 = 10,000 USD/t; 9.2 USD/kg × 6 % × 45/360 = 0.069 USD/kg.
    expect(bars(mid)).toEqual([
      ['destination', '11.3', '11.3'],
      ['vat', '-1.3', '10'],
      ['freight', '0', '10'],
      ['insurance', '0', '10'],
      ['duty', '0', '10'],
      ['finance', '-0.069', '9.931'],
      ['origin', '-9.2', '0.731'],
    ]);
    // 78,847 ÷ 8,045.6 − 9.3 × 1.0075 and 82,065 ÷ 8,045.6 − 9.1 × 1.0075.
    expect([low, high].map(({ marginMicros }) => fraction.toString(marginMicros))).toEqual(
      [marginOf(78_847n, 93n), marginOf(82_065n, 91n)].map(fraction.toString),
    );
    expect({ flags, currency, unit, arrival }).toEqual({
      ...{ flags: [], currency: 'USD', unit: 'kg', arrival: '2026-11-24' },
    });
  });

  it('of causticising: hydroxide made of carbonate, with every cost there is', () => {
    const { mid, flags } = calculateArbitrage(
      importOf({
        origin: quoted(['8000', '8000', '8000'], { unit: 't', incoterm: 'FOB', region: 'CL' }, '2026-10-10'),
        destination: quoted(
          ['70833.4624', '70833.4624', '70833.4624'],
          { ...{ product: 'lithium_hydroxide_monohydrate', currency: 'CNY', unit: 't' }, taxBasis: 'including_vat' },
          '2026-11-24',
        ),
        assumptions: assumed({
          ...{ freight: cost('60'), insurance: cost('0.009', 'USD', 'kg'), duty: { rate: dated('0.02') } },
          ...{ conversion: cost('7120', 'CNY'), recovery: dated('0.97', '2026-10-01', 'plant') },
        }),
      }),
    );
    expect(bars(mid)).toEqual([
      // 70,833.4624 CNY/t ÷ 7.12 = 9,948.52 USD/t of hydroxide ÷ 0.8804 × 97 % for a tonne of carbonate.
      ['destination', '10961', '10961'],
      ['vat', '-1261', '9700'],
      ['freight', '-60', '9640'],
      ['insurance', '-9', '9631'],
      ['duty', '-161.38', '9469.62'],
      ['finance', '-60.5175', '9409.1025'],
      ['conversion', '-1000', '8409.1025'],
      ['origin', '-8000', '409.1025'],
    ]);
    expect(flags).toEqual(['lithium_content_only']);
  });
});

describe('a shipping lag', () => {
  it('is never passed over: a destination price of before the arrival is refused, or flagged where allowed', () => {
    const spot = importOf({ lagDays: 46 });
    expect(() => calculateArbitrage(spot)).toThrow(failure('MARKET_LAG_UNCOVERED'));
    const { flags } = calculateArbitrage({ ...spot, allowUncoveredLag: true });
    expect(flags).toContain('destination_price_before_arrival');
    expect(calculateArbitrage(importOf({ lagDays: 0 })).flags).toEqual([]);
  });

  it('beyond today has today’s exchange rate, and says so', () => {
    const forward = importOf({
      destination: { ...importOf().destination, date: '2027-01-08', source: 'forward curve' },
      ...{ lagDays: 90, given: givenOf() },
    });
    expect(calculateArbitrage(forward).flags).toEqual(['fx_rate_before_arrival']);
  });
});

describe('every bar', () => {
  it('says its inputs, each with a source, and with a date where it can change', () => {
    const { mid } = calculateArbitrage(importOf());
    for (const { inputs } of mid.steps) expect(inputs.length).toBeGreaterThan(0);
    const inputs = mid.steps.flatMap((step) => step.inputs.map((input) => ({ step: step.name, ...input })));
    expect(inputs.filter(({ source }) => source === '')).toEqual([]);
    expect(inputs.filter(({ date }) => date === null).map(({ name }) => name)).toEqual(
      inputs.filter(({ name }) => name === 'mass_unit').map(({ name }) => name),
    );
    expect(inputs.find(({ name }) => name === 'destination price')).toMatchObject({ per: 'CNY/t', date: '2026-11-24' });
    expect(inputs.find(({ name }) => name === 'origin price')).toMatchObject({ per: 'USD/kg', date: '2026-10-10' });
  });

  it('that counts a cost a second time is flagged', () => {
    const assumptions = assumed({ freight: cost('60'), insurance: cost('9') });
    expect(calculateArbitrage(importOf({ assumptions })).flags).toEqual([
      'freight_already_in_origin_price',
      'insurance_already_in_origin_price',
    ]);
  });

  it('between products needs what making one of the other costs and yields', () => {
    const hydroxide = { product: 'lithium_hydroxide_monohydrate', currency: 'CNY', unit: 't' } as const;
    const destination = quoted(['1', '1', '1'], hydroxide, '2026-11-24');
    expect(() => calculateArbitrage(importOf({ destination }))).toThrow(
      expect.objectContaining({ code: 'MARKET_ASSUMPTION_REQUIRED', params: { missing: 'conversion,recovery' } }),
    );
  });

  it('needs its rates', () => {
    expect(() => calculateArbitrage(importOf({ given: givenOf({ fxRates: [] }) }))).toThrow(
      failure('MARKET_FX_RATE_MISSING'),
    );
    expect(() => calculateArbitrage(importOf({ given: givenOf({ vatRates: [] }) }))).toThrow(
      failure('MARKET_VAT_RATE_MISSING'),
    );
  });
});

describe('whatever the prices and costs', () => {
  const amount = fc.bigInt(0n, 10n ** 12n).map((value) => fraction.of(value, 1_000_000n));
  const range = fc
    .array(fc.bigInt(1n, 10n ** 12n), { minLength: 3, maxLength: 3 })
    .map((values) => values.sort((a, b) => (a < b ? -1 : 1)));
  const input = fc
    .record({
      ...{ origin: range, destination: range, freight: amount, insurance: amount, duty: amount, rate: amount },
      ...{ annual: amount, days: fc.integer({ min: 0, max: 400 }), byRate: fc.boolean() },
    })
    .map((x): ArbitrageInput => {
      const [from, to] = [importOf().origin, importOf().destination];
      const stated = (value: Fraction) => ({ ...cost('0', 'USD', 'kg'), value });
      const named = ([low = 1n, mid = 1n, high = 1n]: bigint[]) => ({
        lowMicros: low,
        midMicros: mid,
        highMicros: high,
      });
      return importOf({
        origin: { ...from, ...named(x.origin) },
        destination: { ...to, ...named(x.destination) },
        assumptions: {
          ...{ freight: stated(x.freight), insurance: stated(x.insurance) },
          duty: x.byRate ? { rate: { ...dated('0'), value: x.rate } } : stated(x.duty),
          finance: { annualRate: { ...dated('0'), value: x.annual }, days: x.days, dayCount: 360 },
        },
      });
    });

  it('the bars sum to the margin, which is the formula, and the range is in order', () => {
    fc.assert(
      fc.property(input, (each) => {
        const { low, mid, high } = calculateArbitrage(each);
        for (const { steps, marginMicros } of [low, mid, high]) {
          let sum = fraction.of(0n);
          for (const step of steps) {
            sum = fraction.add(sum, step.micros);
            expect(step.runningMicros).toEqual(sum);
          }
          expect(sum).toEqual(marginMicros);
        }
        expect(mid.marginMicros).toEqual(formula(each));
        expect(fraction.cmp(low.marginMicros, mid.marginMicros)).not.toBe(1);
        expect(fraction.cmp(mid.marginMicros, high.marginMicros)).not.toBe(1);
      }),
    );
  });
});

/** destination × FX ÷ (1 + VAT) − freight − insurance − duty − finance − origin, written once more. */
function formula({
  origin,
  destination,
  assumptions: { freight, insurance, duty, finance },
}: ArbitrageInput): Fraction {
  const million = 1_000_000n;
  const net = fraction.of(destination.midMicros * 100n * 100n, 712n * 113n * 1_000n);
  const [f, i] = [
    fraction.mul(freight.value, fraction.of(million)),
    fraction.mul(insurance.value, fraction.of(million)),
  ];
  const cif = fraction.add(fraction.add(fraction.of(origin.midMicros), f), i);
  const d = 'rate' in duty ? fraction.mul(cif, duty.rate.value) : fraction.mul(duty.value, fraction.of(million));
  const interest = fraction.mul(fraction.mul(cif, finance.annualRate.value), fraction.of(BigInt(finance.days), 360n));
  return [cif, d, interest].reduce(fraction.sub, net);
}

/** CNY/t sold and tenths of a USD/kg bought, as micros of USD/kg. */
function marginOf(sold: bigint, boughtTenths: bigint): Fraction {
  const net = fraction.of(sold * 1_000_000n * 10_000n, 1_000n * 712n * 113n);
  const paid = fraction.of(boughtTenths * 100_000n * 10_075n, 10_000n);
  return fraction.sub(net, paid);
}
