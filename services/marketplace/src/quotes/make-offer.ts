import { displayMoney, moneyMinorLimit } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import { amountMinor, type Incoterm } from '../commodity/commodity.ts';
import { displayInstant } from '../rfqs/rfq.ts';
import { quoteErrors } from './errors.ts';
import { offerNext, quoteSideOf } from './quote.ts';
import { insertOffer, lockQuote, type QuoteView, saveQuote } from './store.ts';
import type { QuoteOffer } from './tables.ts';

export interface OfferInput {
  quoteId: string;
  priceMinorPerTonne: (currency: string) => bigint;
  validUntil: Date;
  quantityKg?: bigint | undefined;
  incoterm?: Incoterm | undefined;
  place?: string | undefined;
  deliverFrom?: Date | undefined;
  deliverTo?: Date | undefined;
  notes?: string | undefined;
}

/**
 * The side whose turn it is makes a firm offer; what it does not say stays as it was offered last. Errors:
 * MARKETPLACE_QUOTE_NOT_FOUND, MARKETPLACE_QUOTE_WRONG_STATUS, MARKETPLACE_QUOTE_NOT_YOUR_TURN, MARKETPLACE_QUOTE_EXPIRED,
 * MARKETPLACE_QUOTE_ROUNDS_EXHAUSTED, MARKETPLACE_QUOTE_VALIDITY_INVALID, MARKETPLACE_QUOTE_NOT_IMPROVED,
 * MARKETPLACE_QUOTE_DATES_INVALID, MARKETPLACE_QUOTE_AMOUNT_INVALID.
 */
export async function makeOffer(ctx: Ctx, input: OfferInput): Promise<QuoteView> {
  return ctx.transaction('MakeOffer', async (tx) => {
    const { quote: before, offers } = await lockQuote(tx, input.quoteId);
    const madeBy = quoteSideOf(before, ctx.actor.id);
    const priceMinorPerTonne = input.priceMinorPerTonne(before.currency);
    const { validUntil } = input;
    const lastOwn = offers.findLast((each) => each.madeBy === madeBy)?.priceMinorPerTonne;
    const next = offerNext(before, madeBy, { priceMinorPerTonne, validUntil }, lastOwn, tx.now);
    const last = offers.at(-1)?.terms ?? before.request;
    const quantityKg = input.quantityKg ?? offers.at(-1)?.quantityKg ?? before.quantityKg;
    const amount = amountMinor(quantityKg, priceMinorPerTonne);
    if (amount <= 0n || amount >= moneyMinorLimit) throw quoteErrors.error('MARKETPLACE_QUOTE_AMOUNT_INVALID');
    const deliverFrom = input.deliverFrom?.toISOString() ?? last.deliverFrom;
    const deliverTo = input.deliverTo?.toISOString() ?? last.deliverTo;
    if (deliverTo < deliverFrom) throw quoteErrors.error('MARKETPLACE_QUOTE_DATES_INVALID');
    const { buyerId, supplierOwnerId } = before;
    const offer: QuoteOffer = {
      quoteId: before.id,
      round: next.round,
      buyerId,
      supplierOwnerId,
      madeBy,
      priceMinorPerTonne,
      quantityKg,
      terms: {
        incoterm: input.incoterm ?? last.incoterm,
        place: input.place ?? last.place,
        deliverFrom,
        deliverTo,
        notes: input.notes ?? '',
      },
      validUntil,
      madeAt: tx.now,
    };
    await insertOffer(tx, offer);
    const quote = await saveQuote(tx, before, next);
    tx.notify(madeBy === 'supplier' ? buyerId : supplierOwnerId, 'quote_offer', {
      quoteId: quote.id,
      productTitle: quote.request.productTitle,
      price: `${displayMoney(priceMinorPerTonne, quote.currency)} per tonne`,
      quantity: `${quantityKg} kg`,
      deadline: displayInstant(validUntil),
    });
    return { quote, offers: [...offers, offer] };
  });
}
