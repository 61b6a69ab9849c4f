import { newId } from '@clearlot/kernel';
import type { Context, Timer, Tx } from '@clearlot/service';
import { and, asc, eq, lte } from 'drizzle-orm';
import type { Clients, Ctx } from '../clients.ts';
import { verifiedSupplier } from '../responses/verified-supplier.ts';
import { settleDeposits } from './announce.ts';
import { auctionErrors } from './errors.ts';
import { buyingFormats, shareOf } from './sale.ts';
import { findParticipant, readAuction } from './store.ts';
import { type Auction, type AuctionParticipant, auction, auctionParticipant } from './tables.ts';

/** A join that is not through after this was left half done by a process that died. */
const abandonedMs = 30_000;

export interface JoinInput {
  auctionId: string;
  /** To the questions of rounds of best value. */
  answers: Record<string, string>;
}

/**
 * Admits a bidder, whose deposit is held at payments from then on until the auction is over. Joining again answers the same.
 * Errors: MARKETPLACE_AUCTION_NOT_FOUND, MARKETPLACE_AUCTION_ENDED, MARKETPLACE_BID_OWN_LOT, MARKETPLACE_BID_NOT_ELIGIBLE,
 * MARKETPLACE_SUPPLIER_NOT_VERIFIED, MARKETPLACE_AUCTION_ANSWERS_INVALID, and payments' PAYMENTS_BALANCE_NOT_FOUND and
 * PAYMENTS_INSUFFICIENT_FUNDS.
 */
export async function joinAuction(ctx: Ctx, { auctionId, answers }: JoinInput): Promise<AuctionParticipant> {
  const bidderId = ctx.actor.id;
  const row = await ctx.read(async (work) => {
    const found = await readAuction(work, auctionId);
    const buys = buyingFormats.has(found.format);
    if (found.ownerId === bidderId) throw auctionErrors.error('MARKETPLACE_BID_OWN_LOT');
    if (!ctx.actor.roles.includes(buys ? 'supplier' : 'buyer')) {
      throw auctionErrors.error(
        'MARKETPLACE_BID_NOT_ELIGIBLE',
        `${buys ? 'Suppliers' : 'Buyers'} bid in this auction.`,
      );
    }
    if (buys) await verifiedSupplier(work, bidderId);
    return found;
  });
  const sharePpm = shareOf(row.criteria, answers);
  const house = ctx.clients.auctions.context();
  const participant = await house.transaction('JoinAuction', (tx) => begin(tx, row, { bidderId, answers, sharePpm }));
  return participant.status === 'admitted' ? participant : finishJoin(ctx.clients, house, row, participant);
}

/** The bidder's place, kept before any money is: what is held is known to be, whoever dies in between. */
async function begin(
  tx: Tx,
  { id: auctionId, depositMinor }: Auction,
  { bidderId, answers, sharePpm }: Pick<AuctionParticipant, 'bidderId' | 'answers' | 'sharePpm'>,
): Promise<AuctionParticipant> {
  const [row] = await tx.db.select().from(auction).where(eq(auction.id, auctionId)).for('update');
  const known = await findParticipant(tx, auctionId, bidderId);
  if (known?.status === 'admitted') return known;
  if (!row || !isUnderWay(row)) throw auctionErrors.error('MARKETPLACE_AUCTION_ENDED');
  if (known) {
    const change = { status: 'pending' as const, joinedAt: tx.now };
    await tx.db.update(auctionParticipant).set(change).where(isThis(known));
    return { ...known, ...change };
  }
  const depositId = depositMinor > 0n ? newId() : null;
  const alias = row.bidders + 1;
  const added = {
    auctionId,
    bidderId,
    alias,
    depositId,
    sharePpm,
    answers,
    status: 'pending' as const,
    joinedAt: tx.now,
  };
  await tx.db.update(auction).set({ bidders: alias }).where(eq(auction.id, auctionId));
  await tx.db.insert(auctionParticipant).values(added);
  return added;
}

function isUnderWay({ status }: Auction): boolean {
  return status === 'scheduled' || status === 'open';
}

async function finishJoin(
  clients: Clients,
  house: Context,
  { id: auctionId, depositMinor, currency }: Auction,
  participant: AuctionParticipant,
): Promise<AuctionParticipant> {
  const { depositId, bidderId } = participant;
  if (depositId) {
    try {
      const deposit = { depositId, userId: bidderId, auctionId, amountMinor: depositMinor, currency };
      await clients.payments.placeDeposit({ idempotencyKey: depositId, ...deposit });
    } catch (error) {
      if ((error as { kind?: string }).kind !== 'unavailable') await refuse(house, participant);
      throw error;
    }
  }
  const status = await house.transaction('AdmitBidder', async (tx) => {
    const [row] = await tx.db.select().from(auction).where(eq(auction.id, auctionId)).for('update');
    const admitted = row !== undefined && isUnderWay(row);
    if (!admitted) settleDeposits(tx, auctionId, [{ depositId, outcome: 'release' }]);
    const reached = admitted ? ('admitted' as const) : ('refused' as const);
    await tx.db.update(auctionParticipant).set({ status: reached }).where(isThis(participant));
    const after = { bidderId, depositId, alias: participant.alias, status: reached };
    tx.audit({ action: 'auction.joined', entityType: 'auction', entityId: auctionId, after });
    return reached;
  });
  if (status === 'refused') throw auctionErrors.error('MARKETPLACE_AUCTION_ENDED');
  return { ...participant, status };
}

async function refuse(house: Context, participant: AuctionParticipant): Promise<void> {
  await house.transaction('RefuseBidder', async (tx) => {
    await tx.db.update(auctionParticipant).set({ status: 'refused' }).where(isThis(participant));
  });
}

function isThis({ auctionId, bidderId }: AuctionParticipant) {
  return and(eq(auctionParticipant.auctionId, auctionId), eq(auctionParticipant.bidderId, bidderId));
}

/** Joins that a process left half done are ended: a deposit is placed once, whoever asks for it. */
export const finishJoins: Timer<Clients> = {
  name: 'finish-joins',
  everyMs: 5_000,
  async run(ctx) {
    const before = new Date(ctx.clock.now().getTime() - abandonedMs);
    const abandoned = await ctx.read((work) =>
      work.db
        .select()
        .from(auctionParticipant)
        .where(and(eq(auctionParticipant.status, 'pending'), lte(auctionParticipant.joinedAt, before)))
        .orderBy(asc(auctionParticipant.joinedAt))
        .limit(50),
    );
    for (const participant of abandoned) {
      try {
        const row = await ctx.read((work) => readAuction(work, participant.auctionId));
        await finishJoin(ctx.clients, ctx, row, participant);
      } catch (error) {
        ctx.log.warn({ err: error, bidderId: participant.bidderId }, 'finish-joins: not admitted');
      }
    }
  },
};
