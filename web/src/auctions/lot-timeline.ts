import type { Rung } from '../design/ladder.tsx';
import { type Auction, isBuying, type LiveState } from './auction.ts';

/** From the announcement to the order: what was, what is now and who must act. */
export function lotTimeline(auction: Auction, live: LiveState, meId: string): Rung[] {
  const { createdAt, settledAt, awards, format, confirmHours } = auction;
  const { status, result, opensAt, closesAt, extensions, bids } = live;
  const announced: Rung = {
    label: 'Announced',
    state: 'done',
    at: createdAt,
    actor: isBuying(format) ? 'Buyer' : 'Seller',
  };
  if (status === 'cancelled') {
    return [announced, { label: 'Called off before anybody bid', state: 'failed' }];
  }
  const isOver = status === 'closed';
  const rungs: Rung[] = [
    announced,
    {
      label: status === 'scheduled' ? 'Opens' : 'Opened',
      state: status === 'scheduled' ? 'current' : 'done',
      at: opensAt,
    },
    {
      label: isOver ? 'Closed' : 'Closes',
      state: isOver ? 'done' : status === 'open' ? 'current' : 'todo',
      // One that was won early has a close that never came.
      at: settledAt !== null && settledAt < closesAt ? settledAt : closesAt,
      note: extensions > 0 ? `Extended ${extensions === 1 ? 'once' : `${extensions} times`}` : undefined,
    },
  ];
  if (isOver && result?.outcome === 'unsold') {
    return [
      ...rungs,
      { label: unsoldWords(result.reason), state: 'failed', at: settledAt, note: 'All deposits went back.' },
    ];
  }
  const won = awards.at(-1);
  const accepted = awards.find((award) => award.status === 'accepted');
  const isLost = won !== undefined && won.status !== 'offered' && !accepted;
  return [
    ...rungs,
    {
      label: 'Won by the best bid',
      state: isOver && result ? 'done' : 'todo',
      actor: result?.outcome === 'sold' && result.winner !== null ? `Bidder ${result.winner}` : null,
      note: isOver && settledAt === null ? 'Deposits are being given back.' : undefined,
    },
    {
      label: 'Confirmed, and the order made',
      state: accepted ? 'done' : isLost ? 'failed' : isOver && bids > 0 ? 'blocked' : 'todo',
      at: won?.status === 'offered' ? settledAt : null,
      actor: won?.status === 'offered' ? `Waits for ${won.bidderId === meId ? 'you' : 'who won'}` : null,
      note: accepted ? undefined : isLost ? `It was ${won.status}.` : `Within ${confirmHours} hours after the close`,
    },
  ];
}

const reasons: Record<string, string> = {
  no_bids: 'Not sold: nobody bid',
  reserve_not_met: 'Not sold: the reserve was not met',
};

/** Why a lot was not sold. */
export function unsoldWords(reason: string): string {
  return reasons[reason] ?? 'Not sold';
}
