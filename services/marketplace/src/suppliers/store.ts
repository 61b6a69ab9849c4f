import { events } from '@clearlot/proto/events';
import { preparedInsert, type Tx, type Work } from '@clearlot/service';
import { and, asc, desc, eq, inArray, lt } from 'drizzle-orm';
import { product } from '../products/tables.ts';
import {
  type Supplier,
  type SupplierCertificate,
  type SupplierDocument,
  supplier,
  supplierCertificate,
  supplierDocument,
} from './tables.ts';

/** A supplier with what it has handed in. */
export interface SupplierFile {
  supplier: Supplier;
  certificates: SupplierCertificate[];
  documents: SupplierDocument[];
}

const insertCertificateRow = preparedInsert(supplierCertificate);

/** Adds an application with its audit row and event; false when its owner has one already. */
export async function insertSupplier(tx: Tx, row: Supplier): Promise<boolean> {
  const added = await tx.db.insert(supplier).values(row).onConflictDoNothing().returning({ id: supplier.id });
  tx.audit({ action: 'supplier.applied', entityType: 'supplier', entityId: row.id, after: row });
  announce(tx, row);
  return added.length > 0;
}

/**
 * Saves a changed supplier with its audit row; a changed status becomes an event. Its products and certificates follow:
 * everybody sees them while it is verified, and finds products by its name.
 */
export async function saveSupplier(
  tx: Tx,
  before: Supplier,
  change: Partial<Supplier>,
  action: string,
): Promise<Supplier> {
  const set = { ...change, updatedAt: tx.now };
  const after = { ...before, ...set };
  await tx.db.update(supplier).set(set).where(eq(supplier.id, before.id));
  const supplierVerified = after.status === 'verified';
  const turned = supplierVerified !== (before.status === 'verified');
  if (turned || after.legalName !== before.legalName) {
    const follows = { supplierVerified, supplierName: after.legalName };
    await tx.db.update(product).set(follows).where(eq(product.supplierId, before.id));
  }
  if (turned) {
    await tx.db
      .update(supplierCertificate)
      .set({ supplierVerified })
      .where(eq(supplierCertificate.supplierId, before.id));
  }
  const changed = (row: Supplier) =>
    Object.fromEntries(Object.keys(change).map((key) => [key, row[key as keyof Supplier]]));
  const entity = { entityType: 'supplier', entityId: before.id };
  tx.audit({ action, ...entity, before: changed(before), after: changed(after) });
  if (after.status !== before.status) announce(tx, after);
  return after;
}

/** The supplier, locked: what depends on its status waits. Undefined when the actor may not change it. */
export async function lockSupplier(tx: Tx, id: string): Promise<Supplier | undefined> {
  const [row] = await tx.db.select().from(supplier).where(eq(supplier.id, id)).for('update');
  return row;
}

/** The supplier of a person, locked. */
export async function lockSupplierOf(tx: Tx, ownerId: string): Promise<Supplier | undefined> {
  const [row] = await tx.db.select().from(supplier).where(eq(supplier.ownerId, ownerId)).for('update');
  return row;
}

export async function findSupplierOf(work: Work, ownerId: string): Promise<Supplier | undefined> {
  const [row] = await work.db.select().from(supplier).where(eq(supplier.ownerId, ownerId));
  return row;
}

export async function listSuppliers(
  work: Work,
  filter: { status: Supplier['status'] | undefined; before: string | undefined; limit: number },
): Promise<Supplier[]> {
  return work.db
    .select()
    .from(supplier)
    .where(
      and(
        filter.status ? eq(supplier.status, filter.status) : undefined,
        filter.before ? lt(supplier.id, filter.before) : undefined,
      ),
    )
    .orderBy(desc(supplier.id))
    .limit(filter.limit);
}

/** Suppliers with what they handed in, as far as the actor may see it. */
export async function withFiles(work: Work, suppliers: readonly Supplier[]): Promise<SupplierFile[]> {
  const ids = suppliers.map(({ id }) => id);
  if (ids.length === 0) return [];
  const [certificates, documents] = await Promise.all([
    work.db
      .select()
      .from(supplierCertificate)
      .where(inArray(supplierCertificate.supplierId, ids))
      .orderBy(asc(supplierCertificate.kind), asc(supplierCertificate.id)),
    work.db
      .select()
      .from(supplierDocument)
      .where(inArray(supplierDocument.supplierId, ids))
      .orderBy(asc(supplierDocument.createdAt), asc(supplierDocument.documentId)),
  ]);
  return suppliers.map((row) => ({
    supplier: row,
    certificates: certificates.filter(({ supplierId }) => supplierId === row.id),
    documents: documents.filter(({ supplierId }) => supplierId === row.id),
  }));
}

export function insertCertificate(tx: Tx, row: SupplierCertificate): void {
  tx.write(insertCertificateRow(tx, row));
  const { kind, number, expiresOn } = row;
  const after = { certificateId: row.id, kind, number, expiresOn };
  tx.audit({ action: 'supplier.certificate_added', entityType: 'supplier', entityId: row.supplierId, after });
}

/** Links an uploaded file, with its audit row; the same file twice is one link. */
export async function insertDocument(tx: Tx, row: SupplierDocument): Promise<void> {
  await tx.db.insert(supplierDocument).values(row).onConflictDoNothing();
  const { documentId, kind, sha256 } = row;
  const entity = { entityType: 'supplier', entityId: row.supplierId };
  tx.audit({ action: 'supplier.document_added', ...entity, after: { documentId, kind, sha256 } });
}

function announce(tx: Tx, { id, ownerId, status }: Supplier): void {
  tx.emit(events.supplierStatusChanged, id, { supplierId: id, ownerId, status });
}
