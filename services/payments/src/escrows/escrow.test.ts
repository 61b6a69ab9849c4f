import { deadEnds, sumBigint, unreachableStates } from '@clearlot/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escrowTransitions, planPart, planRelease, type ReleaseItem } from './escrow.ts';

const notCovered = expect.objectContaining({ code: 'PAYMENTS_RELEASE_NOT_COVERED' });

test('an escrow ends released or cancelled, and both are reached', () => {
  expect(unreachableStates(escrowTransitions, 'open')).toEqual([]);
  expect(deadEnds(escrowTransitions, ['released', 'cancelled'])).toEqual([]);
});

/** Items between a few commitments and participations, and holds that cover them exactly, each cut in up to three. */
const covered = fc
  .array(
    fc.record({
      commitmentId: fc.constantFrom('c1', 'c2', 'c3'),
      participationId: fc.constantFrom('p1', 'p2'),
      amountMinor: fc.bigInt({ min: 1n, max: 10n ** 15n }),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .chain((drafts) => {
    const items: ReleaseItem[] = drafts.map((each) => ({ ...each, sellerId: `seller of ${each.participationId}` }));
    return fc.array(fc.nat(), { minLength: 6, maxLength: 6 }).map((cuts) => {
      const holds = [...Map.groupBy(items, (item) => item.commitmentId)].flatMap(([commitmentId, own], at) => {
        const total = sumBigint(own.map((item) => item.amountMinor));
        const first = BigInt(cuts[at] ?? 0) % (total + 1n);
        return [first, total - first].map((remainingMinor, n) => ({
          id: `${commitmentId}-${n}`,
          commitmentId,
          remainingMinor,
        }));
      });
      return { items, holds };
    });
  });

test('a plan captures each hold whole, pays each participation its items, and both sums are the release', () => {
  fc.assert(
    fc.property(covered, ({ items, holds }) => {
      const plan = planRelease(holds, items);
      const captured = Map.groupBy(plan.captures, (capture) => capture.holdId);
      for (const hold of holds) {
        expect(sumBigint((captured.get(hold.id) ?? []).map((each) => each.amountMinor))).toBe(hold.remainingMinor);
      }
      for (const payout of plan.payouts) {
        const own = items.filter((item) => item.participationId === payout.participationId);
        expect(payout.amountMinor).toBe(sumBigint(own.map((item) => item.amountMinor)));
        const into = plan.captures.filter((capture) => capture.participationId === payout.participationId);
        expect(payout.amountMinor).toBe(sumBigint(into.map((each) => each.amountMinor)));
      }
      expect(plan.totalMinor).toBe(sumBigint(plan.payouts.map((payout) => payout.amountMinor)));
      expect(plan.captures.every((capture) => capture.amountMinor > 0n)).toBe(true);
    }),
  );
});

test('one minor unit too little or too much held refuses the whole release', () => {
  fc.assert(
    fc.property(covered, fc.nat(), fc.constantFrom(1n, -1n), ({ items, holds }, which, change) => {
      const candidates = holds.filter((hold) => hold.remainingMinor > 0n);
      const chosen = candidates[which % candidates.length];
      const changed = holds.map((hold) =>
        hold === chosen ? { ...hold, remainingMinor: hold.remainingMinor + change } : hold,
      );
      expect(() => planRelease(changed, items)).toThrow(notCovered);
    }),
  );
});

test('nothing to release, an item of nothing, and one participation with two sellers are refused', () => {
  const item = { commitmentId: 'c', participationId: 'p', sellerId: 's', amountMinor: 5n };
  const hold = { id: 'h', commitmentId: 'c', remainingMinor: 5n };
  expect(() => planRelease([hold], [])).toThrow(notCovered);
  expect(() => planRelease([hold], [item, { ...item, amountMinor: 0n }])).toThrow(notCovered);
  const halves = ['s', 't'].map((sellerId) => ({ ...item, sellerId, amountMinor: sellerId === 's' ? 2n : 3n }));
  expect(() => planRelease([hold], halves)).toThrow(notCovered);
});

/** Holds and a part of theirs that they cover. */
const coveredPart = fc
  .record({
    holds: fc.array(fc.bigInt({ min: 1n, max: 10n ** 15n }), { maxLength: 4 }),
    availableMinor: fc.bigInt({ min: 0n, max: 10n ** 15n }),
    cuts: fc.tuple(fc.nat(1_000), fc.nat(1_000)),
    final: fc.boolean(),
  })
  .map(({ holds, availableMinor, cuts, final }) => {
    const held = sumBigint(holds);
    const releaseMinor = (held * BigInt(cuts[0])) / 1_000n;
    const refundMinor = ((held - releaseMinor) * BigInt(cuts[1])) / 1_000n;
    const rows = holds.map((remainingMinor, n) => ({ id: `h${n}`, commitmentId: 'c', remainingMinor }));
    return { holds: rows, held, availableMinor, part: { releaseMinor, refundMinor, final } };
  });

const sumOf = (taken: readonly { amountMinor: bigint }[]) => sumBigint(taken.map((each) => each.amountMinor));

test('a part moves exactly what it says, keeps the rest held, and no hold gives more than it has', () => {
  fc.assert(
    fc.property(coveredPart, ({ holds, held, availableMinor, part }) => {
      const plan = planPart(holds, availableMinor, part);
      expect(sumOf(plan.releases)).toBe(part.releaseMinor);
      expect(sumOf(plan.returns)).toBe(plan.refundedMinor);
      const all = held + availableMinor - part.releaseMinor;
      expect(plan.refundedMinor).toBe(part.final ? all : part.refundMinor);
      expect(plan.heldMinor).toBe(part.final ? 0n : held - part.releaseMinor - part.refundMinor);
      const moves = [...plan.releases, ...plan.returns];
      expect(moves.every((each) => each.amountMinor > 0n)).toBe(true);
      for (const hold of holds) {
        const taken = sumOf(moves.filter((each) => each.holdId === hold.id));
        expect(taken).toBeLessThanOrEqual(hold.remainingMinor);
        if (part.final) expect(taken).toBe(hold.remainingMinor);
      }
    }),
  );
});

test('a part of more than is held is refused, also by one minor unit and also when money that is not held would do', () => {
  fc.assert(
    fc.property(coveredPart, fc.bigInt({ min: 1n, max: 10n ** 9n }), ({ holds, held, part }, more) => {
      const tooMuch = [
        { ...part, releaseMinor: held - part.refundMinor + more },
        { ...part, refundMinor: held - part.releaseMinor + more },
      ];
      for (const wrong of tooMuch) expect(() => planPart(holds, 10n ** 16n, wrong)).toThrow(notCovered);
    }),
  );
  const hold = [{ id: 'h', commitmentId: 'c', remainingMinor: 100n }];
  for (const wrong of [
    { releaseMinor: -1n, refundMinor: 1n, final: false },
    { releaseMinor: 1n, refundMinor: -1n, final: true },
  ]) {
    expect(() => planPart(hold, 0n, wrong)).toThrow(notCovered);
  }
});
