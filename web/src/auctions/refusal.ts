import { Problem } from '../api/problem.ts';
import { fromMinor } from '../money/amount.ts';
import { formatMoney } from '../money/format.ts';

type Words = (needed: string | undefined) => string;

const words: Record<string, Words> = {
  MARKETPLACE_BID_TOO_LOW: (needed) =>
    needed
      ? `Your bid is too low now: the least that counts is ${needed}.`
      : 'Your bid is too low: no higher one counts here.',
  MARKETPLACE_BID_TOO_HIGH: (needed) =>
    needed
      ? `Your offer is too high now: the most that counts is ${needed}.`
      : 'Your offer is too high: no lower one counts here.',
  MARKETPLACE_BID_STALE: () =>
    'The round or the price changed before your bid arrived. Look at it again and decide anew.',
  MARKETPLACE_BID_BUY_NOW_OVER: () => 'Bidding has reached the buy-now price. You can still bid.',
  MARKETPLACE_BID_ALREADY_MADE: () => 'You have already bid in this round. One bid each counts.',
  MARKETPLACE_BID_LEFT: () =>
    'You have left this auction, because you did not stay in a round. Your deposit comes back when it is over.',
  MARKETPLACE_BID_NOT_LAST: () => 'Only your last bid can be taken back.',
  MARKETPLACE_BID_RETRACTION_OVER: () => 'It is too late to take a bid back: your bid stands.',
  MARKETPLACE_BID_NO_DEPOSIT: () => 'You have not joined yet. Join with your deposit first, then bid.',
  MARKETPLACE_BID_NOT_ELIGIBLE: () => 'Your account is of a role that does not bid in this auction.',
  MARKETPLACE_BID_OWN_LOT: () => 'This is your own lot; nobody bids on their own.',
  MARKETPLACE_BID_AMOUNT_INVALID: () => 'The amount must be above zero and of a size that can be paid.',
  MARKETPLACE_AUCTION_NOT_OPEN: () => 'The auction has not begun. Bid once it is open.',
  MARKETPLACE_AUCTION_PAUSED: () => 'It is the pause between two rounds. Bid in the next one.',
  MARKETPLACE_AUCTION_CLOSED: () => 'The auction closed before your bid arrived.',
  PAYMENTS_BALANCE_NOT_FOUND: () => 'You have no balance in this currency yet. Top it up, then join.',
  PAYMENTS_INSUFFICIENT_FUNDS: () => 'Your balance has less than the deposit. Top it up, then join.',
};

/** A refusal of the auction in the words of who bid, with the exact amount that would have counted. */
export function refusalOf(error: unknown, currency: string): { title: string; code: string } {
  if (!(error instanceof Problem)) return { title: String(error), code: 'UNKNOWN' };
  const { neededMinor } = error.params;
  const needed =
    typeof neededMinor === 'string' ? formatMoney(fromMinor(BigInt(neededMinor), currency), currency) : undefined;
  return { title: words[error.code]?.(needed) ?? error.detail, code: error.code };
}

/** The same for a bid of long ago, of which only the code is kept. */
export function refusedFor(code: string | null): string {
  return (code && words[code]?.(undefined)) || 'It was refused.';
}

/** A refused bid stands in the log too, and its receipt says so. */
export function receiptOfRefusal(error: unknown): string | undefined {
  const receipt = error instanceof Problem ? error.params.receipt : undefined;
  return typeof receipt === 'string' ? receipt : undefined;
}
