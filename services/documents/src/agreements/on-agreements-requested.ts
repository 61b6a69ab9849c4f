import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { deriveId } from '@clearlot/kernel';
import type { AgreementsRequested, AgreementTerms } from '@clearlot/proto/deals/v1/events';
import { events } from '@clearlot/proto/events';
import { reaction, type Vault } from '@clearlot/service';
import type { Clients } from '../clients.ts';
import { documentsErrors } from '../errors.ts';
import { type Parties, retainUntil } from './agreement.ts';
import { type Contract, titleOf } from './contract.ts';
import { renderOriginal } from './render.ts';
import { insertAgreements, isPackageKnown, type NewAgreement, openPackage, placeOfPdf, sealParties } from './store.ts';

interface Drawn {
  row: NewAgreement;
  sealed: Buffer;
  sizeBytes: number;
}

/**
 * Draws up one purchase agreement per pair of a frozen deal and tells every signer once. Names are asked for and PDFs
 * are drawn before the transaction; ids and bytes follow from the event, so a redelivery draws the same documents.
 */
export const onAgreementsRequested = reaction<AgreementsRequested, Clients, Drawn[]>({
  name: 'on-agreements-requested',
  type: events.agreementsRequested,
  async prepare(ctx, event, { occurredAt }) {
    const { clients } = ctx;
    // A repeated message draws nothing again.
    if (await ctx.read((work) => isPackageKnown(work, event.settlementId))) return [];
    const people = new Set(event.agreements.flatMap(({ sellerId, buyerId }) => [sellerId, buyerId]));
    const { names } = await clients.identity.getLegalNames({ userIds: [...people] });
    const nameOf = (userId: string) => {
      const name = names[userId];
      if (!name) throw documentsErrors.error('DOCUMENTS_LEGAL_NAME_UNKNOWN', `No legal name for ${userId}.`);
      return name;
    };
    const drawn: Drawn[] = [];
    for (const terms of event.agreements) {
      const parties = { sellerName: nameOf(terms.sellerId), buyerName: nameOf(terms.buyerId) };
      drawn.push(await draw(clients.vault, event, terms, parties, occurredAt));
      // A large deal must not keep the process from answering requests.
      await setImmediate();
    }
    return drawn;
  },
  async handle(tx, event, drawn) {
    const { settlementId, dealId } = event;
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
      tx.notify(signer, 'documents_ready', { dealId, dealName: event.dealName, count: String(length) });
    }
  },
});

async function draw(
  vault: Vault,
  event: AgreementsRequested,
  terms: AgreementTerms,
  parties: Parties,
  issuedAt: Date,
): Promise<Drawn> {
  const documentId = deriveId('documents.agreement', terms.agreementId);
  const { dealId, dealName, companyName, currency, priceMinor, settlementId } = event;
  const { agreementId, participationId, commitmentId, shares, shareType, amountMinor, sellerId, buyerId } = terms;
  const contract: Contract = {
    ...{ documentId, agreementId, dealId, dealName, companyName, currency, priceMinor, amountMinor, shares, shareType },
    seller: { id: sellerId, name: parties.sellerName },
    buyer: { id: buyerId, name: parties.buyerName },
    issuedAt,
  };
  const pdf = await renderOriginal(contract);
  const row: NewAgreement = {
    ...{ id: documentId, agreementId, settlementId, dealId, dealName, companyName, participationId, commitmentId },
    ...{ sellerId, buyerId, shareType, shares, currency, priceMinor, amountMinor, issuedAt },
    partiesSealed: sealParties(vault, documentId, parties),
    title: titleOf(contract),
    originalSha256: createHash('sha256').update(pdf).digest(),
    retentionUntil: retainUntil(issuedAt),
  };
  return { row, sealed: vault.seal(pdf, placeOfPdf(documentId, 'original')), sizeBytes: pdf.length };
}
