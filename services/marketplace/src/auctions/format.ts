import type { RefusalCode } from './errors.ts';
import type { FormatName, TermsByFormat } from './terms.ts';

/** How an auction ended. */
export type Result =
  | {
      outcome: 'sold';
      winnerId: string;
      /** What the winner pays, or in a reverse is paid. */
      priceMinor: bigint;
      /** The log entry of the bid that won. */
      bidSequence: number;
    }
  | { outcome: 'unsold'; reason: 'no_bids' | 'reserve_not_met' };

/** What everybody may see of a format's play; what is secret until the close is null. */
export interface Shown {
  priceMinor: bigint | null;
  leaderId: string | null;
  /** Null where there is no reserve, or nobody may know yet. */
  reserveMet: boolean | null;
  /** Of an auction in rounds, from 1; in a pause the one that ended. */
  round: number | null;
}

/** A bid as it was accepted; `amountMinor` is the bidder's limit. */
export interface Bid {
  sequence: number;
  bidderId: string;
  amountMinor: bigint;
}

/** Accepted bids, newest first. Linked, so that a state made from another shares them. */
export interface Bids {
  bid: Bid;
  earlier: Bids | null;
}

/** What an accepted command or the format's clock makes of a play. */
export interface Turn<Play> {
  play: Play;
  /** The bidder leads and did not before. */
  takesLead?: boolean;
  /** The auction is over by this. */
  end?: Result;
}

/** Why not; with the nearest amount that would be accepted, where there is one. */
export interface Refusal {
  refused: RefusalCode;
  neededMinor?: bigint;
}

/** Who acts, and the place of the act in the log. */
export interface Act {
  bidderId: string;
  sequence: number;
}

/** The rules of one format. Pure; `play` is never changed in place. What a format does not know is absent. */
export interface Format<F extends FormatName> {
  start(terms: TermsByFormat[F]): PlayByFormat[F];
  show(terms: TermsByFormat[F], play: PlayByFormat[F]): Shown;
  /** What the auction ends with when it closes now. */
  finish(terms: TermsByFormat[F], play: PlayByFormat[F]): Result;
  /** When the format's own clock next changes the play. */
  tickAt?(terms: TermsByFormat[F], play: PlayByFormat[F]): Date | null;
  tick?(terms: TermsByFormat[F], play: PlayByFormat[F]): Turn<PlayByFormat[F]>;
  bid?(
    terms: TermsByFormat[F],
    play: PlayByFormat[F],
    act: Act & { amountMinor: bigint },
    sharePpm: number,
  ): Turn<PlayByFormat[F]> | Refusal;
  buyNow?(terms: TermsByFormat[F], play: PlayByFormat[F], act: Act): Turn<PlayByFormat[F]> | Refusal;
  stay?(terms: TermsByFormat[F], play: PlayByFormat[F], act: Act & { round: number }): Turn<PlayByFormat[F]> | Refusal;
  /** Takes back a bid that the rules of time allow to. */
  retract?(
    terms: TermsByFormat[F],
    play: PlayByFormat[F],
    act: Act & { bidSequence: number },
  ): Turn<PlayByFormat[F]> | Refusal;
}

/** Proxy bidding, either way. */
export interface ProxyPlay {
  bids: Bids | null;
  leader: Bid | null;
  /** The best limit of anybody but the leader. */
  secondMinor: bigint | null;
  buyNowOpen: boolean;
}

export interface DutchPlay {
  /** How often the clock has fallen. */
  steps: number;
}

export interface SealedPlay {
  bids: Bids | null;
}

export interface JapanesePlay {
  /** From 1. */
  round: number;
  priceMinor: bigint;
  /** Who stayed in the round before, in order; null in the first, which anybody may enter. */
  active: readonly Bid[] | null;
  /** Who stays in this one so far, in order. */
  staying: readonly Bid[];
  /** Who stayed in neither, each with the last round stayed in: later rounds first, within one in order. */
  left: readonly Bid[];
}

/** A bid, with what the answers to the criteria take off its price where prices are compared. */
export interface Offer extends Bid {
  /** Parts per million, 0 to 900,000. */
  sharePpm: number;
}

export interface MeatRoundsPlay {
  /** From 1; in a pause the one that ended. */
  round: number;
  paused: boolean;
  /** Each bidder's last offer of the rounds that ended, the best first. */
  shown: readonly Offer[];
  /** Of the round under way. */
  hidden: readonly Offer[];
}

export interface PlayByFormat {
  english: ProxyPlay;
  reverse: ProxyPlay;
  dutch: DutchPlay;
  sealed_first: SealedPlay;
  sealed_second: SealedPlay;
  japanese: JapanesePlay;
  meat_rounds: MeatRoundsPlay;
}

/** Whether a bidder's last accepted bid is this one. */
export function isLastOf(bids: Bids | null, bidderId: string, sequence: number): boolean {
  for (let each = bids; each; each = each.earlier) {
    if (each.bid.bidderId === bidderId) return each.bid.sequence === sequence;
  }
  return false;
}

/** Each bidder's last bid, the best first, equal ones by sequence. `side` is 1 where the higher is better, -1 where not. */
export function ranked(bids: Bids | null, side: 1n | -1n): Bid[] {
  // The last one of a key stays in a map.
  const standing = new Map(inOrder(bids).map((bid) => [bid.bidderId, bid]));
  return [...standing.values()].sort((a, b) =>
    a.amountMinor === b.amountMinor ? a.sequence - b.sequence : side * a.amountMinor > side * b.amountMinor ? -1 : 1,
  );
}

/** The bids in the order they were made, without the one taken back. */
export function inOrder(bids: Bids | null, without?: number): Bid[] {
  const list: Bid[] = [];
  for (let each = bids; each; each = each.earlier) if (each.bid.sequence !== without) list.push(each.bid);
  return list.reverse();
}

/** The list again, from bids in order. */
export function linked(bids: readonly Bid[]): Bids | null {
  return bids.reduce<Bids | null>((earlier, bid) => ({ bid, earlier }), null);
}
