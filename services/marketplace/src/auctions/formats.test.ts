import { deadEnds, unreachableStates } from '@clearlot/kernel';
import { describe, expect, it } from 'vitest';
import {
  after,
  dutchTerms,
  englishTerms,
  japaneseTerms,
  minute,
  play,
  reverseTerms,
  sealedTerms,
} from './auction.fixture.ts';
import { auctionTransitions, nextWakeAt, openAuction } from './auction.ts';
import { defaultIncrements, incrementAt } from './increments.ts';

const refused = (code: string, neededMinor?: bigint) => ({
  ...{ outcome: 'refused', code, ...(neededMinor === undefined ? {} : { neededMinor }) },
});

describe('a reverse auction', () => {
  it('of two proxies is won at the second limit less its increment, and limits mirror', () => {
    const auction = play(reverseTerms());
    expect(auction.bid('ann', 1_000_01n)).toEqual(refused('MARKETPLACE_BID_TOO_HIGH', 1_000_00n));
    expect(auction.bid('ann', 600_00n)).toMatchObject({ after: { priceMinor: 1_000_00n, leaderId: 'ann' } });
    expect(auction.bid('bob', 975_01n)).toEqual(refused('MARKETPLACE_BID_TOO_HIGH', 975_00n));
    expect(auction.bid('bob', 800_00n)).toMatchObject({ after: { priceMinor: 790_00n, leaderId: 'ann' } });
    expect(auction.bid('cyd', 595_00n)).toMatchObject({ after: { priceMinor: 595_00n, leaderId: 'cyd' } });
    expect(auction.bid('cyd', 500_00n)).toMatchObject({ after: { priceMinor: 590_00n, leaderId: 'cyd' } });
    expect(auction.close()).toEqual({ outcome: 'sold', winnerId: 'cyd', priceMinor: 590_00n, bidSequence: 6 });
  });

  it('takes nothing back, and meets its reserve from above', () => {
    const auction = play(reverseTerms({ reserveMinor: 700_00n }));
    auction.bid('ann', 700_01n);
    expect(auction.state).toMatchObject({ play: { leader: { bidderId: 'ann' } } });
    expect(auction.retract('ann', 1)).toEqual(refused('MARKETPLACE_BID_RETRACTION_OVER'));
    expect(auction.bid('bob', 650_00n)).toMatchObject({ after: { priceMinor: 690_01n, reserveMet: true } });
  });
});

describe('a Dutch auction', () => {
  it('is won by the first to take the step that the clock shows', () => {
    const auction = play(dutchTerms());
    expect(auction.bid('ann', 99_99n, 0)).toEqual(refused('MARKETPLACE_BID_TOO_LOW', 100_00n));
    expect(nextWakeAt(auction.state)).toEqual(after(10 * minute));
    expect(auction.bid('ann', 70_00n, 20 * minute - 1)).toEqual(refused('MARKETPLACE_BID_TOO_LOW', 85_00n));
    expect(auction.bid('bob', 85_00n, 20 * minute)).toMatchObject({ after: { status: 'closed', priceMinor: 70_00n } });
    expect(auction.state.result).toEqual({ outcome: 'sold', winnerId: 'bob', priceMinor: 70_00n, bidSequence: 3 });
    expect(auction.bid('ann', 100_00n, 20 * minute)).toEqual(refused('MARKETPLACE_AUCTION_CLOSED'));
  });

  it('stops at the floor and is unsold if nobody takes it', () => {
    const auction = play(dutchTerms());
    auction.give({ type: 'advance' }, 45 * minute);
    expect(auction.bid('ann', 49_99n, 45 * minute)).toEqual(refused('MARKETPLACE_BID_TOO_LOW', 50_00n));
    expect(nextWakeAt(auction.state)).toEqual(after(60 * minute));
    expect(auction.close()).toEqual({ outcome: 'unsold', reason: 'no_bids' });
  });
});

