import { events } from '@clearlot/proto/events';
import { reaction, type Tx } from '@clearlot/service';
import { moveCommitment } from '../commitments/commitment.ts';
import { lockCommitments, saveCommitment } from '../commitments/store.ts';
import { lockDeal } from '../deals/store.ts';
import { moveParticipation } from '../participations/participation.ts';
import { lockParticipations, saveParticipation } from '../participations/store.ts';
import type { Agreement, Deal, Settlement } from '../schema.ts';
import { buyerSignedAll, everybodySigned, moveSettlement, sellerSignedAll } from './settlement.ts';
import { listAgreements, lockSettlement, saveAgreement, saveSettlement } from './store.ts';

/** A signature: whoever has signed all of theirs is through; when nobody's is missing, buyers are asked for the money. */
export const onAgreementSigned = reaction({
  name: 'on-agreement-signed',
  type: events.agreementSigned,
  handle: async (tx, event) => {
    const settlement = await lockSettlement(tx, event.dealId);
    if (settlement?.state !== 'signing') return;
    const at = event.signedAt ?? tx.now;
    const signature = event.signerRole === 'seller' ? { sellerSignedAt: at } : { buyerSignedAt: at };
    await saveAgreement(tx, event.agreementId, signature);
    const agreements = await listAgreements(tx, event.dealId);
    const deal = await lockDeal(tx, event.dealId);
    await moveSigners(tx, deal, agreements);
    if (everybodySigned(agreements)) await requestFunding(tx, settlement, deal);
  },
});

async function moveSigners(tx: Tx, deal: Deal, agreements: Agreement[]): Promise<void> {
  for (const row of await lockParticipations(tx, deal.id)) {
    if (row.status !== 'allocated' || !sellerSignedAll(agreements, row.id)) continue;
    await saveParticipation(tx, row, { status: moveParticipation(row.status, 'docs_signed') });
  }
  for (const row of await lockCommitments(tx, deal.id)) {
    if (row.status !== 'allocated' || !buyerSignedAll(agreements, row.id)) continue;
    await saveCommitment(tx, row, { status: moveCommitment(row.status, 'docs_signed') }, deal.currency);
  }
}

async function requestFunding(tx: Tx, settlement: Settlement, deal: Deal): Promise<void> {
  await saveSettlement(tx, settlement, moveSettlement(settlement.state, 'funding', tx.now));
  const commitments = await lockCommitments(tx, deal.id);
  tx.emit(events.fundingRequested, deal.id, {
    dealId: deal.id,
    settlementId: settlement.id,
    dealName: deal.name,
    currency: deal.currency,
    items: commitments
      .filter((row) => row.status === 'docs_signed')
      .map((row) => ({ commitmentId: row.id, buyerId: row.buyerId, amountMinor: row.allocatedMinor })),
  });
}
