import { describe, expect, it } from 'vitest';
import type { Auction, Award, LiveState } from './auction.ts';
import { lotTimeline } from './lot-timeline.ts';

function live(change: Partial<LiveState>): LiveState {
  return {
    ...{ auctionId: 'a', sequence: 9, status: 'open', price: 10_000, leader: 2, reserveMet: null, round: null },
    ...{ opensAt: '2026-11-24T10:00:00.000Z', closesAt: '2026-11-24T12:00:00.000Z', extensions: 0, nextBid: null },
    ...{ bids: 3, bidders: 2, result: null },
    ...change,
  };
}

const sold = { outcome: 'sold', winner: 7, price: 10_000, bidSequence: 8 } as const;

function course(change: Partial<LiveState>, auction: Partial<Auction> = {}) {
  const facts = { createdAt: '', settledAt: null, awards: [], format: 'english', confirmHours: 48, ...auction };
  return lotTimeline(facts as unknown as Auction, live(change), 'me');
}

const states = (...args: Parameters<typeof course>) => course(...args).map(({ state }) => state);

function award(change: Partial<Award>): Award {
  return {
    ...{ awardId: 'w', rank: 1, bidderId: 'me', price: 10_000, amount: 200_000, status: 'offered' as const },
    ...{ confirmBy: '', orderId: null },
    ...change,
  };
}

describe('the course of an auction', () => {
  it('stands at the opening, then at the close, then waits for who won', () => {
    expect(states({ status: 'scheduled' })).toEqual(['done', 'current', 'todo', 'todo', 'todo']);
    expect(states({ status: 'open' })).toEqual(['done', 'done', 'current', 'todo', 'todo']);
    expect(states({ status: 'closed', result: sold })).toEqual(['done', 'done', 'done', 'done', 'blocked']);
  });

  it('says whom it waits for', () => {
    const waiting = (bidderId: string) =>
      course({ status: 'closed', result: sold }, { settledAt: '', awards: [award({ bidderId })] }).at(-1)?.actor;
    expect(waiting('me')).toBe('Waits for you');
    expect(waiting('another')).toBe('Waits for who won');
  });

  it('ends with the order, or with nobody who took the lot', () => {
    const last = (status: Award['status']) =>
      course({ status: 'closed', result: sold }, { settledAt: '', awards: [award({ status })] }).at(-1)?.state;
    expect(last('accepted')).toBe('done');
    expect(last('declined')).toBe('failed');
    expect(last('lapsed')).toBe('failed');
  });

  it('ends early where nothing is sold', () => {
    const unsold = course({ status: 'closed', result: { outcome: 'unsold', reason: 'reserve_not_met' } });
    expect(unsold.at(-1)).toMatchObject({ label: 'Not sold: the reserve was not met', state: 'failed' });
    expect(states({ status: 'cancelled' })).toEqual(['done', 'failed']);
  });

  it('closed when it was won, where that was before the announced close', () => {
    const won = course({ status: 'closed', result: sold }, { settledAt: '2026-11-24T10:30:00.000Z' });
    expect(won[2]?.at).toBe('2026-11-24T10:30:00.000Z');
  });
});
