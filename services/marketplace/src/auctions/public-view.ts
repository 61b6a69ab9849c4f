import { moneyToJson } from '@clearlot/kernel';
import { type AuctionState, type View, view } from './auction.ts';
import { incrementAt } from './increments.ts';
import type { Json, LogEntry } from './log-json.ts';
import type { AuctionTerms, FormatName } from './terms.ts';

type Amount = number | string;

/** Bidders are shown to each other by a number, which they have for this auction alone. */
export type Aliases = ReadonlyMap<string, number>;

/** How an auction ended, as everybody may know; `winner` is an alias. */
export type PublicResult =
  | { outcome: 'sold'; winner: number | null; price: Amount; bidSequence: number }
  | { outcome: 'unsold'; reason: string };

/** All that everybody may see of an auction as it runs; prices per tonne, instants as text. */
export interface PublicState {
  auctionId: string;
  /** Of the last entry of the log. */
  sequence: number;
  status: 'scheduled' | 'open' | 'closed' | 'cancelled';
  price: Amount | null;
  leader: number | null;
  reserveMet: boolean | null;
  round: number | null;
  opensAt: string;
  closesAt: string;
  extensions: number;
  /** What the next bid must be at least (in a reverse, at most); null where that is nobody's to know. */
  nextBid: Amount | null;
  /** Accepted bids, and by how many. */
  bids: number;
  bidders: number;
  result: PublicResult | null;
}

/** One entry of the log as everybody may see it. Refused bids are only counted. */
export interface PublicUpdate {
  sequence: number;
  at: string;
  kind: 'bid' | 'buy_now' | 'stay' | 'retract' | 'clock';
  outcome: 'accepted' | 'refused';
  bidder?: number | null;
  price?: Amount | null;
  leader?: number | null;
  reserveMet?: boolean | null;
  round?: number | null;
  closesAt?: string;
  status?: PublicState['status'];
}

/** Formats whose bids are hidden until a close: of a bid it is only shown that there was one. */
const hidden: ReadonlySet<FormatName> = new Set(['sealed_first', 'sealed_second', 'meat_rounds'] as FormatName[]);

/** Counts that the log's state does not keep. */
export interface Counts {
  bids: number;
  bidders: number;
}

export function publicState(state: AuctionState, aliases: Aliases, counts: Counts): PublicState {
  const terms: AuctionTerms = state.terms;
  const { currency, auctionId } = terms;
  const shown = view(state);
  return {
    ...{ auctionId, sequence: state.sequence, status: state.status },
    price: amount(shown.priceMinor, currency),
    leader: aliasOf(shown.leaderId, aliases),
    ...{ reserveMet: shown.reserveMet, round: shown.round },
    opensAt: terms.opensAt.toISOString(),
    closesAt: state.closesAt.toISOString(),
    extensions: state.extensions,
    nextBid: amount(state.status === 'closed' ? null : nextBidMinor(terms, shown), currency),
    ...counts,
    result: publicResult(shown.result, aliases, currency),
  };
}

/** The least that somebody who does not lead may bid now. */
function nextBidMinor(terms: AuctionTerms, { priceMinor, leaderId }: View): bigint | null {
  if (priceMinor === null) return null;
  if (leaderId === null) return priceMinor;
  if (terms.format === 'english') return priceMinor + incrementAt(terms.increments, priceMinor);
  if (terms.format === 'reverse') return priceMinor - incrementAt(terms.increments, priceMinor);
  return null;
}

/** An entry of the log as everybody may see it. */
export function publicUpdate(
  entry: LogEntry,
  { format, currency }: Pick<AuctionTerms, 'format' | 'currency'>,
  aliases: Aliases,
): PublicUpdate {
  const { sequence, at, command, decision } = entry;
  const base = { sequence, at, kind: command.type === 'advance' ? ('clock' as const) : command.type };
  if (decision.outcome === 'refused') return { ...base, outcome: 'refused' };
  const { after } = decision;
  const bidderId = 'bidderId' in command && !hidden.has(format) ? command.bidderId : null;
  return {
    ...{ ...base, outcome: 'accepted', bidder: aliasOf(bidderId, aliases) },
    price: amountOf(after.priceMinor, currency),
    leader: aliasOf(after.leaderId, aliases),
    ...{ reserveMet: after.reserveMet, round: after.round, closesAt: after.closesAt, status: after.status },
  };
}

function publicResult(result: View['result'], aliases: Aliases, currency: string): PublicResult | null {
  if (result?.outcome !== 'sold') return result;
  const { winnerId, priceMinor, bidSequence } = result;
  const price = moneyToJson(priceMinor, currency);
  return { outcome: 'sold', winner: aliasOf(winnerId, aliases), price, bidSequence };
}

function aliasOf(bidderId: string | null, aliases: Aliases): number | null {
  return bidderId === null ? null : (aliases.get(bidderId) ?? null);
}

function amount(minor: bigint | null, currency: string): Amount | null {
  return minor === null ? null : moneyToJson(minor, currency);
}

function amountOf(minor: Json<bigint> | null, currency: string): Amount | null {
  return amount(minor === null ? null : BigInt(minor), currency);
}
