import { fileParts, type Upload } from '@clearlot/service';
import type { Ctx } from '../clients.ts';
import { supplierErrors } from './errors.ts';
import { findSupplierOf, insertDocument, lockSupplierOf } from './store.ts';
import type { SupplierDocument } from './tables.ts';

/**
 * Stores a document beside the caller's application. The file is stored first (once for the same bytes), so a crash in
 * between leaves at most an unlinked file. Errors: MARKETPLACE_SUPPLIER_NOT_FOUND, DOCUMENTS_FILE_….
 */
export async function addSupplierDocument(
  ctx: Ctx,
  { kind, upload }: { kind: string; upload: Upload },
): Promise<SupplierDocument & { sizeBytes: number }> {
  const owned = await ctx.read((work) => findSupplierOf(work, ctx.actor.id));
  if (!owned) throw supplierErrors.error('MARKETPLACE_SUPPLIER_NOT_FOUND');
  const proof = { ownerId: ctx.actor.id, purpose: 'supplier_evidence', subjectId: owned.id };
  const stored = await ctx.clients.documents.storeFile(fileParts(upload, proof), { deadlineMs: 15_000 });
  return ctx.transaction('AddSupplierDocument', async (tx) => {
    if (!(await lockSupplierOf(tx, ctx.actor.id))) throw supplierErrors.error('MARKETPLACE_SUPPLIER_NOT_FOUND');
    const { documentId, sha256 } = stored;
    const whose = { supplierId: owned.id, ownerId: ctx.actor.id };
    const row = { documentId, ...whose, kind, fileName: upload.fileName, sha256, createdAt: tx.now };
    await insertDocument(tx, row);
    return { ...row, sizeBytes: upload.bytes.length };
  });
}
