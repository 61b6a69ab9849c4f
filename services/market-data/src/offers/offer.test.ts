import { fraction } from '@clearlot/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basisOf, dated, givenOf } from '../conversion/conversion.fixture.ts';
import { type Basis, forms, grades, incoterms, products } from '../instruments/instrument.ts';
import {
  carbonateEquivalentPrice,
  isBenchmarkOf,
  type PricedOffer,
  premiumPercent,
  rankOffers,
  restate,
} from './offer.ts';
import { covers } from './region.ts';

/** 12,000.00 USD a tonne, CIF China, unless said otherwise. */
const offerOf = (fields: Partial<Basis> = {}, price = 12_000n, moisture?: string): PricedOffer => ({
  ...{ priceMicros: price * 1_000_000n, basis: basisOf({ unit: 't', form: 'any', ...fields }) },
  moisture: moisture === undefined ? undefined : dated(moisture, '2026-11-20', 'Salar Ltd'),
});
const cjk = basisOf({ region: 'CJK', form: 'any' });
const text = (micros: fraction.Fraction | undefined) => micros && fraction.toString(micros);
const names = (of: ReturnType<typeof restate>) => of.restated?.steps.map(({ name }) => name);

describe('an offer in another basis', () => {
  it('is its price by the kilogram, in a region that covers its own, and says so', () => {
    const { restated } = restate(offerOf(), cjk, givenOf());
    expect(text(restated?.micros)).toBe('12000000');
    expect(restated?.steps).toMatchObject([{ name: 'mass_unit', source: 'SI', date: null }]);
    expect(restated?.flags).toEqual(['region_wider']);
    expect(restated?.basis).toEqual(cjk);
    expect(restate(offerOf(), { ...cjk, region: 'CN' }, givenOf()).restated?.flags).toEqual([]);
  });

  it('is exchanged at the newest rate of a day not after, and taxed as the other one is, step by step', () => {
    const china = basisOf({
      ...{ incoterm: 'EXW', currency: 'CNY', unit: 't', form: 'any', taxBasis: 'including_vat' },
    });
    const { restated } = restate(offerOf({ incoterm: 'EXW' }, 10_000n), china, givenOf());
    expect(text(restated?.micros)).toBe('80456000000');
    expect(restated?.steps).toMatchObject([
      { name: 'exchange', date: '2026-11-23', source: 'PBOC', by: { num: 178n, den: 25n } },
      { name: 'vat_added', date: '2019-04-01', by: { num: 113n, den: 100n } },
    ]);
  });

  it('of wet ore is compared dry by the moisture its supplier states, and not at all without', () => {
    const spodumene = { product: 'spodumene_concentrate', grade: 'concentrate' } as const;
    const dry = basisOf({ ...spodumene, unit: 'dmt', form: 'any' });
    const { restated } = restate(offerOf({ ...spodumene, unit: 'wmt' }, 920n, '0.08'), dry, givenOf());
    expect(text(restated?.micros)).toBe('1000000000');
    expect(restated?.steps).toMatchObject([{ name: 'moisture_removed', source: 'Salar Ltd', date: '2026-11-20' }]);
    expect(restate(offerOf({ ...spodumene, unit: 'wmt' }), dry, givenOf()).notCompared).toMatchObject({
      ...{ code: 'MARKET_BASES_DIFFER', parts: ['unit'], because: 'MARKET_MOISTURE_REQUIRED' },
    });
  });

  it('is the same between Incoterms that have the same charges in them', () => {
    expect(names(restate(offerOf({ incoterm: 'CIP' }), cjk, givenOf()))).toEqual(['mass_unit']);
  });

  it.each<[string, Partial<Basis>, (keyof Basis)[]]>([
    ['product, though its lithium content could', { product: 'lithium_hydroxide_monohydrate' }, ['product']],
    ['grade', { grade: 'technical' }, ['grade']],
    ['form', { form: 'powder' }, ['form']],
    ['a region that does not cover its own', { region: 'EU' }, ['region']],
    ['a region that is only a part of its own', { region: 'GLOBAL' }, ['region']],
    ['the charges that are in it', { incoterm: 'FOB' }, ['incoterm']],
    ['several', { product: 'lithium_metal', region: 'CL', incoterm: 'EXW' }, ['product', 'region', 'incoterm']],
  ])('is not there where it differs in %s: then what differs is', (_what, fields, parts) => {
    const { restated, notCompared } = restate(offerOf(fields), cjk, givenOf());
    expect(restated).toBeNull();
    expect(notCompared).toMatchObject({ code: 'MARKET_BASES_DIFFER', parts, because: null });
    for (const part of parts) expect(notCompared?.detail).toContain(part);
    expect(isBenchmarkOf(offerOf(fields), cjk)).toBe(false);
  });

  it.each([
    ['MARKET_FX_RATE_MISSING', { currency: 'EUR' }, {}],
    ['MARKET_FX_RATE_STALE', { currency: 'CNY' }, { on: '2026-12-24' }],
  ] as const)(
    'is not there for want of a rate, %s; the instrument is the one to compare with all the same',
    (because, to, given) => {
      const { notCompared } = restate(offerOf(), { ...cjk, ...to }, givenOf(given));
      expect(notCompared).toMatchObject({ code: 'MARKET_BASES_DIFFER', because, parts: ['currency', 'unit'] });
      expect(isBenchmarkOf(offerOf(), { ...cjk, ...to })).toBe(true);
    },
  );

  it('is not there where nobody says what is offered', () => {
    const offer: PricedOffer = { priceMicros: 1n, basis: { unstated: ['grade'] }, moisture: undefined };
    const apart = { restated: null, notCompared: { code: 'MARKET_BASES_DIFFER', parts: ['grade'], because: null } };
    expect(restate(offer, cjk, givenOf())).toMatchObject(apart);
    expect(carbonateEquivalentPrice(offer, givenOf())).toMatchObject(apart);
    expect(isBenchmarkOf(offer, cjk)).toBe(false);
  });

  it('is there only if all that is priced is the same', () => {
    const basis = fc.record({
      product: fc.constantFrom(...products),
      grade: fc.constantFrom(...grades),
      form: fc.constantFrom(...forms),
      region: fc.constantFrom('CN', 'DE', 'CL', 'CJK', 'EU', 'GLOBAL'),
      incoterm: fc.constantFrom(...incoterms),
      currency: fc.constantFrom('USD', 'CNY'),
      unit: fc.constantFrom<Basis['unit']>('kg', 't', 'dmt', 'wmt'),
      taxBasis: fc.constantFrom<Basis['taxBasis']>('excluding_vat', 'including_vat'),
    });
    // Near each other, so that many are alike.
    const pair = fc
      .tuple(basis, basis, fc.subarray(['product', 'grade', 'form', 'region', 'incoterm'] as const))
      .map(([a, b, kept]): [Basis, Basis] => [a, { ...b, ...Object.fromEntries(kept.map((part) => [part, a[part]])) }]);
    const seen = { restated: 0, apart: 0 };
    fc.assert(
      fc.property(pair, ([from, to]) => {
        const { restated } = restate(offerOf(from, 900n, '0.1'), to, givenOf());
        if (!restated) {
          seen.apart++;
          return;
        }
        seen.restated++;
        expect([to.product, to.grade, to.form]).toEqual([from.product, from.grade, from.form]);
        expect(covers(to.region, from.region)).toBe(true);
        expect(restated.flags.includes('region_wider')).toBe(to.region !== from.region);
        expect(restated.steps.some(({ kind }) => kind === 'add')).toBe(false);
      }),
      { numRuns: 3_000 },
    );
    expect(Math.min(seen.restated, seen.apart)).toBeGreaterThan(50);
  });
});

