import { formatMoney, newId, sumBigint } from '@clearlot/kernel';
import { createTestDatabase, type TestDatabase } from '@clearlot/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type Deal, itemsOf, newDeal, type World } from '../../test/world.ts';
import { isBalanced, sumBalances } from '../ledger/ledger.ts';
import { verifyLedger } from '../ledger/verify.ts';
import type { PaymentWithWires } from '../payments/store.ts';

let database: TestDatabase;
let world: World;

beforeAll(async () => {
  database = await createTestDatabase('payments');
  world = await createWorld(database.appUrl);
});
afterAll(async () => {
  await world.close();
  await database.drop();
});

const RUNS = 40;

/** What can happen to a deal, in any order, at any time, also when it makes no sense. */
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('wire'), which: fc.nat(), part: fc.integer({ min: 1, max: 130 }) }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('exact'), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('repeat'), which: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('stolen'), which: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('send'), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('send-wrong'), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fund') }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('release') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel') }) },
) as fc.Arbitrary<{ kind: string; which?: number; part?: number }>;

const scenario = fc.record({
  amounts: fc.array(fc.bigInt({ min: 1n, max: 10_000_000n }), { minLength: 1, maxLength: 3 }),
  sellers: fc.integer({ min: 1, max: 3 }),
  steps: fc.array(step, { minLength: 3, maxLength: 18 }),
});

const pick = <T>(items: readonly T[], which = 0): T | undefined => items[which % Math.max(items.length, 1)];

/** Does one step; what must be refused may be refused, and then has to change nothing. */
async function take(
  deal: Deal,
  { kind, which, part = 100 }: { kind: string; which?: number; part?: number },
): Promise<void> {
  const payments = await world.payments(deal.dealId);
  const funding = payments.filter((payment) => payment.type === 'incoming');
  const outgoing = payments.filter((payment) => payment.type === 'outgoing');
  const confirm = (payment: PaymentWithWires | undefined, minor: bigint, wireReference = newId()) =>
    payment && world.confirm(payment.id, { amount: formatMoney(minor, deal.currency), wireReference });
  const target = pick(funding, which);
  const atLeastOne = (minor: bigint) => (minor > 0n ? minor : 1n);
  if (kind === 'wire' && target) await confirm(target, atLeastOne((target.amountMinor * BigInt(part)) / 100n));
  if (kind === 'exact' && target) await confirm(target, atLeastOne(target.amountMinor - target.confirmedMinor));
  if (kind === 'repeat' && target) {
    const wire = pick(target.wires, which);
    if (wire) await confirm(target, wire.amountMinor + 1n, wire.wireReference.toUpperCase());
  }
  if (kind === 'stolen') {
    const wire = pick(
      funding.flatMap((payment) => payment.wires),
      which,
    );
    const other = payments.find((payment) => wire && payment.id !== wire.paymentId);
    const answer = wire && (await confirm(other, other?.amountMinor ?? 1n, wire.wireReference));
    if (answer) expect(answer.status).toBe(409);
  }
  const due = pick(outgoing, which);
  if (kind === 'send') await confirm(due, due?.amountMinor ?? 1n);
  if (kind === 'send-wrong' && due)
    expect((await confirm(due, due.amountMinor + 1n))?.status).toBeGreaterThanOrEqual(409);
  if (kind === 'fund') await world.fund(deal);
  if (kind === 'cancel') await world.cancel(deal);
  if (kind === 'release') {
    await world.release(deal).catch((error: { code: string }) => {
      const ready = funding.every((payment) => payment.status === 'confirmed');
      const refusals = ['PAYMENTS_ESCROW_NOT_OPEN', ...(ready ? [] : ['PAYMENTS_RELEASE_NOT_COVERED'])];
      expect(refusals).toContain(error.code);
    });
  }
}

/** Everything that must hold after every step, whatever happened. */
async function check(deal: Deal): Promise<void> {
  const [accounts, payments] = [await world.accounts(deal.dealId), await world.payments(deal.dealId)];
  const sums = sumBalances(accounts);
  const total = (rows: PaymentWithWires[], amount: (row: PaymentWithWires) => bigint) => sumBigint(rows.map(amount));
  const ofPurpose = (purpose: string, ...statuses: string[]) =>
    payments.filter((payment) => payment.purpose === purpose && statuses.includes(payment.status));

  const counted = payments
    .filter((payment) => payment.type === 'incoming')
    .flatMap((payment) => payment.wires.filter((wire) => wire.match !== 'duplicate'));
  expect(sums.receivedMinor).toBe(sumBigint(counted.map((wire) => wire.amountMinor)));
  expect(new Set(counted.map((wire) => wire.wireKey)).size).toBe(counted.length);

  expect(isBalanced(accounts)).toBe(true);
  const { receivedMinor, ...places } = sums;
  expect(sumBigint(Object.values(places))).toBe(receivedMinor);
  for (const account of accounts) expect(account.availableMinor).toBeGreaterThanOrEqual(0n);

  expect(sums.payableMinor).toBe(total(ofPurpose('payout', 'pending'), (row) => row.amountMinor));
  expect(sums.paidOutMinor).toBe(total(ofPurpose('payout', 'confirmed'), (row) => row.amountMinor));
  expect(sums.refundableMinor).toBe(total(ofPurpose('refund', 'pending'), (row) => row.amountMinor));
  expect(sums.refundedMinor).toBe(total(ofPurpose('refund', 'confirmed'), (row) => row.amountMinor));

  const facts = await world.published(deal.dealId);
  const count = (fact: string) => facts.filter((each) => each === `payments.escrow.${fact}.v1`).length;
  expect(count('released') + count('refund_started')).toBeLessThanOrEqual(1);
  expect(count('commitment_funded')).toBe(ofPurpose('funding', 'confirmed').length);
  const ended = count('released') + count('refund_started') === 1;
  expect(sums.heldMinor).toBe(ended ? 0n : total(ofPurpose('funding', 'confirmed'), (row) => row.amountMinor));
  const released = sums.payableMinor + sums.paidOutMinor;
  expect(released).toBe(count('released') === 1 ? sumBigint(itemsOf(deal).map((item) => item.amountMinor)) : 0n);
}

test('money is conserved after every step of any sequence of wires, releases, cancellations and payouts', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async ({ amounts, sellers, steps }) => {
      const deal = newDeal(amounts, sellers);
      await world.fund(deal);
      for (const each of steps) {
        await take(deal, each);
        await check(deal);
      }
    }),
    { numRuns: RUNS },
  );
  expect((await verifyLedger(world.sql)).problems).toEqual([]);
}, 180_000);

test('the same deal worked on by everybody at once conserves its money and is released or refunded, never both', async () => {
  const moves = ['exact', 'exact', 'exact', 'wire', 'release', 'release', 'cancel', 'send', 'send', 'exact', 'release'];
  for (let run = 0; run < 8; run++) {
    const deal = newDeal([100_000n, 30_001n, 7n], 2);
    await world.fund(deal);
    const steps = moves.map((kind, index) => ({ kind, which: index, order: Math.random() }));
    for (const round of [0, 1, 2]) {
      const now = steps.filter((_, index) => index % 3 === round).toSorted((a, b) => a.order - b.order);
      await Promise.all(now.map((each) => take(deal, each)));
      await check(deal);
    }
  }
}, 60_000);
