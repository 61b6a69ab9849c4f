import type { Work } from '@clearlot/service';
import type { Ctx } from '../clients.ts';
import { countMatches } from '../matching/store.ts';
import { listQuestions } from '../questions/store.ts';
import type { RfqQuestion } from '../questions/tables.ts';
import { countOpened } from '../responses/store.ts';
import { findRfq, listAttachments, listInvitations, listWanted, type RfqView } from './store.ts';
import type { RfqAttachment } from './tables.ts';

/** What only its buyer sees of an RFQ: of responses nothing, not even their number, before they are opened. */
export interface BuyersView {
  invitedSupplierIds: string[];
  matched: number;
  responses: number | null;
}

/** Everything about an RFQ that the actor may see. */
export interface RfqDetail extends RfqView {
  attachments: RfqAttachment[];
  questions: RfqQuestion[];
  buyers: BuyersView | null;
}

/** Errors: MARKETPLACE_RFQ_NOT_FOUND. */
export async function showRfq(ctx: Ctx, rfqId: string): Promise<RfqDetail> {
  return ctx.read(async (work) => {
    const found = await findRfq(work, rfqId);
    const [attachments, questions] = await Promise.all([listAttachments(work, rfqId), listQuestions(work, rfqId)]);
    const mine = found.rfq.buyerId === ctx.actor.id;
    return { ...found, attachments, questions, buyers: mine ? await buyersView(work, found) : null };
  });
}

async function buyersView(work: Work, { rfq }: RfqView): Promise<BuyersView> {
  const invited = async () => (await listInvitations(work, rfq.id)).map((each) => each.supplierId);
  const [invitedSupplierIds, matched, opened] = await Promise.all([
    rfq.version === 0 ? listWanted(work, rfq.id) : invited(),
    countMatches(work, rfq.id),
    countOpened(work, rfq.id),
  ]);
  return { invitedSupplierIds, matched, responses: rfq.openedAt === null ? null : opened };
}
