import { createHash } from 'node:crypto';
import { move } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import type { Tx } from '@clearlot/service';
import { paymentsErrors } from '../errors.ts';
import { accountKey } from '../ledger/ledger.ts';
import { activeHolds, openAccounts, post } from '../ledger/store.ts';
import { insertPayments } from '../payments/store.ts';
import { escrowTransitions, planRelease, type ReleaseItem } from './escrow.ts';
import { findRelease, insertRelease, lockEscrow, saveEscrow } from './store.ts';

/**
 * The pivot of a deal, in one transaction and at most once: captures every hold to what its sellers are owed and creates
 * one payout for each participation. The same content again changes nothing and answers the same amount (minor units).
 * Errors, with nothing changed: PAYMENTS_ESCROW_NOT_FOUND, PAYMENTS_ESCROW_NOT_OPEN, PAYMENTS_RELEASE_NOT_COVERED,
 * PAYMENTS_RELEASE_REPEATED.
 */
export async function releaseEscrow(tx: Tx, dealId: string, items: readonly ReleaseItem[]): Promise<bigint> {
  const escrow = await lockEscrow(tx, dealId);
  if (!escrow) throw paymentsErrors.error('PAYMENTS_ESCROW_NOT_FOUND');
  const contentHash = hashOf(items);
  const [released, holds] = await Promise.all([findRelease(tx, dealId), activeHolds(tx.sql, dealId)]);
  if (released) {
    if (!contentHash.equals(released.contentHash)) throw paymentsErrors.error('PAYMENTS_RELEASE_REPEATED');
    return released.amountMinor;
  }
  if (escrow.status !== 'open') throw paymentsErrors.error('PAYMENTS_ESCROW_NOT_OPEN');
  const { currency } = escrow;
  const plan = planRelease(holds, items);

  await openAccounts(
    tx.sql,
    dealId,
    currency,
    plan.payouts.map(({ participationId }) => ({ kind: 'payable', partyId: participationId })),
  );
  const transfers = plan.captures.map((capture) => ({
    debit: accountKey.escrow(dealId, capture.commitmentId),
    credit: accountKey.payable(dealId, capture.participationId),
    amountMinor: capture.amountMinor,
    holdId: capture.holdId,
  }));
  const changes = { status: move(escrowTransitions, escrow.status, 'released'), releasedAt: tx.now };
  const [payouts] = await Promise.all([
    insertPayments(
      tx,
      plan.payouts.map(({ participationId, sellerId, amountMinor }) => ({
        dealId,
        userId: sellerId,
        purpose: 'payout',
        participationId,
        amountMinor,
        currency,
      })),
    ),
    post(tx.sql, [{ key: `release:${dealId}`, kind: 'release', dealId, effectiveAt: tx.now, transfers }]),
    insertRelease(tx, dealId, contentHash, plan.totalMinor),
    saveEscrow(tx, escrow.id, changes),
  ]);
  tx.audit({
    action: 'escrow.released',
    entityType: 'escrow',
    entityId: dealId,
    before: { status: escrow.status },
    after: { ...changes, amountMinor: plan.totalMinor, currency },
  });
  tx.emit(events.escrowReleased, dealId, {
    dealId,
    currency,
    amountMinor: plan.totalMinor,
    payouts: payouts.map((payout) => ({
      paymentId: payout.id,
      participationId: payout.participationId ?? '',
      sellerId: payout.userId,
      amountMinor: payout.amountMinor,
    })),
  });
  return plan.totalMinor;
}

/** The same items in any order are the same release. */
function hashOf(items: readonly ReleaseItem[]): Buffer {
  const lines = items.map(
    (each) => `${each.commitmentId} ${each.participationId} ${each.sellerId} ${each.amountMinor}`,
  );
  return createHash('sha256').update(lines.toSorted().join('\n')).digest();
}
