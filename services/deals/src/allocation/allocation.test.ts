import { isDomainError, minBigint, sumBigint as sum } from '@clearlot/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AllocationInput, allocate, type BuyOrder, type SellOrder } from './allocation.ts';
import { pairAllocations } from './pairing.ts';

const failsWith = (code: string) => expect.objectContaining({ code });
const at = (minute: number) => new Date(Date.UTC(2026, 0, 5, 9, minute));
const sell = (id: string, shares: bigint, minimumPriceMinor: bigint | null = null, minute = 0): SellOrder => ({
  id,
  shares,
  minimumPriceMinor,
  submittedAt: at(minute),
});
const buy = (id: string, amountMinor: bigint, minute = 0): BuyOrder => ({ id, amountMinor, submittedAt: at(minute) });
const deal = (sells: SellOrder[], buys: BuyOrder[], priceMinor = 100n, targetShares = 1_000_000n): AllocationInput => ({
  rule: 'pro-rata',
  priceMinor,
  targetShares,
  sells,
  buys,
});

/** Any deal; minutes repeat so that ties are common, prices straddle the minimums, some buyers cannot pay one share. */
const anyDeal = (sharesMax: bigint, amountMax: bigint) =>
  fc.record({
    rule: fc.constant('pro-rata' as const),
    priceMinor: fc.bigInt({ min: 1n, max: 50n }),
    targetShares: fc.bigInt({ min: 1n, max: sharesMax * 10n }),
    sells: fc
      .array(fc.tuple(fc.bigInt({ min: 1n, max: sharesMax }), fc.option(fc.bigInt({ min: 0n, max: 60n })), fc.nat(3)))
      .map((rows) => rows.map(([shares, minimum, minute], i) => sell(`s${i}`, shares, minimum, minute))),
    buys: fc
      .array(fc.tuple(fc.bigInt({ min: 1n, max: amountMax }), fc.nat(3)))
      .map((rows) => rows.map(([amount, minute], i) => buy(`b${i}`, amount, minute))),
  });

/** Runs the allocation; null when there is nothing to match, which the caller checks. */
function tryAllocate(input: AllocationInput) {
  try {
    return allocate(input);
  } catch (error) {
    if (isDomainError(error) && error.code === 'DEALS_ALLOCATION_EMPTY') return null;
    throw error;
  }
}

const small = anyDeal(12n, 300n);
const large = anyDeal(10n ** 9n, 10n ** 11n);

