import { fileParts, type Upload } from '@clearlot/service';
import type { Ctx } from '../clients.ts';
import { rfqErrors } from './errors.ts';
import { checkBeforeDeadline } from './rfq.ts';
import { shareAttachment } from './share-attachment.ts';
import { findRfq, insertAttachment, listInvitations, lockRfq } from './store.ts';
import type { Rfq, RfqAttachment } from './tables.ts';

/**
 * Attaches a file to an RFQ until its deadline. The file is stored first (once for the same bytes), so a crash in between
 * leaves at most an unlinked file. A draft's files are shared when it is published. Errors: MARKETPLACE_RFQ_NOT_FOUND,
 * MARKETPLACE_RFQ_WRONG_STATUS, MARKETPLACE_RFQ_CLOSED, DOCUMENTS_FILE_….
 */
export async function addAttachment(ctx: Ctx, input: { rfqId: string; upload: Upload }): Promise<RfqAttachment> {
  const { rfqId, upload } = input;
  const check = (rfq: Rfq, now: Date) => {
    if (rfq.buyerId !== ctx.actor.id) throw rfqErrors.error('MARKETPLACE_RFQ_NOT_FOUND');
    if (rfq.status !== 'draft') checkBeforeDeadline(rfq, now);
  };
  const { rfq: found, invited } = await ctx.read(async (work) => ({
    rfq: (await findRfq(work, rfqId)).rfq,
    invited: (await listInvitations(work, rfqId)).map((each) => each.supplierOwnerId),
  }));
  check(found, ctx.clock.now());
  const file = { ownerId: ctx.actor.id, purpose: 'rfq_attachment', subjectId: rfqId };
  const { documentId, sha256 } = await ctx.clients.documents.storeFile(fileParts(upload, file), { deadlineMs: 15_000 });
  if (found.status !== 'draft') await shareAttachment(ctx, found, documentId, invited);
  return ctx.transaction('AddAttachment', async (tx) => {
    const { rfq } = await lockRfq(tx, rfqId);
    check(rfq, tx.now);
    // Published while the file was stored: nobody would share it any more.
    if (rfq.status !== found.status) {
      throw rfqErrors.error('MARKETPLACE_RFQ_WRONG_STATUS', 'It was changed meanwhile. Try again.');
    }
    const { buyerId } = rfq;
    const row = { documentId, rfqId, buyerId, fileName: upload.fileName, sha256, createdAt: tx.now };
    await insertAttachment(tx, row);
    const entity = { entityType: 'rfq', entityId: rfqId };
    tx.audit({ action: 'rfq.attachment_added', ...entity, after: { documentId, sha256 } });
    return row;
  });
}
