import { move } from '@clearlot/kernel';
import type { Tx, Work } from '@clearlot/service';
import { and, asc, desc, eq } from 'drizzle-orm';
import { type DepositStatus, depositTransitions } from './deposit.ts';
import { type Balance, balance, type Deposit, deposit } from './tables.ts';

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

export async function balancesOf(work: Work, userId: string): Promise<Balance[]> {
  return work.db.select().from(balance).where(eq(balance.userId, userId)).orderBy(asc(balance.currency));
}

/** The newest deposits of a person. */
export async function depositsOf(work: Work, userId: string): Promise<Deposit[]> {
  return work.db.select().from(deposit).where(eq(deposit.userId, userId)).orderBy(desc(deposit.id)).limit(500);
}

export async function findDeposit(work: Work, id: string): Promise<Deposit | undefined> {
  const [row] = await work.db.select().from(deposit).where(eq(deposit.id, id));
  return row;
}

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