describe('allocate', () => {
  test('shares and money match on both sides exactly, and Q is the least of supply, demand and target', () => {
    fc.assert(
      fc.property(fc.oneof(small, large), (input) => {
        const { priceMinor, targetShares } = input;
        const supply = sum(input.sells.filter((s) => (s.minimumPriceMinor ?? 0n) <= priceMinor).map((s) => s.shares));
        const demand = sum(input.buys.map((b) => b.amountMinor / priceMinor));
        const q = minBigint(supply, demand, targetShares);
        const result = tryAllocate(input);
        expect(result === null).toBe(q === 0n);
        if (!result) return;
        expect(result).toMatchObject({ supplyShares: supply, demandShares: demand, clearedShares: q });
        expect(result.clearedMinor).toBe(q * priceMinor);
        expect(sum(result.sells.map((s) => s.allocatedShares))).toBe(q);
        expect(sum(result.buys.map((b) => b.allocatedShares))).toBe(q);
        expect(sum(result.sells.map((s) => s.proceedsMinor))).toBe(q * priceMinor);
        expect(sum(result.buys.map((b) => b.allocatedMinor))).toBe(q * priceMinor);
      }),
      { numRuns: 1000 },
    );
  });

  test('nobody sells more than offered or below their minimum, nobody pays more than committed', () => {
    fc.assert(
      fc.property(fc.oneof(small, large), (input) => {
        const result = tryAllocate(input);
        for (const [i, s] of (result?.sells ?? []).entries()) {
          const order = input.sells[i];
          expect(s).toMatchObject({ id: order?.id, offeredShares: order?.shares });
          expect(s.allocatedShares >= 0n && s.allocatedShares <= s.offeredShares).toBe(true);
          expect(s.proceedsMinor).toBe(s.allocatedShares * input.priceMinor);
          if ((order?.minimumPriceMinor ?? 0n) > input.priceMinor) expect(s.allocatedShares).toBe(0n);
        }
        for (const [i, b] of (result?.buys ?? []).entries()) {
          expect(b).toMatchObject({ id: input.buys[i]?.id, requestedMinor: input.buys[i]?.amountMinor });
          expect(b.allocatedShares >= 0n && b.allocatedShares <= b.demandShares).toBe(true);
          expect(b.allocatedMinor).toBe(b.allocatedShares * input.priceMinor);
          expect(b.allocatedMinor + b.unusedMinor).toBe(b.requestedMinor);
          expect(b.unusedMinor >= 0n).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('everybody is within one share of their exact proportion', () => {
    fc.assert(
      fc.property(fc.oneof(small, large), (input) => {
        const result = tryAllocate(input);
        if (!result) return;
        const { clearedShares: q, supplyShares, demandShares } = result;
        const near = (got: bigint, asked: bigint, all: bigint) => {
          const off = got * all - q * asked;
          expect(off < all && -off < all).toBe(true);
        };
        for (const s of result.sells) {
          if (s.reason !== 'price_below_minimum') near(s.allocatedShares, s.offeredShares, supplyShares);
        }
        for (const b of result.buys) near(b.allocatedShares, b.demandShares, demandShares);
      }),
      { numRuns: 500 },
    );
  });

  test('does not depend on input order and answers in it', () => {
    fc.assert(
      fc.property(small, fc.infiniteStream(fc.nat()), (input, random) => {
        const shuffle = <T>(items: readonly T[]) =>
          items
            .map((item) => ({ item, key: random.next().value }))
            .sort((a, b) => a.key - b.key)
            .map(({ item }) => item);
        const shuffled = { ...input, sells: shuffle(input.sells), buys: shuffle(input.buys) };
        const [straight, other] = [tryAllocate(input), tryAllocate(shuffled)];
        expect(other?.sells.map((s) => s.id)).toEqual(straight ? shuffled.sells.map((s) => s.id) : undefined);
        const byId = (rows: readonly { id: string }[] | undefined) => new Map(rows?.map((row) => [row.id, row]));
        expect(byId(other?.sells)).toEqual(byId(straight?.sells));
        expect(byId(other?.buys)).toEqual(byId(straight?.buys));
      }),
      { numRuns: 500 },
    );
  });

  test('among equal orders the earlier submission, then the lower id, never gets less', () => {
    fc.assert(
      fc.property(small, (input) => {
        const result = tryAllocate(input);
        if (!result) return;
        const buys = result.buys.map((b, i) => ({ ...b, order: input.buys[i] ?? buy('', 1n) }));
        for (const a of buys) {
          for (const b of buys) {
            if (a.demandShares !== b.demandShares) continue;
            const gap = a.order.submittedAt.getTime() - b.order.submittedAt.getTime();
            if (gap < 0 || (gap === 0 && a.id < b.id)) expect(a.allocatedShares >= b.allocatedShares).toBe(true);
          }
        }
      }),
    );
  });

  test('says why, in a reason that fits the numbers', () => {
    fc.assert(
      fc.property(small, (input) => {
        const result = tryAllocate(input);
        for (const [i, s] of (result?.sells ?? []).entries()) {
          const refused = (input.sells[i]?.minimumPriceMinor ?? 0n) > input.priceMinor;
          const filled =
            s.allocatedShares === s.offeredShares ? 'full' : s.allocatedShares ? 'prorated' : 'rounded_to_zero';
          expect(s.reason).toBe(refused ? 'price_below_minimum' : filled);
        }
        for (const b of result?.buys ?? []) {
          const filled =
            b.allocatedShares === b.demandShares ? 'full' : b.allocatedShares ? 'prorated' : 'rounded_to_zero';
          expect(b.reason).toBe(b.requestedMinor < input.priceMinor ? 'below_one_share' : filled);
        }
      }),
    );
  });

  test('what is allocated can be paired', () => {
    fc.assert(
      fc.property(small, (input) => {
        const result = tryAllocate(input);
        if (!result) return;
        const sides = [result.sells, result.buys].map((rows) =>
          rows.map((r) => ({ id: r.id, shares: r.allocatedShares })),
        );
        const pairs = pairAllocations(sides[0] ?? [], sides[1] ?? []);
        expect(sum(pairs.map((p) => p.shares * input.priceMinor))).toBe(result.clearedMinor);
      }),
    );
  });

  test('a worked example: scarce supply, a minimum above the price, a commitment that leaves change', () => {
    const sells = [sell('s1', 600n, 100n), sell('s2', 400n), sell('s3', 500n, 101n)];
    const buys = [buy('b1', 100_050n), buy('b2', 50_000n), buy('b3', 99n)];
    const result = allocate(deal(sells, buys));
    expect(result).toMatchObject({
      supplyShares: 1000n,
      demandShares: 1500n,
      clearedShares: 1000n,
      clearedMinor: 100_000n,
    });
    expect(result.sells.map((s) => [s.allocatedShares, s.proceedsMinor, s.reason])).toEqual([
      [600n, 60_000n, 'full'],
      [400n, 40_000n, 'full'],
      [0n, 0n, 'price_below_minimum'],
    ]);
    expect(result.buys.map((b) => [b.allocatedShares, b.allocatedMinor, b.unusedMinor, b.reason])).toEqual([
      [667n, 66_700n, 33_350n, 'prorated'],
      [333n, 33_300n, 16_700n, 'prorated'],
      [0n, 0n, 99n, 'below_one_share'],
    ]);
  });

  test('the target caps both sides, and the last share goes to the earliest submission', () => {
    const sells = [sell('s1', 10n, null, 9), sell('s2', 10n, null, 3), sell('s3', 10n, null, 5)];
    const result = allocate(deal(sells, [buy('b2', 1000n, 1), buy('b1', 1000n, 1)], 100n, 1n));
    expect(result.sells.map((s) => s.allocatedShares)).toEqual([0n, 1n, 0n]);
    expect(result.buys.map((b) => b.allocatedShares)).toEqual([0n, 1n]);
    expect(result.sells[0]?.reason).toBe('rounded_to_zero');
  });

  test.each([
    ['an unknown rule', { rule: 'lottery' as 'pro-rata' }, 'DEALS_ALLOCATION_RULE_UNKNOWN'],
    ['a price of zero', { priceMinor: 0n }, 'DEALS_ALLOCATION_PRICE_INVALID'],
    ['a negative price', { priceMinor: -1n }, 'DEALS_ALLOCATION_PRICE_INVALID'],
    ['a target of zero', { targetShares: 0n }, 'DEALS_ALLOCATION_TARGET_INVALID'],
    ['no sellers', { sells: [] }, 'DEALS_ALLOCATION_EMPTY'],
    ['no buyers', { buys: [] }, 'DEALS_ALLOCATION_EMPTY'],
    ['only sellers who ask for more', { sells: [sell('s', 1n, 101n)] }, 'DEALS_ALLOCATION_EMPTY'],
    ['only buyers below one share', { buys: [buy('b', 99n)] }, 'DEALS_ALLOCATION_EMPTY'],
    ['an offer of no shares', { sells: [sell('s', 0n)] }, 'DEALS_ALLOCATION_ORDER_INVALID'],
    ['a negative minimum', { sells: [sell('s', 1n, -1n)] }, 'DEALS_ALLOCATION_ORDER_INVALID'],
    ['a commitment of nothing', { buys: [buy('b', 0n)] }, 'DEALS_ALLOCATION_ORDER_INVALID'],
    [
      'a time that is none',
      { buys: [{ ...buy('b', 1n), submittedAt: new Date('') }] },
      'DEALS_ALLOCATION_ORDER_INVALID',
    ],
    ['an order listed twice', { buys: [buy('b', 1n), buy('b', 2n)] }, 'DEALS_ALLOCATION_ORDER_DUPLICATE'],
    [
      'a value above the ledger',
      { sells: [sell('s', 10n ** 16n)], buys: [buy('b', 10n ** 18n)], targetShares: 10n ** 16n },
      'DEALS_ALLOCATION_TOO_LARGE',
    ],
  ])('refuses %s', (_, change, code) => {
    const valid = deal([sell('s1', 10n)], [buy('b1', 1000n)]);
    expect(allocate(valid).clearedShares).toBe(10n);
    expect(() => allocate({ ...valid, ...change })).toThrow(failsWith(code));
  });

  test('points at the order it refuses', () => {
    expect(() => allocate(deal([sell('s1', 1n), sell('s2', 0n)], [buy('b1', 100n)]))).toThrow(
      expect.objectContaining({ errors: [{ pointer: '/sells/1', message: 'Order s2' }] }),
    );
  });
});
