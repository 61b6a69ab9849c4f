import { displayMoney } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import { amountMinor } from '../commodity/commodity.ts';
import { createOrder } from '../orders/create-order.ts';
import type { NewOrder } from '../orders/new-order.ts';
import { verifiedSupplier } from '../responses/verified-supplier.ts';
import { quoteErrors } from './errors.ts';
import { acceptRound, quoteSideOf } from './quote.ts';
import { lockQuote, saveQuote } from './store.ts';
import type { Quote, QuoteOffer } from './tables.ts';

/** Days a buyer has to inspect what it bought by a quote. */
const inspectionDays = 14;

/**
 * The side whose turn it is accepts the newest offer while it is firm, and the order is made with it. Errors:
 * MARKETPLACE_QUOTE_NOT_FOUND, MARKETPLACE_QUOTE_WRONG_STATUS, MARKETPLACE_QUOTE_NOT_YOUR_TURN, MARKETPLACE_QUOTE_EXPIRED,
 * MARKETPLACE_QUOTE_ROUND_STALE, MARKETPLACE_SUPPLIER_NOT_VERIFIED.
 */
export async function acceptQuote(ctx: Ctx, input: { quoteId: string; round: number }): Promise<Quote> {
  return ctx.transaction('AcceptQuote', async (tx) => {
    const { quote: before, offers } = await lockQuote(tx, input.quoteId);
    const side = quoteSideOf(before, ctx.actor.id);
    const status = acceptRound(before, side, input.round, tx.now);
    // Suspended since: nobody is to send such a supplier money.
    await verifiedSupplier(tx, before.supplierOwnerId);
    const offer = offers.at(-1);
    if (!offer) throw quoteErrors.error('MARKETPLACE_QUOTE_ROUND_STALE');
    const order = orderOf(before, offer);
    const { id: orderId } = await createOrder(tx, order);
    const quote = await saveQuote(tx, before, { status, turn: 'nobody', orderId });
    tx.notify(side === 'buyer' ? quote.supplierOwnerId : quote.buyerId, 'quote_accepted', {
      quoteId: quote.id,
      orderId,
      productTitle: quote.request.productTitle,
      price: `${displayMoney(offer.priceMinorPerTonne, quote.currency)} per tonne`,
      quantity: `${offer.quantityKg} kg`,
    });
    return quote;
  });
}

/** A quote is for so much of one product as it is: no tolerance, no adjustments. */
function orderOf(quote: Quote, { quantityKg, priceMinorPerTonne, terms }: QuoteOffer): NewOrder {
  const { productTitle: title, productType, grade, basis } = quote.request;
  return {
    source: 'quote',
    sourceId: quote.id,
    rfqId: null,
    title,
    buyerId: quote.buyerId,
    supplierId: quote.supplierId,
    supplierOwnerId: quote.supplierOwnerId,
    currency: quote.currency,
    incoterm: terms.incoterm,
    place: terms.place,
    quantityTolerancePpm: 0,
    inspectionDays,
    lines: [
      {
        lineId: '1',
        title,
        productType,
        grade,
        limits: [],
        adjustments: [],
        basis,
        quantityKg,
        priceMinorPerTonne,
        amountMinor: amountMinor(quantityKg, priceMinorPerTonne),
        deliverFrom: new Date(terms.deliverFrom),
        deliverTo: new Date(terms.deliverTo),
      },
    ],
  };
}
