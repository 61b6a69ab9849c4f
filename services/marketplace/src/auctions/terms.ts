import { moneyMinorLimit } from '@clearlot/kernel';
import { auctionErrors } from './errors.ts';
import { type IncrementBand, incrementsProblem } from './increments.ts';

const roundsMax = 10;

interface CommonTerms<F extends string> {
  format: F;
  auctionId: string;
  /** Who sells the lot (or, in a reverse, asks for it) and so may not bid. */
  ownerId: string;
  currency: string;
  opensAt: Date;
  closesAt: Date;
}

/** A bid that takes the lead near the close gives the others time to answer. */
export interface SoftClose {
  /** How long before the close it acts. */
  windowMs: number;
  /** The close is then at least this long after the bid. */
  extensionMs: number;
  extensionsMax: number;
  /** No extension passes it. */
  hardStopAt: Date;
}

interface ProxyTerms {
  /** The first price. */
  startingMinor: bigint;
  /** Hidden; only whether it is met is shown. */
  reserveMinor?: bigint | undefined;
  increments: readonly IncrementBand[];
  /** Ends the auction at this price while bidding has not reached it. */
  buyNowMinor?: bigint | undefined;
  softClose?: SoftClose | undefined;
}

interface Retractable {
  /** How long before the announced close bids stop being retractable; without it they never are. */
  retractUntilMsBeforeClose?: number | undefined;
}

/** Prices rise; bids are maxima and bid for their bidders (proxy). */
export type EnglishTerms = CommonTerms<'english'> & ProxyTerms & Retractable;

/** The mirror: prices fall, bids are minima. Nothing may be retracted, as that would raise the price. */
export type ReverseTerms = CommonTerms<'reverse'> & ProxyTerms;

/** The clock falls by `stepMinor` every `everyMs` from the opening, to no less than the floor. */
export type DutchTerms = CommonTerms<'dutch'> & {
  startingMinor: bigint;
  stepMinor: bigint;
  everyMs: number;
  floorMinor: bigint;
};

/** Nobody sees a bid before the close; the winner pays the own bid, or the second. */
export type SealedTerms = CommonTerms<'sealed_first' | 'sealed_second'> &
  Retractable & { startingMinor: bigint; reserveMinor?: bigint | undefined };

/** The price rises by an increment each round; who does not stay in a round has left. Rounds end by the close. */
export type JapaneseTerms = CommonTerms<'japanese'> & {
  startingMinor: bigint;
  increments: readonly IncrementBand[];
  roundMs: number;
};

/**
 * Prices fall by rounds with a pause after each but the last; the most economically advantageous offer wins. The last
 * round ends at the close.
 */
export type MeatRoundsTerms = CommonTerms<'meat_rounds'> & {
  /** The most a first bid may ask for. */
  startingMinor: bigint;
  /** The most the owner pays. Hidden; only whether it is met is shown. */
  reserveMinor?: bigint | undefined;
  /** A bidder's next price is lower by at least this. */
  stepMinor: bigint;
  /** From 1 to 10. */
  rounds: number;
  roundMs: number;
  pauseMs?: number | undefined;
};

export interface TermsByFormat {
  english: EnglishTerms;
  reverse: ReverseTerms;
  dutch: DutchTerms;
  sealed_first: SealedTerms & { format: 'sealed_first' };
  sealed_second: SealedTerms & { format: 'sealed_second' };
  japanese: JapaneseTerms;
  meat_rounds: MeatRoundsTerms;
}

export type FormatName = keyof TermsByFormat;
export type AuctionTerms = TermsByFormat[FormatName];

/** Checks that an auction can be held on these terms. Errors: MARKETPLACE_AUCTION_TERMS_INVALID saying why. */
export function checkTerms(terms: AuctionTerms): void {
  const problem = commonProblem(terms) ?? formatProblem(terms);
  if (problem) throw auctionErrors.error('MARKETPLACE_AUCTION_TERMS_INVALID', `On these terms ${problem}.`);
}