describe('a sealed auction', () => {
  const bids = (auction: ReturnType<typeof play>) => {
    expect(auction.bid('ann', 30_00n)).toMatchObject({ after: { priceMinor: null, leaderId: null, reserveMet: null } });
    auction.bid('bob', 50_00n);
    auction.bid('cyd', 45_00n);
    return auction.close();
  };

  it('is won at the own price, or at the second', () => {
    const sold = { outcome: 'sold', winnerId: 'bob', bidSequence: 2 };
    expect(bids(play(sealedTerms('sealed_first')))).toEqual({ ...sold, priceMinor: 50_00n });
    expect(bids(play(sealedTerms('sealed_second')))).toEqual({ ...sold, priceMinor: 45_00n });
    expect(bids(play(sealedTerms('sealed_second', { reserveMinor: 48_00n })))).toEqual({ ...sold, priceMinor: 48_00n });
    const unmet = play(sealedTerms('sealed_second', { reserveMinor: 50_01n }));
    expect(bids(unmet)).toEqual({ outcome: 'unsold', reason: 'reserve_not_met' });
  });

  it('of one bidder costs the starting price, whatever the bidder outbid of their own', () => {
    const auction = play(sealedTerms('sealed_second'));
    auction.bid('ann', 30_00n);
    expect(auction.bid('ann', 30_00n)).toEqual(refused('MARKETPLACE_BID_TOO_LOW', 30_01n));
    auction.bid('ann', 40_00n);
    expect(auction.close()).toEqual({ outcome: 'sold', winnerId: 'ann', priceMinor: 10_00n, bidSequence: 3 });
  });

  it('goes to the earlier of equal bids, and a raised bid is as late as its raise', () => {
    const auction = play(sealedTerms('sealed_first'));
    auction.bid('ann', 30_00n);
    auction.bid('bob', 50_00n);
    auction.bid('ann', 50_00n);
    expect(auction.close()).toMatchObject({ winnerId: 'bob', priceMinor: 50_00n });
  });

  it('brings back the bid before one that is retracted', () => {
    const auction = play(sealedTerms('sealed_first', { retractUntilMsBeforeClose: 0 }));
    auction.bid('ann', 30_00n);
    auction.bid('ann', 300_00n);
    expect(auction.retract('ann', 1)).toEqual(refused('MARKETPLACE_BID_NOT_LAST'));
    expect(auction.retract('ann', 2)).toMatchObject({ outcome: 'accepted' });
    expect(auction.close()).toMatchObject({ winnerId: 'ann', priceMinor: 30_00n });
  });
});

describe('a Japanese auction', () => {
  it('is won by the last one staying, at the price of that round', () => {
    const auction = play(japaneseTerms());
    for (const bidder of ['ann', 'bob', 'cyd']) auction.stay(bidder, 1, 1 * minute);
    expect(auction.stay('ann', 1, 2 * minute)).toEqual(refused('MARKETPLACE_BID_ALREADY_MADE'));
    expect(auction.stay('bob', 2, 9 * minute)).toEqual(refused('MARKETPLACE_BID_STALE'));
    expect(auction.stay('bob', 2, 10 * minute)).toMatchObject({ after: { round: 2, priceMinor: 15_00n } });
    auction.stay('ann', 2, 11 * minute);
    expect(auction.stay('dan', 2, 12 * minute)).toEqual(refused('MARKETPLACE_BID_LEFT'));
    expect(auction.stay('ann', 2, 20 * minute)).toEqual(refused('MARKETPLACE_BID_STALE'));
    expect(auction.stay('cyd', 3, 20 * minute)).toEqual(refused('MARKETPLACE_BID_LEFT'));
    auction.stay('ann', 3, 21 * minute);
    expect(auction.close()).toMatchObject({ winnerId: 'ann', priceMinor: 20_00n });
    expect(auction.state.closedAt).toEqual(after(30 * minute));
  });

  it('whose last ones leave together goes to the earliest of the round before', () => {
    const auction = play(japaneseTerms());
    for (const bidder of ['ann', 'bob']) auction.stay(bidder, 1, minute);
    for (const bidder of ['bob', 'ann']) auction.stay(bidder, 2, 11 * minute);
    expect(auction.close()).toEqual({ outcome: 'sold', winnerId: 'bob', priceMinor: 15_00n, bidSequence: 3 });
  });

  it('without time for another round goes to the earliest of the last', () => {
    const auction = play(japaneseTerms({ closesAt: after(25 * minute) }));
    for (const bidder of ['ann', 'bob']) auction.stay(bidder, 1, minute);
    for (const bidder of ['bob', 'ann']) auction.stay(bidder, 2, 11 * minute);
    expect(auction.close()).toMatchObject({ winnerId: 'bob', priceMinor: 15_00n });
    expect(auction.state.closedAt).toEqual(after(20 * minute));
  });

  it('that nobody enters is unsold; whoever enters alone wins at the starting price', () => {
    expect(play(japaneseTerms()).close()).toEqual({ outcome: 'unsold', reason: 'no_bids' });
    const alone = play(japaneseTerms());
    alone.stay('ann', 1, minute);
    expect(alone.close()).toMatchObject({ winnerId: 'ann', priceMinor: 10_00n });
  });
});

