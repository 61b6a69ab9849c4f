import { move } from '@clearlot/kernel';
import type { Tx, Work } from '@clearlot/service';
import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { paymentsErrors } from '../errors.ts';
import { lockEscrow } from '../escrows/store.ts';
import { type DepositStatus, depositTransitions } from './deposit.ts';
import { type Balance, balance, type Deposit, deposit } from './tables.ts';

/** What a person keeps with us in a currency. */
export async function findBalance(work: Work, userId: string, currency: string): Promise<Balance | undefined> {
  const [row] = await work.db
    .select()
    .from(balance)
    .where(and(eq(balance.userId, userId), eq(balance.currency, currency)));
  return row;
}

/** A balance by its id, if the actor may see it. */
export async function readBalance(work: Work, id: string): Promise<Balance | undefined> {
  const [row] = await work.db.select().from(balance).where(eq(balance.id, id));
  return row;
}

/** The balances of a person, by currency. */
export async function balancesOf(work: Work, userId: string): Promise<Balance[]> {
  return work.db.select().from(balance).where(eq(balance.userId, userId)).orderBy(asc(balance.currency));
}

/** The newest deposits of a person. */
export async function depositsOf(work: Work, userId: string): Promise<Deposit[]> {
  return work.db.select().from(deposit).where(eq(deposit.userId, userId)).orderBy(desc(deposit.id)).limit(500);
}

/** One deposit, ended or not. */
export async function findDeposit(work: Work, id: string): Promise<Deposit | undefined> {
  const [row] = await work.db.select().from(deposit).where(eq(deposit.id, id));
  return row;
}

/** Those of these deposits that were placed. */
export async function findDeposits(work: Work, ids: readonly string[]): Promise<Deposit[]> {
  return work.db.select().from(deposit).where(inArray(deposit.id, ids));
}

/** A deposit as it stands once nobody else can change its balance's money. Errors: PAYMENTS_DEPOSIT_NOT_FOUND. */
export async function lockDeposit(tx: Tx, id: string): Promise<Deposit> {
  const seen = await findDeposit(tx, id);
  if (!seen) throw paymentsErrors.error('PAYMENTS_DEPOSIT_NOT_FOUND');
  await lockEscrow(tx, seen.balanceId);
  return (await findDeposit(tx, id)) ?? seen;
}

/** Records a deposit that its hold backs. */
export async function insertDeposit(tx: Tx, row: Deposit): Promise<void> {
  await tx.db.insert(deposit).values(row);
  tx.audit({ action: 'deposit.placed', entityType: 'deposit', entityId: row.id, after: row });
}

/** Ends a deposit. Its balance's escrow is locked, so nobody else does. */
export async function endDeposit(tx: Tx, before: Deposit, status: DepositStatus, orderId?: string): Promise<void> {
  const change = { status: move(depositTransitions, before.status, status), orderId: orderId ?? null, endedAt: tx.now };
  await tx.db.update(deposit).set(change).where(eq(deposit.id, before.id));
  tx.audit({
    action: `deposit.${status}`,
    entityType: 'deposit',
    entityId: before.id,
    before: { status: before.status },
    after: { ...change, auctionId: before.auctionId },
  });
}
