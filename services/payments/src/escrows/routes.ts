import { moneyToJson } from '@clearlot/kernel';
import { type Context, operators, type Route, route } from '@clearlot/service';
import { z } from 'zod';
import { paymentsErrors } from '../errors.ts';
import { isBalanced, sumBalances } from '../ledger/ledger.ts';
import { accountsOf } from '../ledger/store.ts';
import { findEscrow } from './store.ts';

const money = z.union([z.number(), z.string()]);

/** What operators see of a deal's escrow. */
export const escrowRoutes: Route<unknown>[] = [
  route({
    method: 'GET',
    path: '/api/admin/escrows/:dealId',
    access: operators,
    summary: "A deal's escrow: where every cent received is now",
    params: z.object({ dealId: z.uuid() }),
    response: z.object({
      dealId: z.string(),
      escrowId: z.string(),
      status: z.enum(['open', 'released', 'cancelled']),
      currency: z.string(),
      openedAt: z.string(),
      releasedAt: z.string().nullable(),
      cancelledAt: z.string().nullable(),
      received: money,
      available: money,
      held: money,
      payable: money,
      paidOut: money,
      refundable: money,
      refunded: money,
      /** Σ of the deal's accounts is zero: nothing received is unaccounted for. */
      balanced: z.boolean(),
      commitments: z.array(z.object({ commitmentId: z.string(), available: money, held: money, refundable: money })),
    }),
    action: async (ctx: Context, { params }) => {
      const { dealId } = params;
      const [escrow, accounts] = await ctx.read((work) =>
        Promise.all([findEscrow(work, dealId), accountsOf(work.sql, dealId)]),
      );
      if (!escrow) throw paymentsErrors.error('PAYMENTS_ESCROW_NOT_FOUND');
      return { escrow, accounts };
    },
    present: ({ escrow, accounts }) => {
      const json = (minor: bigint) => moneyToJson(minor, escrow.currency);
      const sums = sumBalances(accounts);
      const byCommitment = Map.groupBy(
        accounts.filter((each) => each.kind === 'escrow' || each.kind === 'refundable'),
        (each) => each.partyId ?? '',
      );
      return {
        dealId: escrow.dealId,
        escrowId: escrow.id,
        status: escrow.status,
        currency: escrow.currency,
        openedAt: escrow.openedAt.toISOString(),
        releasedAt: escrow.releasedAt?.toISOString() ?? null,
        cancelledAt: escrow.cancelledAt?.toISOString() ?? null,
        received: json(sums.receivedMinor),
        available: json(sums.availableMinor),
        held: json(sums.heldMinor),
        payable: json(sums.payableMinor),
        paidOut: json(sums.paidOutMinor),
        refundable: json(sums.refundableMinor),
        refunded: json(sums.refundedMinor),
        balanced: isBalanced(accounts),
        commitments: [...byCommitment].map(([commitmentId, own]) => {
          const parts = sumBalances(own);
          return {
            commitmentId,
            available: json(parts.availableMinor),
            held: json(parts.heldMinor),
            refundable: json(parts.refundableMinor),
          };
        }),
      };
    },
  }),
];
