import { newId } from '@clearlot/kernel';
import { createTestDatabase, type TestDatabase } from '@clearlot/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bank, createWorld, type Deal, newDeal, type World } from '../../test/world.ts';
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

async function funding(deal: Deal, index = 0) {
  const payments = await world.payments(deal.dealId);
  const payment = payments.find((each) => each.commitmentId === deal.buyers[index]?.commitmentId);
  if (!payment) throw new Error('no payment');
  return payment;
}

async function startedDeal(...amounts: bigint[]) {
  const deal = newDeal(amounts);
  await world.fund(deal);
  return { deal, payment: await funding(deal) };
}

const balances = async (deal: Deal) => sumBalances(await world.accounts(deal.dealId));

test('every buyer gets one pending payment, a reference and a notification with the wire instructions', async () => {
  const deal = newDeal([1_000_00n, 2_500_050n]);
  await world.fund(deal);
  const payment = await funding(deal, 1);
  expect(payment).toMatchObject({ status: 'pending', type: 'incoming', purpose: 'funding', amountMinor: 2_500_050n });
  expect(payment.reference).toMatch(/^CL-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-\d\d$/);
  const [message] = await world.told(deal.buyers[1]?.buyerId ?? '');
  expect(message?.template).toBe('payment_instructions');
  expect(message?.data).toEqual({
    dealId: deal.dealId,
    dealName: 'Test deal',
    amount: 'USD 25,000.50',
    currency: 'USD',
    reference: payment.reference,
    ...bank,
  });
  expect(await world.published(deal.dealId)).toEqual(['payments.escrow.funding_instructed.v1']);
});

test('an exact wire confirms the payment, holds all of it and says that the commitment is funded', async () => {
  const { deal, payment } = await startedDeal(100_000n);
  const answer = await world.confirm(payment.id, {
    amount: 1000,
    wireReference: ` ${newId()}-exact `,
    receivedAt: '2026-11-20T10:00:00+02:00',
  });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({
    paymentId: payment.id,
    status: 'confirmed',
    amount: 1000,
    confirmedAmount: 1000,
    remainingAmount: 0,
    surplusAmount: 0,
    currency: 'USD',
    wires: [{ amount: 1000, match: 'exact', receivedAt: '2026-11-20T08:00:00.000Z' }],
  });
  expect(await balances(deal)).toMatchObject({ receivedMinor: 100_000n, heldMinor: 100_000n, availableMinor: 0n });
  expect(await world.published(deal.dealId)).toEqual([
    'payments.escrow.funding_instructed.v1',
    'payments.escrow.wire_received.v1',
    'payments.escrow.commitment_funded.v1',
  ]);
});

test('short wires add up, and only the one that completes the payment holds and funds', async () => {
  const { deal, payment } = await startedDeal(100_000n);
  const first = await world.confirm(payment.id, { amount: '400.00', wireReference: newId() });
  expect(first.body).toMatchObject({ status: 'partial', confirmedAmount: 400, remainingAmount: 600 });
  expect(first.body.wires).toMatchObject([{ match: 'short' }]);
  expect(await balances(deal)).toMatchObject({ heldMinor: 0n, availableMinor: 40_000n });
  const second = await world.confirm(payment.id, { amount: 600, wireReference: newId() });
  expect(second.body).toMatchObject({ status: 'confirmed', confirmedAmount: 1000, remainingAmount: 0 });
  expect(second.body.wires.map((wire: { match: string }) => wire.match)).toEqual(['short', 'exact']);
  expect(await balances(deal)).toMatchObject({ heldMinor: 100_000n, availableMinor: 0n });
  const facts = await world.published(deal.dealId);
  expect(facts.filter((fact) => fact === 'payments.escrow.commitment_funded.v1')).toHaveLength(1);
});

test('a wire above the amount confirms, and the surplus waits as a refund of its own', async () => {
  const { deal, payment } = await startedDeal(100_000n);
  const answer = await world.confirm(payment.id, { amount: 1000.01, wireReference: newId() });
  expect(answer.body).toMatchObject({ status: 'confirmed', confirmedAmount: 1000, surplusAmount: 0.01 });
  expect(answer.body.wires).toMatchObject([{ match: 'over', amount: 1000.01, surplusAmount: 0.01 }]);
  const refund = (await world.payments(deal.dealId)).find((each) => each.purpose === 'refund');
  expect(refund).toMatchObject({ type: 'outgoing', status: 'pending', amountMinor: 1n, userId: payment.userId });
  expect(await balances(deal)).toMatchObject({ heldMinor: 100_000n, refundableMinor: 1n });
});

test('the same bank reference again is shown as a duplicate each time and moves nothing', async () => {
  const { deal, payment } = await startedDeal(100_000n);
  await world.confirm(payment.id, { amount: 400, wireReference: 'fed-77-abc' });
  for (const wireReference of ['FED-77-ABC', ' fed-77-abc ']) {
    const answer = await world.confirm(payment.id, { amount: 400, wireReference });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ status: 'partial', confirmedAmount: 400, remainingAmount: 600 });
    expect(answer.body.wires.at(-1)).toMatchObject({ match: 'duplicate', amount: 400 });
  }
  expect((await funding(deal)).wires.map((wire) => wire.match)).toEqual(['short', 'duplicate', 'duplicate']);
  expect(await balances(deal)).toMatchObject({ receivedMinor: 40_000n });
});

