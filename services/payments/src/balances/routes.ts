import { moneyToJson } from '@clearlot/kernel';
import { type Context, type Route, route, signedIn, systemActor } from '@clearlot/service';
import { z } from 'zod';
import type { EscrowBank } from '../config.ts';
import { type Balances, sumBalances } from '../ledger/ledger.ts';
import { accountsOf } from '../ledger/store.ts';
import { paymentShape, presentPayment } from '../payments/routes.ts';
import { requestTopUp } from './request-top-up.ts';
import { balancesOf, depositsOf } from './store.ts';
import type { Balance, Deposit } from './tables.ts';
import { withdraw } from './withdraw.ts';

const money = z.union([z.number(), z.string()]);

const balanceShape = z.object({
  balanceId: z.string(),
  currency: z.string(),
  /** Free to be held or withdrawn. */
  available: money,
  held: money,
  /** Wired in so far, and on its way back or paid back. */
  received: money,
  returned: money,
  deposits: z.array(
    z.object({
      depositId: z.string(),
      auctionId: z.string(),
      amount: money,
      status: z.enum(['held', 'released', 'applied', 'forfeited']),
      orderId: z.string().nullable(),
      placedAt: z.string(),
      endedAt: z.string().nullable(),
    }),
  ),
});

interface Shown {
  balance: Balance;
  sums: Balances;
  deposits: Deposit[];
}

/** What people keep with us to back their bids. */
export function balanceRoutes(bank: EscrowBank): Route<unknown>[] {
  return [
    route({
      method: 'GET',
      path: '/api/payments/balances',
      access: signedIn,
      summary: 'My balances and the deposits that are held of them',
      response: z.object({ items: z.array(balanceShape) }),
      action: showBalances,
      present: (items) => ({ items: items.map(present) }),
    }),
    route({
      method: 'POST',
      path: '/api/payments/balances/top-ups',
      access: signedIn,
      summary: 'Get the reference to wire money to my balance with',
      status: 201,
      body: z.strictObject({ currency: z.string().regex(/^[A-Z]{3}$/), amount: money }),
      response: paymentShape,
      action: (ctx: Context, { body }) => requestTopUp(ctx, body),
      present: (found) => presentPayment(found, bank),
    }),
    route({
      method: 'POST',
      path: '/api/payments/balances/:id/withdrawals',
      access: signedIn,
      summary: 'Have free money of my balance sent back',
      status: 201,
      params: z.object({ id: z.uuid() }),
      body: z.strictObject({ amount: money }),
      response: paymentShape,
      action: (ctx: Context, { params, body }) => withdraw(ctx, { balanceId: params.id, amount: body.amount }),
      present: (found) => presentPayment(found, bank),
    }),
  ];
}

/** Balances are found as their owner; what is in them only the platform reads. */
async function showBalances(ctx: Context): Promise<Shown[]> {
  const [own, deposits] = await ctx.read((work) =>
    Promise.all([balancesOf(work, ctx.actor.id), depositsOf(work, ctx.actor.id)]),
  );
  return ctx.as(systemActor('payments.balances')).read((work) =>
    Promise.all(
      own.map(async (balance) => ({
        balance,
        sums: sumBalances(await accountsOf(work.sql, balance.id)),
        deposits: deposits.filter((each) => each.balanceId === balance.id),
      })),
    ),
  );
}

function present({ balance, sums, deposits }: Shown): z.input<typeof balanceShape> {
  const json = (minor: bigint) => moneyToJson(minor, balance.currency);
  return {
    ...{ balanceId: balance.id, currency: balance.currency, available: json(sums.availableMinor) },
    ...{ held: json(sums.heldMinor), received: json(sums.receivedMinor) },
    returned: json(sums.refundableMinor + sums.refundedMinor),
    deposits: deposits.map(({ id: depositId, auctionId, amountMinor, status, orderId, placedAt, endedAt }) => ({
      ...{ depositId, auctionId, amount: json(amountMinor), status, orderId },
      ...{ placedAt: placedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null },
    })),
  };
}
