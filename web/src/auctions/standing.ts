import { toMinor } from '../money/amount.ts';
import { formatMoney } from '../money/format.ts';
import type { Auction, LiveState, LiveUpdate, MyBid, Participation } from './auction.ts';
import { isBuying } from './auction.ts';

export interface Standing {
  tone: 'lead' | 'behind' | 'in' | 'out' | 'watching';
  words: string;
}

type Facts = Pick<Auction, 'format' | 'currency' | 'ownerId'> & { participation: Participation | null };

/**
 * The bids of mine that stand, oldest first. A retraction takes the last one back; refused ones never stood.
 */
export function standingBids(newestFirst: readonly MyBid[]): MyBid[] {
  const standing: MyBid[] = [];
  for (const bid of [...newestFirst].reverse()) {
    if (bid.outcome === 'refused') continue;
    if (bid.type === 'retract') standing.pop();
    else standing.push(bid);
  }
  return standing;
}

/** My limit now: what I would pay at most, or in a reverse would sell for at least. */
export function myLimit(
  newestFirst: readonly MyBid[],
  { format, currency }: Pick<Auction, 'format' | 'currency'>,
): number | string | null {
  const amounts = standingBids(newestFirst).flatMap(({ amount }) => (amount === null ? [] : [amount]));
  const side = isBuying(format) ? -1n : 1n;
  return amounts.reduce<number | string | null>(
    (best, each) => (best === null || side * (toMinor(each, currency) - toMinor(best, currency)) > 0n ? each : best),
    null,
  );
}

/** My standing in words, as the platform last said it. */
export function standingOf(
  auction: Facts,
  live: LiveState,
  mine: readonly MyBid[],
  updates: readonly LiveUpdate[],
  meId: string,
): Standing {
  const { format, currency, participation, ownerId } = auction;
  if (ownerId === meId) return ownersStanding(auction, live);
  if (participation?.status !== 'admitted') return { tone: 'watching', words: 'You are watching.' };
  const limit = myLimit(mine, auction);
  const said = (amount: number | string) => formatMoney(amount, currency);
  const you = participation.bidder;
  if (live.status === 'scheduled') {
    return { tone: 'in', words: `You have joined as bidder ${you}. You can bid once it opens.` };
  }
  switch (format) {
    case 'english':
    case 'reverse': {
      const name = format === 'english' ? 'maximum' : 'minimum';
      if (live.leader === you) {
        return { tone: 'lead', words: `You lead.${limit === null ? '' : ` Your ${name} is ${said(limit)}.`}` };
      }
      if (limit === null) return { tone: 'in', words: `You are in as bidder ${you}. You have not bid yet.` };
      return {
        tone: 'behind',
        words: `You do not lead. Your ${name} of ${said(limit)} was passed by bidder ${live.leader ?? '?'}.`,
      };
    }
    case 'dutch':
      return { tone: 'in', words: `You are in as bidder ${you}. The first to take the price has the lot.` };
    case 'sealed_first':
    case 'sealed_second':
      return limit === null
        ? { tone: 'in', words: `You are in as bidder ${you}. You have not bid yet.` }
        : { tone: 'in', words: `Your sealed bid is ${said(limit)}. Nobody sees it before the close.` };
    case 'japanese':
      return japaneseStanding(you, live, updates);
    case 'meat_rounds':
      return meatStanding(you, live, limit === null ? null : said(limit));
  }
}

function ownersStanding({ format }: Facts, { bids, reserveMet }: LiveState): Standing {
  const role = isBuying(format) ? 'You asked for these offers.' : 'This is your lot.';
  const reserve = reserveMet === null ? '' : reserveMet ? ' Your reserve is met.' : ' Your reserve is not met yet.';
  return { tone: 'watching', words: `${role} ${bids === 1 ? 'One bid' : `${bids} bids`} so far.${reserve}` };
}

/** Everybody may know who stayed in which round. */
function japaneseStanding(you: number, { round, status }: LiveState, updates: readonly LiveUpdate[]): Standing {
  const stayed = updates.filter(
    ({ kind, outcome, bidder }) => kind === 'stay' && outcome === 'accepted' && bidder === you,
  );
  const last = stayed.at(-1)?.round ?? 0;
  const now = round ?? 1;
  if (status !== 'open')
    return { tone: 'in', words: last === 0 ? 'You did not stay in.' : `You stayed up to round ${last}.` };
  if (last === now) return { tone: 'lead', words: `You stay in round ${now}. Wait for the next one.` };
  if (last === now - 1)
    return { tone: 'behind', words: `You are in. Stay in round ${now} before it ends, or you have left.` };
  return { tone: 'out', words: `You have left: the last round you stayed in is ${last === 0 ? 'none' : last}.` };
}

function meatStanding(you: number, { round, leader, status }: LiveState, offer: string | null): Standing {
  if (offer === null) return { tone: 'in', words: `You are in as bidder ${you}. You have not offered yet.` };
  if (status !== 'open') return { tone: 'in', words: `Your last offer was ${offer}.` };
  if (round === 1) return { tone: 'in', words: `Your offer is ${offer}. Nobody sees it before the round ends.` };
  return leader === you
    ? { tone: 'lead', words: `You led after the last round. Your offer is ${offer}.` }
    : { tone: 'behind', words: `Bidder ${leader ?? '?'} led after the last round. Your offer is ${offer}.` };
}
