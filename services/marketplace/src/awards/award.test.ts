import { deadEnds, type Transitions, unreachableStates } from '@clearlot/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EvaluationTerms, evaluate, type OpenedOffer, type OpenedResponse } from '../evaluation/evaluation.ts';
import { awardTransitions, checkInStandstill, chooseOffers, moveAward, totalAmount } from './award.ts';
import { contractTransitions, moveContract, outcomeOf } from './contract.ts';
import { noticeReasons, reasonInWords } from './notice.ts';
import { splitProblem } from './optimum.ts';
import { findSplit, splitModes } from './split.ts';

const now = new Date('2026-12-10T00:00:00Z');
const code = (expected: string) => expect.objectContaining({ code: expected });

const machines: [string, Transitions<string>, string, string[]][] = [
  ['an award', awardTransitions, 'standstill', ['contracted', 'cancelled']],
  ['a contract', contractTransitions, 'requested', ['signed', 'cancelled']],
];

describe.each(machines)('the states of %s', (_name, transitions, initial, terminals) => {
  it('can all be reached', () => {
    expect(unreachableStates(transitions, initial)).toEqual([]);
  });

  it('all lead to an end', () => {
    expect(deadEnds(transitions, terminals)).toEqual([]);
    for (const state of terminals) expect(transitions[state]).toEqual([]);
  });
});

describe('moving on', () => {
  it('refuses to skip and to go back', () => {
    expect(() => moveAward('standstill', 'contracted')).toThrow(code('MARKETPLACE_AWARD_WRONG_STATUS'));
    expect(() => moveAward('cancelled', 'standstill')).toThrow(code('MARKETPLACE_AWARD_WRONG_STATUS'));
    expect(() => moveContract('requested', 'signed')).toThrow(code('MARKETPLACE_CONTRACT_WRONG_STATUS'));
    expect(() => moveContract('signed', 'cancelled')).toThrow(code('MARKETPLACE_CONTRACT_WRONG_STATUS'));
  });

  it('an award is taken back until the last instant of its standstill', () => {
    const award = { status: 'standstill' as const, standstillUntil: now };
    expect(() => checkInStandstill(award, new Date(now.getTime() - 1))).not.toThrow();
    const over = code('MARKETPLACE_AWARD_STANDSTILL_OVER');
    expect(() => checkInStandstill(award, now)).toThrow(over);
    expect(() => checkInStandstill({ ...award, status: 'contracting' }, new Date(0))).toThrow(over);
  });

  it('an award ends when no contract is open: contracted with any that is signed', () => {
    expect(outcomeOf(['signed', 'issued'])).toBe('open');
    expect(outcomeOf(['cancelled', 'requested'])).toBe('open');
    expect(outcomeOf(['cancelled', 'signed'])).toBe('contracted');
    expect(outcomeOf(['cancelled', 'cancelled'])).toBe('cancelled');
  });
});

const terms: EvaluationTerms = {
  lines: ['x', 'y'].map((lineId) => ({ lineId, basis: 'dry', quantityKg: 10_000n, limits: [], adjustments: [] })),
  incoterms: new Set(['CIF']),
  criteria: [],
  otherCostIds: [],
  fromOrigin: new Map(),
  insurancePpm: 0n,
  financePpmPerYear: 0n,
};

const offer = (fields: Partial<OpenedOffer> = {}): OpenedOffer => ({
  ...{ offerId: 'x1', lineId: 'x', alternate: false, quantityKg: 8_000n, minKg: 2_000n, priceMinor: 100_000n },
  ...{ incoterm: 'CIF', originCountry: 'CL', assay: [], moisturePpb: 0n, leadDays: 0n },
  ...fields,
});

const response = (responseId: string, fields: Partial<OpenedResponse> = {}): OpenedResponse => ({
  ...{ responseId, supplierId: responseId, submittedAt: now, stale: false, problems: [], kind: 'firm', claims: {} },
  ...{ validUntil: new Date('2027-01-01T00:00:00Z'), otherMinor: new Map(), offers: [offer()] },
  ...fields,
});

const two = evaluate(terms, [response('a'), response('b', { offers: [offer({ priceMinor: 112_345n })] })], now);

