import { isId } from '@clearlot/kernel';
import {
  type DocumentsServiceServer,
  DocumentsServiceService,
  type ListDealAgreementsResponse,
} from '@clearlot/proto/documents/v1/documents';
import { type Access, rpcs } from '@clearlot/service';
import { listAgreementsOfDeal, listSignatures } from './agreements/store.ts';
import type { Clients, DocumentsContext } from './clients.ts';
import { documentsErrors } from './errors.ts';
import { shareFile } from './files/share-file.ts';
import { storeFile } from './files/store-file.ts';
import { createSeal } from './seals/create-seal.ts';
import { extendSeal } from './seals/extend-seal.ts';
import { openSeal } from './seals/open-seal.ts';

const marketplace: Access = { services: ['marketplace'] };

/** Door 2: what other services ask of documents. */
export const documentsRpcs = rpcs<DocumentsServiceServer, Clients>(DocumentsServiceService, {
  storeFile: { access: { services: ['identity', 'deals', 'marketplace'] }, action: storeFile },
  listDealAgreements: {
    access: { services: ['deals', 'marketplace'] },
    action: (ctx, { dealId }) => listDealAgreements(ctx, dealId),
  },
  shareFile: { access: marketplace, action: shareFile },
  createSeal: { access: marketplace, action: createSeal },
  extendSeal: { access: marketplace, action: extendSeal },
  openSeal: { access: marketplace, action: openSeal },
});

/** The agreements of a deal with who has signed. Errors: DOCUMENTS_NOT_FOUND. */
async function listDealAgreements(ctx: DocumentsContext, dealId: string): Promise<ListDealAgreementsResponse> {
  if (!isId(dealId)) throw documentsErrors.error('DOCUMENTS_NOT_FOUND');
  return ctx.read(async (work) => {
    const agreements = await listAgreementsOfDeal(work, dealId);
    if (agreements.length === 0) return { agreements: [] };
    const ids = agreements.map(({ id }) => id);
    const byDocument = Map.groupBy(await listSignatures(work, ids), ({ documentId }) => documentId);
    return {
      agreements: agreements.map(({ id, agreementId, status }) => ({
        documentId: id,
        agreementId,
        status,
        signatures: byDocument.get(id) ?? [],
      })),
    };
  });
}
