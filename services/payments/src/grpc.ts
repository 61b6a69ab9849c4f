import { isId } from '@clearlot/kernel';
import * as proto from '@clearlot/proto/payments/v1/payments';
import { type Access, type Context, rpcs } from '@clearlot/service';
import { placeDeposit } from './balances/place-deposit.ts';
import { paymentsErrors } from './errors.ts';
import { capture, giveBack, refund, reserve } from './escrows/holds.ts';
import { openEscrow } from './escrows/open-escrow.ts';
import { releaseEscrow } from './escrows/release-escrow.ts';
import { findEscrow } from './escrows/store.ts';
import { sumBalances } from './ledger/ledger.ts';
import { accountsOf } from './ledger/store.ts';
import { type PaymentWithWires, paymentsOfDeal } from './payments/store.ts';
import { answerOnce } from './rpc-answers.ts';

const access: Access = { services: ['deals', 'marketplace'] };

/** Door 2: escrow money for other services. Writes are idempotent by key and content. */
export const paymentsRpcs = rpcs<proto.PaymentsServiceServer, unknown>(proto.PaymentsServiceService, {
  openEscrow: {
    access,
    action: async (ctx, request) => {
      requireIds({ dealId: request.dealId });
      const rpc = { name: 'OpenEscrow', request: proto.OpenEscrowRequest, response: proto.OpenEscrowResponse };
      const { dealId, currency } = request;
      return answerOnce(ctx, rpc, request, async (tx) => ({
        escrowId: (await openEscrow(tx, { dealId, currency })).id,
      }));
    },
  },
  placeHold: {
    access,
    action: async (ctx, request) => {
      requireIds({ dealId: request.dealId, commitmentId: request.commitmentId });
      requirePositive(request.amountMinor);
      const rpc = { name: 'PlaceHold', request: proto.PlaceHoldRequest, response: proto.PlaceHoldResponse };
      return answerOnce(ctx, rpc, request, async (tx) => ({ holdId: await reserve(tx, request) }));
    },
  },
  captureHold: {
    access,
    action: async (ctx, request) => {
      const { holdId, participationId, payeeId, amountMinor } = request;
      requireIds({ holdId, participationId, payeeId });
      if (amountMinor !== undefined) requirePositive(amountMinor);
      const rpc = { name: 'CaptureHold', request: proto.CaptureHoldRequest, response: proto.CaptureHoldResponse };
      return answerOnce(ctx, rpc, request, async (tx) => ({ remainingMinor: await capture(tx, request) }));
    },
  },
  releaseHold: {
    access,
    action: async (ctx, request) => {
      requireIds({ holdId: request.holdId });
      const rpc = { name: 'ReleaseHold', request: proto.ReleaseHoldRequest, response: proto.ReleaseHoldResponse };
      return answerOnce(ctx, rpc, request, async (tx) => {
        await giveBack(tx, request.holdId);
        return {};
      });
    },
  },
  release: {
    access,
    action: async (ctx, request) => {
      requireIds({ dealId: request.dealId });
      for (const { commitmentId, participationId, sellerId } of request.transfers) {
        requireIds({ commitmentId, participationId, sellerId });
      }
      const rpc = { name: 'Release', request: proto.ReleaseRequest, response: proto.ReleaseResponse };
      return answerOnce(ctx, rpc, request, async (tx) => ({
        releasedMinor: await releaseEscrow(tx, request.dealId, request.transfers),
      }));
    },
  },
  refund: {
    access,
    action: async (ctx, request) => {
      requireIds({ dealId: request.dealId, commitmentId: request.commitmentId });
      if (request.amountMinor !== undefined) requirePositive(request.amountMinor);
      const rpc = { name: 'Refund', request: proto.RefundRequest, response: proto.RefundResponse };
      return answerOnce(ctx, rpc, request, async (tx) => ({ paymentId: await refund(tx, request) }));
    },
  },
  placeDeposit: {
    access: { services: ['marketplace'] },
    action: async (ctx, request) => {
      const { depositId, userId, auctionId, amountMinor, currency } = request;
      requireIds({ depositId, userId, auctionId });
      requirePositive(amountMinor);
      const rpc = { name: 'PlaceDeposit', request: proto.PlaceDepositRequest, response: proto.PlaceDepositResponse };
      return answerOnce(ctx, rpc, request, async (tx) => {
        await placeDeposit(tx, { depositId, userId, auctionId, amountMinor, currency });
        return {};
      });
    },
  },
  getBalances: {
    access,
    action: async (ctx: Context, { dealId }) => {
      requireIds({ dealId });
      const [escrow, accounts] = await ctx.read((work) =>
        Promise.all([findEscrow(work, dealId), accountsOf(work.sql, dealId)]),
      );
      if (!escrow) throw paymentsErrors.error('PAYMENTS_ESCROW_NOT_FOUND');
      return { currency: escrow.currency, ...sumBalances(accounts) };
    },
  },
  listDealPayments: {
    access,
    action: async (ctx: Context, { dealId }) => {
      requireIds({ dealId });
      const payments = await ctx.read((work) => paymentsOfDeal(work, dealId));
      return { payments: payments.map(toMessage) };
    },
  },
});

function toMessage(payment: PaymentWithWires): proto.Payment {
  return {
    paymentId: payment.id,
    userId: payment.userId,
    type: payment.type,
    purpose: payment.purpose,
    commitmentId: payment.commitmentId ?? '',
    participationId: payment.participationId ?? '',
    amountMinor: payment.amountMinor,
    confirmedMinor: payment.confirmedMinor,
    currency: payment.currency,
    status: payment.status,
    reference: payment.reference,
    createdAt: payment.createdAt,
    confirmedAt: payment.confirmedAt ?? undefined,
    wires: payment.wires.map(({ wireReference, amountMinor, match, receivedAt }) => ({
      wireReference,
      amountMinor,
      match,
      receivedAt,
    })),
  };
}

function requireIds(ids: Record<string, string>): void {
  const bad = Object.keys(ids).find((name) => !isId(ids[name] ?? ''));
  if (bad) throw paymentsErrors.error('PAYMENTS_REQUEST_INVALID', `${bad} is not a UUID in lower case.`);
}

function requirePositive(amountMinor: bigint): void {
  if (amountMinor <= 0n) throw paymentsErrors.error('PAYMENTS_REQUEST_INVALID', 'The amount must be above zero.');
}
