import { newId, parsePositiveMoney } from '@clearlot/kernel';
import type { Context } from '@clearlot/service';
import { paymentsErrors } from '../errors.ts';
import { withdrawFree } from '../ledger/store.ts';
import { referenceOf } from '../payments/reference.ts';
import { findPayment, type PaymentWithWires } from '../payments/store.ts';
import { readBalance } from './store.ts';

/**
 * Sends free money of one's own balance back, in one transaction: answers the refund, which an operator wires.
 * Errors: PAYMENTS_BALANCE_NOT_FOUND, PAYMENTS_INSUFFICIENT_FUNDS, MONEY_INVALID, MONEY_TOO_PRECISE.
 */
export function withdraw(
  ctx: Context,
  input: { balanceId: string; amount: number | string },
): Promise<PaymentWithWires> {
  return ctx.transaction('Withdraw', async (tx) => {
    const own = await readBalance(tx, input.balanceId);
    if (own?.userId !== tx.actor.id) throw paymentsErrors.error('PAYMENTS_BALANCE_NOT_FOUND');
    const amountMinor = parsePositiveMoney(input.amount, own.currency);
    const id = newId();
    await withdrawFree(tx.sql, {
      balanceId: own.id,
      paymentId: id,
      reference: referenceOf(id),
      amountMinor,
      at: tx.now,
    });
    const refund = await findPayment(tx, id);
    if (!refund) throw new Error('a withdrawal was not added');
    const { wires: _none, ...after } = refund;
    tx.audit({ action: 'payment.created', entityType: 'payment', entityId: id, after });
    return refund;
  });
}
