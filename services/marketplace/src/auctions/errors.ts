import { errorTable } from '@clearlot/kernel';

/** Every expected failure of auctions. A refused bid carries its code in the log; only bad terms are thrown. */
export const auctionErrors = errorTable({
  MARKETPLACE_AUCTION_NOT_FOUND: ['missing', 'There is no such auction.'],
  MARKETPLACE_AUCTION_OWNER_ONLY: ['forbidden', 'Only who holds the auction may do this.'],
  MARKETPLACE_AUCTION_BEGUN: ['conflict', 'Somebody has bid: the auction takes its course.'],
  MARKETPLACE_AUCTION_ENDED: ['conflict', 'The auction is over.'],
  MARKETPLACE_AUCTION_NOT_ENDED: ['conflict', 'This is shown once the auction is over.'],
  MARKETPLACE_AUCTION_ANSWERS_INVALID: ['mismatch', 'Every question of the auction needs one of its answers.'],
  MARKETPLACE_AUCTION_DEPOSIT_REFUSED: ['conflict', 'The deposit could not be placed.'],
  MARKETPLACE_AWARD_NOT_YOURS: ['missing', 'The lot is not offered to you.'],
  MARKETPLACE_AWARD_ENDED: ['conflict', 'The offer of the lot is over.'],
  MARKETPLACE_AUCTION_TERMS_INVALID: ['mismatch', 'An auction cannot be held on these terms.'],
  MARKETPLACE_AUCTION_NOT_OPEN: ['conflict', 'The auction has not begun.'],
  MARKETPLACE_AUCTION_CLOSED: ['conflict', 'The auction is over.'],
  MARKETPLACE_AUCTION_PAUSED: ['conflict', 'The auction pauses between two rounds.'],
  MARKETPLACE_AUCTION_NOTHING_DUE: ['conflict', 'The clock changes nothing of the auction yet.'],
  MARKETPLACE_BID_KEY_REUSED: ['mismatch', 'The key belongs to another bid of this bidder.'],
  MARKETPLACE_BID_OWN_LOT: ['forbidden', 'Nobody bids on their own lot.'],
  MARKETPLACE_BID_NOT_ELIGIBLE: ['forbidden', 'The bidder may not bid in this auction.'],
  MARKETPLACE_BID_NO_DEPOSIT: ['forbidden', 'The bid is not backed by a deposit.'],
  MARKETPLACE_BID_STALE: ['conflict', 'The bid answers to a price or a round that is no more.'],
  MARKETPLACE_BID_NOT_OF_FORMAT: ['mismatch', 'Auctions of this format know no such bid.'],
  MARKETPLACE_BID_AMOUNT_INVALID: ['mismatch', 'The amount is not above zero or is too large.'],
  MARKETPLACE_BID_TOO_LOW: ['mismatch', 'The bid is under the least that is accepted.'],
  MARKETPLACE_BID_TOO_HIGH: ['mismatch', 'The bid is over the most that is accepted.'],
  MARKETPLACE_BID_BUY_NOW_OVER: ['conflict', 'The lot can no longer be had at once.'],
  MARKETPLACE_BID_ALREADY_MADE: ['conflict', 'The bidder has already bid in this round.'],
  MARKETPLACE_BID_SHARE_INVALID: ['mismatch', 'The share of the criteria is not one from 0 to 900,000 ppm.'],
  MARKETPLACE_BID_SHARE_CHANGED: ['mismatch', 'The share of the criteria is not that of the bidder before.'],
  MARKETPLACE_BID_LEFT: ['conflict', 'The bidder has left the auction.'],
  MARKETPLACE_BID_NOT_LAST: ['conflict', 'Only the last bid of a bidder can be taken back, by that bidder.'],
  MARKETPLACE_BID_RETRACTION_OVER: ['conflict', 'Bids of this auction can no longer be taken back.'],
});

/** Why a command was refused: stable, to be matched. */
export type RefusalCode = Exclude<
  keyof typeof auctionErrors.table,
  | 'MARKETPLACE_AUCTION_TERMS_INVALID'
  | 'MARKETPLACE_AUCTION_NOT_FOUND'
  | 'MARKETPLACE_AUCTION_OWNER_ONLY'
  | 'MARKETPLACE_AUCTION_BEGUN'
  | 'MARKETPLACE_AUCTION_ENDED'
  | 'MARKETPLACE_AUCTION_NOT_ENDED'
  | 'MARKETPLACE_AUCTION_ANSWERS_INVALID'
  | 'MARKETPLACE_AUCTION_DEPOSIT_REFUSED'
  | 'MARKETPLACE_AWARD_NOT_YOURS'
  | 'MARKETPLACE_AWARD_ENDED'
>;
