import { type AuctionState, apply, type Command, decide, openAuction, type View } from './auction.ts';
import type { RefusalCode } from './errors.ts';
import { type LogEntry, readRow } from './log-json.ts';
import type { AuctionTerms } from './terms.ts';

/** What a log says of its auction. A bid is whatever may win: also staying in a round and buying at once. */
export interface AuctionAnalytics {
  bidsAccepted: number;
  /** Bids and retractions that were refused; by code they add up to it. */
  refused: number;
  refusedByCode: Partial<Record<RefusalCode, number>>;
  /** Accepted ones; their bids stay counted as bids. */
  retractions: number;
  /** Everybody who tried, in the order of their first try. */
  bidders: readonly { bidderId: string; bidsAccepted: number; refused: number }[];
  /** What everybody saw of the price: where it first was known, and each change. The last one is the price it sold at. */
  pricePath: readonly { sequence: number; at: string; priceMinor: bigint }[];
  /** How often somebody took the visible lead from somebody else. */
  leadChanges: number;
  extensions: number;
  /** By how much the extensions moved the close in all. */
  extensionMs: number;
  firstBidAt: string | null;
  lastBidAt: string | null;
  /** From the opening. */
  firstBidAfterMs: number | null;
  /** Accepted bids less than a minute before the auction ended; while it runs, before its close as announced now. */
  bidsInLastMinute: number;
  /** The price it sold at as parts per million of the starting price, rounded down; null unless sold. */
  finalPricePpm: bigint | null;
}

const lastMs = 60_000;
const million = 1_000_000n;

/**
 * Measures an auction from its log alone, in one pass; bidders by their ids. The log is taken to be whole (see verifyLog).
 * Who bids and how often is told of secret bids too, so before the close it is not for everybody. Errors:
 * MARKETPLACE_AUCTION_TERMS_INVALID; a TypeError for an entry that is not readable.
 */
export function analyse(terms: AuctionTerms, entries: readonly LogEntry[]): AuctionAnalytics {
  let state: AuctionState = openAuction(terms);
  const tally = { refused: 0, retractions: 0, leadChanges: 0, leaderId: null as string | null };
  const refusedByCode: Partial<Record<RefusalCode, number>> = {};
  const bidders = new Map<string, { bidderId: string; bidsAccepted: number; refused: number }>();
  const pricePath: { sequence: number; at: string; priceMinor: bigint }[] = [];
  const bidTimes: Date[] = [];
  for (const entry of entries) {
    const read = readRow(entry);
    if (!read.readable) throw new TypeError(`Entry ${entry.sequence} is not readable`);
    const { sequence, at, command } = read.row;
    const decision = decide(state, command, at);
    state = apply(state, { sequence, at, command, decision });
    const bidder = bidderOf(bidders, command);
    if (decision.outcome === 'refused') {
      tally.refused += 1;
      refusedByCode[decision.code] = (refusedByCode[decision.code] ?? 0) + 1;
      if (bidder) bidder.refused += 1;
      continue;
    }
    if (command.type === 'retract') tally.retractions += 1;
    else if (bidder) {
      bidder.bidsAccepted += 1;
      bidTimes.push(at);
    }
    const { leaderId } = decision.after;
    if (leaderId !== null && tally.leaderId !== null && leaderId !== tally.leaderId) tally.leadChanges += 1;
    tally.leaderId = leaderId ?? tally.leaderId;
    const priceMinor = priceOf(decision.after);
    if (priceMinor !== null && priceMinor !== pricePath.at(-1)?.priceMinor) {
      pricePath.push({ sequence, at: entry.at, priceMinor });
    }
  }
  const { leaderId: _, ...counted } = tally;
  return { ...counted, refusedByCode, bidders: [...bidders.values()], pricePath, ...timesOf(state, bidTimes) };
}

function bidderOf(bidders: Map<string, { bidderId: string; bidsAccepted: number; refused: number }>, command: Command) {
  if (command.type === 'advance') return undefined;
  const { bidderId } = command;
  const known = bidders.get(bidderId) ?? { bidderId, bidsAccepted: 0, refused: 0 };
  bidders.set(bidderId, known);
  return known;
}

function priceOf({ result, priceMinor }: View): bigint | null {
  return result?.outcome === 'sold' ? result.priceMinor : priceMinor;
}

function timesOf(state: AuctionState, bidTimes: readonly Date[]) {
  const { closesAt, closedAt, extensions, result } = state;
  const terms: AuctionTerms = state.terms;
  const endsMs = (closedAt ?? closesAt).getTime();
  const [first, last] = [bidTimes[0], bidTimes.at(-1)];
  return {
    bidsAccepted: bidTimes.length,
    extensions,
    extensionMs: closesAt.getTime() - terms.closesAt.getTime(),
    firstBidAt: first?.toISOString() ?? null,
    lastBidAt: last?.toISOString() ?? null,
    firstBidAfterMs: first ? first.getTime() - terms.opensAt.getTime() : null,
    bidsInLastMinute: bidTimes.filter((at) => at.getTime() > endsMs - lastMs).length,
    finalPricePpm: result?.outcome === 'sold' ? (result.priceMinor * million) / terms.startingMinor : null,
  };
}
