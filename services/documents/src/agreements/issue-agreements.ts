import { createHash } from 'node:crypto';
import { events } from '@clearlot/proto/events';
import type { Tx, Vault } from '@clearlot/service';
import type { DocumentsContext } from '../clients.ts';
import { documentsErrors } from '../errors.ts';
import { retainUntil } from './agreement.ts';
import type { Contract, Party } from './contract.ts';
import { textOf } from './contract-text.ts';
import { renderOriginal } from './render.ts';
import {
  insertAgreements,
  type KindColumns,
  type NewAgreement,
  openPackage,
  placeOfPdf,
  sealParties,
} from './store.ts';

/** An agreement ready to be issued: its row and its PDF, sealed. */
export interface Drawn {
  row: NewAgreement;
  sealed: Buffer;
  sizeBytes: number;
}

/** The agreements that are issued together, and are void together. */
export interface AgreementPackage {
  settlementId: string;
  dealId: string;
  dealName: string;
}

/** Answers for each of some people the party they are. Errors: DOCUMENTS_LEGAL_NAME_UNKNOWN, when asked for one without a name. */
export async function namedParties(
  ctx: DocumentsContext,
  userIds: Iterable<string>,
): Promise<(userId: string) => Party> {
  const { names } = await ctx.clients.identity.getLegalNames({ userIds: [...new Set(userIds)] });
  return (id) => {
    const name = names[id];
    if (!name) throw documentsErrors.error('DOCUMENTS_LEGAL_NAME_UNKNOWN', `No legal name for ${id}.`);
    return { id, name };
  };
}

/** Draws one agreement; the same contract is always the same row and the same PDF. */
export async function drawAgreement(
  vault: Vault,
  contract: Contract,
  settlementId: string,
  columns: KindColumns,
): Promise<Drawn> {
  const { documentId: id, agreementId, dealId, dealName, currency, amountMinor, seller, buyer, issuedAt } = contract;
  const pdf = await renderOriginal(contract);
  const row: NewAgreement = {
    ...columns,
    ...{ id, agreementId, settlementId, dealId, dealName, currency, amountMinor, issuedAt },
    ...{ sellerId: seller.id, buyerId: buyer.id },
    partiesSealed: sealParties(vault, id, { sellerName: seller.name, buyerName: buyer.name }),
    title: textOf(contract).title,
    originalSha256: createHash('sha256').update(pdf).digest(),
    retentionUntil: retainUntil(issuedAt),
  };
  return { row, sealed: vault.seal(pdf, placeOfPdf(id, 'original')), sizeBytes: pdf.length };
}

/** Issues a package and tells every signer once; one whose request or cancellation was handled before is left as it is. */
export async function issueAgreements(tx: Tx, of: AgreementPackage, drawn: readonly Drawn[]): Promise<void> {
  const { settlementId, dealId, dealName } = of;
  if (!(await openPackage(tx, { settlementId, dealId, createdAt: tx.now }))) return;
  await insertAgreements(tx, drawn, tx.now);
  for (const { row } of drawn) {
    tx.audit({
      action: 'agreement.issued',
      entityType: 'document',
      entityId: row.id,
      after: { dealId, agreementId: row.agreementId, sha256: row.originalSha256.toString('hex') },
    });
  }
  const agreements = drawn.map(({ row }) => ({
    documentId: row.id,
    agreementId: row.agreementId,
    sellerId: row.sellerId,
    buyerId: row.buyerId,
  }));
  tx.emit(events.packageIssued, dealId, { dealId, settlementId, agreements });
  const signers = Map.groupBy(
    agreements.flatMap(({ sellerId, buyerId }) => [sellerId, buyerId]),
    (signer) => signer,
  );
  for (const [signer, { length }] of signers) {
    tx.notify(signer, 'documents_ready', { dealId, dealName, count: String(length) });
  }
}
