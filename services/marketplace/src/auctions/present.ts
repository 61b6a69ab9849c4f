import { moneyToJson } from '@clearlot/kernel';
import type { z } from 'zod';
import { amountMinor } from '../commodity/commodity.ts';
import { presentLimit } from '../commodity/shapes.ts';
import type { PlacedBid } from './place-bid.ts';
import type {
  analyticsShape,
  auctionDetailShape,
  auctionShape,
  awardShape,
  participationShape,
  placedBidShape,
} from './shapes.ts';
import type { ShownAnalytics } from './show-auction.ts';
import type { Auction, AuctionAward, AuctionParticipant } from './tables.ts';

/** An auction with what the actor may see of it. */
export interface AuctionDetail {
  auction: Auction;
  participant: AuctionParticipant | undefined;
  awards: AuctionAward[];
  /** The owner's alone. */
  reserveMinor: bigint | null;
  now: Date;
}

export function presentAuction(row: Auction): z.input<typeof auctionShape> {
  const { saleId, lot, ownerId, supplierId, title, format, status, currency, goods } = row;
  return {
    ...{ auctionId: row.id, saleId, lot, ownerId, supplierId, title, format, status, currency },
    ...{ productType: goods.productType, grade: goods.grade, quantityKg: Number(row.quantityKg) },
    ...{ deposit: moneyToJson(row.depositMinor, currency), joined: row.bidders },
    opensAt: row.opensAt.toISOString(),
    closesAt: row.closesAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    live: row.live,
  };
}

export function presentDetail(detail: AuctionDetail): z.input<typeof auctionDetailShape> {
  const { auction, participant, awards, reserveMinor, now } = detail;
  const { basis, limits, incoterm, place, deliverFrom, deliverTo } = auction.goods;
  return {
    ...presentAuction(auction),
    ...{ description: auction.description, basis, limits: limits.map(presentLimit), incoterm, place },
    ...{ deliverFrom, deliverTo, confirmHours: auction.confirmHours, terms: auction.publicTerms },
    settledAt: auction.settledAt?.toISOString() ?? null,
    criteria: auction.criteria,
    reserve: reserveMinor === null ? null : moneyToJson(reserveMinor, auction.currency),
    participation: participant ? presentParticipation(auction, participant) : null,
    awards: awards.map((each) => presentAward(auction, each)),
    serverTime: now.toISOString(),
  };
}

export function presentParticipation(
  { id: auctionId, depositMinor, currency }: Pick<Auction, 'id' | 'depositMinor' | 'currency'>,
  { alias: bidder, depositId, sharePpm, status }: AuctionParticipant,
): z.input<typeof participationShape> {
  return { auctionId, bidder, depositId, deposit: moneyToJson(depositMinor, currency), sharePpm, status };
}

export function presentAward(
  { currency, quantityKg }: Pick<Auction, 'currency' | 'quantityKg'>,
  { id: awardId, rank, bidderId, priceMinor, status, confirmBy, orderId }: AuctionAward,
): z.input<typeof awardShape> {
  return {
    ...{ awardId, rank, bidderId, price: moneyToJson(priceMinor, currency) },
    amount: moneyToJson(amountMinor(quantityKg, priceMinor), currency),
    ...{ status, confirmBy: confirmBy.toISOString(), orderId },
  };
}

export function presentBid(bid: PlacedBid): z.input<typeof placedBidShape> {
  const { auctionId, sequence, at, hash, receipt, leading, after, currency } = bid;
  const { reserveMet, round, closesAt, status } = after;
  const price = after.priceMinor === null ? null : moneyToJson(BigInt(after.priceMinor), currency);
  return {
    ...{ auctionId, outcome: 'accepted', sequence, at, hash, receipt, leading },
    ...{ price, reserveMet, round, closesAt, status },
  };
}

export function presentAnalytics({ analytics, aliases, currency }: ShownAnalytics): z.input<typeof analyticsShape> {
  const { bidders, pricePath, finalPricePpm, refusedByCode, ...figures } = analytics;
  return {
    ...figures,
    refusedByCode: { ...refusedByCode },
    bidders: bidders.map(({ bidderId, ...counts }) => ({ bidder: aliases.get(bidderId) ?? null, ...counts })),
    pricePath: pricePath.map(({ priceMinor, ...point }) => ({ ...point, price: moneyToJson(priceMinor, currency) })),
    finalPricePpm: finalPricePpm === null ? null : Number(finalPricePpm),
  };
}
