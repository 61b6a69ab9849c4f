import { fromMinor, toMinor } from '../money/amount.ts';
import { type Auction, isBuying, type LiveState, type MyBid, type Rules } from './auction.ts';
import { myLimit, standingBids } from './standing.ts';

/** What the next bid of mine must be at least, or at most where prices fall. */
export interface Bound {
  min?: string;
  max?: string;
}

/** The nearest bid of mine that counts now; the platform decides by what is so when it arrives. */
export function boundOf(
  auction: Pick<Auction, 'format' | 'currency' | 'participation'>,
  { leader, nextBid }: LiveState,
  rules: Rules,
  mine: readonly MyBid[],
): Bound {
  const { format, currency, participation } = auction;
  const limit = myLimit(mine, auction);
  const said = (minor: bigint) => fromMinor(minor, currency);
  const limitMinor = limit === null ? undefined : toMinor(limit, currency);
  const startingMinor = BigInt(rules.startingMinor);
  const nextMinor = nextBid === null ? startingMinor : toMinor(nextBid, currency);
  const leads = leader !== null && leader === participation?.bidder;
  switch (format) {
    case 'english':
      return { min: said(leads && limitMinor !== undefined ? limitMinor + 1n : nextMinor) };
    case 'reverse':
      return { max: said(leads && limitMinor !== undefined ? limitMinor - 1n : nextMinor) };
    case 'sealed_first':
    case 'sealed_second':
      return { min: said(limitMinor === undefined ? startingMinor : limitMinor + 1n) };
    case 'meat_rounds':
      return { max: said(limitMinor === undefined ? startingMinor : limitMinor - BigInt(rules.stepMinor ?? '0')) };
    default:
      return {};
  }
}

/** By how much the price moves at least where it is now, as the announced bands say. */
export function stepAt({ increments = [] }: Pick<Rules, 'increments'>, priceMinor: bigint): bigint {
  const band = increments.find(({ belowMinor }) => belowMinor === null || priceMinor < BigInt(belowMinor));
  return BigInt(band?.stepMinor ?? '0');
}

/** Amounts to bid with one press: the next that counts, and a few steps past it. */
export function quickBids({ min, max }: Bound, rules: Rules, currency: string): string[] {
  const from = min ?? max;
  if (from === undefined) return [];
  const least = toMinor(from, currency);
  const side = min === undefined ? -1n : 1n;
  const step = rules.stepMinor ? BigInt(rules.stepMinor) : stepAt(rules, least);
  if (step <= 0n) return [];
  const amounts = [0n, 4n, 20n].map((steps) => least + side * steps * step);
  return amounts.filter((minor) => minor > 0n).map((minor) => fromMinor(minor, currency));
}

/** The bid of mine that can be taken back now, where and while the rules allow it. */
export function retractable(rules: Rules, live: LiveState, mine: readonly MyBid[], nowMs: number): MyBid | undefined {
  const { retractUntilMsBeforeClose: until, closesAt } = rules;
  if (until === undefined || live.status !== 'open') return undefined;
  // As it was announced: an extension does not open it again.
  if (nowMs >= Date.parse(closesAt) - until) return undefined;
  return standingBids(mine).at(-1);
}

/** The price at which the lot can be had at once, while bidding has not reached it. */
export function buyNowPrice(
  { format, currency }: Pick<Auction, 'format' | 'currency'>,
  { price, status }: LiveState,
  { buyNowMinor }: Rules,
): string | undefined {
  if (buyNowMinor === undefined || status !== 'open' || price === null) return undefined;
  const side = isBuying(format) ? -1n : 1n;
  const isOpen = side * (BigInt(buyNowMinor) - toMinor(price, currency)) > 0n;
  return isOpen ? fromMinor(BigInt(buyNowMinor), currency) : undefined;
}
