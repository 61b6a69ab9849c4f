import { isId } from '@clearlot/kernel';
import type { OpenSealRequest, OpenSealResponse } from '@clearlot/proto/documents/v1/documents';
import type { DocumentsContext } from '../clients.ts';
import { documentsErrors } from '../errors.ts';
import { requireDue } from './seal.ts';
import { lockSeal, openKey, saveSeal } from './store.ts';

/**
 * The private key of a seal, from its time on by this service's clock; each time it leaves custody is audited. Errors:
 * DOCUMENTS_SEAL_INVALID, DOCUMENTS_SEAL_NOT_FOUND, DOCUMENTS_SEAL_NOT_DUE.
 */
export async function openSeal(ctx: DocumentsContext, { sealId }: OpenSealRequest): Promise<OpenSealResponse> {
  if (!isId(sealId)) throw documentsErrors.error('DOCUMENTS_SEAL_INVALID');
  return ctx.transaction('OpenSeal', async (tx) => {
    const row = await lockSeal(tx, sealId);
    if (!row) throw documentsErrors.error('DOCUMENTS_SEAL_NOT_FOUND');
    requireDue(row, tx.now);
    const privateKeyJwk = openKey(ctx.clients.vault, row);
    const openedAt = row.openedAt ?? tx.now;
    if (!row.openedAt) await saveSeal(tx, sealId, { openedAt });
    tx.audit({ action: 'seal.opened', entityType: 'seal', entityId: sealId, after: { openedAt } });
    return { privateKeyJwk };
  });
}
