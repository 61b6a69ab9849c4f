import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Basis } from '../instruments/instrument.ts';
import { type Figure, isReviewable, type Reason, reasons } from './figure.ts';
import { defaultRules, type QualityRules } from './rules.ts';
import { type Known, type ScreenState, screen } from './screen.ts';

const dayMs = 86_400_000;
const now = new Date('2026-11-24T17:00:00Z');
const basis: Basis = {
  ...{ product: 'lithium_carbonate', grade: 'battery', form: 'powder', region: 'CJK' },
  ...{ incoterm: 'CIF', currency: 'USD', unit: 'kg', taxBasis: 'excluding_vat' },
};
const price = 10_000_000n;

function day(daysAgo: number): Date {
  return new Date(Date.UTC(2026, 10, 24, 16) - daysAgo * dayMs);
}

function figure(fields: Partial<Figure> = {}): Figure {
  const midMicros = fields.midMicros ?? price;
  const validAt = fields.validAt ?? day(0);
  return {
    ...{ instrumentId: 'carbonate', symbol: 'MB-LI-0029', edition: validAt.toISOString(), validAt },
    ...{ lowMicros: midMicros - 100_000n, midMicros, highMicros: midMicros + 100_000n, kind: 'assessment' },
    ...{ stated: { currency: 'USD', unit: 'kg' }, citationUrl: null },
    ...fields,
  };
}

/** Thirty quiet days before today. */
function known(fields: Partial<Known> = {}): Known {
  const mids = Array.from({ length: 30 }, (_, index) => ({
    validAt: day(30 - index),
    midMicros: price + BigInt(index % 3) * 50_000n,
  }));
  return { basis, mids, versions: new Map(), others: [], ...fields };
}

function state(fields: Partial<Known> = {}): ScreenState {
  const isBusinessDay = (at: Date) => at.getUTCDay() % 6 !== 0;
  return { now, instruments: new Map([['carbonate', known(fields)]]), isBusinessDay };
}

function reasonsFor(given: Figure, fields: Partial<Known> = {}, rules: Partial<QualityRules> = {}): Reason[] {
  const outcome = screen(state(fields), [given], { ...defaultRules, ...rules });
  return outcome.kept[0]?.reasons ?? [];
}

describe('a figure is kept back', () => {
  const cases: [Reason, Figure, Partial<Known>?, Partial<QualityRules>?][] = [
    ['instrument_unknown', figure({ instrumentId: null })],
    ['instrument_unknown', figure({ instrumentId: 'another' })],
    ['out_of_range', figure({ lowMicros: 0n })],
    ['out_of_range', figure({ highMicros: 10n ** 15n + 1n })],
    ['range_inverted', figure({ lowMicros: price + 1n })],
    ['range_inverted', figure({ highMicros: price - 1n })],
    ['basis_changed', figure({ stated: { currency: 'USD', unit: 'lb' } })],
    ['basis_changed', figure({ stated: { currency: 'CNY', unit: 'kg' } })],
    ['basis_changed', figure({ stated: { incoterm: 'FOB' } })],
    ['basis_unstated', figure({ stated: { currency: 'USD' } }), {}, { statedRequired: ['currency', 'unit'] }],
    ['citation_missing', figure(), {}, { citationRequired: true }],
    ['valid_in_future', figure({ validAt: day(-1) })],
    ['backdated', figure({ validAt: day(20), midMicros: price + 1n })],
    ['outlier', figure({ midMicros: price * 10n })],
    ['outlier', figure({ midMicros: price / 10n })],
    ['outlier', figure({ midMicros: price + 900_000n })],
    ['needs_review', figure(), {}, { reviewAlways: true }],
    ['sources_differ', figure(), { others: [{ validAt: day(1), midMicros: price * 2n, kind: 'assessment' }] }],
  ];
  test.each(cases)('for %s', (reason, given, fields, rules) => {
    expect(reasonsFor(given, fields, rules)).toContain(reason);
  });

  test('when it changed without a new edition; with one it corrects', () => {
    const at = day(1);
    const version = { ...figure({ validAt: at }), edition: 'first' };
    const versions = new Map([[at.getTime(), [version]]]);
    const changed = { ...figure({ validAt: at, midMicros: price + 10_000n }) };
    expect(reasonsFor({ ...changed, edition: 'first' }, { versions })).toEqual(['changed_without_edition']);
    expect(reasonsFor({ ...changed, edition: 'revised' }, { versions })).toEqual([]);
  });

  test('when its unit changed though its number is the one we have', () => {
    const at = day(1);
    const versions = new Map([[at.getTime(), [figure({ validAt: at })]]]);
    const given = figure({ validAt: at, stated: { currency: 'USD', unit: 'lb' } });
    expect(reasonsFor(given, { versions })).toEqual(['basis_changed']);
  });
});

test('a move that lasts is an outlier until it has been approved once, then it is the market', () => {
  const moved = price + 2_000_000n;
  expect(reasonsFor(figure({ midMicros: moved }))).toEqual(['outlier']);
  const mids = [...known().mids, { validAt: day(0.5), midMicros: moved }];
  expect(reasonsFor(figure({ midMicros: moved + 100_000n }), { mids })).toEqual([]);
  expect(reasonsFor(figure({ midMicros: price }), { mids })).toEqual([]);
});

test('a simulation and an annual average are not held against assessments', () => {
  const others = [{ validAt: day(0), midMicros: price * 3n, kind: 'simulated' as const }];
  expect(reasonsFor(figure(), { others })).toEqual([]);
  expect(reasonsFor(figure({ kind: 'simulated' }), { others })).toEqual([]);
});

