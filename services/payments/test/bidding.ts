import { formatMoney, newId, sumBigint } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import type { Actor } from '@clearlot/service';
import { expect } from 'vitest';
import { paymentsRpcs } from '../src/grpc.ts';
import { isBalanced, sumBalances } from '../src/ledger/ledger.ts';
import { newOrder, type World } from './world.ts';

export const marketplace: Actor = { kind: 'service', id: 'marketplace', roles: [] };

/** A person with a balance. */
export interface Bidder {
  userId: string;
  balanceId: string;
}

/** What bidders, auctions and their orders do in a world. */
export function createBidding(world: World) {
  /** The auctions that deposits were asked for. */
  const auctions = new Map<string, string>();

  /** POST as somebody, under an Idempotency-Key if there is one. */
  async function post(userId: string, url: string, payload: object, key?: string) {
    const headers = { authorization: `Bearer ${userId}`, ...(key ? { 'idempotency-key': key } : {}) };
    const answer = await world.http.inject({ method: 'POST', url, headers, payload });
    return { status: answer.statusCode, body: answer.json() };
  }

  /** A person whose balance was topped up by a wire. */
  async function bidder(minor: bigint): Promise<Bidder> {
    const userId = newId();
    const balanceId = await topUp(userId, minor);
    return { userId, balanceId };
  }

  /** Wires money to somebody's balance; answers its id. */
  async function topUp(userId: string, minor: bigint): Promise<string> {
    const amount = formatMoney(minor, 'USD');
    const asked = await post(userId, '/api/payments/balances/top-ups', { currency: 'USD', amount });
    expect(asked.status, JSON.stringify(asked.body)).toBe(201);
    expect(asked.body.wireInstructions.reference).toBe(asked.body.reference);
    const booked = await world.confirm(asked.body.paymentId, { amount, wireReference: newId() });
    expect(booked.status, JSON.stringify(booked.body)).toBe(200);
    return asked.body.dealId;
  }

  function place(userId: string, amountMinor: bigint, depositId = newId(), auctionId = newId()) {
    auctions.set(depositId, auctionId);
    const request = { idempotencyKey: depositId, depositId, userId, auctionId, amountMinor, currency: 'USD' };
    return paymentsRpcs.rpcs.placeDeposit?.action(world.as(marketplace), request);
  }

  function settle(depositId: string, outcome: string, payeeId = '', auctionId = auctions.get(depositId) ?? newId()) {
    const settlements = [{ depositId, outcome, payeeId }];
    return world.deliver(events.auctionDepositsSettled, auctionId, { auctionId, settlements });
  }

  function order(buyerId: string, amountMinor: bigint, depositId: string, inCurrency = 'USD') {
    const input = { ...newOrder(amountMinor, inCurrency), buyerId };
    const { orderId, currency } = input;
    const fact = { orderId, buyerId, currency, amountMinor, orderName: 'Lot 1', depositId };
    return { orderId, deliver: () => world.deliver(events.orderFundingRequested, orderId, fact) };
  }

  /** The money of a deal, which is all accounted for. */
  async function moneyOf(dealId: string) {
    const accounts = await world.accounts(dealId);
    const sums = sumBalances(accounts);
    expect(isBalanced(accounts)).toBe(true);
    const { receivedMinor, ...places } = sums;
    expect(sumBigint(Object.values(places))).toBe(receivedMinor);
    return sums;
  }

  return { post, bidder, topUp, place, settle, order, moneyOf };
}

export type Bidding = ReturnType<typeof createBidding>;
