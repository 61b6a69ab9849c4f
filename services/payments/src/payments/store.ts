import { newId } from '@clearlot/kernel';
import type { Tx, Work } from '@clearlot/service';
import { and, asc, desc, eq, inArray, lt, ne, type SQL } from 'drizzle-orm';
import { paymentsErrors } from '../errors.ts';
import { type EscrowRow, escrow, type PaymentRow, payment, type WireRow, wire } from '../schema.ts';
import { referenceOf } from './reference.ts';

/** A payment with everything that was booked against it, oldest first. */
export interface PaymentWithWires extends PaymentRow {
  wires: WireRow[];
}

/** What a new payment is for; the rest follows from it. */
export type NewPayment = Pick<PaymentRow, 'dealId' | 'userId' | 'purpose' | 'amountMinor' | 'currency'> & {
  commitmentId?: string;
  participationId?: string;
};

const incoming: ReadonlySet<PaymentRow['purpose']> = new Set(['funding', 'top_up'] as const);

/** Creates pending payments. A funding payment that exists for its commitment is left as it is and not answered. */
export async function insertPayments(tx: Tx, drafts: readonly NewPayment[]): Promise<PaymentRow[]> {
  if (drafts.length === 0) return [];
  const rows = drafts.map((draft) => {
    const id = newId();
    return {
      ...draft,
      id,
      type: incoming.has(draft.purpose) ? ('incoming' as const) : ('outgoing' as const),
      status: 'pending' as const,
      reference: referenceOf(id),
      createdAt: tx.now,
    };
  });
  const inserted = await tx.db.insert(payment).values(rows).onConflictDoNothing().returning();
  for (const row of inserted) {
    tx.audit({ action: 'payment.created', entityType: 'payment', entityId: row.id, after: row });
  }
  return inserted;
}

/**
 * Locks a payment for booking a wire: the deal's escrow first, as every change of a deal's money does, then the payment.
 * `counted` is where this wire reference was booked already, if anywhere.
 */
export async function lockPayment(
  tx: Tx,
  paymentId: string,
  key: string,
): Promise<{ escrow: EscrowRow; payment: PaymentRow; wires: WireRow[]; counted: WireRow | undefined }> {
  const dealOfPayment = tx.db.select({ dealId: payment.dealId }).from(payment).where(eq(payment.id, paymentId));
  const [[ownEscrow], [row], wires, [counted]] = await Promise.all([
    tx.db.select().from(escrow).where(inArray(escrow.dealId, dealOfPayment)).for('update'),
    tx.db.select().from(payment).where(eq(payment.id, paymentId)).for('update'),
    tx.db.select().from(wire).where(eq(wire.paymentId, paymentId)).orderBy(asc(wire.id)),
    tx.db
      .select()
      .from(wire)
      .where(and(eq(wire.wireKey, key), ne(wire.match, 'duplicate'))),
  ]);
  if (!ownEscrow || !row) throw paymentsErrors.error('PAYMENTS_PAYMENT_NOT_FOUND');
  return { escrow: ownEscrow, payment: row, wires, counted };
}

/** Records a wire. Errors: PAYMENTS_WIRE_REFERENCE_USED when another payment took the reference at the same moment. */
export async function insertWire(tx: Tx, row: WireRow): Promise<void> {
  try {
    await tx.db.insert(wire).values(row);
  } catch (error) {
    const { constraint_name: constraint } = ((error as Error).cause ?? error) as { constraint_name?: string };
    if (constraint === 'wire_counts_once') throw paymentsErrors.error('PAYMENTS_WIRE_REFERENCE_USED');
    throw error;
  }
}

/** Writes what booking a wire changed of a payment. */
export async function savePayment(
  tx: Tx,
  id: string,
  changes: Pick<PaymentRow, 'status' | 'confirmedMinor' | 'surplusMinor' | 'confirmedAt'>,
): Promise<void> {
  await tx.db.update(payment).set(changes).where(eq(payment.id, id));
}

/** The funding payments of a deal, locked by their escrow. */
export function fundingPayments(work: Work, dealId: string): Promise<PaymentRow[]> {
  return work.db
    .select()
    .from(payment)
    .where(and(eq(payment.dealId, dealId), eq(payment.purpose, 'funding')))
    .orderBy(asc(payment.id));
}

/** Voids the funding payments of a deal that are not complete. */
export async function cancelFunding(tx: Tx, dealId: string): Promise<void> {
  await tx.db
    .update(payment)
    .set({ status: 'cancelled' })
    .where(
      and(eq(payment.dealId, dealId), eq(payment.purpose, 'funding'), inArray(payment.status, ['pending', 'partial'])),
    );
}

/** One payment the actor may see, or nothing. */
export async function findPayment(work: Work, id: string): Promise<PaymentWithWires | undefined> {
  const [found] = await listPayments(work, { where: [eq(payment.id, id)], limit: 1 });
  return found;
}

/** The payments of one person, newest first. */
export function paymentsOfUser(work: Work, userId: string): Promise<PaymentWithWires[]> {
  return listPayments(work, { where: [eq(payment.userId, userId)], limit: 500 });
}

/** All payments of a deal, newest first. */
export function paymentsOfDeal(work: Work, dealId: string): Promise<PaymentWithWires[]> {
  return listPayments(work, { where: [eq(payment.dealId, dealId)], limit: 100_000 });
}

/** What operators list by. */
export interface PaymentFilter {
  dealId?: string | undefined;
  status?: PaymentRow['status'] | undefined;
  type?: PaymentRow['type'] | undefined;
  reference?: string | undefined;
  before?: string | undefined;
  limit: number;
}

/** Payments by what operators ask for, newest first, after the payment `before`. */
export function filterPayments(work: Work, filter: PaymentFilter): Promise<PaymentWithWires[]> {
  const where = [
    filter.dealId ? eq(payment.dealId, filter.dealId) : undefined,
    filter.status ? eq(payment.status, filter.status) : undefined,
    filter.type ? eq(payment.type, filter.type) : undefined,
    filter.reference ? eq(payment.reference, filter.reference) : undefined,
    filter.before ? lt(payment.id, filter.before) : undefined,
  ];
  return listPayments(work, { where, limit: filter.limit });
}

async function listPayments(
  work: Work,
  query: { where: (SQL | undefined)[]; limit: number },
): Promise<PaymentWithWires[]> {
  const wanted = work.db
    .select({ id: payment.id })
    .from(payment)
    .where(and(...query.where))
    .orderBy(desc(payment.id))
    .limit(query.limit);
  const [rows, wires] = await Promise.all([
    work.db
      .select()
      .from(payment)
      .where(and(...query.where))
      .orderBy(desc(payment.id))
      .limit(query.limit),
    work.db.select().from(wire).where(inArray(wire.paymentId, wanted)).orderBy(asc(wire.id)),
  ]);
  const byPayment = Map.groupBy(wires, (each) => each.paymentId);
  return rows.map((row) => ({ ...row, wires: byPayment.get(row.id) ?? [] }));
}
