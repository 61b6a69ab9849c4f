import { fraction, isDomainError } from '@clearlot/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Basis, incoterms, products, taxBases, units } from '../instruments/instrument.ts';
import { basisOf, dated, givenOf } from './conversion.fixture.ts';
import { convert, type Given, planConversion } from './conversion.ts';
import { readMicros, showMicros } from './decimal.ts';
import { type Charge, charges, chargesBetween, chargesIncluded } from './incoterm.ts';

const micros = (text: string) => fraction.of(readMicros(text));
const converted = (price: string, from: Partial<Basis>, to: Partial<Basis>, given: Partial<Given> = {}) => {
  const start = basisOf(from);
  return convert(micros(price), planConversion(start, { ...start, ...to }, givenOf(given)));
};
const codeOf = (work: () => unknown): string | undefined => {
  try {
    work();
  } catch (error) {
    if (isDomainError(error)) return error.code;
    throw error;
  }
  return undefined;
};

describe('a known conversion is exact', () => {
  it.each([
    ['kilograms to tonnes', '12.5', {}, { unit: 't' }, '12500'],
    ['pounds to kilograms, by the pound of 1959', '45359.237', { unit: 'lb' }, { unit: 'kg' }, '100000'],
    ['hydroxide monohydrate to carbonate equivalent', '8804', hydroxide('monohydrate'), carbonate(), '10000'],
    ['anhydrous hydroxide to carbonate equivalent', '15427', hydroxide('anhydrous'), carbonate(), '10000'],
    ['lithium oxide to carbonate equivalent', '2473', { product: 'lithium_oxide', unit: 't' }, carbonate(), '1000'],
    ['lithium metal to carbonate equivalent', '5323', { product: 'lithium_metal', unit: 't' }, carbonate(), '1000'],
    ['spodumene at 6 % to carbonate equivalent', '1484', spodumene('dmt'), { ...carbonate(), unit: 't' }, '10000'],
    ['yuan with tax to dollars without', '80456', yuan(), { currency: 'USD', taxBasis: 'excluding_vat' }, '10000'],
    ['dollars to yuan with tax', '10000', { unit: 't' }, { currency: 'CNY', taxBasis: 'including_vat' }, '80456'],
  ] satisfies [string, string, Partial<Basis>, Partial<Basis>, string][])('%s', (_what, price, from, to, expected) => {
    expect(showMicros(converted(price, from, to).micros)).toBe(expected);
  });

  it('of wet to dry tonnes, by the stated moisture', () => {
    const given = { moisture: dated('0.08', '2026-11-20', 'certificate of analysis') };
    const { micros: price, steps } = converted('920', spodumene('wmt'), { unit: 'dmt' }, given);
    expect(showMicros(price)).toBe('1000');
    expect(steps).toEqual([
      {
        ...{ name: 'moisture_removed', kind: 'multiply', by: fraction.of(25n, 23n), micros: micros('1000') },
        ...{ date: '2026-11-20', source: 'certificate of analysis' },
      },
    ]);
  });

  it('names every step in its order, each with factor, date and source', () => {
    const given = { charges: { freight: dated('60'), insurance: dated('4.5') } };
    const { steps } = converted('80456', { ...yuan(), incoterm: 'FOB' }, carbonateIn('USD'), given);
    expect(
      steps.map(({ name, by, date, micros: price }) => [name, fraction.toString(by), date, showMicros(price)]),
    ).toEqual([
      ['vat_removed', '100/113', '2019-04-01', '71200'],
      ['exchange', '25/178', '2026-11-23', '10000'],
      ['freight_added', '60000000', '2026-11-24', '10060'],
      ['insurance_added', '4500000', '2026-11-24', '10064.5'],
    ]);
    expect(steps.every(({ source }) => source.length > 0)).toBe(true);
  });
});

