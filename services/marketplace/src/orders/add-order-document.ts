import { fileParts, type Upload } from '@clearlot/service';
import type { Ctx } from '../clients.ts';
import { otherSide, personOf } from './notices.ts';
import { sideOf } from './order.ts';
import { deliveryOf, insertDocument, readOrder } from './store.ts';
import type { OrderDocument } from './tables.ts';

/**
 * Stores a document of an order or of one of its deliveries, and lets the other side read it. The file is stored first
 * (once for the same bytes), so a crash in between leaves at most an unlinked file. Errors: MARKETPLACE_ORDER_NOT_FOUND,
 * MARKETPLACE_DELIVERY_NOT_FOUND, DOCUMENTS_FILE_….
 */
export async function addOrderDocument(
  ctx: Ctx,
  input: { orderId: string; deliveryId?: string | undefined; kind: string; upload: Upload },
): Promise<OrderDocument & { sizeBytes: number }> {
  const { orderId, deliveryId, kind, upload } = input;
  const ownerId = ctx.actor.id;
  const known = await ctx.read((work) => readOrder(work, orderId));
  const side = sideOf(known.order, ownerId);
  if (deliveryId) deliveryOf(known, deliveryId);
  const readerId = personOf(known.order, otherSide(side));
  const { documents } = ctx.clients;
  const proof = { ownerId, purpose: 'order_document', subjectId: orderId };
  const stored = await documents.storeFile(fileParts(upload, proof), { deadlineMs: 15_000 });
  await documents.shareFile({ documentId: stored.documentId, readerId });
  return ctx.transaction('AddOrderDocument', async (tx) => {
    const { documentId, sha256 } = stored;
    const { buyerId, supplierOwnerId } = known.order;
    const row: OrderDocument = {
      documentId,
      orderId,
      deliveryId: deliveryId ?? null,
      buyerId,
      supplierOwnerId,
      uploaderId: ownerId,
      kind,
      fileName: upload.fileName,
      sha256,
      createdAt: tx.now,
    };
    await insertDocument(tx, row);
    tx.audit({
      action: 'order.document_added',
      entityType: 'order',
      entityId: orderId,
      after: { documentId, deliveryId, kind, sha256 },
    });
    return { ...row, sizeBytes: upload.bytes.length };
  });
}