test('what is recorded already is dropped: the newest version whatever it is called, an older one by its edition', () => {
  const at = day(1);
  const older = figure({ validAt: at, edition: 'first' });
  const newer = figure({ validAt: at, edition: 'second', midMicros: price + 100_000n });
  const versions = new Map([[at.getTime(), [older, newer]]]);
  const again = [older, newer, { ...newer, edition: 'third' }];
  expect(screen(state({ versions }), again, defaultRules)).toMatchObject({ accepted: [], kept: [], duplicates: again });
  const back = { ...older, edition: 'third' };
  expect(screen(state({ versions }), [back], defaultRules).accepted).toEqual([back]);
});

test('two figures of one instant in one delivery contradict each other, and neither is believed', () => {
  const figures = [figure({ edition: 'first' }), figure({ edition: 'second', midMicros: price + 1n })];
  const { accepted, kept } = screen(state(), [...figures, figures[0] as Figure], defaultRules);
  expect(accepted).toEqual([]);
  expect(kept.map(({ reasons: given }) => given)).toEqual([['contradicted'], ['contradicted']]);
});

test('missing business days are gaps, weekends are none', () => {
  const mids = [{ validAt: new Date('2026-11-19T16:00:00Z'), midMicros: price }];
  const rules = { ...defaultRules, everyBusinessDay: true };
  const on = (iso: string) => screen(state({ mids }), [figure({ validAt: new Date(iso) })], rules).gaps;
  expect(on('2026-11-20T16:00:00Z')).toEqual([]);
  expect(on('2026-11-23T16:00:00Z')).toEqual([{ instrumentId: 'carbonate', days: ['2026-11-20'] }]);
});

describe('whatever a source sends', () => {
  const sent = fc.array(
    fc.record({
      instrumentId: fc.constantFrom('carbonate', 'carbonate', 'carbonate', null),
      validAt: fc.integer({ min: -3, max: 40 }).map(day),
      edition: fc.constantFrom('first', 'second'),
      lowMicros: fc.bigInt({ min: -2n, max: 12n }).map((each) => each * 1_000_000n),
      midMicros: fc.bigInt({ min: 0n, max: 12n }).map((each) => each * 1_000_000n),
      highMicros: fc.bigInt({ min: 0n, max: 12n }).map((each) => each * 1_000_000n),
      stated: fc.constantFrom({}, { unit: 'kg' as const }, { unit: 'lb' as const }),
    }),
    { maxLength: 12 },
  );

  test('every figure is accepted, dropped or kept back, exactly once', () => {
    fc.assert(
      fc.property(sent, (given) => {
        const figures = given.map((each) => figure(each));
        const { accepted, duplicates, kept } = screen(state(), figures, defaultRules);
        const all = [...accepted, ...duplicates, ...kept.map((each) => each.figure)];
        expect(new Set(all)).toEqual(new Set(figures));
        expect(all).toHaveLength(figures.length);
      }),
    );
  });

  test('what is accepted is a price of the instrument, in time, and the only one of its instant', () => {
    fc.assert(
      fc.property(sent, (given) => {
        const { accepted, kept } = screen(
          state(),
          given.map((each) => figure(each)),
          defaultRules,
        );
        const instants = new Set<number>();
        for (const { validAt, stated, lowMicros, midMicros, highMicros } of accepted) {
          expect(lowMicros > 0n && lowMicros <= midMicros && midMicros <= highMicros).toBe(true);
          expect(stated.unit ?? 'kg').toBe('kg');
          expect(validAt.getTime()).toBeLessThanOrEqual(now.getTime() + defaultRules.futureToleranceMs);
          expect(validAt.getTime()).toBeGreaterThanOrEqual(day(1).getTime() - defaultRules.backdatedMsMax);
          expect(instants.has(validAt.getTime())).toBe(false);
          instants.add(validAt.getTime());
        }
        for (const { reasons: given } of kept) expect(given.length).toBeGreaterThan(0);
      }),
    );
  });

  test('the order it comes in makes no difference', () => {
    fc.assert(
      fc.property(sent, fc.integer(), (given, seed) => {
        const figures = given.map((each) => figure(each));
        const shuffled = figures.toSorted((a, b) => rank(a, seed) - rank(b, seed));
        const seen = (order: Figure[]) => {
          const { accepted, kept } = screen(state(), order, defaultRules);
          return { accepted, kept };
        };
        expect(seen(shuffled)).toEqual(seen(figures));
      }),
    );
  });

  test('the same again changes nothing', () => {
    fc.assert(
      fc.property(sent, (given) => {
        const figures = given.map((each) => figure(each));
        const first = screen(state(), figures, defaultRules);
        const versions = Map.groupBy(first.accepted, (each) => each.validAt.getTime());
        const mids = [...known().mids, ...first.accepted].toSorted((a, b) => a.validAt.getTime() - b.validAt.getTime());
        const second = screen(state({ versions, mids }), figures, defaultRules);
        expect(second.accepted).toEqual([]);
      }),
    );
  });
});

test('what is no price of the instrument cannot be reviewed into one', () => {
  const reviewable = reasons.filter((reason) => isReviewable([reason]));
  expect(reviewable).toEqual([
    ...['valid_in_future', 'backdated', 'changed_without_edition', 'contradicted', 'outlier', 'sources_differ'],
    'needs_review',
  ]);
});

function rank(figure: Figure, seed: number): number {
  return (Number(figure.midMicros + figure.lowMicros) + figure.validAt.getTime() * 31 + seed) % 997;
}
