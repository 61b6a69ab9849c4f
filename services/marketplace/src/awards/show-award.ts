import type { Work } from '@clearlot/service';
import type { Ctx } from '../clients.ts';
import { findRfq } from '../rfqs/store.ts';
import { listContracts } from './contract-store.ts';
import { awardErrors } from './errors.ts';
import { findLatestAward, findOwnNotice, listItems, listNotices } from './store.ts';
import type { Award, AwardItem, AwardNotice, Contract } from './tables.ts';

export interface AwardView {
  rfqId: string;
  awardId: string;
  currency: string;
  /** Its buyer sees it whole; a supplier only its own items, contracts and notice. */
  award: Award | undefined;
  items: AwardItem[];
  contracts: Contract[];
  notices: AwardNotice[];
}

/**
 * The award of an RFQ that stands, or the last one that did: all of it for the buyer, for a supplier that responded how it
 * fared. Errors: MARKETPLACE_RFQ_NOT_FOUND, MARKETPLACE_AWARD_NOT_FOUND.
 */
export async function showAward(ctx: Ctx, rfqId: string): Promise<AwardView> {
  return ctx.read(async (work) => {
    const { rfq } = await findRfq(work, rfqId);
    const asked = { rfqId, currency: rfq.currency };
    if (rfq.buyerId === ctx.actor.id) {
      const award = await findLatestAward(work, rfqId);
      if (!award) throw awardErrors.error('MARKETPLACE_AWARD_NOT_FOUND');
      return { ...asked, awardId: award.id, award, ...(await partsOf(work, award.id)) };
    }
    const notice = await findOwnNotice(work, rfqId, ctx.actor.id);
    if (!notice) throw awardErrors.error('MARKETPLACE_AWARD_NOT_FOUND');
    const { items, contracts, notices } = await partsOf(work, notice.awardId);
    const own = (row: { supplierOwnerId: string }) => row.supplierOwnerId === ctx.actor.id;
    return {
      ...asked,
      awardId: notice.awardId,
      award: undefined,
      items: items.filter(own),
      contracts: contracts.filter(own),
      notices: notices.filter(own),
    };
  });
}

async function partsOf(work: Work, awardId: string) {
  const [items, contracts, notices] = await Promise.all([
    listItems(work, awardId),
    listContracts(work, awardId),
    listNotices(work, awardId),
  ]);
  return { items, contracts, notices };
}
