import { newId } from '@clearlot/kernel';
import type { Tx } from '@clearlot/service';
import { paymentsErrors } from '../errors.ts';
import { accountKey } from '../ledger/ledger.ts';
import { accountsOf, findHold, openAccounts, placeHold, post, releaseHold } from '../ledger/store.ts';
import { fundingPayments, insertPayments } from '../payments/store.ts';
import type { EscrowRow } from '../schema.ts';
import { lockEscrow } from './store.ts';

/**
 * Reserves free money of a commitment's escrow (minor units); answers the hold's id.
 * Errors: PAYMENTS_ESCROW_NOT_FOUND, PAYMENTS_ESCROW_NOT_OPEN, PAYMENTS_INSUFFICIENT_FUNDS, PAYMENTS_ACCOUNT_NOT_OPEN.
 */
export async function reserve(
  tx: Tx,
  input: { dealId: string; commitmentId: string; amountMinor: bigint },
): Promise<string> {
  await requireOpen(tx, input.dealId);
  const holdId = newId();
  await placeHold(tx.sql, holdId, accountKey.escrow(input.dealId, input.commitmentId), input.amountMinor);
  tx.audit({ action: 'hold.placed', entityType: 'hold', entityId: holdId, after: input });
  return holdId;
}

/**
 * Moves held money (all that remains, or `amountMinor`) to what a payee is owed and creates its payout; answers what stays
 * held. Errors: PAYMENTS_HOLD_NOT_FOUND, PAYMENTS_ESCROW_NOT_OPEN, PAYMENTS_INSUFFICIENT_FUNDS.
 */
export async function capture(
  tx: Tx,
  input: { holdId: string; participationId: string; payeeId: string; amountMinor?: bigint | undefined },
): Promise<bigint> {
  const { escrow, hold } = await lockHold(tx, input.holdId);
  const amountMinor = input.amountMinor ?? hold.remainingMinor;
  if (amountMinor <= 0n || amountMinor > hold.remainingMinor) {
    throw paymentsErrors.error('PAYMENTS_INSUFFICIENT_FUNDS', 'The hold has less than that left.');
  }
  const { dealId, currency } = escrow;
  const { participationId } = input;
  await openAccounts(tx.sql, dealId, currency, [{ kind: 'payable', partyId: participationId }]);
  const debit = accountKey.escrow(dealId, hold.commitmentId);
  const credit = accountKey.payable(dealId, participationId);
  await Promise.all([
    post(tx.sql, [
      {
        key: `capture:${newId()}`,
        kind: 'capture',
        dealId,
        effectiveAt: tx.now,
        transfers: [{ debit, credit, amountMinor, holdId: hold.id }],
      },
    ]),
    insertPayments(tx, [{ dealId, userId: input.payeeId, purpose: 'payout', participationId, amountMinor, currency }]),
  ]);
  tx.audit({ action: 'hold.captured', entityType: 'hold', entityId: hold.id, after: { ...input, amountMinor } });
  return hold.remainingMinor - amountMinor;
}

/** Gives back what remains of a hold. Errors: PAYMENTS_HOLD_NOT_FOUND, PAYMENTS_ESCROW_NOT_OPEN. */
export async function giveBack(tx: Tx, holdId: string): Promise<void> {
  const { hold } = await lockHold(tx, holdId);
  const releasedMinor = await releaseHold(tx.sql, hold.id);
  tx.audit({ action: 'hold.released', entityType: 'hold', entityId: hold.id, after: { releasedMinor } });
}

/**
 * Sends free escrow money of a commitment (all of it, or `amountMinor`) back to its buyer: creates the refund and answers
 * its payment. Errors: PAYMENTS_ESCROW_NOT_FOUND, PAYMENTS_ESCROW_NOT_OPEN, PAYMENTS_ACCOUNT_NOT_OPEN,
 * PAYMENTS_INSUFFICIENT_FUNDS.
 */
export async function refund(
  tx: Tx,
  input: { dealId: string; commitmentId: string; amountMinor?: bigint | undefined },
): Promise<string> {
  const { dealId, commitmentId } = input;
  const escrow = await requireOpen(tx, dealId);
  const [accounts, payments] = await Promise.all([accountsOf(tx.sql, dealId), fundingPayments(tx, dealId)]);
  const debit = accountKey.escrow(dealId, commitmentId);
  const account = accounts.find((each) => each.key === debit);
  const buyer = payments.find((each) => each.commitmentId === commitmentId)?.userId;
  if (!account || !buyer) throw paymentsErrors.error('PAYMENTS_ACCOUNT_NOT_OPEN');
  const amountMinor = input.amountMinor ?? account.availableMinor;
  if (amountMinor <= 0n || amountMinor > account.availableMinor) {
    throw paymentsErrors.error('PAYMENTS_INSUFFICIENT_FUNDS');
  }
  const transfers = [{ debit, credit: accountKey.refundable(dealId, commitmentId), amountMinor }];
  const draft = { dealId, userId: buyer, purpose: 'refund' as const, commitmentId, amountMinor };
  const [[payment]] = await Promise.all([
    insertPayments(tx, [{ ...draft, currency: escrow.currency }]),
    post(tx.sql, [{ key: `refund:${newId()}`, kind: 'return', dealId, effectiveAt: tx.now, transfers }]),
  ]);
  return payment?.id ?? '';
}

async function requireOpen(tx: Tx, dealId: string): Promise<EscrowRow> {
  const escrow = await lockEscrow(tx, dealId);
  if (!escrow) throw paymentsErrors.error('PAYMENTS_ESCROW_NOT_FOUND');
  if (escrow.status !== 'open') throw paymentsErrors.error('PAYMENTS_ESCROW_NOT_OPEN');
  return escrow;
}

/** The hold as it stands once nobody else can change its deal's money. */
async function lockHold(tx: Tx, holdId: string) {
  const seen = await findHold(tx.sql, holdId);
  if (!seen) throw paymentsErrors.error('PAYMENTS_HOLD_NOT_FOUND');
  const escrow = await requireOpen(tx, seen.dealId);
  const hold = (await findHold(tx.sql, holdId)) ?? seen;
  return { escrow, hold };
}
