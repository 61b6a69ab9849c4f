import { displayMoney, newId } from '@clearlot/kernel';
import type { Tx } from '@clearlot/service';
import { and, eq, ne } from 'drizzle-orm';
import { paymentsErrors } from '../errors.ts';
import { lockEscrow } from '../escrows/store.ts';
import { accountKey } from '../ledger/ledger.ts';
import { accountsOf, placeHold } from '../ledger/store.ts';
import { findBalance, findDeposit, insertDeposit } from './store.ts';
import { deposit } from './tables.ts';

export interface PlaceDeposit {
  /** Given by the caller: the same id is the same deposit. */
  depositId: string;
  userId: string;
  auctionId: string;
  amountMinor: bigint;
  currency: string;
}

/**
 * Holds so much of a bidder's balance for one auction: what is held backs nothing else. Errors: PAYMENTS_BALANCE_NOT_FOUND,
 * PAYMENTS_INSUFFICIENT_FUNDS, PAYMENTS_DEPOSIT_ALREADY_PLACED.
 */
export async function placeDeposit(tx: Tx, input: PlaceDeposit): Promise<void> {
  const { depositId, userId, auctionId, amountMinor, currency } = input;
  const own = await findBalance(tx, userId, currency);
  if (!own) throw paymentsErrors.error('PAYMENTS_BALANCE_NOT_FOUND');
  await lockEscrow(tx, own.id);
  const [known, [other]] = await Promise.all([
    findDeposit(tx, depositId),
    tx.db
      .select()
      .from(deposit)
      .where(and(eq(deposit.auctionId, auctionId), eq(deposit.userId, userId), ne(deposit.status, 'released'))),
  ]);
  if (known ?? other) throw paymentsErrors.error('PAYMENTS_DEPOSIT_ALREADY_PLACED');
  const accounts = await accountsOf(tx.sql, own.id);
  const free = accounts.find((each) => each.key === accountKey.escrow(own.id, own.id))?.availableMinor ?? 0n;
  if (free < amountMinor) {
    const detail = `${displayMoney(free, currency)} is free, ${displayMoney(amountMinor, currency)} is needed.`;
    throw paymentsErrors.error('PAYMENTS_INSUFFICIENT_FUNDS', detail);
  }
  const holdId = newId();
  await placeHold(tx.sql, holdId, accountKey.escrow(own.id, own.id), amountMinor);
  await insertDeposit(tx, {
    ...{ id: depositId, balanceId: own.id, userId, auctionId, holdId, amountMinor, currency },
    ...{ status: 'held', orderId: null, placedAt: tx.now, endedAt: null },
  });
}
