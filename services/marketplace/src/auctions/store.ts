import type { Tx, Work } from '@clearlot/service';
import { and, asc, desc, eq, lt } from 'drizzle-orm';
import { auctionErrors } from './errors.ts';
import {
  type Auction,
  type AuctionAward,
  type AuctionParticipant,
  auction,
  auctionAward,
  auctionParticipant,
} from './tables.ts';
import type { FormatName } from './terms.ts';

/** Errors: MARKETPLACE_AUCTION_NOT_FOUND. */
export async function readAuction(work: Work, id: string): Promise<Auction> {
  const [row] = await work.db.select().from(auction).where(eq(auction.id, id));
  if (!row) throw auctionErrors.error('MARKETPLACE_AUCTION_NOT_FOUND');
  return row;
}

export interface AuctionFilter {
  status?: Auction['status'] | undefined;
  format?: FormatName | undefined;
  saleId?: string | undefined;
  ownerId?: string | undefined;
  before?: string | undefined;
  limit: number;
}

/** Auctions, newest first. */
export async function listAuctions(work: Work, filter: AuctionFilter): Promise<Auction[]> {
  const { status, format, saleId, ownerId, before, limit } = filter;
  const conditions = [
    status ? eq(auction.status, status) : undefined,
    format ? eq(auction.format, format) : undefined,
    saleId ? eq(auction.saleId, saleId) : undefined,
    ownerId ? eq(auction.ownerId, ownerId) : undefined,
    before ? lt(auction.id, before) : undefined,
  ];
  return work.db
    .select()
    .from(auction)
    .where(and(...conditions))
    .orderBy(desc(auction.id))
    .limit(limit);
}

export async function findParticipant(
  work: Work,
  auctionId: string,
  bidderId: string,
): Promise<AuctionParticipant | undefined> {
  const [row] = await work.db
    .select()
    .from(auctionParticipant)
    .where(and(eq(auctionParticipant.auctionId, auctionId), eq(auctionParticipant.bidderId, bidderId)));
  return row;
}

export async function listParticipants(work: Work, auctionId: string): Promise<AuctionParticipant[]> {
  return work.db
    .select()
    .from(auctionParticipant)
    .where(eq(auctionParticipant.auctionId, auctionId))
    .orderBy(asc(auctionParticipant.alias));
}

/** Offers of a lot that the actor may see, first to last. */
export async function listAwards(work: Work, auctionId: string): Promise<AuctionAward[]> {
  return work.db
    .select()
    .from(auctionAward)
    .where(eq(auctionAward.auctionId, auctionId))
    .orderBy(asc(auctionAward.rank));
}

export async function insertAward(tx: Tx, row: AuctionAward): Promise<void> {
  await tx.db.insert(auctionAward).values(row);
  const { auctionId, bidderId, priceMinor, confirmBy, rank } = row;
  tx.audit({
    action: 'auction_award.offered',
    entityType: 'auction_award',
    entityId: row.id,
    after: { auctionId, bidderId, priceMinor, confirmBy, rank },
  });
}

/** Saves an offer of a lot that was answered or seen to, with its audit row. */
export async function saveAward(
  tx: Tx,
  before: AuctionAward,
  change: Partial<Pick<AuctionAward, 'status' | 'orderId' | 'followedAt' | 'endedAt'>>,
): Promise<AuctionAward> {
  await tx.db.update(auctionAward).set(change).where(eq(auctionAward.id, before.id));
  tx.audit({
    action: change.status ? `auction_award.${change.status}` : 'auction_award.followed',
    entityType: 'auction_award',
    entityId: before.id,
    before: { status: before.status },
    after: change,
  });
  return { ...before, ...change };
}
