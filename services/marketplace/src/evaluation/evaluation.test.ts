import { fraction } from '@clearlot/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparisonCost, type EvaluationTerms, evaluate, type OpenedOffer, type OpenedResponse } from './evaluation.ts';

const now = new Date('2026-12-10T00:00:00Z');

const terms: EvaluationTerms = {
  lines: [
    {
      lineId: 'a',
      basis: 'dry',
      quantityKg: 100_000n,
      limits: [{ analyte: 'Na', minPpb: null, maxPpb: 250_000n }],
      adjustments: [],
    },
    {
      lineId: 'b',
      basis: 'dry',
      quantityKg: 50_000n,
      limits: [],
      adjustments: [{ analyte: 'Li2O', referencePpb: 60_000_000n, stepPpb: 1_000_000n, minorPerTonnePerStep: 1_500n }],
    },
  ],
  incoterms: new Set(['FOB', 'CIF']),
  criteria: [],
  otherCostIds: [],
  fromOrigin: new Map([['CL', { freightMinor: 5_000n, dutyPpm: 10_000n }]]),
  insurancePpm: 0n,
  financePpmPerYear: 0n,
};

const offer = (fields: Partial<OpenedOffer> = {}): OpenedOffer => ({
  offerId: 'o1',
  lineId: 'a',
  alternate: false,
  quantityKg: 100_000n,
  minKg: 1n,
  priceMinor: 100_000n,
  incoterm: 'FOB',
  originCountry: 'US',
  assay: [
    { analyte: 'Na', ppb: 100_000n },
    { analyte: 'Li2O', ppb: 60_000_000n },
  ],
  moisturePpb: 0n,
  leadDays: 30n,
  ...fields,
});

const response = (responseId: string, fields: Partial<OpenedResponse> = {}): OpenedResponse => ({
  responseId,
  supplierId: `supplier of ${responseId}`,
  submittedAt: new Date('2026-12-01T00:00:00Z'),
  stale: false,
  problems: [],
  kind: 'firm',
  validUntil: new Date('2027-01-01T00:00:00Z'),
  claims: {},
  otherMinor: new Map(),
  offers: [offer()],
  ...fields,
});

const order = (responses: OpenedResponse[], on = terms) =>
  evaluate(on, responses, now).lines[0]?.ranked.map((each) => each.response.responseId);
const gates = (each: OpenedResponse, on = terms) =>
  evaluate(on, [each], now).excluded.flatMap(({ exclusions }) => exclusions);

describe('the ranking of a line', () => {
  it('is by landed cost, not by price', () => {
    const near = response('near', { offers: [offer({ priceMinor: 106_000n })] });
    const far = response('far', { offers: [offer({ originCountry: 'CL', priceMinor: 101_000n })] });
    expect(order([far, near])).toEqual(['near', 'far']);
  });

  it('is by quality too: what is dearer by less than its coefficient comes first', () => {
    const on = {
      ...terms,
      criteria: [{ criterionId: 'carbon', options: [{ value: 'low', sharePpm: 100_000n }] }],
    };
    const plain = response('plain');
    const good = response('good', { claims: { carbon: 'low' }, offers: [offer({ priceMinor: 111_111n })] });
    const dear = response('dear', { claims: { carbon: 'low' }, offers: [offer({ priceMinor: 111_112n })] });
    expect(order([dear, plain, good], on)).toEqual(['good', 'plain', 'dear']);
  });

  it('ties go to the earlier response, then to the lower id', () => {
    const early = response('z', { submittedAt: new Date('2026-11-30T00:00:00Z') });
    expect(order([response('b'), response('a'), early])).toEqual(['z', 'a', 'b']);
  });

  it('tells costs apart that differ by less than a millionth of a minor unit', () => {
    const line = { ...(terms.lines[0] as EvaluationTerms['lines'][number]), basis: 'wet' as const };
    // Each a cent; the one with a billionth of water is 10^-9 of it dearer and earlier.
    const dry = response('dry', { offers: [offer({ priceMinor: 1n })] });
    const damp = response('damp', { offers: [offer({ priceMinor: 1n, moisturePpb: 1n })] });
    expect(order([damp, dry], { ...terms, lines: [line] })).toEqual(['dry', 'damp']);
  });

  it('marks an offer of less than the line asks for', () => {
    const { lines } = evaluate(terms, [response('r', { offers: [offer({ quantityKg: 99_999n })] })], now);
    expect(lines[0]?.ranked.map((each) => each.partial)).toEqual([true]);
  });

  it('is the same in whatever order the responses come, sorted by the exact comparison cost', () => {
    const responses = fc.array(
      fc.record({
        price: fc.bigInt({ min: 1n, max: 20n }),
        moisturePpb: fc.constantFrom(0n, 1n, 333_333_333n, 500_000_000n),
        day: fc.integer({ min: 1, max: 3 }),
      }),
      { minLength: 1, maxLength: 12 },
    );
    const wet = { ...terms, lines: terms.lines.map((line) => ({ ...line, basis: 'wet' as const })) };
    fc.assert(
      fc.property(responses, fc.infiniteStream(fc.nat()), (drawn, shuffle) => {
        const given = drawn.map(({ price, moisturePpb, day }, index) =>
          response(`r${String(index).padStart(2, '0')}`, {
            submittedAt: new Date(`2026-12-0${day}T00:00:00Z`),
            offers: [offer({ priceMinor: price, moisturePpb })],
          }),
        );
        const shuffled = given
          .map((each) => ({ each, at: shuffle.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ each }) => each);
        expect(order(shuffled, wet)).toEqual(order(given, wet));
        const ranked = evaluate(wet, given, now).lines[0]?.ranked ?? [];
        expect(ranked.map((each) => each.rank)).toEqual(given.map((_, index) => index + 1));
        for (const [index, each] of ranked.entries()) {
          const { num, den } = each.comparison;
          expect(fraction.of(num, den)).toEqual(comparisonCost(each));
          const next = ranked[index + 1];
          if (!next) continue;
          const apart = fraction.cmp(comparisonCost(each), comparisonCost(next));
          expect(apart).toBeLessThanOrEqual(0);
          if (apart === 0) expect(each.response.submittedAt <= next.response.submittedAt).toBe(true);
        }
      }),
    );
  });
});

