import { formatMoney, newId, sumBigint } from '@clearlot/kernel';
import { createTestDatabase, type TestDatabase } from '@clearlot/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createWorld,
  type Deal,
  itemsOf,
  newDeal,
  newOrder,
  newPart,
  type Order,
  type Part,
  type World,
} from '../../test/world.ts';
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

type Step = { kind: string; which?: number; part?: number };

/** Books one wire, right or wrong; what must be refused may be refused, and then has to change nothing. */
async function book(dealId: string, currency: string, { kind, which, part = 100 }: Step): Promise<void> {
  const payments = await world.payments(dealId);
  const funding = payments.filter((payment) => payment.type === 'incoming');
  const outgoing = payments.filter((payment) => payment.type === 'outgoing');
  const confirm = (payment: PaymentWithWires | undefined, minor: bigint, wireReference = newId()) =>
    payment && world.confirm(payment.id, { amount: formatMoney(minor, currency), wireReference });
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
}

/** Does one step to a deal, in the same way. */
async function take(deal: Deal, step: Step): Promise<void> {
  const { kind } = step;
  await book(deal.dealId, deal.currency, step);
  if (kind === 'fund') await world.fund(deal);
  if (kind === 'cancel') await world.cancel(deal);
  if (kind === 'release') {
    const payments = await world.payments(deal.dealId);
    await world.release(deal).catch((error: { code: string }) => {
      const ready = payments.every((payment) => payment.type === 'outgoing' || payment.status === 'confirmed');
      const refusals = ['PAYMENTS_ESCROW_NOT_OPEN', ...(ready ? [] : ['PAYMENTS_RELEASE_NOT_COVERED'])];
      expect(refusals).toContain(error.code);
    });
  }
}

/** Everything that must hold of any escrow after every step, whatever happened. */
async function checkMoney(dealId: string) {
  const [accounts, payments] = [await world.accounts(dealId), await world.payments(dealId)];
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

  const facts = await world.published(dealId);
  const count = (fact: string) => facts.filter((each) => each === `payments.escrow.${fact}.v1`).length;
  expect(count('commitment_funded')).toBe(ofPurpose('funding', 'confirmed').length);
  return { sums, count, fundedMinor: total(ofPurpose('funding', 'confirmed'), (row) => row.amountMinor) };
}

async function check(deal: Deal): Promise<void> {
  const { sums, count, fundedMinor } = await checkMoney(deal.dealId);
  const ended = count('released') + count('refund_started');
  expect(ended).toBeLessThanOrEqual(1);
  expect(sums.heldMinor).toBe(ended === 1 ? 0n : fundedMinor);
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

interface OrderStep extends Step {
  release?: number;
  refund?: number;
  final?: boolean;
  again?: 'no' | 'same' | 'other';
}

/** A step of an order: a part takes so many hundredths of the order's amount, also more than is there, and also again. */
const orderStep = fc.oneof(
  { weight: 8, arbitrary: step as fc.Arbitrary<OrderStep> },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('part'),
      release: fc.oneof(fc.constant(0), fc.nat(60)),
      refund: fc.oneof(fc.constant(0), fc.nat(30)),
      final: fc.boolean(),
      again: fc.constantFrom('no', 'no', 'same', 'other'),
      which: fc.nat(),
    }) as fc.Arbitrary<OrderStep>,
  },
);

/** Does one step to an order; `parts` are those that are settled. */
async function takeOrder(order: Order, each: OrderStep, parts: Part[]): Promise<void> {
  await book(order.orderId, order.currency, each);
  if (each.kind === 'fund') await world.fundOrder(order);
  if (each.kind === 'cancel') await world.cancelOrder(order);
  if (each.kind === 'part') await settle(order, each, parts);
}

