import { setImmediate } from 'node:timers/promises';
import { deriveId } from '@clearlot/kernel';
import type { AgreementsRequested } from '@clearlot/proto/deals/v1/events';
import { events } from '@clearlot/proto/events';
import { reaction } from '@clearlot/service';
import type { Clients } from '../clients.ts';
import type { SharePurchase } from './contract.ts';
import { type Drawn, drawAgreement, issueAgreements, namedParties } from './issue-agreements.ts';
import { isPackageKnown } from './store.ts';

/**
 * Draws up one purchase agreement per pair of a frozen deal and tells every signer once. Names are asked for and PDFs
 * are drawn before the transaction; ids and bytes follow from the event, so a redelivery draws the same documents.
 */
export const onAgreementsRequested = reaction<AgreementsRequested, Clients, Drawn[]>({
  name: 'on-agreements-requested',
  type: events.agreementsRequested,
  async prepare(ctx, event, { occurredAt: issuedAt }) {
    const { settlementId, dealId, dealName, companyName, currency, priceMinor, agreements } = event;
    // A repeated message draws nothing again.
    if (await ctx.read((work) => isPackageKnown(work, settlementId))) return [];
    const partyOf = await namedParties(
      ctx,
      agreements.flatMap(({ sellerId, buyerId }) => [sellerId, buyerId]),
    );
    const drawn: Drawn[] = [];
    for (const { agreementId, participationId, commitmentId, sellerId, buyerId, ...terms } of agreements) {
      const kind = 'share_purchase' as const;
      const { shares, shareType, amountMinor } = terms;
      const contract: SharePurchase = {
        ...{
          kind,
          documentId: deriveId('documents.agreement', agreementId),
          agreementId,
          dealId,
          dealName,
          companyName,
        },
        ...{ currency, priceMinor, amountMinor, shares, shareType, issuedAt },
        ...{ seller: partyOf(sellerId), buyer: partyOf(buyerId) },
      };
      const columns = { kind, companyName, participationId, commitmentId, shareType, shares, priceMinor };
      drawn.push(await drawAgreement(ctx.clients.vault, contract, settlementId, { ...columns, terms: null }));
      // A large deal must not keep the process from answering requests.
      await setImmediate();
    }
    return drawn;
  },
  handle: (tx, event, drawn) => issueAgreements(tx, event, drawn),
});
