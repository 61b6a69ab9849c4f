import { newId } from '@clearlot/kernel';
import type * as proto from '@clearlot/proto/payments/v1/payments';
import type { Actor } from '@clearlot/service';
import { createTestDatabase, type TestDatabase } from '@clearlot/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createWorld, newDeal, type World } from '../test/world.ts';
import { paymentsRpcs } from './grpc.ts';

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

const deals: Actor = { kind: 'service', id: 'deals', roles: [] };

interface Answers {
  openEscrow: proto.OpenEscrowResponse;
  placeHold: proto.PlaceHoldResponse;
  captureHold: proto.CaptureHoldResponse;
  releaseHold: proto.ReleaseHoldResponse;
  release: proto.ReleaseResponse;
  refund: proto.RefundResponse;
  getBalances: proto.GetBalancesResponse;
  listDealPayments: proto.ListDealPaymentsResponse;
}

/** Calls an rpc's action as the service `actor`; the server's own door is the toolkit's to test. */
async function call<N extends keyof Answers>(name: N, request: object, actor = deals): Promise<Answers[N]> {
  const rpc = paymentsRpcs.rpcs[name];
  if (!rpc) throw new Error(`no rpc ${name}`);
  return (await rpc.action(world.as(actor), request)) as Answers[N];
}

async function funded(amountMinor: bigint) {
  const deal = newDeal([amountMinor]);
  await world.fund(deal);
  const [payment] = await world.payments(deal.dealId);
  await world.confirm(payment?.id ?? '', { amount: Number(amountMinor) / 100, wireReference: newId() });
  const { sql } = world;
  const [hold] = await sql.begin(async (tx) => {
    await tx`select set_config('app.role', 'system', true)`;
    return tx<
      { id: string }[]
    >`select h.id from hold h join account a on a.id = h.account_id where a.deal_id = ${deal.dealId}`;
  });
  return { deal, holdId: hold?.id ?? '', commitmentId: deal.buyers[0]?.commitmentId ?? '' };
}

test('every rpc is for the deals and marketplace services only', () => {
  const { placeDeposit, ...others } = paymentsRpcs.rpcs;
  for (const rpc of Object.values(others)) expect(rpc.access).toEqual({ services: ['deals', 'marketplace'] });
  expect(placeDeposit?.access).toEqual({ services: ['marketplace'] });
  expect(Object.keys(paymentsRpcs.rpcs)).toHaveLength(9);
});

test('the same key answers the same, other content under it is a mismatch, and callers do not share keys', async () => {
  const request = { idempotencyKey: newId(), dealId: newId(), currency: 'USD' };
  const answers = await Promise.all([1, 2, 3].map(() => call('openEscrow', request)));
  expect(new Set(answers.map((answer) => answer.escrowId)).size).toBe(1);
  await expect(call('openEscrow', { ...request, currency: 'EUR' })).rejects.toMatchObject({
    code: 'PAYMENTS_IDEMPOTENCY_MISMATCH',
    kind: 'mismatch',
  });
  await expect(call('openEscrow', { ...request, idempotencyKey: '' })).rejects.toMatchObject({
    code: 'PAYMENTS_REQUEST_INVALID',
  });
  const elsewhere = { ...request, dealId: newId() };
  const other = await call('openEscrow', elsewhere, { ...deals, id: 'marketplace' });
  expect(other.escrowId).not.toBe(answers[0]?.escrowId);
});

test('held money is captured in parts, never beyond what is held, and the rest is given back', async () => {
  const { deal, holdId, commitmentId } = await funded(100_000n);
  const { dealId } = deal;
  const capture = { idempotencyKey: newId(), holdId, participationId: newId(), payeeId: newId(), amountMinor: 30_000n };
  expect(await call('captureHold', capture)).toEqual({ remainingMinor: 70_000n });
  expect(await call('captureHold', capture)).toEqual({ remainingMinor: 70_000n });
  await expect(
    call('captureHold', { ...capture, idempotencyKey: newId(), amountMinor: 70_001n }),
  ).rejects.toMatchObject({ code: 'PAYMENTS_INSUFFICIENT_FUNDS' });
  await call('releaseHold', { idempotencyKey: newId(), holdId });
  expect(await call('getBalances', { dealId })).toMatchObject({
    currency: 'USD',
    receivedMinor: 100_000n,
    availableMinor: 70_000n,
    heldMinor: 0n,
    payableMinor: 30_000n,
  });
  const held = await call('placeHold', { idempotencyKey: newId(), dealId, commitmentId, amountMinor: 50_000n });
  await expect(
    call('placeHold', { idempotencyKey: newId(), dealId, commitmentId, amountMinor: 20_001n }),
  ).rejects.toMatchObject({ code: 'PAYMENTS_INSUFFICIENT_FUNDS' });
  await expect(
    call('refund', { idempotencyKey: newId(), dealId, commitmentId, amountMinor: 20_001n }),
  ).rejects.toMatchObject({ code: 'PAYMENTS_INSUFFICIENT_FUNDS' });
  const { paymentId } = await call('refund', { idempotencyKey: newId(), dealId, commitmentId });
  const { participationId, payeeId } = capture;
  const all = { idempotencyKey: newId(), holdId: held.holdId, participationId, payeeId };
  expect(await call('captureHold', all)).toEqual({ remainingMinor: 0n });
  expect(await call('getBalances', { dealId })).toMatchObject({
    availableMinor: 0n,
    heldMinor: 0n,
    payableMinor: 80_000n,
    refundableMinor: 20_000n,
  });
  const { payments } = await call('listDealPayments', { dealId });
  expect(payments.find((payment) => payment.paymentId === paymentId)).toMatchObject({
    purpose: 'refund',
    amountMinor: 20_000n,
  });
  expect(payments).toHaveLength(4);
});

test('a release by rpc is the same pivot as by event', async () => {
  const { deal, commitmentId } = await funded(100_000n);
  const { participationId, sellerId } = deal.sellers[0] ?? { participationId: '', sellerId: '' };
  const transfers = [{ commitmentId, participationId, sellerId, amountMinor: 100_000n }];
  const request = { idempotencyKey: newId(), dealId: deal.dealId, transfers };
  expect(await call('release', request)).toEqual({ releasedMinor: 100_000n });
  expect(await call('release', { ...request, idempotencyKey: newId() })).toEqual({ releasedMinor: 100_000n });
  expect((await world.payments(deal.dealId)).filter((payment) => payment.purpose === 'payout')).toHaveLength(1);
});

test('unknown things and bad ids are refused by code', async () => {
  const key = { idempotencyKey: newId() };
  await expect(call('getBalances', { dealId: newId() })).rejects.toMatchObject({ code: 'PAYMENTS_ESCROW_NOT_FOUND' });
  await expect(call('getBalances', { dealId: 'x' })).rejects.toMatchObject({ code: 'PAYMENTS_REQUEST_INVALID' });
  await expect(call('releaseHold', { ...key, holdId: newId() })).rejects.toMatchObject({
    code: 'PAYMENTS_HOLD_NOT_FOUND',
  });
  await expect(
    call('placeHold', { ...key, dealId: newId(), commitmentId: newId(), amountMinor: 1n }),
  ).rejects.toMatchObject({ code: 'PAYMENTS_ESCROW_NOT_FOUND' });
  await expect(
    call('placeHold', { ...key, dealId: newId(), commitmentId: newId(), amountMinor: 0n }),
  ).rejects.toMatchObject({ code: 'PAYMENTS_REQUEST_INVALID' });
});
