import { isId } from '@clearlot/kernel';
import type { ExtendSealRequest, ExtendSealResponse } from '@clearlot/proto/documents/v1/documents';
import type { DocumentsContext } from '../clients.ts';
import { documentsErrors } from '../errors.ts';
import { requireExtension } from './seal.ts';
import { lockSeal, openKey, saveSeal, sealKey } from './store.ts';

/**
 * Moves the opening of a seal to a later time; the time it has changes nothing. Errors: DOCUMENTS_SEAL_INVALID,
 * DOCUMENTS_SEAL_NOT_FOUND, DOCUMENTS_SEAL_OPENED, DOCUMENTS_SEAL_EARLIER.
 */
export async function extendSeal(
  ctx: DocumentsContext,
  { sealId, opensAt }: ExtendSealRequest,
): Promise<ExtendSealResponse> {
  if (!isId(sealId) || !opensAt) throw documentsErrors.error('DOCUMENTS_SEAL_INVALID');
  const { vault } = ctx.clients;
  return ctx.transaction('ExtendSeal', async (tx) => {
    const row = await lockSeal(tx, sealId);
    if (!row) throw documentsErrors.error('DOCUMENTS_SEAL_NOT_FOUND');
    requireExtension(row, opensAt);
    if (opensAt > row.opensAt) {
      const privateKeySealed = sealKey(vault, { id: sealId, opensAt }, openKey(vault, row));
      await saveSeal(tx, sealId, { opensAt, privateKeySealed });
      tx.audit({
        action: 'seal.extended',
        entityType: 'seal',
        entityId: sealId,
        before: { opensAt: row.opensAt },
        after: { opensAt },
      });
    }
    return { opensAt };
  });
}