describe('increments', () => {
  it.each([
    [99n, 5n],
    [1_00n, 25n],
    [4_99n, 25n],
    [5_00n, 50n],
    [25_00n, 1_00n],
    [100_00n, 2_50n],
    [250_00n, 5_00n],
    [500_00n, 10_00n],
    [1_000_00n, 25_00n],
    [2_500_00n, 50_00n],
    [4_999_99n, 50_00n],
    [5_000_00n, 100_00n],
  ])('at %s are %s', (priceMinor, stepMinor) => {
    expect(incrementAt(defaultIncrements, priceMinor)).toBe(stepMinor);
  });
});

describe('an auction', () => {
  it('has no status without a way in or out', () => {
    expect(unreachableStates(auctionTransitions, 'scheduled')).toEqual([]);
    expect(deadEnds(auctionTransitions, ['closed'])).toEqual([]);
  });

  const soft = { windowMs: 1, extensionMs: 1, extensionsMax: 1, hardStopAt: after(60 * minute) };
  it.each([
    ['closing before opening', englishTerms({ closesAt: after(0) })],
    ['at no starting price', englishTerms({ startingMinor: 0n })],
    ['without increments', englishTerms({ increments: [] })],
    ['with bands out of order', englishTerms({ increments: [...defaultIncrements, ...defaultIncrements] })],
    ['with a step of nothing', englishTerms({ increments: [{ belowMinor: null, stepMinor: 0n }] })],
    ['starting over the reserve', englishTerms({ reserveMinor: 9_99n })],
    ['starting under the reserve', reverseTerms({ reserveMinor: 1_000_01n })],
    ['sold under the reserve', englishTerms({ reserveMinor: 50_00n, buyNowMinor: 49_00n })],
    ['sold at the starting price', englishTerms({ buyNowMinor: 10_00n })],
    ['stopping before the close', englishTerms({ softClose: { ...soft, hardStopAt: after(1) } })],
    ['extended by nothing', englishTerms({ softClose: { ...soft, extensionMs: 0 } })],
    ['extended half a time', englishTerms({ softClose: { ...soft, extensionsMax: 0.5 } })],
    ['retracting after the close', englishTerms({ retractUntilMsBeforeClose: -1 })],
    ['with a floor over the start', dutchTerms({ floorMinor: 100_01n })],
    ['with a clock that stands', dutchTerms({ stepMinor: 0n })],
    ['without time for a round', japaneseTerms({ roundMs: 61 * minute })],
  ])('is not held %s', (_, terms) => {
    expect(() => openAuction(terms)).toThrow(expect.objectContaining({ code: 'MARKETPLACE_AUCTION_TERMS_INVALID' }));
  });
});