describe('nothing is converted silently', () => {
  it.each([
    ['another region', { region: 'EU' }, 'MARKET_NOT_CONVERTIBLE'],
    ['another grade', { grade: 'technical' }, 'MARKET_NOT_CONVERTIBLE'],
    ['another form', { form: 'crystal' }, 'MARKET_NOT_CONVERTIBLE'],
    ['another grade of another product', { product: 'lithium_metal', grade: 'technical' }, 'MARKET_NOT_CONVERTIBLE'],
    ['a product without a factor', { product: 'lithium_chloride' }, 'MARKET_FACTOR_UNKNOWN'],
    ['a wet tonne without moisture', { unit: 'wmt' }, 'MARKET_MOISTURE_REQUIRED'],
    ['a currency without a rate', { currency: 'JPY' }, 'MARKET_FX_RATE_MISSING'],
    ['an Incoterm without what it adds', { incoterm: 'DDP' }, 'MARKET_CHARGE_REQUIRED'],
  ] satisfies [string, Partial<Basis>, string][])('to %s', (_what, to, code) => {
    expect(codeOf(() => converted('10', {}, to))).toBe(code);
  });

  it('to a tax of a country whose rate is not known, or not yet in force', () => {
    const vat = { taxBasis: 'including_vat' } as const;
    expect(codeOf(() => converted('10', { region: 'CJK' }, vat))).toBe('MARKET_VAT_RATE_MISSING');
    expect(codeOf(() => converted('10', {}, vat, { on: '2019-03-31' }))).toBe('MARKET_VAT_RATE_MISSING');
  });

  it('by an exchange rate that is too old, unless that is allowed, and then it is flagged', () => {
    const to = { ...basisOf(), currency: 'CNY' };
    const plan = (on: string, allowStale = false) => planConversion(basisOf(), to, givenOf({ on, allowStale }));
    expect(plan('2026-11-30').flags).toEqual([]);
    expect(codeOf(() => plan('2026-12-01'))).toBe('MARKET_FX_RATE_STALE');
    expect(plan('2026-12-01', true).flags).toEqual(['fx_rate_stale']);
    expect(codeOf(() => plan('2026-11-22'))).toBe('MARKET_FX_RATE_MISSING');
  });

  it('between products without saying that only contents were compared', () => {
    expect(planConversion(basisOf(hydroxide('monohydrate')), basisOf({ unit: 't' }), givenOf()).flags).toEqual([
      'lithium_content_only',
    ]);
  });

  it('to less than nothing', () => {
    const given = { charges: { freight: dated('60'), insurance: dated('1') } };
    expect(codeOf(() => converted('50', { unit: 't' }, { incoterm: 'FOB' }, given))).toBe('MARKET_PRICE_NOT_POSITIVE');
  });
});