test('a bank reference booked elsewhere is refused with nothing changed, also when both arrive at once', async () => {
  const { deal } = await startedDeal(100_000n, 100_000n);
  const other = newDeal([100_000n]);
  await world.fund(other);
  const targets = [await funding(deal, 0), await funding(deal, 1), await funding(other)];
  const wireReference = newId();
  const answers = await Promise.all(
    targets.map((payment) => world.confirm(payment.id, { amount: 1000, wireReference })),
  );
  expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 409, 409]);
  for (const answer of answers.filter((each) => each.status === 409)) {
    expect(answer.body.code).toBe('PAYMENTS_WIRE_REFERENCE_USED');
  }
  const received = (await balances(deal)).receivedMinor + (await balances(other)).receivedMinor;
  expect(received).toBe(100_000n);
});

test('a retry with the same Idempotency-Key replays the first answer and books nothing', async () => {
  const { deal, payment } = await startedDeal(100_000n);
  const request = [payment.id, { amount: 10, wireReference: newId() }, { 'idempotency-key': newId() }] as const;
  const first = await world.confirm(...request);
  const second = await world.confirm(...request);
  expect(second.headers['idempotent-replayed']).toBe('true');
  expect(second.body).toEqual(first.body);
  expect((await funding(deal)).wires).toHaveLength(1);
});

test.each([
  ['zero', { amount: 0, wireReference: 'w' }, 'MONEY_INVALID'],
  ['negative', { amount: -5, wireReference: 'w' }, 'MONEY_INVALID'],
  ['too precise', { amount: 10.001, wireReference: 'w' }, 'MONEY_TOO_PRECISE'],
  ['not a number', { amount: 'ten', wireReference: 'w' }, 'MONEY_INVALID'],
  ['missing amount', { wireReference: 'w' }, 'REQUEST_INVALID'],
  ['null amount', { amount: null, wireReference: 'w' }, 'REQUEST_INVALID'],
  ['missing reference', { amount: 10 }, 'REQUEST_INVALID'],
  ['blank reference', { amount: 10, wireReference: '   ' }, 'REQUEST_INVALID'],
  ['bad date', { amount: 10, wireReference: 'w', receivedAt: 'yesterday' }, 'REQUEST_INVALID'],
])('a confirmation with %s is a 400 and changes nothing', async (_name, body, code) => {
  const { deal, payment } = await startedDeal(100_000n);
  const answer = await world.confirm(payment.id, body);
  expect([answer.status, answer.body.code]).toEqual([400, code]);
  expect(await funding(deal)).toEqual(payment);
});

test('an unknown payment is a 404, somebody without the right a 403, and an ended session a 401', async () => {
  const { payment } = await startedDeal(100_000n);
  const body = { amount: 1, wireReference: newId() };
  expect((await world.confirm(newId(), body)).body.code).toBe('PAYMENTS_PAYMENT_NOT_FOUND');
  expect((await world.confirm(payment.id, body, { authorization: `Bearer ${payment.userId}` })).status).toBe(403);
  world.state.sessionsAlive = false;
  try {
    expect((await world.confirm(payment.id, body)).body.code).toBe('SESSION_REVOKED');
  } finally {
    world.state.sessionsAlive = true;
  }
});

test('people see their own payments with instructions, and nobody else does', async () => {
  const { deal, payment } = await startedDeal(100_000n, 5_000n);
  const { body } = await world.get('/api/payments/my', payment.userId);
  expect(body).toHaveLength(1);
  expect(body[0]).toMatchObject({
    paymentId: payment.id,
    dealId: deal.dealId,
    type: 'incoming',
    purpose: 'funding',
    amount: 1000,
    status: 'pending',
    wireInstructions: { ...bank, reference: payment.reference },
    wires: [],
  });
  expect((await world.get(`/api/payments/${payment.id}`, payment.userId)).status).toBe(200);
  expect((await world.get(`/api/payments/${payment.id}`)).status).toBe(200);
  const stranger = await world.get(`/api/payments/${payment.id}`, newId());
  expect([stranger.status, stranger.body.code]).toEqual([404, 'PAYMENTS_PAYMENT_NOT_FOUND']);
  await world.confirm(payment.id, { amount: 1000, wireReference: newId() });
  const after = await world.get('/api/payments/my', payment.userId);
  expect(after.body[0]).toMatchObject({ status: 'confirmed', wireInstructions: null, wires: [{ match: 'exact' }] });
});

test('operators page through payments and find one by a sloppily typed reference', async () => {
  const { deal, payment } = await startedDeal(1_000n, 2_000n, 3_000n);
  const first = await world.get(`/api/admin/payments?dealId=${deal.dealId}&limit=2`);
  const rest = await world.get(`/api/admin/payments?dealId=${deal.dealId}&limit=2&cursor=${first.body.nextCursor}`);
  expect(first.body.items).toHaveLength(2);
  expect(rest.body.items).toHaveLength(1);
  expect(rest.body.nextCursor).toBeNull();
  const typed = encodeURIComponent(` ${payment.reference.toLowerCase().replaceAll('-', ' ')}`);
  const found = await world.get(`/api/admin/payments?reference=${typed}`);
  expect(found.body.items).toMatchObject([{ paymentId: payment.id, userId: payment.userId }]);
  expect((await world.get('/api/admin/payments?reference=CL-0000-0000-0000-00')).body.code).toBe(
    'PAYMENTS_REFERENCE_INVALID',
  );
});
