import { events } from '@clearlot/proto/events';
import type { DocumentsContext } from '../clients.ts';
import { documentsErrors } from '../errors.ts';
import { type AgreementStatus, consentText, decideSignature } from './agreement.ts';
import { insertEvents, insertSignature, lockAgreement, openParties, updateAgreements } from './store.ts';

export interface SignAgreement {
  documentId: string;
  fullName: string;
  userAgent: string;
}

export interface Signed {
  documentId: string;
  status: AgreementStatus;
  signedAt: Date;
  /** Whether both parties have signed. */
  complete: boolean;
}

/**
 * Records the caller's signature of an agreement with its evidence; signing again answers the first signature. The two
 * signers take turns on the agreement's row, so exactly one of them completes it; the final PDF follows by itself.
 * Errors: DOCUMENTS_NOT_FOUND, DOCUMENTS_AGREEMENT_VOIDED, DOCUMENTS_NAME_MISMATCH.
 */
export function signAgreement(ctx: DocumentsContext, input: SignAgreement): Promise<Signed> {
  const { vault } = ctx.clients;
  return ctx.transaction('SignAgreement', async (tx) => {
    const row = await lockAgreement(tx, input.documentId);
    if (!row) throw documentsErrors.error('DOCUMENTS_NOT_FOUND');
    const decision = decideSignature(row, openParties(vault, row), ctx.actor.id, input.fullName);
    const { role } = decision;
    if (decision.kind === 'signed-before') {
      const complete = row.completedAt !== null;
      return { documentId: row.id, status: row.status, signedAt: decision.signedAt, complete };
    }
    const { status, complete } = decision;
    const { sellerId, buyerId, originalSha256: sha256 } = row;
    const ip = ctx.actor.ip ?? 'unknown';
    const evidence = {
      ...{ documentId: row.id, signerId: ctx.actor.id, signerRole: role, sellerId, buyerId },
      ...{ consentText, documentSha256: sha256, ip, userAgent: printable(input.userAgent), signedAt: tx.now },
    };
    const completion = { kind: 'completed' as const, actorId: 'clearlot', actorRole: 'clearlot' as const, ip: null };
    await Promise.all([
      insertSignature(tx, vault, evidence, input.fullName.trim()),
      updateAgreements(tx, [row.id], {
        status,
        ...(role === 'seller' ? { sellerSignedAt: tx.now } : { buyerSignedAt: tx.now }),
        ...(complete ? { completedAt: tx.now } : {}),
      }),
      insertEvents(tx, row, [
        { kind: 'signed', at: tx.now, actorId: ctx.actor.id, actorRole: role, ip, sha256 },
        ...(complete ? [{ ...completion, at: tx.now, sha256 }] : []),
      ]),
    ]);
    tx.audit({
      action: 'agreement.signed',
      entityType: 'document',
      entityId: row.id,
      before: { status: row.status },
      after: { status, role, sha256: sha256.toString('hex') },
    });
    tx.emit(events.agreementSigned, row.dealId, {
      dealId: row.dealId,
      agreementId: row.agreementId,
      documentId: row.id,
      signerId: ctx.actor.id,
      signerRole: role,
      complete,
      signedAt: tx.now,
    });
    return { documentId: row.id, status, signedAt: tx.now, complete };
  });
}

/** A header is the client's text: only what can be printed, and not much of it, goes into evidence. */
function printable(userAgent: string): string {
  return userAgent.replaceAll(/[^\x20-\x7e]/g, '').slice(0, 300);
}
