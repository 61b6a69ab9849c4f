import { isId } from '@clearlot/kernel';
import type { ShareFileRequest, ShareFileResponse } from '@clearlot/proto/documents/v1/documents';
import type { DocumentsContext } from '../clients.ts';
import { documentsErrors } from '../errors.ts';
import { isShareable } from './file.ts';
import { findFileEntry, insertShare } from './store.ts';

/**
 * Lets one more person read a file, or everybody who is signed in when no reader is named; again it changes nothing. What
 * people proved their own standing with is never shared. Errors: DOCUMENTS_FILE_INVALID, DOCUMENTS_NOT_FOUND,
 * DOCUMENTS_FILE_PRIVATE.
 */
export async function shareFile(ctx: DocumentsContext, request: ShareFileRequest): Promise<ShareFileResponse> {
  const { documentId, readerId = null } = request;
  if (readerId !== null && !isId(readerId)) {
    throw documentsErrors.error('DOCUMENTS_FILE_INVALID', 'The reader is an id.');
  }
  return ctx.transaction('ShareFile', async (tx) => {
    const file = isId(documentId) ? await findFileEntry(tx, documentId) : undefined;
    if (!file) throw documentsErrors.error('DOCUMENTS_NOT_FOUND');
    if (!isShareable(file.purpose)) throw documentsErrors.error('DOCUMENTS_FILE_PRIVATE');
    if (await insertShare(tx, { documentId, readerId, sharedAt: tx.now })) {
      tx.audit({ action: 'document.shared', entityType: 'document', entityId: documentId, after: { readerId } });
    }
    return {};
  });
}
