import type { Timer } from '@clearlot/service';
import { and, asc, inArray, lte } from 'drizzle-orm';
import type { Clients } from '../clients.ts';
import { moveQuote } from './quote.ts';
import { saveQuote } from './store.ts';
import { quote } from './tables.ts';

/** Quotes nobody answered in time end. Rows are claimed, so replicas do not repeat each other. */
export const expireQuotes: Timer<Clients> = {
  name: 'expire-quotes',
  everyMs: 5_000,
  run: (ctx) =>
    ctx.transaction('ExpireQuotes', async (tx) => {
      const late = await tx.db
        .select()
        .from(quote)
        .where(and(inArray(quote.status, ['requested', 'quoted', 'countered']), lte(quote.expiresAt, tx.now)))
        .orderBy(asc(quote.expiresAt))
        .limit(50)
        .for('update', { skipLocked: true });
      for (const row of late) {
        await saveQuote(tx, row, { status: moveQuote(row.status, 'expired'), turn: 'nobody' });
        const data = { quoteId: row.id, productTitle: row.request.productTitle };
        for (const userId of [row.buyerId, row.supplierOwnerId]) tx.notify(userId, 'quote_expired', data);
      }
    }),
};
