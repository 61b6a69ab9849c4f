import { fileParts, type Upload } from '@clearlot/service';
import { identityErrors } from '../errors.ts';
import type { IdentityContext } from '../ports.ts';
import { findAccreditation, linkDocument } from './store.ts';

const STORE_DEADLINE_MS = 30_000;

/**
 * Adds a file to my undecided accreditation. Documents stores it first (the same content once per owner and purpose),
 * then it is linked here, so a crash between leaves a file and no link, and a retry finds both. Errors:
 * IDENTITY_ACCREDITATION_NOT_FOUND, IDENTITY_ACCREDITATION_DECIDED.
 */
export async function uploadEvidence(
  ctx: IdentityContext,
  input: { accreditationId: string; upload: Upload },
): Promise<{ documentId: string; fileName: string; sha256: string; sizeBytes: number }> {
  const { accreditationId, upload } = input;
  const userId = ctx.actor.id;
  const row = await ctx.read((work) => findAccreditation(work, accreditationId));
  if (row?.userId !== userId) throw identityErrors.error('IDENTITY_ACCREDITATION_NOT_FOUND');
  if (row.status !== 'submitted') throw identityErrors.error('IDENTITY_ACCREDITATION_DECIDED');
  const { fileName } = upload;
  const proof = { ownerId: userId, purpose: 'accreditation_evidence', subjectId: accreditationId };
  const stored = await ctx.clients.documents.storeFile(fileParts(upload, proof), { deadlineMs: STORE_DEADLINE_MS });
  return ctx.transaction('UploadEvidence', async (tx) => {
    const { documentId, sha256, sizeBytes } = stored;
    await linkDocument(tx, { accreditationId, documentId, userId, fileName, sha256, sizeBytes, createdAt: tx.now });
    tx.audit({
      action: 'accreditation.evidence_added',
      entityType: 'accreditation',
      entityId: accreditationId,
      after: { documentId, sha256 },
    });
    return { documentId, fileName, sha256, sizeBytes: Number(sizeBytes) };
  });
}