describe('the lithium carbonate equivalent', () => {
  it('is the price of as much lithium, exactly, with its factor', () => {
    const { restated } = carbonateEquivalentPrice(
      offerOf({ product: 'lithium_hydroxide_monohydrate' }, 8_804n),
      givenOf(),
    );
    expect(text(restated?.micros)).toBe('10000000000');
    expect(restated).toMatchObject({ flags: ['lithium_content_only'], steps: [{ name: 'lithium_content' }] });
    expect(restated?.basis).toMatchObject({ product: 'lithium_carbonate', unit: 't', currency: 'USD', region: 'CN' });
  });

  it('of wet ore is of its dry matter', () => {
    const wet = offerOf({ product: 'spodumene_concentrate', grade: 'concentrate', unit: 'wmt' }, 1_484n, '0.5');
    const equivalent = carbonateEquivalentPrice(wet, givenOf());
    expect(names(equivalent)).toEqual(['moisture_removed', 'lithium_content']);
    expect(text(equivalent.restated?.micros)).toBe('20000000000');
  });

  it('of carbonate is its price', () => {
    expect(carbonateEquivalentPrice(offerOf(), givenOf()).restated).toMatchObject({ steps: [], flags: [] });
  });

  it('is not there for what nobody knows a factor of', () => {
    const { notCompared } = carbonateEquivalentPrice(offerOf({ product: 'lithium_chloride' }), givenOf());
    expect(notCompared).toMatchObject({ parts: ['product'], because: 'MARKET_FACTOR_UNKNOWN' });
  });
});

