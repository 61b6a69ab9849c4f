import { fileParts, type Upload } from '@clearlot/service';
import type { Ctx } from '../clients.ts';
import { dealsErrors } from '../errors.ts';
import { type HoldingDocument, insertHoldingDocument, lockHolding } from './store.ts';

/**
 * Stores a proof of ownership beside a holding of the caller's. The file is stored first (once for the same bytes),
 * so a crash in between leaves at most an unlinked file. Errors: DEALS_HOLDING_NOT_FOUND, DOCUMENTS_FILE_….
 */
export async function addHoldingDocument(
  ctx: Ctx,
  input: { holdingId: string; upload: Upload },
): Promise<HoldingDocument & { sizeBytes: number }> {
  const { holdingId, upload } = input;
  const owned = await ctx.read(
    ({ sql }) => sql`select 1 from holding where id = ${holdingId} and owner_id = ${ctx.actor.id}`,
  );
  if (owned.length === 0) throw dealsErrors.error('DEALS_HOLDING_NOT_FOUND');
  const proof = { ownerId: ctx.actor.id, purpose: 'holding_proof', subjectId: holdingId };
  const stored = await ctx.clients.documents.storeFile(fileParts(upload, proof), { deadlineMs: 15_000 });
  return ctx.transaction('AddHoldingDocument', async (tx) => {
    if (!(await lockHolding(tx, holdingId))) throw dealsErrors.error('DEALS_HOLDING_NOT_FOUND');
    const { documentId, sha256 } = stored;
    const row = { documentId, holdingId, ownerId: ctx.actor.id, fileName: upload.fileName, sha256, createdAt: tx.now };
    await insertHoldingDocument(tx, row);
    tx.audit({
      action: 'holding.document_added',
      entityType: 'holding',
      entityId: holdingId,
      after: { documentId, sha256 },
    });
    return { ...row, sizeBytes: upload.bytes.length };
  });
}
