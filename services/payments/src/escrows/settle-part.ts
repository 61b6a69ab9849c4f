import { createHash } from 'node:crypto';
import { move } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import type { Tx } from '@clearlot/service';
import { paymentsErrors } from '../errors.ts';
import { accountKey, type Journal } from '../ledger/ledger.ts';
import { accountsOf, activeHolds, openAccounts, post } from '../ledger/store.ts';
import { cancelFunding, fundingPayments, insertPayments, type NewPayment } from '../payments/store.ts';
import type { EscrowRow } from '../schema.ts';
import { escrowTransitions, type PartPlan, type PartTerms, planPart } from './escrow.ts';
import { findPart, insertPart, lockEscrow, saveEscrow } from './store.ts';

/** One delivery of an order and what of its escrow it settles; minor units. */
export interface SettlePart extends PartTerms {
  orderId: string;
  deliveryId: string;
  payeeId: string;
  currency: string;
}

/**
 * Settles a delivery out of its order's escrow, in one transaction and at most once: what is released becomes a payout to
 * the payee, what is refunded one refund to the buyer, and the rest stays held. A final part returns the rest as well and
 * ends the escrow. The same content again changes nothing. Errors, with nothing changed: PAYMENTS_ESCROW_NOT_FOUND,
 * PAYMENTS_ESCROW_NOT_OPEN, PAYMENTS_CURRENCY_MISMATCH, PAYMENTS_RELEASE_NOT_COVERED, PAYMENTS_PART_REPEATED.
 */
export async function settlePart(tx: Tx, input: SettlePart): Promise<void> {
  const { orderId, deliveryId, currency, final, releaseMinor } = input;
  const escrow = await lockEscrow(tx, orderId);
  if (!escrow) throw paymentsErrors.error('PAYMENTS_ESCROW_NOT_FOUND');
  const contentHash = hashOf(input);
  const settled = await findPart(tx, orderId, deliveryId);
  if (settled) {
    if (!contentHash.equals(settled)) throw paymentsErrors.error('PAYMENTS_PART_REPEATED');
    return;
  }
  if (escrow.status !== 'open') throw paymentsErrors.error('PAYMENTS_ESCROW_NOT_OPEN');
  if (escrow.currency !== currency) throw paymentsErrors.error('PAYMENTS_CURRENCY_MISMATCH');
  const [holds, accounts, fundings] = await Promise.all([
    activeHolds(tx.sql, orderId),
    accountsOf(tx.sql, orderId),
    fundingPayments(tx, orderId),
  ]);
  const availableMinor = accounts.find((each) => each.key === accountKey.escrow(orderId, orderId))?.availableMinor;
  const plan = planPart(holds, availableMinor ?? 0n, input);
  const { refundedMinor, heldMinor } = plan;

  if (releaseMinor > 0n) {
    await openAccounts(tx.sql, orderId, currency, [{ kind: 'payable', partyId: deliveryId }]);
  }
  const paidBefore = accounts.some(({ kind, creditsMinor }) => kind === 'payable' && creditsMinor > 0n);
  const changes = final ? endOf(tx, escrow, paidBefore || releaseMinor > 0n) : {};
  const journals = journalsOf(tx, input, plan);
  await Promise.all([
    journals.length > 0 ? post(tx.sql, journals) : Promise.resolve(),
    insertPayments(tx, paymentsOf(input, refundedMinor, fundings[0]?.userId)),
    insertPart(tx, { dealId: orderId, partId: deliveryId, contentHash, releasedMinor: releaseMinor, refundedMinor }),
    ...(final ? [saveEscrow(tx, escrow.id, changes), cancelFunding(tx, orderId)] : []),
  ]);
  tx.audit({
    action: 'escrow.part_settled',
    entityType: 'escrow',
    entityId: orderId,
    before: { status: escrow.status },
    after: { status: escrow.status, ...changes, ...input, refundedMinor, heldMinor },
  });
  tx.emit(events.partReleased, orderId, {
    dealId: orderId,
    partId: deliveryId,
    currency,
    releasedMinor: releaseMinor,
    refundedMinor,
    heldMinor,
    final,
    releasedAt: tx.now,
  });
}

/** An escrow that ends without anybody having been paid from it was cancelled. */
function endOf(tx: Tx, escrow: EscrowRow, wasPaid: boolean): Partial<EscrowRow> {
  return wasPaid
    ? { status: move(escrowTransitions, escrow.status, 'released'), releasedAt: tx.now }
    : { status: move(escrowTransitions, escrow.status, 'cancelled'), cancelledAt: tx.now };
}

function journalsOf(tx: Tx, { orderId, deliveryId }: SettlePart, plan: PartPlan): Journal[] {
  const debit = accountKey.escrow(orderId, orderId);
  const journal = (kind: 'release' | 'return', credit: string, taken: PartPlan['returns']): Journal => ({
    key: `${kind}:${orderId}:${deliveryId}`,
    kind,
    dealId: orderId,
    effectiveAt: tx.now,
    transfers: taken.map((each) => ({ ...each, debit, credit })),
  });
  return [
    journal('release', accountKey.payable(orderId, deliveryId), plan.releases),
    journal('return', accountKey.refundable(orderId, orderId), plan.returns),
  ].filter((each) => each.transfers.length > 0);
}

function paymentsOf(input: SettlePart, refundedMinor: bigint, buyerId: string | undefined): NewPayment[] {
  const { orderId: dealId, deliveryId, payeeId, currency, releaseMinor } = input;
  const drafts: NewPayment[] = [];
  if (releaseMinor > 0n) {
    const payout = { purpose: 'payout' as const, participationId: deliveryId, amountMinor: releaseMinor };
    drafts.push({ dealId, userId: payeeId, currency, ...payout });
  }
  if (refundedMinor > 0n) {
    if (!buyerId) throw paymentsErrors.error('PAYMENTS_ACCOUNT_NOT_OPEN');
    const refund = { purpose: 'refund' as const, commitmentId: dealId, amountMinor: refundedMinor };
    drafts.push({ dealId, userId: buyerId, currency, ...refund });
  }
  return drafts;
}

function hashOf(input: SettlePart): Buffer {
  const { payeeId, currency, releaseMinor, refundMinor, final } = input;
  return createHash('sha256').update([payeeId, currency, releaseMinor, refundMinor, final].join(' ')).digest();
}