function commonProblem(terms: AuctionTerms): string | undefined {
  if (!(terms.opensAt < terms.closesAt)) return 'it closes before it opens';
  if (!isPrice(terms.startingMinor)) return 'the starting price is not above zero or too large';
  if ('increments' in terms) return incrementsProblem(terms.increments);
  return undefined;
}

function formatProblem(terms: AuctionTerms): string | undefined {
  switch (terms.format) {
    case 'english':
      return proxyProblem(terms, 1n) ?? retractionProblem(terms);
    case 'reverse':
      return proxyProblem(terms, -1n);
    case 'dutch':
      if (!isPrice(terms.floorMinor) || terms.floorMinor > terms.startingMinor) return 'the floor is no price below';
      return terms.stepMinor > 0n && isDuration(terms.everyMs) ? undefined : 'the clock does not fall';
    case 'japanese':
      if (!isDuration(terms.roundMs)) return 'rounds have no length';
      return terms.opensAt.getTime() + terms.roundMs > terms.closesAt.getTime() ? 'no round fits' : undefined;
    case 'meat_rounds':
      return meatRoundsProblem(terms);
    default:
      if (terms.reserveMinor !== undefined && !isPrice(terms.reserveMinor)) return 'the reserve is no price';
      return retractionProblem(terms);
  }
}

function proxyProblem(terms: EnglishTerms | ReverseTerms, side: 1n | -1n): string | undefined {
  const { startingMinor, reserveMinor, buyNowMinor, softClose } = terms;
  const isReachable = (minor: bigint) => isPrice(minor) && side * (minor - startingMinor) >= 0n;
  if (reserveMinor !== undefined && !isReachable(reserveMinor)) return 'bidding starts past the reserve';
  if (buyNowMinor !== undefined) {
    if (!isReachable(buyNowMinor) || buyNowMinor === startingMinor) return 'bidding starts past the buy-now price';
    if (reserveMinor !== undefined && side * (buyNowMinor - reserveMinor) < 0n) return 'buying now misses the reserve';
  }
  if (!softClose) return undefined;
  if (!isDuration(softClose.windowMs) || !isDuration(softClose.extensionMs)) return 'an extension has no length';
  if (!Number.isSafeInteger(softClose.extensionsMax) || softClose.extensionsMax < 0)
    return 'extensions are not counted';
  return softClose.hardStopAt < terms.closesAt ? 'the hard stop is before the close' : undefined;
}

function meatRoundsProblem(terms: MeatRoundsTerms): string | undefined {
  const { startingMinor, reserveMinor, stepMinor, rounds, roundMs, pauseMs = 0 } = terms;
  if (!Number.isSafeInteger(rounds) || rounds < 1 || rounds > roundsMax)
    return `there are not 1 to ${roundsMax} rounds`;
  if (!isDuration(roundMs)) return 'rounds have no length';
  if (!Number.isSafeInteger(pauseMs) || pauseMs < 0) return 'pauses have no length';
  const lengthMs = rounds * roundMs + (rounds - 1) * pauseMs;
  if (terms.closesAt.getTime() - terms.opensAt.getTime() !== lengthMs)
    return 'the last round does not end at the close';
  if (stepMinor <= 0n) return 'prices need not fall';
  if (reserveMinor === undefined) return undefined;
  return isPrice(reserveMinor) && reserveMinor <= startingMinor ? undefined : 'bidding starts past the reserve';
}

function retractionProblem({ retractUntilMsBeforeClose: ms }: Retractable): string | undefined {
  return ms === undefined || (Number.isSafeInteger(ms) && ms >= 0) ? undefined : 'retraction ends at no time';
}

/** True for an amount somebody may be asked to pay. */
export function isPrice(minor: bigint): boolean {
  return minor > 0n && minor < moneyMinorLimit;
}

function isDuration(ms: number): boolean {
  return Number.isSafeInteger(ms) && ms > 0;
}
