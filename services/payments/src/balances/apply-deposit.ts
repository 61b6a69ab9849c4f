import { newId } from '@clearlot/kernel';
import type { Tx } from '@clearlot/service';
import { accountKey } from '../ledger/ledger.ts';
import { post, releaseHold } from '../ledger/store.ts';
import { bookWire } from '../payments/confirm-payment.ts';
import { remainingMinor, wireKey } from '../payments/payment.ts';
import { fundingPayments } from '../payments/store.ts';
import { splitDeposit } from './deposit.ts';
import { endDeposit } from './store.ts';
import type { Deposit } from './tables.ts';

/**
 * A winner's deposit goes into the escrow of their order, as a wire of that amount would: it leaves the balance for good and
 * arrives at the order. Both escrows are locked, and buyer and currency are the order's. Never more than the order still
 * needs; the rest is free again, or all of it if the order takes nothing. At most once. Errors: STATE_TRANSITION_ILLEGAL for
 * one that ended otherwise.
 */
export async function applyDeposit(tx: Tx, placed: Deposit, orderId: string): Promise<void> {
  if (placed.status === 'applied' && placed.orderId === orderId) return;
  const payment = (await fundingPayments(tx, orderId)).find((each) => each.userId === placed.userId);
  const { appliedMinor } = splitDeposit(placed.amountMinor, payment ? remainingMinor(payment) : 0n);
  if (!payment || appliedMinor === 0n) {
    if (placed.status === 'released') return;
    await endDeposit(tx, placed, 'released');
    await releaseHold(tx.sql, placed.holdId);
    return;
  }
  await endDeposit(tx, placed, 'applied', orderId);
  await leaveBalance(tx, placed, appliedMinor);
  if (appliedMinor < placed.amountMinor) await releaseHold(tx.sql, placed.holdId);
  const wireReference = `deposit:${placed.id}`;
  await bookWire(tx, payment, [], {
    ...{ id: newId(), paymentId: payment.id, userId: payment.userId, wireReference, wireKey: wireKey(wireReference) },
    ...{ amountMinor: appliedMinor, receivedAt: tx.now, recordedAt: tx.now, recordedBy: tx.actor.id },
  });
}

/** Out of the balance as a refund goes, so that all it ever received stays accounted for. */
async function leaveBalance(tx: Tx, { id, balanceId, holdId }: Deposit, amountMinor: bigint): Promise<void> {
  const back = accountKey.refundable(balanceId, balanceId);
  const journal = { dealId: balanceId, effectiveAt: tx.now };
  const held = { debit: accountKey.escrow(balanceId, balanceId), credit: back, amountMinor, holdId };
  const out = { debit: back, credit: accountKey.bank(balanceId), amountMinor };
  await post(tx.sql, [
    { ...journal, key: `apply:${id}`, kind: 'return', transfers: [held] },
    { ...journal, key: `applied:${id}`, kind: 'refund', transfers: [out] },
  ]);
}
