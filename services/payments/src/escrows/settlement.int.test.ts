import { newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { createTestDatabase, type TestDatabase } from '@clearlot/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, type Deal, itemsOf, newDeal, operator, type World } from '../../test/world.ts';
import { sumBalances } from '../ledger/ledger.ts';

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

const balances = async (deal: Deal) => sumBalances(await world.accounts(deal.dealId));
const ofPurpose = async (deal: Deal, purpose: string) =>
  (await world.payments(deal.dealId)).filter((payment) => payment.purpose === purpose);

async function fundedDeal(amounts: readonly bigint[], sellers = 2): Promise<Deal> {
  const deal = newDeal(amounts, sellers);
  await world.fund(deal);
  for (const payment of await ofPurpose(deal, 'funding')) {
    const amount = Number(payment.amountMinor) / 100;
    expect((await world.confirm(payment.id, { amount, wireReference: newId() })).status).toBe(200);
  }
  return deal;
}

test('a released deal owes every seller the sum of their items, and paying them empties the escrow', async () => {
  const deal = await fundedDeal([100_001n, 250_000n], 2);
  expect(await world.release(deal)).toBe('handled');
  const payouts = await ofPurpose(deal, 'payout');
  expect(payouts.map((payout) => payout.amountMinor).toSorted()).toEqual([175_000n, 175_001n]);
  expect(await balances(deal)).toMatchObject({ heldMinor: 0n, availableMinor: 0n, payableMinor: 350_001n });
  for (const payout of payouts) {
    const wireReference = newId();
    const amount = Number(payout.amountMinor) / 100;
    const answer = await world.confirm(payout.id, { amount, wireReference });
    expect(answer.body).toMatchObject({ status: 'confirmed', remainingAmount: 0, wires: [{ match: 'sent' }] });
    const again = await world.confirm(payout.id, { amount, wireReference: wireReference.toUpperCase() });
    expect([again.status, again.body]).toEqual([200, answer.body]);
    const other = await world.confirm(payout.id, { amount, wireReference: newId() });
    expect([other.status, other.body.code]).toEqual([409, 'PAYMENTS_ALREADY_CONFIRMED']);
  }
  expect(await balances(deal)).toEqual({
    receivedMinor: 350_001n,
    availableMinor: 0n,
    heldMinor: 0n,
    payableMinor: 0n,
    paidOutMinor: 350_001n,
    refundableMinor: 0n,
    refundedMinor: 0n,
  });
  expect((await world.published(deal.dealId)).slice(-3)).toEqual([
    'payments.escrow.released.v1',
    'payments.escrow.payout_confirmed.v1',
    'payments.escrow.payout_confirmed.v1',
  ]);
});

test('a payout of another amount is refused and nothing changes', async () => {
  const deal = await fundedDeal([100_000n], 1);
  await world.release(deal);
  const [payout] = await ofPurpose(deal, 'payout');
  for (const amount of [999.99, 1000.01]) {
    const answer = await world.confirm(payout?.id ?? '', { amount, wireReference: newId() });
    expect([answer.status, answer.body.code]).toEqual([422, 'PAYMENTS_AMOUNT_MISMATCH']);
  }
  expect(await ofPurpose(deal, 'payout')).toEqual([payout]);
  expect(await balances(deal)).toMatchObject({ payableMinor: 100_000n, paidOutMinor: 0n });
});

test('a deal is released at most once, whatever is delivered again or at the same time', async () => {
  const deal = await fundedDeal([100_000n, 50_000n], 3);
  const release = {
    dealId: deal.dealId,
    settlementId: newId(),
    currency: 'USD',
    items: itemsOf(deal),
  };
  const messageId = newId();
  const outcomes = await Promise.all(
    [messageId, messageId, newId(), newId()].map((id) =>
      world.deliver(events.releaseRequested, deal.dealId, release, { messageId: id, version: 2n }),
    ),
  );
  expect(outcomes.toSorted()).toEqual(['duplicate', 'handled', 'handled', 'handled']);
  expect(await ofPurpose(deal, 'payout')).toHaveLength(3);
  const facts = await world.published(deal.dealId);
  expect(facts.filter((fact) => fact === 'payments.escrow.released.v1')).toHaveLength(1);
  await expect(world.release(deal, itemsOf(deal).slice(1))).rejects.toMatchObject({
    code: 'PAYMENTS_RELEASE_REPEATED',
  });
  expect(await balances(deal)).toMatchObject({ payableMinor: 150_000n });
});

test('a release that is not exactly what is held fails whole and leaves no trace', async () => {
  const deal = newDeal([100_000n, 50_000n], 1);
  await world.fund(deal);
  const [payment] = await ofPurpose(deal, 'funding');
  await world.confirm(payment?.id ?? '', { amount: Number(payment?.amountMinor) / 100, wireReference: newId() });
  const before = [await world.accounts(deal.dealId), await world.payments(deal.dealId)];
  const items = itemsOf(deal);
  const attempts = [items, items.filter((item) => item.commitmentId !== payment?.commitmentId), []];
  for (const attempt of attempts) {
    await expect(world.release(deal, attempt)).rejects.toMatchObject({ code: 'PAYMENTS_RELEASE_NOT_COVERED' });
  }
  const less = items
    .filter((item) => item.commitmentId === payment?.commitmentId)
    .map((item) => ({ ...item, amountMinor: item.amountMinor - 1n }));
  await expect(world.release(deal, less)).rejects.toMatchObject({ code: 'PAYMENTS_RELEASE_NOT_COVERED' });
  expect([await world.accounts(deal.dealId), await world.payments(deal.dealId)]).toEqual(before);
});

test('a cancelled deal sends everything back: full, partial and late money, one refund each', async () => {
  const deal = newDeal([100_000n, 50_000n, 70_000n], 1);
  await world.fund(deal);
  const [full, partial, late] = (await ofPurpose(deal, 'funding')).toReversed();
  await world.confirm(full?.id ?? '', { amount: Number(full?.amountMinor) / 100, wireReference: newId() });
  await world.confirm(partial?.id ?? '', { amount: 1.23, wireReference: newId() });
  expect(await world.cancel(deal)).toBe('handled');
  expect(await world.cancel(deal)).toBe('handled');
  const answer = await world.confirm(late?.id ?? '', { amount: 700, wireReference: newId() });
  expect(answer.body).toMatchObject({
    status: 'cancelled',
    confirmedAmount: 0,
    surplusAmount: 700,
    remainingAmount: 0,
  });
  expect(answer.body.wires).toMatchObject([{ match: 'over', amount: 700 }]);

  const statuses = (await ofPurpose(deal, 'funding')).toReversed().map((payment) => payment.status);
  expect(statuses).toEqual(['confirmed', 'cancelled', 'cancelled']);
  const refunds = await ofPurpose(deal, 'refund');
  const expected = [full?.amountMinor, 123n, 70_000n].toSorted();
  expect(refunds.map((refund) => refund.amountMinor).toSorted()).toEqual(expected);
  expect(await balances(deal)).toMatchObject({ heldMinor: 0n, availableMinor: 0n });
  for (const refund of refunds) {
    const sent = await world.confirm(refund.id, { amount: Number(refund.amountMinor) / 100, wireReference: newId() });
    expect(sent.body.status).toBe('confirmed');
  }
  const end = await balances(deal);
  expect(end.refundedMinor).toBe(end.receivedMinor);
  expect(end.refundableMinor).toBe(0n);
  const facts = await world.published(deal.dealId);
  expect(facts.filter((fact) => fact === 'payments.escrow.refund_started.v1')).toHaveLength(1);
  expect(facts.filter((fact) => fact === 'payments.escrow.refund_confirmed.v1')).toHaveLength(3);
});

test('a cancellation after the release is put on record and changes nothing', async () => {
  const deal = await fundedDeal([100_000n], 1);
  await world.release(deal);
  const before = await world.accounts(deal.dealId);
  expect(await world.cancel(deal)).toBe('handled');
  expect(await world.accounts(deal.dealId)).toEqual(before);
  const audit = await world
    .as(operator)
    .read(
      ({ sql }) => sql`select 1 from audit_log where entity_id = ${deal.dealId} and action = 'escrow.cancel_refused'`,
    );
  expect(audit).toHaveLength(1);
});

test('a release after the cancellation is refused, and instructions after it are not sent', async () => {
  const deal = await fundedDeal([100_000n], 1);
  await world.cancel(deal);
  await expect(world.release(deal)).rejects.toMatchObject({ code: 'PAYMENTS_ESCROW_NOT_OPEN' });
  const more = { ...newDeal([5_000n]), dealId: deal.dealId };
  expect(await world.fund(more)).toBe('handled');
  expect(await ofPurpose(deal, 'funding')).toHaveLength(1);
});

test('funding requested again adds no second payment and tells nobody twice', async () => {
  const deal = newDeal([100_000n]);
  await world.fund(deal);
  await world.fund(deal);
  expect(await ofPurpose(deal, 'funding')).toHaveLength(1);
  expect(await world.told(deal.buyers[0]?.buyerId ?? '')).toHaveLength(1);
  await expect(world.fund({ ...deal, currency: 'EUR' })).rejects.toMatchObject({ code: 'PAYMENTS_CURRENCY_MISMATCH' });
});

test('currencies without minor digits keep their amounts exactly', async () => {
  const deal = newDeal([123_456n], 1, 'JPY');
  await world.fund(deal);
  const [payment] = await ofPurpose(deal, 'funding');
  const tooPrecise = await world.confirm(payment?.id ?? '', { amount: 0.5, wireReference: newId() });
  expect(tooPrecise.body.code).toBe('MONEY_TOO_PRECISE');
  const answer = await world.confirm(payment?.id ?? '', { amount: '123456', wireReference: newId() });
  expect(answer.body).toMatchObject({ status: 'confirmed', amount: 123456 });
});

test('operators see where every cent of a deal is, and its journals with their entries', async () => {
  const deal = await fundedDeal([100_000n], 2);
  await world.release(deal);
  const { body } = await world.get(`/api/admin/escrows/${deal.dealId}`);
  expect(body).toMatchObject({ status: 'released', received: 1000, payable: 1000, held: 0, balanced: true });
  const accounts = await world.get(`/api/admin/ledger/accounts?dealId=${deal.dealId}`);
  expect(accounts.body.items.map((each: { kind: string }) => each.kind).toSorted()).toEqual([
    'bank',
    'escrow',
    'payable',
    'payable',
    'refundable',
  ]);
  const first = await world.get(`/api/admin/ledger/journals?dealId=${deal.dealId}&limit=1`);
  expect(first.body.items).toMatchObject([{ kind: 'release' }]);
  expect(first.body.items[0].entries.map((entry: { amount: number }) => entry.amount)).toEqual([500, 500, -500, -500]);
  const second = await world.get(`/api/admin/ledger/journals?dealId=${deal.dealId}&cursor=${first.body.nextCursor}`);
  expect(second.body).toMatchObject({ items: [{ kind: 'wire' }], nextCursor: null });
  expect((await world.get(`/api/admin/escrows/${newId()}`)).body.code).toBe('PAYMENTS_ESCROW_NOT_FOUND');
  expect((await world.get(`/api/admin/escrows/${deal.dealId}`, newId())).status).toBe(403);
});
