import type { AuctionState } from './auction.ts';
import { type Bid, type PlayByFormat, ranked } from './format.ts';
import type { AuctionTerms, FormatName } from './terms.ts';

/** Whom the lot is offered to, at what price, and the log entry of the bid it rests on. */
export interface NextInLine {
  bidderId: string;
  priceMinor: bigint;
  bidSequence: number;
}

/** Everybody whose bid stands at the end, the best first; `amountMinor` is the price they may be offered the lot at. */
const lines: { readonly [F in FormatName]: (play: PlayByFormat[F]) => readonly Bid[] } = {
  english: ({ bids }) => ranked(bids, 1n),
  reverse: ({ bids }) => ranked(bids, -1n),
  // The clock never got as far as anybody else.
  dutch: () => [],
  sealed_first: ({ bids }) => ranked(bids, 1n),
  sealed_second: ({ bids }) => ranked(bids, 1n),
  // Somebody is in several of them; the first is the last round they stayed in.
  japanese: ({ staying, active, left }) => [...staying, ...(active ?? []), ...left],
  meat_rounds: ({ shown }) => shown,
};

/**
 * Who is offered a lot whose winner, and those passed over after, did not take it: the best bid left that meets the reserve,
 * at the bidder's own limit but never better for the owner than the lot was sold at. Null when nobody is left, and of an
 * auction that has not sold.
 */
export function nextInLine(state: AuctionState, passedOver: ReadonlySet<string>): NextInLine | null {
  const { format, result } = state;
  if (result?.outcome !== 'sold') return null;
  const next = lineOf(state).find(
    ({ bidderId, amountMinor }) =>
      bidderId !== result.winnerId && !passedOver.has(bidderId) && isReserveMet(state.terms, amountMinor),
  );
  if (!next) return null;
  const { bidderId, amountMinor, sequence: bidSequence } = next;
  return { bidderId, priceMinor: capped(format, amountMinor, result.priceMinor), bidSequence };
}

function lineOf<F extends FormatName>({ format, play }: { format: F; play: PlayByFormat[F] }): readonly Bid[] {
  return lines[format](play);
}

function isReserveMet(terms: AuctionTerms, minor: bigint): boolean {
  const reserveMinor = 'reserveMinor' in terms ? terms.reserveMinor : undefined;
  if (reserveMinor === undefined) return true;
  return terms.format === 'reverse' || terms.format === 'meat_rounds' ? minor <= reserveMinor : minor >= reserveMinor;
}

/** Where the lot was had at once, a limit may lie past the price. */
function capped(format: FormatName, limitMinor: bigint, soldMinor: bigint): bigint {
  if (format === 'english' && limitMinor > soldMinor) return soldMinor;
  return format === 'reverse' && limitMinor < soldMinor ? soldMinor : limitMinor;
}
