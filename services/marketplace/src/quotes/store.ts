import { events } from '@clearlot/proto/events';
import type { Tx, Work } from '@clearlot/service';
import { and, asc, desc, eq, lt, or } from 'drizzle-orm';
import { quoteErrors } from './errors.ts';
import type { QuoteStatus } from './quote.ts';
import { type Quote, type QuoteOffer, quote, quoteOffer } from './tables.ts';

/** A quote with its offers, first to last. */
export interface QuoteView {
  quote: Quote;
  offers: QuoteOffer[];
}

/** A quote and its offers, locked: of two answers at once one waits. Errors: MARKETPLACE_QUOTE_NOT_FOUND. */
export async function lockQuote(tx: Tx, id: string): Promise<QuoteView> {
  const [row] = await tx.db.select().from(quote).where(eq(quote.id, id)).for('update');
  if (!row) throw quoteErrors.error('MARKETPLACE_QUOTE_NOT_FOUND');
  return { quote: row, offers: await listOffers(tx, id) };
}

/** Errors: MARKETPLACE_QUOTE_NOT_FOUND when there is none the actor may see. */
export async function readQuote(work: Work, id: string): Promise<QuoteView> {
  const [[row], offers] = await Promise.all([
    work.db.select().from(quote).where(eq(quote.id, id)),
    listOffers(work, id),
  ]);
  if (!row) throw quoteErrors.error('MARKETPLACE_QUOTE_NOT_FOUND');
  return { quote: row, offers };
}

async function listOffers(work: Work, quoteId: string): Promise<QuoteOffer[]> {
  return work.db.select().from(quoteOffer).where(eq(quoteOffer.quoteId, quoteId)).orderBy(asc(quoteOffer.round));
}

/** Quotes of a person on either side, newest first. */
export async function listQuotes(
  work: Work,
  filter: { partyId: string; status?: QuoteStatus | undefined; before?: string | undefined; limit: number },
): Promise<Quote[]> {
  const { partyId, status, before, limit } = filter;
  return work.db
    .select()
    .from(quote)
    .where(
      and(
        or(eq(quote.buyerId, partyId), eq(quote.supplierOwnerId, partyId)),
        status ? eq(quote.status, status) : undefined,
        before ? lt(quote.id, before) : undefined,
      ),
    )
    .orderBy(desc(quote.id))
    .limit(limit);
}

export async function insertQuote(tx: Tx, row: Quote): Promise<void> {
  await tx.db.insert(quote).values(row);
  announce(tx, row);
  tx.audit({ action: 'quote.requested', entityType: 'quote', entityId: row.id, after: summary(row) });
}

export async function insertOffer(tx: Tx, row: QuoteOffer): Promise<void> {
  await tx.db.insert(quoteOffer).values(row);
}

/** Saves a quote that moved on, with its audit row and event. */
export async function saveQuote(tx: Tx, before: Quote, change: Partial<Quote>): Promise<Quote> {
  const after = { ...before, ...change, updatedAt: tx.now };
  await tx.db
    .update(quote)
    .set({ ...change, updatedAt: tx.now })
    .where(eq(quote.id, before.id));
  announce(tx, after);
  const entity = { entityType: 'quote', entityId: before.id };
  tx.audit({ action: `quote.${after.status}`, ...entity, before: summary(before), after: summary(after) });
  return after;
}

function announce(tx: Tx, { id, buyerId, supplierId, status, round }: Quote): void {
  tx.emit(events.quoteStatusChanged, id, { quoteId: id, buyerId, supplierId, status, round });
}

function summary({ status, round, turn, expiresAt, orderId }: Quote) {
  return { status, round, turn, expiresAt, orderId };
}
