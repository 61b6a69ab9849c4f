import { deadEnds, unreachableStates } from '@clearlot/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptRound, offerNext, type QuoteSide, type QuoteStatus, quoteTransitions, type Turn } from './quote.ts';

const now = new Date('2026-11-24T09:00:00Z');
const later = new Date('2026-11-25T09:00:00Z');
const open = {
  ...{ buyerId: 'b', supplierOwnerId: 's', round: 0, roundsMax: 3, expiresAt: later },
  ...{ status: 'requested' as QuoteStatus, turn: 'supplier' as Turn },
};

describe('the states of a quote', () => {
  it('can all be reached and all lead to an end', () => {
    expect(unreachableStates(quoteTransitions, 'requested')).toEqual([]);
    const ends = ['accepted', 'declined', 'cancelled', 'expired'] as const;
    expect(deadEnds(quoteTransitions, ends)).toEqual([]);
    for (const state of ends) expect(quoteTransitions[state]).toEqual([]);
  });
});

describe('whatever two sides try', () => {
  it('offers alternate, stay within their rounds, and each side only ever gives way', () => {
    const attempt = fc.record({
      side: fc.constantFrom<QuoteSide>('buyer', 'supplier'),
      price: fc.bigInt({ min: 1n, max: 20n }),
      accept: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), fc.array(attempt, { maxLength: 60 }), (roundsMax, attempts) => {
        let quote = { ...open, roundsMax };
        const offers: { side: QuoteSide; price: bigint }[] = [];
        for (const { side, price, accept } of attempts) {
          try {
            if (accept) {
              const status = acceptRound(quote, side, quote.round, now);
              expect(offers.at(-1)?.side).not.toBe(side);
              quote = { ...quote, status, turn: 'nobody' };
            } else {
              const last = offers.findLast((each) => each.side === side)?.price;
              const offer = { priceMinorPerTonne: price, validUntil: later };
              quote = { ...quote, ...offerNext(quote, side, offer, last, now) };
              offers.push({ side, price });
            }
          } catch (error) {
            expect((error as { code: string }).code).toMatch(/^MARKETPLACE_QUOTE_/);
          }
        }
        expect(quote.round).toBe(offers.length);
        expect(offers.length).toBeLessThanOrEqual(roundsMax);
        offers.forEach((each, at) => {
          expect(each.side).toBe(at % 2 === 0 ? 'supplier' : 'buyer');
          const before = offers[at - 2]?.price;
          if (before !== undefined)
            expect(each.side === 'supplier' ? each.price < before : each.price > before).toBe(true);
        });
      }),
    );
  });
});
