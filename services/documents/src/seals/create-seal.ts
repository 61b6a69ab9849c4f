import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { isId } from '@clearlot/kernel';
import type { CreateSealRequest, CreateSealResponse } from '@clearlot/proto/documents/v1/documents';
import type { DocumentsContext } from '../clients.ts';
import { documentsErrors } from '../errors.ts';
import { insertSeal, sealKey } from './store.ts';

/**
 * Makes an X25519 key pair and keeps its private half, sealed, until `opensAt`. The same id again answers the key and the
 * time that are there and changes neither. Errors: DOCUMENTS_SEAL_INVALID.
 */
export async function createSeal(
  ctx: DocumentsContext,
  { sealId: id, opensAt }: CreateSealRequest,
): Promise<CreateSealResponse> {
  if (!isId(id) || !opensAt) throw documentsErrors.error('DOCUMENTS_SEAL_INVALID');
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  const jwk = (key: typeof publicKey): JsonWebKey => ({ ...key.export({ format: 'jwk' }), alg: 'ECDH-ES' });
  const privateKeySealed = sealKey(ctx.clients.vault, { id, opensAt }, JSON.stringify(jwk(privateKey)));
  return ctx.transaction('CreateSeal', async (tx) => {
    const draft = { id, publicKey: jwk(publicKey), privateKeySealed, opensAt, createdAt: tx.now, openedAt: null };
    const { row, isNew } = await insertSeal(tx, draft);
    if (isNew) tx.audit({ action: 'seal.created', entityType: 'seal', entityId: id, after: { opensAt } });
    return { publicKeyJwk: JSON.stringify(row.publicKey), opensAt: row.opensAt };
  });
}