describe('the gates', () => {
  it.each<[string, Partial<OpenedResponse>, object]>([
    ['a stale response', { stale: true }, { gate: 'stale', of: [] }],
    [
      'a response that does not fit the terms any more',
      { problems: ['/content/criteria/carbon'] },
      { gate: 'unfit', of: ['/content/criteria/carbon'] },
    ],
    ['an indicative response', { kind: 'indicative' }, { gate: 'indicative', of: [] }],
    ['a response whose validity ends this instant', { validUntil: now }, { gate: 'expired', of: [] }],
    ['an Incoterm that is not accepted', { offers: [offer({ incoterm: 'EXW' })] }, { gate: 'incoterm', of: ['EXW'] }],
    [
      'a broken limit',
      { offers: [offer({ assay: [{ analyte: 'Na', ppb: 250_001n }] })] },
      { gate: 'limits', of: ['Na'] },
    ],
    ['silence about a limit', { offers: [offer({ assay: [] })] }, { gate: 'limits', of: ['Na'] }],
    [
      'silence about an analyte the price is normalised for',
      { offers: [offer({ lineId: 'b', assay: [] })] },
      { gate: 'assay_unstated', of: ['Li2O'] },
    ],
    [
      'a least quantity above the line',
      { offers: [offer({ quantityKg: 200_000n, minKg: 100_001n })] },
      { gate: 'minimum_above_line', of: [] },
    ],
    ['a line that is not asked for', { offers: [offer({ lineId: 'c' })] }, { gate: 'unknown_line', of: ['c'] }],
  ])('%s is not ranked, and says why', (_case, fields, exclusion) => {
    const each = response('r', fields);
    expect(gates(each)).toEqual([exclusion]);
    expect(evaluate(terms, [each], now).lines.flatMap((line) => [...line.ranked, ...line.alternates])).toEqual([]);
  });

  it('a life-cycle cost that is not stated is not taken for nothing', () => {
    const on = { ...terms, otherCostIds: ['energy'] };
    expect(gates(response('r'), on)).toEqual([{ gate: 'cost_unstated', of: ['energy'] }]);
    expect(gates(response('r', { otherMinor: new Map([['energy', 0n]]) }), on)).toEqual([]);
  });

  it('every gate an offer fails is named', () => {
    const each = response('r', { stale: true, kind: 'indicative', offers: [offer({ incoterm: 'DDP', assay: [] })] });
    expect(gates(each).map(({ gate }) => gate)).toEqual(['stale', 'indicative', 'incoterm', 'limits']);
  });

  it('an alternate may break limits and is ranked apart', () => {
    const alternate = offer({ offerId: 'alt', alternate: true, priceMinor: 1n, assay: [] });
    const { lines, excluded } = evaluate(terms, [response('r', { offers: [offer(), alternate] })], now);
    expect(lines[0]?.ranked.map((each) => each.offer.offerId)).toEqual(['o1']);
    expect(lines[0]?.alternates.map((each) => [each.rank, each.offer.offerId])).toEqual([[1, 'alt']]);
    expect(excluded).toEqual([]);
  });

  it('an alternate of a stale response is not ranked either', () => {
    expect(gates(response('r', { stale: true, offers: [offer({ alternate: true })] }))).toEqual([
      { gate: 'stale', of: [] },
    ]);
  });
});