describe('any two convertible bases', () => {
  const basis = fc.record({
    product: fc.constantFrom(...products.filter((each) => each !== 'lithium_chloride')),
    unit: fc.constantFrom(...units),
    currency: fc.constantFrom('USD', 'CNY', 'EUR'),
    taxBasis: fc.constantFrom(...taxBases),
    incoterm: fc.constantFrom(...incoterms),
  });
  const positive = (limit: bigint) => fc.tuple(fc.bigInt(1n, limit), fc.bigInt(1n, limit));
  const ratio = positive(1_000_000n).map(([a, b]) => fraction.of(a, b));

  it('convert there and back to exactly the same price', () => {
    const stated = (value: fraction.Fraction) => ({ value, date: '2026-11-24', source: 'test' });
    fc.assert(
      fc.property(
        ...([basis, basis, fc.bigInt(1n, 10n ** 15n), fc.array(ratio, { minLength: 3, maxLength: 3 })] as const),
        fc.array(fc.bigInt(0n, 1000n), { minLength: charges.length, maxLength: charges.length }),
        fc.integer({ min: 0, max: 99 }),
        (a, b, price, [vat, usdCny, usdEur], costs, moisturePercent) => {
          const [from, to] = [basisOf(a), basisOf(b)];
          const rates = {
            fxRates: [
              { base: 'USD', quote: 'CNY', ...stated(usdCny ?? fraction.of(1n)) },
              { base: 'EUR', quote: 'USD', ...stated(usdEur ?? fraction.of(1n)) },
              { base: 'EUR', quote: 'CNY', ...stated(fraction.of(8n)) },
            ],
            vatRates: [{ country: 'CN', ...stated(vat ?? fraction.of(1n)) }],
            moisture: stated(fraction.of(BigInt(moisturePercent), 100n)),
          };
          const amounts = charges.map((charge, index) => [charge, fraction.of(costs[index] ?? 0n)] as const);
          const plan = planConversion(from, to, givenOf({ ...rates, charges: statedCharges(amounts) }));
          // What was added in the target's money comes off in the source's: the same amounts, taken back through the steps.
          const scale = plan.operations
            .filter(({ kind, name }) => kind === 'multiply' && !name.startsWith('vat'))
            .reduce((product, { by }) => fraction.mul(product, by), fraction.of(1n));
          const back = amounts.map(([charge, value]) => [charge, fraction.div(value, scale)] as const);
          const reverse = planConversion(to, from, givenOf({ ...rates, charges: statedCharges(back) }));
          let there: fraction.Fraction;
          try {
            there = convert(fraction.of(price), plan).micros;
          } catch (error) {
            expect(error).toMatchObject({ code: 'MARKET_PRICE_NOT_POSITIVE' });
            return;
          }
          expect(convert(there, reverse).micros).toEqual(fraction.of(price));
        },
      ),
      { numRuns: 500 },
    );
  });

  function statedCharges(amounts: readonly (readonly [Charge, fraction.Fraction])[]) {
    const entries = amounts.map(([charge, value]) => [charge, { value, date: '2026-11-24', source: 'test' }]);
    return Object.fromEntries(entries) as Record<Charge, ReturnType<typeof dated>>;
  }
});

describe('Incoterms', () => {
  it('include ever more of the way from the works to the buyer', () => {
    for (const included of Object.values(chargesIncluded)) {
      expect(charges.filter((charge) => included.includes(charge))).toEqual(included);
    }
    expect(chargesBetween('FOB', 'CIF')).toEqual([
      { charge: 'freight', added: true },
      { charge: 'insurance', added: true },
    ]);
    expect(chargesBetween('DDP', 'DAP')).toEqual([{ charge: 'duty', added: false }]);
    expect(chargesBetween('CFR', 'CPT')).toEqual([]);
  });
});

describe('decimal text', () => {
  it('is read and shown exactly to the micro', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 15n), 10n ** 15n), (value) => {
        expect(readMicros(showMicros(fraction.of(value)))).toBe(value);
      }),
    );
    expect(showMicros(fraction.of(-500_000n))).toBe('-0.5');
    expect(showMicros(fraction.of(12_345_678n))).toBe('12.345678');
  });

  it.each(['', '1e3', '1,5', '+1', '.5', '1.', '0x1', '1.0000001', '١٢'])('refuses "%s"', (text) => {
    expect(codeOf(() => readMicros(text))).toBe('MARKET_DECIMAL_INVALID');
  });
});

function hydroxide(water: 'monohydrate' | 'anhydrous') {
  return { product: `lithium_hydroxide_${water}`, unit: 't' } as const;
}
function carbonate() {
  return { product: 'lithium_carbonate' } as const;
}
function spodumene(unit: 'dmt' | 'wmt') {
  return { product: 'spodumene_concentrate', grade: 'concentrate', form: 'concentrate', unit } as const;
}
function yuan() {
  return { currency: 'CNY', taxBasis: 'including_vat', unit: 't' } as const;
}
function carbonateIn(currency: string) {
  return { currency, taxBasis: 'excluding_vat', incoterm: 'CIF' } as const;
}
