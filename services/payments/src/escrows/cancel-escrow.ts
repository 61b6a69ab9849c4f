import { canMove, sumBigint } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import type { Tx } from '@clearlot/service';
import { accountKey } from '../ledger/ledger.ts';
import { accountsOf, activeHolds, post, releaseHold } from '../ledger/store.ts';
import { cancelFunding, fundingPayments, insertPayments } from '../payments/store.ts';
import { escrowTransitions } from './escrow.ts';
import { lockEscrow, saveEscrow } from './store.ts';

/**
 * Sends back everything a deal's escrow still has: voids payments that wait, releases holds, and creates one refund for each
 * commitment with money. What parts of it released before stays with who is owed it. A deal without escrow, or already cancelled, is left as it is; one already released too, and that
 * is put on record, as the money belongs to the sellers then.
 */
export async function cancelEscrow(tx: Tx, dealId: string, reason: string): Promise<void> {
  const escrow = await lockEscrow(tx, dealId);
  if (!escrow || escrow.status === 'cancelled') return;
  if (!canMove(escrowTransitions, escrow.status, 'cancelled')) {
    tx.audit({
      action: 'escrow.cancel_refused',
      entityType: 'escrow',
      entityId: dealId,
      before: { status: escrow.status },
      after: { status: escrow.status, reason },
    });
    return;
  }
  const { currency } = escrow;
  const [holds, accounts, payments] = await Promise.all([
    activeHolds(tx.sql, dealId),
    accountsOf(tx.sql, dealId),
    fundingPayments(tx, dealId),
  ]);
  const buyers = new Map(payments.map((payment) => [payment.commitmentId, payment.userId]));
  const refunds = accounts.flatMap(({ kind, partyId, creditsMinor, debitsMinor }) => {
    const amountMinor = creditsMinor - debitsMinor;
    const userId = buyers.get(partyId);
    if (kind !== 'escrow' || amountMinor === 0n || !partyId || !userId) return [];
    return [{ dealId, userId, purpose: 'refund' as const, commitmentId: partyId, amountMinor, currency }];
  });
  const transfers = refunds.map(({ commitmentId, amountMinor }) => ({
    debit: accountKey.escrow(dealId, commitmentId),
    credit: accountKey.refundable(dealId, commitmentId),
    amountMinor,
  }));
  await Promise.all(holds.map((hold) => releaseHold(tx.sql, hold.id)));
  const changes = { status: 'cancelled' as const, cancelledAt: tx.now };
  await Promise.all([
    transfers.length > 0
      ? post(tx.sql, [{ key: `cancel:${dealId}`, kind: 'return', dealId, effectiveAt: tx.now, transfers }])
      : Promise.resolve(),
    cancelFunding(tx, dealId),
    insertPayments(tx, refunds),
    saveEscrow(tx, escrow.id, changes),
  ]);
  const amountMinor = sumBigint(refunds.map((refund) => refund.amountMinor));
  tx.audit({
    action: 'escrow.cancelled',
    entityType: 'escrow',
    entityId: dealId,
    before: { status: escrow.status },
    after: { ...changes, reason, refundedMinor: amountMinor },
  });
  tx.emit(events.refundStarted, dealId, { dealId, currency, amountMinor });
}
