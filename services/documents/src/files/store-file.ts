import { createHash } from 'node:crypto';
import { newId } from '@clearlot/kernel';
import type { StoreFileRequest, StoreFileResponse } from '@clearlot/proto/documents/v1/documents';
import { retainUntil } from '../agreements/agreement.ts';
import type { DocumentsContext } from '../clients.ts';
import { documentsErrors } from '../errors.ts';
import { acceptFile, type FileClaim, fileBytesMax } from './file.ts';
import { findSameFile, insertFile, placeOfFile } from './store.ts';

/**
 * Stores one upload, encrypted; the same bytes of the same owner for the same purpose and subject are stored once and
 * answer the same id. Errors: DOCUMENTS_FILE_INVALID, DOCUMENTS_FILE_TOO_LARGE, DOCUMENTS_FILE_TYPE_REFUSED.
 */
export async function storeFile(
  ctx: DocumentsContext,
  requests: AsyncIterable<StoreFileRequest>,
): Promise<StoreFileResponse> {
  const { claim, bytes } = await receive(requests);
  const accepted = acceptFile(claim, bytes);
  const id = newId();
  const sha256 = createHash('sha256').update(bytes).digest();
  const sealed = ctx.clients.vault.seal(bytes, placeOfFile(id));
  return ctx.transaction('StoreFile', async (tx) => {
    const row = { ...accepted, id, sha256, sealed, sizeBytes: bytes.length, createdAt: tx.now };
    const isNew = await insertFile(tx, { ...row, retentionUntil: retainUntil(tx.now) });
    const documentId = isNew ? id : await findSameFile(tx, row);
    if (!documentId) throw new Error('a file is neither new nor stored');
    if (isNew) {
      tx.audit({
        action: 'document.stored',
        entityType: 'document',
        entityId: id,
        after: { ...accepted, sizeBytes: bytes.length, sha256: sha256.toString('hex') },
      });
    }
    return { documentId, sha256: sha256.toString('hex'), sizeBytes: BigInt(bytes.length) };
  });
}

async function receive(requests: AsyncIterable<StoreFileRequest>): Promise<{ claim: FileClaim; bytes: Buffer }> {
  let claim: FileClaim | undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const { part } of requests) {
    if (part?.$case === 'header' && !claim) claim = part.value;
    else if (part?.$case === 'chunk' && claim) {
      length += part.value.length;
      if (length > fileBytesMax) throw documentsErrors.error('DOCUMENTS_FILE_TOO_LARGE');
      chunks.push(part.value);
    } else throw documentsErrors.error('DOCUMENTS_FILE_INVALID', 'A header comes first, once, and then the bytes.');
  }
  if (!claim) throw documentsErrors.error('DOCUMENTS_FILE_INVALID', 'The header is missing.');
  return { claim, bytes: Buffer.concat(chunks) };
}
