import type { Context } from '@clearlot/service';
import { eq } from 'drizzle-orm';
import type { Ctx } from '../clients.ts';
import { type AuctionAnalytics, analyse } from './analytics.ts';
import { auctionErrors } from './errors.ts';
import { readEntries } from './house/store.ts';
import { readTerms } from './log-json.ts';
import type { AuctionDetail } from './present.ts';
import { type Aliases, type PublicState, type PublicUpdate, publicUpdate } from './public-view.ts';
import { findParticipant, listAwards, listParticipants, readAuction } from './store.ts';
import { type Auction, auctionTerms } from './tables.ts';

/** More updates than this are not sent to catch up; a fresh state is. */
export const catchUpMax = 5_000;

/** An auction as the actor may see it. Errors: MARKETPLACE_AUCTION_NOT_FOUND. */
export async function showAuction(ctx: Ctx, auctionId: string): Promise<AuctionDetail> {
  const isNobody = ctx.actor.kind === 'anonymous';
  return ctx.read(async (work) => {
    const [auction, participant, awards, [own]] = await Promise.all([
      readAuction(work, auctionId),
      isNobody ? undefined : findParticipant(work, auctionId, ctx.actor.id),
      listAwards(work, auctionId),
      work.db.select().from(auctionTerms).where(eq(auctionTerms.auctionId, auctionId)),
    ]);
    const terms = own?.ownerId === ctx.actor.id ? readTerms(own.terms) : undefined;
    const reserveMinor = terms && 'reserveMinor' in terms ? (terms.reserveMinor ?? null) : null;
    return { auction, participant, awards, reserveMinor, now: ctx.clock.now() };
  });
}

export interface Live {
  state: PublicState;
  /** What came after the entry asked for; null when that is too much, or nothing was asked for. */
  updates: PublicUpdate[] | null;
}

/**
 * What everybody may see of an auction now, and what led there from an entry on. Both are of one instant. Errors:
 * MARKETPLACE_AUCTION_NOT_FOUND.
 */
export async function showLive(ctx: Ctx, auctionId: string, after: number | undefined): Promise<Live> {
  const { live: state } = await ctx.read((work) => readAuction(work, auctionId));
  if (after === undefined || state.sequence - after > catchUpMax) return { state, updates: null };
  const updates = await readUpdates(ctx, auctionId, after, state.sequence - after);
  return { state, updates };
}

/** Entries after one as everybody may see them, in order. */
export async function readUpdates(ctx: Ctx, auctionId: string, after: number, limit: number): Promise<PublicUpdate[]> {
  if (limit <= 0) return [];
  const house: Context = ctx.clients.auctions.context();
  return house.read(async (work) => {
    const [auction, participants, entries] = await Promise.all([
      readAuction(work, auctionId),
      listParticipants(work, auctionId),
      readEntries(work.sql, auctionId, after, limit),
    ]);
    const aliases: Aliases = new Map(participants.map(({ bidderId, alias }) => [bidderId, alias]));
    return entries.map((entry) => publicUpdate(entry, auction, aliases));
  });
}

/** What a bidder asked of an auction and was answered, newest first; nobody else sees their limits. */
export async function listMyBids(ctx: Ctx, auctionId: string, before: number, limit: number) {
  return ctx.read(async ({ sql }) => {
    const rows = await sql<{ entry: Awaited<ReturnType<typeof readEntries>>[number] }[]>`
      select entry from auction_entry where auction_id = ${auctionId} and bidder_id = ${ctx.actor.id}
        and sequence < ${before} order by sequence desc limit ${limit}`;
    return rows.map((row) => row.entry);
  });
}

/** What the log of an auction that is over says of it. */
export interface ShownAnalytics {
  currency: string;
  analytics: AuctionAnalytics;
  aliases: Aliases;
}

/**
 * How an auction went, by its log; bidders by their number. Errors: MARKETPLACE_AUCTION_NOT_FOUND,
 * MARKETPLACE_AUCTION_NOT_ENDED.
 */
export async function showAnalytics(ctx: Ctx, auctionId: string): Promise<ShownAnalytics> {
  const { status, currency } = await ctx.read((work) => readAuction(work, auctionId));
  if (status !== 'closed') throw auctionErrors.error('MARKETPLACE_AUCTION_NOT_ENDED');
  return ctx.clients.auctions.context().read(async (work) => {
    const [[stored], participants, entries] = await Promise.all([
      work.db.select().from(auctionTerms).where(eq(auctionTerms.auctionId, auctionId)),
      listParticipants(work, auctionId),
      readEntries(work.sql, auctionId, 0),
    ]);
    const terms = readTerms(stored?.terms);
    if (!terms) throw new Error(`auction ${auctionId} has no readable terms`);
    const aliases: Aliases = new Map(participants.map(({ bidderId, alias }) => [bidderId, alias]));
    return { currency, analytics: analyse(terms, entries), aliases };
  });
}

/** The whole log with its terms. */
export interface ExportedLog {
  auction: Auction;
  terms: unknown;
  entries: Awaited<ReturnType<typeof readEntries>>;
}

/**
 * The log of an auction that is over, for its owner, its bidders and operators: whoever has it can check it alone. Errors:
 * MARKETPLACE_AUCTION_NOT_FOUND, MARKETPLACE_AUCTION_NOT_ENDED.
 */
export async function exportLog(ctx: Ctx, auctionId: string): Promise<ExportedLog> {
  const [auction, participant] = await ctx.read((work) =>
    Promise.all([readAuction(work, auctionId), findParticipant(work, auctionId, ctx.actor.id)]),
  );
  const isParty = auction.ownerId === ctx.actor.id || participant?.status === 'admitted';
  if (!isParty && !ctx.actor.roles.includes('operator')) throw auctionErrors.error('MARKETPLACE_AUCTION_NOT_FOUND');
  if (auction.status !== 'closed') throw auctionErrors.error('MARKETPLACE_AUCTION_NOT_ENDED');
  return ctx.clients.auctions.context().read(async (work) => {
    const [[stored], entries] = await Promise.all([
      work.db.select().from(auctionTerms).where(eq(auctionTerms.auctionId, auctionId)),
      readEntries(work.sql, auctionId, 0),
    ]);
    return { auction, terms: stored?.terms, entries };
  });
}
