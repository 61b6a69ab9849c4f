import { currencyDigits, newId, parsePositiveMoney } from '@clearlot/kernel';
import { type Context, systemActor } from '@clearlot/service';
import { and, desc, eq } from 'drizzle-orm';
import { openEscrow } from '../escrows/open-escrow.ts';
import { lockEscrow } from '../escrows/store.ts';
import { openAccounts } from '../ledger/store.ts';
import { insertPayments, type PaymentWithWires } from '../payments/store.ts';
import { payment } from '../schema.ts';
import { findBalance } from './store.ts';
import { type Balance, balance } from './tables.ts';

/**
 * A person is to wire money to their own balance: answers the payment with its reference. One that waits for the same amount
 * already is answered again. Opens the balance with the first. Errors: CURRENCY_UNKNOWN, MONEY_INVALID, MONEY_TOO_PRECISE.
 */
export async function requestTopUp(
  ctx: Context,
  input: { currency: string; amount: number | string },
): Promise<PaymentWithWires> {
  const { currency } = input;
  currencyDigits(currency);
  const amountMinor = parsePositiveMoney(input.amount, currency);
  const userId = ctx.actor.id;
  const { id: balanceId } =
    (await ctx.read((work) => findBalance(work, userId, currency))) ?? (await openBalance(ctx, userId, currency));
  return ctx.transaction('RequestTopUp', async (tx) => {
    const [waiting] = await tx.db
      .select()
      .from(payment)
      .where(
        and(
          ...[eq(payment.dealId, balanceId), eq(payment.purpose, 'top_up'), eq(payment.status, 'pending')],
          eq(payment.amountMinor, amountMinor),
        ),
      )
      .orderBy(desc(payment.id))
      .limit(1);
    if (waiting) return { ...waiting, wires: [] };
    const draft = {
      dealId: balanceId,
      userId,
      purpose: 'top_up' as const,
      commitmentId: balanceId,
      amountMinor,
      currency,
    };
    const [added] = await insertPayments(tx, [draft]);
    if (!added) throw new Error('a top-up was not added');
    return { ...added, wires: [] };
  });
}

/** Opens somebody's balance in a currency, or finds the one that is open. Accounts are opened by the platform, not by people. */
function openBalance(ctx: Context, userId: string, currency: string): Promise<Balance> {
  return ctx.as(systemActor('payments.balances')).transaction('OpenBalance', async (tx) => {
    const opened = { id: newId(), userId, currency, createdAt: tx.now };
    await tx.db.insert(balance).values(opened).onConflictDoNothing();
    const own = await findBalance(tx, userId, currency);
    if (!own) throw new Error('a balance that was opened is not there');
    await openEscrow(tx, { dealId: own.id, currency, dealName: `Balance in ${currency}` });
    await lockEscrow(tx, own.id);
    const parties = [
      { kind: 'escrow' as const, partyId: own.id },
      { kind: 'refundable' as const, partyId: own.id },
    ];
    await openAccounts(tx.sql, own.id, currency, parties);
    return own;
  });
}
