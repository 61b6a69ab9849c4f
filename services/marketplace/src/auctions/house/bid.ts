import type { Command } from '../auction.ts';
import type { LogEntry } from '../log-json.ts';

/** What a bidder asks of an auction, as it travels to the auction's writer: minor units as text. */
export type BidRequest = {
  auctionId: string;
  bidderId: string;
  /** The client's: a retry with it is the same bid. */
  key: string;
  /** Whether the bidder's role lets them bid in auctions of this kind; a fact of the door. */
  mayBid: boolean;
} & (
  | { type: 'bid'; amountMinor: string; seenPriceMinor?: string | undefined }
  | { type: 'buy_now'; seenPriceMinor?: string | undefined }
  | { type: 'stay'; round: number; seenPriceMinor?: string | undefined }
  | { type: 'retract'; bidSequence: number }
);

/** What the rules said to it, and where that stands in the log. */
export interface BidAnswer {
  sequence: number;
  at: string;
  /** Of the log's entry. */
  hash: string;
  /** Accepted, with what everybody could see right after it; or refused, with the nearest amount that is accepted. */
  decision: LogEntry['decision'];
}

/** What the writer knows of a bidder: admitted, and the share that their answers take off a compared price. */
export interface Admission {
  alias: number;
  sharePpm: number;
}

export type Admitted = ReadonlyMap<string, Admission>;

/** The command of the log that a request is. */
export function commandOf(request: BidRequest, admission: Admission | undefined): Command {
  const { bidderId, key } = request;
  if (request.type === 'retract') return { type: 'retract', bidderId, key, bidSequence: request.bidSequence };
  const standing = !request.mayBid ? 'not_eligible' : admission ? 'eligible' : 'no_deposit';
  const { seenPriceMinor: seen } = request;
  const bidding = {
    ...{ bidderId, key, standing: standing as 'eligible' },
    ...(seen === undefined ? {} : { seenPriceMinor: BigInt(seen) }),
  };
  if (request.type === 'buy_now') return { type: 'buy_now', ...bidding };
  if (request.type === 'stay') return { type: 'stay', round: request.round, ...bidding };
  const share = admission && admission.sharePpm > 0 ? { sharePpm: admission.sharePpm } : {};
  return { type: 'bid', amountMinor: BigInt(request.amountMinor), ...bidding, ...share };
}
