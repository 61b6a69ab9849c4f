import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Auction, LiveState, LiveUpdate, MyBid } from './auction.ts';
import { myLimit, standingBids, standingOf } from './standing.ts';

beforeAll(() => vi.stubGlobal('navigator', { language: 'en-US' }));

let sequence = 0;
function bid(type: MyBid['type'], amount: number | null, outcome: MyBid['outcome'] = 'accepted'): MyBid {
  sequence += 1;
  return { sequence, at: '2026-11-24T10:00:00.000Z', type, key: `${sequence}`, amount, outcome, code: null, hash: '' };
}

const newestFirst = (...bids: MyBid[]) => bids.toReversed();

function live(change: Partial<LiveState> = {}): LiveState {
  return {
    ...{ auctionId: 'a', sequence: 9, status: 'open', price: 10_000, leader: 2, reserveMet: null, round: null },
    ...{ opensAt: '', closesAt: '', extensions: 0, nextBid: 10_025, bids: 3, bidders: 2, result: null },
    ...change,
  };
}

function auction(format: Auction['format'], bidder: number | null = 7) {
  const participation = bidder === null ? null : participationOf(bidder);
  return { format, currency: 'USD', ownerId: 'owner', participation };
}

function participationOf(bidder: number) {
  return { auctionId: 'a', bidder, depositId: null, deposit: 0, sharePpm: 0, status: 'admitted' as const };
}

const words = (...args: Parameters<typeof standingOf>) => standingOf(...args).words.replaceAll('\u00a0', ' ');

describe('my limit', () => {
  it('is the best of my bids that stand', () => {
    const mine = newestFirst(bid('bid', 100), bid('bid', 120), bid('bid', 110));
    expect(myLimit(mine, auction('english'))).toBe(120);
    expect(myLimit(mine, auction('reverse'))).toBe(100);
  });

  it('forgets what was taken back, and what was refused', () => {
    const mine = newestFirst(bid('bid', 100), bid('bid', 120), bid('retract', null), bid('bid', 500, 'refused'));
    expect(myLimit(mine, auction('english'))).toBe(100);
    expect(standingBids(mine)).toHaveLength(1);
  });

  it('stays when taking it back was refused', () => {
    const mine = newestFirst(bid('bid', 100), bid('retract', null, 'refused'));
    expect(myLimit(mine, auction('english'))).toBe(100);
  });

  it('compares exactly, also beyond what binary fractions hold', () => {
    const mine = newestFirst(
      { ...bid('bid', 0), amount: '90071992547409.93' },
      { ...bid('bid', 0), amount: '90071992547409.92' },
    );
    expect(myLimit(mine, auction('english'))).toBe('90071992547409.93');
  });
});

describe('my standing in words', () => {
  const mine = newestFirst(bid('bid', 14_250));

  it('says that I lead and up to what', () => {
    expect(words(auction('english'), live({ leader: 7 }), mine, [], 'me')).toBe(
      'You lead. Your maximum is USD 14,250.00.',
    );
    expect(words(auction('reverse'), live({ leader: 7 }), mine, [], 'me')).toMatch(/Your minimum is/);
  });

  it('says who passed me', () => {
    expect(words(auction('english'), live(), mine, [], 'me')).toMatch(/You do not lead.*passed by bidder 2/);
  });

  it('tells an owner, somebody who watches and somebody who has not bid apart', () => {
    expect(words(auction('english', null), live({ reserveMet: true }), [], [], 'owner')).toBe(
      'This is your lot. 3 bids so far. Your reserve is met.',
    );
    expect(standingOf(auction('english', null), live(), [], [], 'me').tone).toBe('watching');
    expect(words(auction('english'), live(), [], [], 'me')).toMatch(/have not bid yet/);
  });

  it('keeps a sealed bid to who made it', () => {
    expect(words(auction('sealed_first'), live({ leader: null, price: null }), mine, [], 'me')).toMatch(
      /Your sealed bid is USD 14,250.00/,
    );
  });

  it('says in rounds whether I still have to stay, stay, or have left', () => {
    const stay = (bidder: number, round: number): LiveUpdate => ({
      ...{ sequence: round, at: '', kind: 'stay', outcome: 'accepted', bidder, round },
    });
    const tone = (round: number, updates: LiveUpdate[]) =>
      standingOf(auction('japanese'), live({ round, leader: null }), [], updates, 'me').tone;
    expect(tone(1, [])).toBe('behind');
    expect(tone(2, [stay(7, 1), stay(3, 2)])).toBe('behind');
    expect(tone(2, [stay(7, 1), stay(7, 2)])).toBe('lead');
    expect(tone(4, [stay(7, 1), stay(7, 2)])).toBe('out');
  });

  it('says in rounds of best value who led after the last one', () => {
    expect(words(auction('meat_rounds'), live({ round: 1, leader: null }), mine, [], 'me')).toMatch(/Nobody sees it/);
    expect(standingOf(auction('meat_rounds'), live({ round: 2, leader: 7 }), mine, [], 'me').tone).toBe('lead');
    expect(standingOf(auction('meat_rounds'), live({ round: 2, leader: 1 }), mine, [], 'me').tone).toBe('behind');
  });
});