async function settle(order: Order, { release = 0, refund = 0, final, again, which }: OrderStep, parts: Part[]) {
  const share = (hundredths: number) => (order.amountMinor * BigInt(hundredths)) / 100n;
  const known = again === 'no' ? undefined : pick(parts, which);
  const part = known ?? newPart(share(release), share(refund), final);
  const changed = again === 'other' && known ? { ...part, refundMinor: part.refundMinor + 1n } : part;
  const [before, status] = [sumBalances(await world.accounts(order.orderId)), await statusOf(order)];
  const outcome = await world.settlePart(order, changed).catch((error: { code: string }) => error.code);
  if (known) return void expect(outcome).toBe(changed === known ? 'handled' : 'PAYMENTS_PART_REPEATED');
  if (status !== 'open') return void expect(outcome).toBe('PAYMENTS_ESCROW_NOT_OPEN');
  const covered = part.releaseMinor + part.refundMinor <= before.heldMinor;
  expect(outcome).toBe(covered ? 'handled' : 'PAYMENTS_RELEASE_NOT_COVERED');
  if (!covered) return;
  parts.push(part);
  const said = (await world.settledParts(order.orderId)).at(-1);
  const after = sumBalances(await world.accounts(order.orderId));
  expect(said).toMatchObject({ partId: part.deliveryId, releasedMinor: part.releaseMinor, heldMinor: after.heldMinor });
  expect(said?.refundedMinor).toBe(
    part.final ? before.heldMinor + before.availableMinor - part.releaseMinor : part.refundMinor,
  );
}

const statusOf = async (order: Order): Promise<string> =>
  (await world.get(`/api/admin/escrows/${order.orderId}`)).body.status;

/** What holds of an order besides: exactly its parts left it, and it ends once, with nothing left inside. */
async function checkOrder(order: Order, parts: readonly Part[]): Promise<void> {
  const { sums, count, fundedMinor } = await checkMoney(order.orderId);
  const said = await world.settledParts(order.orderId);
  expect(said.map((each) => each.partId)).toEqual(parts.map((each) => each.deliveryId));
  const releasedMinor = sumBigint(parts.map((each) => each.releaseMinor));
  const refundedMinor = sumBigint(said.map((each) => each.refundedMinor));
  expect(sums.payableMinor + sums.paidOutMinor).toBe(releasedMinor);
  const finals = said.filter((each) => each.final).length;
  const ended = finals + count('refund_started');
  expect(ended).toBeLessThanOrEqual(1);
  expect(sums.heldMinor).toBe(ended === 1 ? 0n : fundedMinor - releasedMinor - refundedMinor);
  if (ended === 1) expect(sums.availableMinor).toBe(0n);
  const end = finals === 1 && releasedMinor > 0n ? 'released' : 'cancelled';
  expect(await statusOf(order)).toBe(ended === 1 ? end : 'open');
}

test('money of an order is conserved after every step of any sequence of wires, parts, cancellations and payouts', async () => {
  const orders = fc.record({
    amountMinor: fc.bigInt({ min: 1n, max: 10_000_000n }),
    steps: fc.array(orderStep, { minLength: 3, maxLength: 18 }),
  });
  await fc.assert(
    fc.asyncProperty(orders, async ({ amountMinor, steps }) => {
      const order = newOrder(amountMinor);
      const parts: Part[] = [];
      await world.fundOrder(order);
      for (const each of steps) {
        await takeOrder(order, each, parts);
        await checkOrder(order, parts);
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

test('an order worked on by everybody at once settles each part once and pays no more than it got', async () => {
  for (let run = 0; run < 8; run++) {
    const order = newOrder(100_001n);
    await world.fundOrder(order);
    await book(order.orderId, order.currency, { kind: 'exact' });
    const parts = [newPart(40_000n), newPart(30_000n, 10_000n), newPart(50_000n), newPart(10_000n, 0n, true)];
    const moves = [...parts, ...parts].map((part) => () => world.settlePart(order, part) as Promise<unknown>);
    moves.push(() => book(order.orderId, order.currency, { kind: 'exact' }));
    if (run % 2 === 0) moves.push(() => world.cancelOrder(order));
    const shuffled = moves.map((move) => ({ move, order: Math.random() })).toSorted((a, b) => a.order - b.order);
    await Promise.allSettled(shuffled.map(({ move }) => move()));
    const said = await world.settledParts(order.orderId);
    const settled = said.map(({ partId }) => parts.find((part) => part.deliveryId === partId) ?? newPart(0n));
    expect(new Set(settled).size).toBe(said.length);
    await checkOrder(order, settled);
  }
}, 60_000);
