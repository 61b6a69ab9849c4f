import { parsePositiveMoney } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import { auctionErrors } from './errors.ts';
import type { BidAnswer, BidRequest } from './house/bid.ts';
import { buyingFormats } from './sale.ts';
import { readAuction } from './store.ts';
import type { FormatName } from './terms.ts';

type Amount = number | string;

/** A bid as it comes in at a door; amounts per tonne in the auction's currency. */
export type BidInput = { key: string } & (
  | { type: 'bid'; amount: Amount; seenPrice?: Amount | undefined }
  | { type: 'buy_now'; seenPrice?: Amount | undefined }
  | { type: 'stay'; round: number; seenPrice?: Amount | undefined }
  | { type: 'retract'; bidSequence: number }
);

/** An accepted bid with the proof of it. */
export interface PlacedBid {
  auctionId: string;
  currency: string;
  sequence: number;
  at: string;
  hash: string;
  receipt: string;
  /** The bidder led right after the bid, or won by it. */
  leading: boolean;
  after: Extract<BidAnswer['decision'], { outcome: 'accepted' }>['after'];
}

/**
 * Bids, buys at once, stays in a round or takes a bid back. The same key is the same bid: its answer is the first one's, also
 * at another replica. Errors: MONEY_INVALID, MARKETPLACE_AUCTION_NOT_FOUND, UNAVAILABLE (repeat with the key), and every
 * refusal of the rules by its code, with where it stands in the log, the receipt and the nearest accepted amount as params.
 */
export async function placeBid(ctx: Ctx, auctionId: string, input: BidInput): Promise<PlacedBid> {
  const { currency, format } = await factsOf(ctx, auctionId);
  const bidderId = ctx.actor.id;
  const mayBid = ctx.actor.roles.includes(buyingFormats.has(format) ? 'supplier' : 'buyer');
  const request = { auctionId, bidderId, mayBid, ...requestOf(input, currency) } as BidRequest;
  const { sequence, at, hash, decision } = await ctx.clients.auctions.submit(request);
  const { key } = input;
  const { outcome } = decision;
  const receipt = await ctx.clients.receipts.sign({ auctionId, bidderId, key, sequence, at, outcome, hash });
  if (decision.outcome === 'refused') {
    const needed = decision.neededMinor === undefined ? {} : { neededMinor: decision.neededMinor };
    throw auctionErrors.error(decision.code, undefined, [], { sequence: `${sequence}`, at, hash, receipt, ...needed });
  }
  const { after } = decision;
  const winnerId = after.result?.outcome === 'sold' ? after.result.winnerId : null;
  const leading = (winnerId ?? after.leaderId) === bidderId;
  return { auctionId, currency, sequence, at, hash, receipt, leading, after };
}

function requestOf(input: BidInput, currency: string) {
  const minor = (value: Amount) => parsePositiveMoney(value, currency).toString();
  if (input.type === 'retract') return input;
  const { seenPrice, key } = input;
  const seen = seenPrice === undefined ? {} : { seenPriceMinor: minor(seenPrice) };
  if (input.type === 'bid') return { type: input.type, key, amountMinor: minor(input.amount), ...seen };
  if (input.type === 'stay') return { type: input.type, key, round: input.round, ...seen };
  return { type: input.type, key, ...seen };
}

interface Facts {
  currency: string;
  format: FormatName;
}

/** What never changes of an auction, so that a bid need not ask the database for it. */
const remembered = new Map<string, Facts>();
const rememberedMax = 10_000;

async function factsOf(ctx: Ctx, auctionId: string): Promise<Facts> {
  const known = remembered.get(auctionId);
  if (known) return known;
  const { currency, format } = await ctx.read((work) => readAuction(work, auctionId));
  if (remembered.size >= rememberedMax) remembered.clear();
  remembered.set(auctionId, { currency, format });
  return { currency, format };
}