describe('a choice of offers', () => {
  const choose = (...wanted: [string, string, bigint][]) =>
    chooseOffers(
      two,
      terms.lines,
      wanted.map(([responseId, offerId, quantityKg]) => ({ responseId, offerId, quantityKg })),
    );

  it('is worth mass times price', () => {
    expect(totalAmount(choose(['a', 'x1', 8_000n], ['b', 'x1', 2_000n]))).toBe(800_000n + 224_690n);
  });

  it.each<[string, [string, string, bigint][], string]>([
    ['an offer that is not there', [['a', 'x2', 2_000n]], 'MARKETPLACE_AWARD_OFFER_UNKNOWN'],
    ['a response that is not there', [['c', 'x1', 2_000n]], 'MARKETPLACE_AWARD_OFFER_UNKNOWN'],
    ['more than offered', [['a', 'x1', 8_001n]], 'MARKETPLACE_AWARD_QUANTITY_INVALID'],
    ['less than the least', [['a', 'x1', 1_999n]], 'MARKETPLACE_AWARD_QUANTITY_INVALID'],
    [
      'more than the line',
      [
        ['a', 'x1', 8_000n],
        ['b', 'x1', 2_001n],
      ],
      'MARKETPLACE_AWARD_QUANTITY_INVALID',
    ],
    [
      'an offer twice',
      [
        ['a', 'x1', 2_000n],
        ['a', 'x1', 2_000n],
      ],
      'MARKETPLACE_AWARD_QUANTITY_INVALID',
    ],
  ])('with %s is refused', (_case, wanted, expected) => {
    expect(() => choose(...wanted)).toThrow(code(expected));
  });

  it('that costs nothing is refused', () => {
    const cheap = evaluate(terms, [response('a', { offers: [offer({ minKg: 1n, priceMinor: 1n })] })], now);
    const choices = chooseOffers(cheap, terms.lines, [{ responseId: 'a', offerId: 'x1', quantityKg: 1n }]);
    expect(() => totalAmount(choices)).toThrow(code('MARKETPLACE_AWARD_QUANTITY_INVALID'));
  });

  it('never is of a stale, unfit, indicative or expired response, nor does the best split hold one', () => {
    const flaw = fc.constantFrom<Partial<OpenedResponse>>(
      {},
      { stale: true },
      { problems: ['/content/offers/0'] },
      { kind: 'indicative' },
      { validUntil: now },
    );
    const drawn = fc.array(fc.record({ flaw, price: fc.bigInt({ min: 1n, max: 50n }) }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(drawn, fc.constantFrom(...splitModes), (responses, mode) => {
        const given = responses.map(({ flaw: fields, price }, index) => {
          const all = { minKg: 1n, quantityKg: 10_000n, priceMinor: price };
          return response(`r${index}`, {
            ...fields,
            offers: [offer(all), offer({ ...all, offerId: 'y1', lineId: 'y' })],
          });
        });
        const evaluation = evaluate(terms, given, now);
        const sound = new Set(
          given.filter((_, at) => responses[at]?.flaw && Object.keys(responses[at].flaw).length === 0),
        );
        for (const each of given) {
          const wanted = [{ responseId: each.responseId, offerId: 'x1', quantityKg: 1n }];
          if (sound.has(each)) expect(chooseOffers(evaluation, terms.lines, wanted)).toHaveLength(1);
          else {
            expect(() => chooseOffers(evaluation, terms.lines, wanted)).toThrow(
              code('MARKETPLACE_AWARD_OFFER_REFUSED'),
            );
          }
        }
        const lines = terms.lines.map(({ lineId, quantityKg }) => ({ lineId, quantityKg: Number(quantityKg) }));
        const split = findSplit(splitProblem({ evaluation, terms: { lines } }, { mode, constraints: {} }));
        expect(split === undefined).toBe(sound.size === 0);
        for (const { offer: won } of split?.items ?? []) expect(sound.has(won.ranked.response)).toBe(true);
      }),
    );
  });
});

describe('what a supplier is told', () => {
  const display = (minor: bigint) => `${minor} cents`;
  const [best] = two.lines[0]?.ranked ?? [];

  it('is its rank, and how far it is from the cheapest that was awarded', () => {
    const reasons = noticeReasons(two, best ? [{ offer: best, quantityKg: 8_000n }] : []);
    expect(reasons.get('a')).toMatchObject([{ rank: 1, of: 2, differenceMinor: '0', awardedKg: 8_000 }]);
    expect(reasons.get('b')).toMatchObject([{ rank: 2, of: 2, differenceMinor: '12345', awardedKg: 0 }]);
    expect(reasons.get('b')?.map((each) => reasonInWords(each, display))).toEqual([
      'x: rank 2 of 2, 12345 cents per tonne above the cheapest awarded offer',
    ]);
  });

  it('says when something dearer was awarded, or nothing', () => {
    const [, second] = two.lines[0]?.ranked ?? [];
    const reasons = noticeReasons(two, second ? [{ offer: second, quantityKg: 2_000n }] : []);
    expect(reasons.get('a')).toMatchObject([{ differenceMinor: '-12345' }]);
    expect(noticeReasons(two, []).get('a')).toMatchObject([{ differenceMinor: null }]);
  });

  it('is every gate that excluded it', () => {
    const stale = evaluate(terms, [response('a', { stale: true, kind: 'indicative' })], now);
    expect(noticeReasons(stale, []).get('a')).toMatchObject([
      { exclusions: [{ gate: 'stale' }, { gate: 'indicative' }] },
    ]);
  });
});
