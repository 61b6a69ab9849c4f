import { describe, expect, it } from 'vitest';
import { after, englishTerms, minute, play } from './auction.fixture.ts';
import { nextWakeAt } from './auction.ts';

const price = (priceMinor: bigint, leaderId: string | null) => ({
  outcome: 'accepted',
  after: expect.objectContaining({ priceMinor, leaderId }),
});
const refused = (code: string, neededMinor?: bigint) => ({
  ...{ outcome: 'refused', code, ...(neededMinor === undefined ? {} : { neededMinor }) },
});

describe('an English auction', () => {
  it('of two proxies is won at the second limit plus its increment', () => {
    const auction = play(englishTerms());
    expect(auction.bid('ann', 100_00n)).toEqual(price(10_00n, 'ann'));
    expect(auction.bid('bob', 40_00n)).toEqual(price(41_00n, 'ann'));
    expect(auction.bid('bob', 100_50n)).toEqual(price(100_50n, 'bob'));
    expect(auction.close()).toEqual({ outcome: 'sold', winnerId: 'bob', priceMinor: 100_50n, bidSequence: 3 });
  });

  it('gives equal limits to the earlier, at that limit', () => {
    const auction = play(englishTerms());
    auction.bid('ann', 50_00n);
    expect(auction.bid('bob', 50_00n)).toEqual(price(50_00n, 'ann'));
    expect(auction.close()).toMatchObject({ winnerId: 'ann', priceMinor: 50_00n, bidSequence: 1 });
  });

  it('accepts the first bid at the starting price and others an increment past the price', () => {
    const auction = play(englishTerms());
    expect(auction.bid('ann', 9_99n)).toEqual(refused('MARKETPLACE_BID_TOO_LOW', 10_00n));
    auction.bid('ann', 10_00n);
    expect(auction.bid('bob', 10_49n)).toEqual(refused('MARKETPLACE_BID_TOO_LOW', 10_50n));
    expect(auction.bid('bob', 10_50n)).toEqual(price(10_50n, 'bob'));
  });

  it('shows that the reserve is met and not what it is; a limit that meets it bids it', () => {
    const auction = play(englishTerms({ reserveMinor: 80_00n }));
    expect(auction.bid('ann', 79_99n)).toMatchObject({ after: { priceMinor: 10_00n, reserveMet: false } });
    expect(auction.bid('bob', 120_00n)).toMatchObject({
      after: { priceMinor: 80_99n, leaderId: 'bob', reserveMet: true },
    });
    const quiet = play(englishTerms({ reserveMinor: 80_00n }));
    expect(quiet.bid('ann', 90_00n)).toMatchObject({ after: { priceMinor: 80_00n, reserveMet: true } });
    const unmet = play(englishTerms({ reserveMinor: 80_00n }));
    unmet.bid('ann', 79_99n);
    expect(unmet.close()).toEqual({ outcome: 'unsold', reason: 'reserve_not_met' });
    expect(play(englishTerms()).close()).toEqual({ outcome: 'unsold', reason: 'no_bids' });
  });

  it('lets the leader raise the own limit without raising the price, and not lower it', () => {
    const auction = play(englishTerms());
    auction.bid('ann', 100_00n);
    auction.bid('bob', 40_00n);
    expect(auction.bid('ann', 200_00n)).toEqual(price(41_00n, 'ann'));
    expect(auction.bid('ann', 200_00n)).toEqual(refused('MARKETPLACE_BID_TOO_LOW', 200_01n));
    expect(auction.bid('bob', 150_00n)).toEqual(price(152_50n, 'ann'));
  });

  it('completes by a raise the increment that the old limit had cut short', () => {
    const auction = play(englishTerms());
    auction.bid('ann', 50_00n);
    auction.bid('bob', 50_00n);
    expect(auction.bid('ann', 90_00n)).toEqual(price(51_00n, 'ann'));
  });

  it('is over when somebody buys now, which ends when bidding reaches it', () => {
    const bought = play(englishTerms({ buyNowMinor: 60_00n }));
    bought.bid('ann', 100_00n);
    bought.bid('bob', 30_00n);
    expect(bought.buyNow('cyd')).toMatchObject({ after: { status: 'closed' } });
    expect(bought.state.result).toEqual({ outcome: 'sold', winnerId: 'cyd', priceMinor: 60_00n, bidSequence: 3 });
    expect(bought.bid('ann', 500_00n)).toEqual(refused('MARKETPLACE_AUCTION_CLOSED'));
    const passed = play(englishTerms({ buyNowMinor: 60_00n, retractUntilMsBeforeClose: 0 }));
    passed.bid('ann', 100_00n);
    passed.bid('bob', 59_00n);
    expect(passed.buyNow('cyd')).toEqual(refused('MARKETPLACE_BID_BUY_NOW_OVER'));
    passed.retract('bob', 2);
    expect(passed.buyNow('cyd')).toEqual(refused('MARKETPLACE_BID_BUY_NOW_OVER'));
    expect(play(englishTerms()).buyNow('cyd')).toEqual(refused('MARKETPLACE_BID_NOT_OF_FORMAT'));
  });

  it('opens at its time and is closed at its time, before any bid of that instant', () => {
    const auction = play(englishTerms());
    expect(nextWakeAt(auction.state)).toEqual(after(0));
    expect(auction.bid('ann', 20_00n, -1)).toEqual(refused('MARKETPLACE_AUCTION_NOT_OPEN'));
    expect(auction.give({ type: 'advance' }, -1)).toEqual(refused('MARKETPLACE_AUCTION_NOTHING_DUE'));
    expect(auction.bid('ann', 20_00n, 0)).toEqual(price(10_00n, 'ann'));
    expect(nextWakeAt(auction.state)).toEqual(after(60 * minute));
    expect(auction.bid('bob', 30_00n, 60 * minute)).toEqual(refused('MARKETPLACE_AUCTION_CLOSED'));
    expect(auction.state).toMatchObject({ status: 'closed', closedAt: after(60 * minute) });
    expect(nextWakeAt(auction.state)).toBeNull();
  });

  it('refuses the owner, who is not eligible, who has no deposit, and who saw another price', () => {
    const auction = play(englishTerms());
    const bid = { type: 'bid', amountMinor: 20_00n, bidderId: 'ann' } as const;
    expect(auction.bid('owner', 20_00n)).toEqual(refused('MARKETPLACE_BID_OWN_LOT'));
    const standing = (key: 'not_eligible' | 'no_deposit') => auction.give({ ...bid, key, standing: key }, minute);
    expect(standing('not_eligible')).toEqual(refused('MARKETPLACE_BID_NOT_ELIGIBLE'));
    expect(standing('no_deposit')).toEqual(refused('MARKETPLACE_BID_NO_DEPOSIT'));
    const seen = (key: string, seenPriceMinor: bigint) =>
      auction.give({ ...bid, key, standing: 'eligible', seenPriceMinor }, minute);
    expect(seen('old', 9_00n)).toEqual(refused('MARKETPLACE_BID_STALE'));
    expect(seen('now', 10_00n)).toEqual(price(10_00n, 'ann'));
    for (const amount of [0n, -5n, 10n ** 18n]) {
      expect(auction.bid('bob', amount)).toEqual(refused('MARKETPLACE_BID_AMOUNT_INVALID'));
    }
    expect(auction.stay('bob', 1, minute)).toEqual(refused('MARKETPLACE_BID_NOT_OF_FORMAT'));
  });
});

