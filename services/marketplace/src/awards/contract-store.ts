import { events } from '@clearlot/proto/events';
import type { Tx, Work } from '@clearlot/service';
import { and, asc, eq, inArray, lt } from 'drizzle-orm';
import { readOrder, specificationOf } from './contract.ts';
import { type Contract, contract } from './tables.ts';

/** A new contract: documents is asked to draw it. */
export async function insertContract(tx: Tx, row: Contract, supplierName: string): Promise<void> {
  await tx.db.insert(contract).values(row);
  const { id, awardId, rfqId, supplierId, currency, amountMinor, deadlineAt } = row;
  tx.audit({
    action: 'contract.requested',
    entityType: 'contract',
    entityId: id,
    after: { awardId, rfqId, supplierId, currency, amountMinor, deadlineAt },
  });
  const order = readOrder(row.terms);
  tx.emit(events.contractRequested, id, {
    contractId: id,
    contractName: order.title,
    buyerId: row.buyerId,
    sellerId: row.supplierOwnerId,
    supplierName,
    currency,
    amountMinor,
    incoterm: order.incoterm,
    place: order.place,
    lines: order.lines.map(({ limits, adjustments: _, ...line }) => ({
      ...line,
      specification: specificationOf(limits),
    })),
    quantityTolerancePpm: order.quantityTolerancePpm,
    inspectionDays: order.inspectionDays,
  });
}

/** Saves how far a contract got, with its audit row. */
export async function saveContract(tx: Tx, before: Contract, change: Partial<Contract>): Promise<Contract> {
  const after = { ...before, ...change, updatedAt: tx.now };
  await tx.db
    .update(contract)
    .set({ ...change, updatedAt: tx.now })
    .where(eq(contract.id, before.id));
  const summary = ({ status, documentId, buyerSignedAt, sellerSignedAt }: Contract) => ({
    ...{ status, documentId, buyerSignedAt, sellerSignedAt },
  });
  tx.audit({
    action: after.status === before.status ? 'contract.changed' : `contract.${after.status}`,
    entityType: 'contract',
    entityId: before.id,
    before: summary(before),
    after: summary(after),
  });
  return after;
}

export async function findContract(work: Work, id: string): Promise<Contract | undefined> {
  const [row] = await work.db.select().from(contract).where(eq(contract.id, id));
  return row;
}

/** The contract, locked. What moves its award takes the RFQ's lock and the award's first. */
export async function lockContract(tx: Tx, id: string): Promise<Contract | undefined> {
  const [row] = await tx.db.select().from(contract).where(eq(contract.id, id)).for('update');
  return row;
}

/** The contracts of an award the actor may see. */
export async function listContracts(work: Work, awardId: string): Promise<Contract[]> {
  return work.db.select().from(contract).where(eq(contract.awardId, awardId)).orderBy(asc(contract.id));
}

/** Open contracts past their deadline, the longest overdue first. */
export async function listOverdueContracts(work: Work, now: Date): Promise<Contract[]> {
  return work.db
    .select()
    .from(contract)
    .where(and(inArray(contract.status, ['requested', 'issued']), lt(contract.deadlineAt, now)))
    .orderBy(asc(contract.deadlineAt))
    .limit(20);
}
