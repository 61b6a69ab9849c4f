import { newId, parsePositiveMoney } from '@clearlot/kernel';
import { type Context, systemActor } from '@clearlot/service';
import { and, eq, ne } from 'drizzle-orm';
import { paymentsErrors } from '../errors.ts';
import { lockEscrow } from '../escrows/store.ts';
import { accountKey } from '../ledger/ledger.ts';
import { post } from '../ledger/store.ts';
import { insertPayments, type PaymentWithWires } from '../payments/store.ts';
import { payment } from '../schema.ts';
import { readBalance } from './store.ts';

/**
 * Sends free money of one's own balance back: answers the refund, which an operator wires. One withdrawal of a balance is
 * under way at a time, so asking twice for the same amount is asking once. Errors: PAYMENTS_BALANCE_NOT_FOUND,
 * PAYMENTS_WITHDRAWAL_PENDING, PAYMENTS_INSUFFICIENT_FUNDS, MONEY_INVALID, MONEY_TOO_PRECISE.
 */
export async function withdraw(
  ctx: Context,
  input: { balanceId: string; amount: number | string },
): Promise<PaymentWithWires> {
  const own = await ctx.read((work) => readBalance(work, input.balanceId));
  if (own?.userId !== ctx.actor.id) throw paymentsErrors.error('PAYMENTS_BALANCE_NOT_FOUND');
  const { id: dealId, currency, userId } = own;
  const amountMinor = parsePositiveMoney(input.amount, currency);
  return ctx.as(systemActor('payments.balances')).transaction('Withdraw', async (tx) => {
    await lockEscrow(tx, dealId);
    const [pending] = await tx.db
      .select()
      .from(payment)
      .where(and(eq(payment.dealId, dealId), eq(payment.purpose, 'refund'), ne(payment.status, 'confirmed')));
    if (pending?.amountMinor === amountMinor) return { ...pending, wires: [] };
    if (pending) throw paymentsErrors.error('PAYMENTS_WITHDRAWAL_PENDING');
    const debit = accountKey.escrow(dealId, dealId);
    const transfers = [{ debit, credit: accountKey.refundable(dealId, dealId), amountMinor }];
    await post(tx.sql, [{ key: `withdraw:${newId()}`, kind: 'return', dealId, effectiveAt: tx.now, transfers }]);
    const draft = { dealId, userId, purpose: 'refund' as const, commitmentId: dealId, amountMinor, currency };
    const [added] = await insertPayments(tx, [draft]);
    if (!added) throw new Error('a withdrawal was not added');
    return { ...added, wires: [] };
  });
}