describe('the premium', () => {
  it.each([
    ['above', 12_500n, 12_000_000n, '25/6'],
    ['below', 9_000n, 12_000_000n, '-25'],
    ['at', 12_000n, 12_000_000n, '0'],
  ])('%s a figure is exact, in percent of the figure', (_where, price, figure, percent) => {
    const { restated } = restate(offerOf({}, price), cjk, givenOf());
    if (!restated) throw new Error('it converts');
    expect(text(premiumPercent(restated, cjk, figure))).toBe(percent);
  });

  it('over a figure of another basis there is none', () => {
    const price = { basis: cjk, micros: fraction.of(1n) };
    for (const other of [{ unit: 't' }, { region: 'CN' }, { incoterm: 'FOB' }] as const) {
      expect(() => premiumPercent(price, { ...cjk, ...other }, 1n)).toThrow(/MARKET_BASES_DIFFER/);
    }
  });
});

describe('the ranking of a line', () => {
  it('is by price, lowest first, equals share a place, and who stands apart has none', () => {
    const offers = [
      { id: 'dear', ...offerOf({}, 12_500n) },
      { id: 'fob', ...offerOf({ incoterm: 'FOB', region: 'CL' }, 1n) },
      { id: 'cheap', ...offerOf({}, 12_000n) },
      { id: 'cheap too', ...offerOf({ incoterm: 'CIP' }, 12_000n) },
      { id: 'alternate', priceMicros: 1n, basis: { unstated: ['grade' as const] }, moisture: undefined },
    ];
    const ranked = rankOffers(offers, cjk, givenOf());
    expect(ranked.map(({ offer, rank, aboveLowest }) => [offer.id, rank, aboveLowest && text(aboveLowest)])).toEqual([
      ['cheap', 1, '0'],
      ['cheap too', 1, '0'],
      ['dear', 3, '25/6'],
      ['fob', null, null],
      ['alternate', null, null],
    ]);
    expect(ranked[3]?.notCompared?.parts).toEqual(['region', 'incoterm']);
  });

  it('is of nobody without a basis', () => {
    const [only] = rankOffers([offerOf()], null, givenOf());
    expect(only).toMatchObject({ rank: null, restated: null, notCompared: { parts: ['product'] } });
  });

  it('has everybody once, in an order that follows the prices', () => {
    const prices = fc.array(fc.bigInt({ min: 1n, max: 6n }), { maxLength: 12 });
    fc.assert(
      fc.property(prices, (list) => {
        const ranked = rankOffers(
          list.map((price, id) => ({ id, ...offerOf({}, price) })),
          cjk,
          givenOf(),
        );
        expect(ranked.map(({ offer }) => offer.id).sort((a, b) => a - b)).toEqual(list.map((_price, id) => id));
        for (const { offer, rank } of ranked) {
          expect(rank).toBe(1 + list.filter((price) => price * 1_000_000n < offer.priceMicros).length);
        }
        expect(ranked.map(({ rank }) => rank)).toEqual(
          ranked.map(({ rank }) => rank).toSorted((a, b) => Number(a) - Number(b)),
        );
      }),
    );
  });
});

it('a region covers its countries and itself, and no country a region', () => {
  expect(['CN', 'JP', 'KR', 'CJK'].map((each) => covers('CJK', each))).toEqual([true, true, true, true]);
  expect([covers('CJK', 'DE'), covers('EU', 'GB'), covers('CN', 'CJK'), covers('CN', 'GLOBAL')]).not.toContain(true);
  expect([covers('GLOBAL', 'CL'), covers('EU', 'DE'), covers('US', 'US')]).not.toContain(false);
});
