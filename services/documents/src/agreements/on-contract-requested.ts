import { deriveId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import type { ContractRequested } from '@clearlot/proto/marketplace/v1/events';
import { reaction } from '@clearlot/service';
import type { Clients } from '../clients.ts';
import type { Supply } from './contract.ts';
import { type Drawn, drawAgreement, issueAgreements, namedParties } from './issue-agreements.ts';
import { isPackageKnown } from './store.ts';
import { storeTerms, supplyTermsOf } from './supply-terms.ts';

/**
 * Draws up the supply agreement of a contract and tells both signers; the contract is its deal, its settlement and its
 * agreement. As with agreements of a deal, a redelivery draws the same document.
 */
export const onContractRequested = reaction<ContractRequested, Clients, Drawn[]>({
  name: 'on-contract-requested',
  type: events.contractRequested,
  async prepare(ctx, event, { occurredAt: issuedAt }) {
    const { contractId, contractName: dealName, currency, amountMinor, sellerId, buyerId } = event;
    if (await ctx.read((work) => isPackageKnown(work, contractId))) return [];
    const terms = supplyTermsOf(event);
    const partyOf = await namedParties(ctx, [sellerId, buyerId]);
    const contract: Supply = {
      ...{ kind: 'supply', documentId: deriveId('documents.agreement', contractId) },
      ...{ agreementId: contractId, dealId: contractId, dealName, currency, amountMinor, issuedAt },
      ...{ seller: partyOf(sellerId), buyer: partyOf(buyerId), terms },
    };
    const columns = { kind: 'supply' as const, terms: storeTerms(terms) };
    const none = { companyName: null, participationId: null, commitmentId: null };
    const nothing = { ...none, shareType: null, shares: null, priceMinor: null };
    return [await drawAgreement(ctx.clients.vault, contract, contractId, { ...columns, ...nothing })];
  },
  handle: (tx, { contractId, contractName }, drawn) =>
    issueAgreements(tx, { settlementId: contractId, dealId: contractId, dealName: contractName }, drawn),
});
