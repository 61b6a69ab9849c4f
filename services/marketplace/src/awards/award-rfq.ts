import { displayMoney, newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import type { Tx } from '@clearlot/service';
import type { Ctx } from '../clients.ts';
import { type LoadedEvaluation, loadEvaluation } from '../evaluation/load-evaluation.ts';
import { evaluationRecord } from '../evaluation/present-evaluation.ts';
import { findRfq, lockRfq, saveRfq } from '../rfqs/store.ts';
import { adjustmentsOf } from '../rfqs/terms.ts';
import { amountOf, type Choice, chooseOffers, totalAmount, type Wanted } from './award.ts';
import { agreedAdjustments, agreedLimits, storeLine } from './contract.ts';
import { awardErrors } from './errors.ts';
import { type NoticeReason, noticeReasons, reasonInWords } from './notice.ts';
import { type SplitRequest, splitProblem } from './optimum.ts';
import { solveSplit } from './solve-split.ts';
import { insertAward } from './store.ts';
import type { Award, AwardItem, AwardNotice } from './tables.ts';

export interface AwardRequest extends SplitRequest {
  rfqId: string;
  /** The buyer's own choice in place of the optimum. */
  items: Wanted[] | undefined;
  justification: string;
}

const hourMs = 3_600_000;

/**
 * Decides an evaluated RFQ: on the best split, or on the buyer's own choice with a justification. Every supplier that
 * responded is told how it fared; contracts follow after the standstill. Only offers that are ranked as of now can be
 * awarded. Errors: MARKETPLACE_RFQ_NOT_FOUND, MARKETPLACE_AWARD_NOT_EVALUATED, MARKETPLACE_AWARD_OFFER_UNKNOWN,
 * MARKETPLACE_AWARD_OFFER_REFUSED, MARKETPLACE_AWARD_QUANTITY_INVALID, MARKETPLACE_AWARD_INFEASIBLE,
 * MARKETPLACE_AWARD_TOO_HARD, MARKETPLACE_AWARD_BUSY.
 */
export async function awardRfq(ctx: Ctx, request: AwardRequest): Promise<{ award: Award; items: AwardItem[] }> {
  const wanted = request.items ?? (await bestItems(ctx, request));
  return ctx.transaction('AwardRfq', async (tx) => {
    const view = await lockRfq(tx, request.rfqId);
    if (view.rfq.status !== 'evaluated') {
      throw awardErrors.error('MARKETPLACE_AWARD_NOT_EVALUATED', `It is ${view.rfq.status}.`);
    }
    const loaded = await loadEvaluation(tx, view, tx.now);
    // Also of the best split: an offer of it may have expired since.
    const choices = chooseOffers(loaded.evaluation, linesOf(loaded), wanted);
    const award = toAward(tx, loaded, request, choices);
    const items = choices.map((choice) => toItem(loaded, award, choice));
    const notices = toNotices(tx, loaded, award, choices);
    await insertAward(tx, award, items, notices);
    await saveRfq(tx, view.rfq, { status: 'awarded' }, { awardId: award.id });
    announce(tx, award, items);
    for (const notice of notices) tell(tx, loaded, award, items, notice);
    return { award, items };
  });
}

/** What the best split awards; nothing where there is nothing to decide, which the transaction then says or replays. */
async function bestItems(ctx: Ctx, request: AwardRequest): Promise<Wanted[]> {
  const loaded = await ctx.read(async (work) => {
    const view = await findRfq(work, request.rfqId);
    const decidable = view.rfq.status === 'evaluated' && view.rfq.buyerId === ctx.actor.id;
    return decidable ? loadEvaluation(work, view, ctx.clock.now()) : undefined;
  });
  if (!loaded) return [];
  const { split } = await solveSplit(splitProblem(loaded, request), false);
  return split.items.map(({ offer: { ranked }, quantityKg }) => ({
    responseId: ranked.response.responseId,
    offerId: ranked.offer.offerId,
    quantityKg,
  }));
}

function linesOf({ terms }: LoadedEvaluation) {
  return terms.lines.map(({ lineId, quantityKg }) => ({ lineId, quantityKg: BigInt(quantityKg) }));
}

function toAward(tx: Tx, loaded: LoadedEvaluation, request: AwardRequest, choices: readonly Choice[]): Award {
  const { rfq, terms } = loaded;
  const { mode, constraints, lotKg } = request;
  const limits = {
    ...constraints,
    shareMinPpm: constraints.shareMinPpm?.toString(),
    shareMaxPpm: constraints.shareMaxPpm?.toString(),
    supplierMaxKg: Object.fromEntries([...(constraints.supplierMaxKg ?? [])].map(([id, kg]) => [id, kg.toString()])),
  };
  return {
    id: newId(),
    rfqId: rfq.id,
    buyerId: rfq.buyerId,
    mode,
    status: 'standstill',
    currency: rfq.currency,
    amountMinor: totalAmount(choices),
    basis: {
      chosenBy: request.items ? 'buyer' : 'optimum',
      constraints: limits,
      lotKg: lotKg?.toString(),
      evaluation: evaluationRecord(loaded),
    },
    justification: request.justification,
    standstillUntil: new Date(tx.now.getTime() + terms.standstillHours * hourMs),
    decidedAt: tx.now,
    endedAt: null,
  };
}

function toItem(loaded: LoadedEvaluation, award: Award, choice: Choice): AwardItem {
  const { offer, response } = choice.offer;
  const line = loaded.terms.lines.find((each) => each.lineId === offer.lineId);
  if (!line) throw new Error(`a ranked offer is of the line ${offer.lineId}, which is not asked for`);
  const { lineId, title, productType, grade, basis, deliverFrom, deliverTo } = line;
  const amounts = {
    quantityKg: choice.quantityKg,
    priceMinorPerTonne: offer.priceMinor,
    amountMinor: amountOf(choice),
  };
  return {
    id: newId(),
    awardId: award.id,
    rfqId: award.rfqId,
    responseId: response.responseId,
    offerId: offer.offerId,
    supplierId: response.supplierId,
    supplierOwnerId: ownerOf(loaded, response.responseId),
    buyerId: award.buyerId,
    lineId,
    incoterm: offer.incoterm,
    ...amounts,
    line: storeLine({
      ...{ lineId, title, productType, grade, basis, deliverFrom, deliverTo },
      limits: offer.alternate ? agreedLimits(line.limits, offer.assay) : line.limits,
      adjustments: agreedAdjustments(
        adjustmentsOf(line, award.currency),
        offer.assay,
        loaded.terms.costModel.normalise,
      ),
      ...amounts,
    }),
  };
}

function toNotices(tx: Tx, loaded: LoadedEvaluation, award: Award, choices: readonly Choice[]): AwardNotice[] {
  const reasons = noticeReasons(loaded.evaluation, choices);
  const winners = new Set(choices.map(({ offer }) => offer.response.responseId));
  return loaded.responses.map(({ id, supplierId, supplierOwnerId }) => ({
    id: newId(),
    awardId: award.id,
    rfqId: award.rfqId,
    responseId: id,
    supplierId,
    supplierOwnerId,
    buyerId: award.buyerId,
    outcome: winners.has(id) ? 'won' : 'unsuccessful',
    reasons: reasons.get(id) ?? [],
    standstillUntil: award.standstillUntil,
    createdAt: tx.now,
    revokedAt: null,
  }));
}

function announce(tx: Tx, award: Award, items: readonly AwardItem[]): void {
  tx.emit(events.awardDecided, award.id, {
    awardId: award.id,
    rfqId: award.rfqId,
    buyerId: award.buyerId,
    currency: award.currency,
    items: items.map(({ responseId, supplierId, lineId, quantityKg, priceMinorPerTonne, amountMinor }) => ({
      ...{ responseId, supplierId, lineId, quantityKg, priceMinorPerTonne, amountMinor },
    })),
    standstillUntil: award.standstillUntil,
  });
}

function tell(tx: Tx, { rfq }: LoadedEvaluation, award: Award, items: readonly AwardItem[], notice: AwardNotice): void {
  const display = (minor: bigint) => displayMoney(minor, award.currency);
  const until = award.standstillUntil.toISOString();
  const facts = { rfqId: rfq.id, title: rfq.title, standstillUntil: until };
  if (notice.outcome === 'unsuccessful') {
    const reason = notice.reasons.map((each: NoticeReason) => reasonInWords(each, display)).join('. ');
    tx.notify(notice.supplierOwnerId, 'award_unsuccessful', { ...facts, reason });
    return;
  }
  const own = items.filter(({ responseId }) => responseId === notice.responseId);
  const amount = own.reduce((sum, item) => sum + item.amountMinor, 0n);
  const lines = own.map(({ lineId, quantityKg }) => `${lineId}: ${quantityKg} kg`).join(', ');
  tx.notify(notice.supplierOwnerId, 'award_won', { ...facts, amount: display(amount), lines });
}

function ownerOf({ responses }: LoadedEvaluation, responseId: string): string {
  const response = responses.find(({ id }) => id === responseId);
  if (!response) throw new Error(`the response ${responseId} is ranked but not there`);
  return response.supplierOwnerId;
}
