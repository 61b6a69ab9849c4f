import type { Ctx } from '../clients.ts';
import { quoteErrors } from './errors.ts';
import { checkTurn, moveQuote, quoteSideOf } from './quote.ts';
import { lockQuote, saveQuote } from './store.ts';
import type { Quote } from './tables.ts';

/**
 * The side whose turn it is declines. Errors: MARKETPLACE_QUOTE_NOT_FOUND, MARKETPLACE_QUOTE_WRONG_STATUS,
 * MARKETPLACE_QUOTE_NOT_YOUR_TURN, MARKETPLACE_QUOTE_EXPIRED.
 */
export async function declineQuote(ctx: Ctx, quoteId: string): Promise<Quote> {
  return ctx.transaction('DeclineQuote', async (tx) => {
    const { quote: before } = await lockQuote(tx, quoteId);
    const side = quoteSideOf(before, ctx.actor.id);
    checkTurn(before, side, tx.now);
    const quote = await saveQuote(tx, before, { status: moveQuote(before.status, 'declined'), turn: 'nobody' });
    const toldId = side === 'buyer' ? quote.supplierOwnerId : quote.buyerId;
    tx.notify(toldId, 'quote_declined', { quoteId, productTitle: quote.request.productTitle, outcome: 'declined' });
    return quote;
  });
}

/**
 * The buyer takes its request back before anything was accepted. Errors: MARKETPLACE_QUOTE_NOT_FOUND,
 * MARKETPLACE_QUOTE_BUYER_ONLY, MARKETPLACE_QUOTE_WRONG_STATUS.
 */
export async function cancelQuote(ctx: Ctx, quoteId: string): Promise<Quote> {
  return ctx.transaction('CancelQuote', async (tx) => {
    const { quote: before } = await lockQuote(tx, quoteId);
    if (quoteSideOf(before, ctx.actor.id) !== 'buyer') throw quoteErrors.error('MARKETPLACE_QUOTE_BUYER_ONLY');
    const quote = await saveQuote(tx, before, { status: moveQuote(before.status, 'cancelled'), turn: 'nobody' });
    const { productTitle } = quote.request;
    tx.notify(quote.supplierOwnerId, 'quote_declined', { quoteId, productTitle, outcome: 'cancelled' });
    return quote;
  });
}