describe('a soft close', () => {
  const softClose = {
    ...{ windowMs: 5 * minute, extensionMs: 5 * minute, extensionsMax: 2, hardStopAt: after(120 * minute) },
  };

  it('extends for bids that take the lead within the window, up to the cap', () => {
    const auction = play(englishTerms({ softClose }));
    auction.bid('ann', 20_00n, 54 * minute);
    expect(auction.state.closesAt).toEqual(after(60 * minute));
    auction.bid('bob', 30_00n, 58 * minute);
    expect(auction.state.closesAt).toEqual(after(63 * minute));
    auction.bid('ann', 25_00n, 59 * minute);
    auction.bid('bob', 40_00n, 59 * minute);
    auction.bid('ann', 1_00n, 59 * minute);
    expect(auction.state.closesAt).toEqual(after(63 * minute));
    auction.bid('ann', 50_00n, 62 * minute);
    expect(auction.state.closesAt).toEqual(after(67 * minute));
    auction.bid('bob', 60_00n, 66 * minute);
    expect(auction.state).toMatchObject({ closesAt: after(67 * minute), extensions: 2 });
  });

  it('never passes the hard stop', () => {
    const auction = play(englishTerms({ softClose: { ...softClose, hardStopAt: after(61 * minute) } }));
    auction.bid('ann', 20_00n, 59 * minute);
    expect(auction.state.closesAt).toEqual(after(61 * minute));
    auction.bid('bob', 30_00n, 60 * minute);
    expect(auction.state).toMatchObject({ closesAt: after(61 * minute), extensions: 1 });
    expect(auction.bid('ann', 90_00n, 61 * minute)).toEqual(refused('MARKETPLACE_AUCTION_CLOSED'));
  });
});

describe('retraction', () => {
  it('leaves the price as the remaining bids make it', () => {
    const auction = play(englishTerms({ retractUntilMsBeforeClose: 30 * minute }));
    auction.bid('ann', 100_00n);
    auction.bid('bob', 40_00n);
    auction.bid('cyd', 500_00n);
    auction.bid('bob', 300_00n);
    expect(auction.retract('cyd', 3)).toEqual(price(102_50n, 'bob'));
    expect(auction.retract('bob', 4)).toEqual(price(41_00n, 'ann'));
    expect(auction.retract('bob', 2)).toEqual(price(10_00n, 'ann'));
    expect(auction.retract('ann', 1)).toEqual(price(10_00n, null));
  });

  it('is only of the own last bid, and only until its time', () => {
    const auction = play(englishTerms({ retractUntilMsBeforeClose: 30 * minute }));
    auction.bid('ann', 20_00n);
    auction.bid('ann', 30_00n);
    expect(auction.retract('ann', 1)).toEqual(refused('MARKETPLACE_BID_NOT_LAST'));
    expect(auction.retract('bob', 2)).toEqual(refused('MARKETPLACE_BID_NOT_LAST'));
    expect(auction.retract('ann', 2, 30 * minute)).toEqual(refused('MARKETPLACE_BID_RETRACTION_OVER'));
    const never = play(englishTerms());
    never.bid('ann', 20_00n);
    expect(never.retract('ann', 1)).toEqual(refused('MARKETPLACE_BID_RETRACTION_OVER'));
  });
});
