import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { Confirm } from '../design/dialog.tsx';
import { Section } from '../design/page.tsx';
import { formatMoney } from '../money/format.ts';
import type { Role } from '../session/session.ts';
import { type Auction, isBuying, type LiveState, type MyBid, type Rules } from './auction.ts';
import { BidAnswerView } from './bid-answer.tsx';
import { AmountForm, DutchForm, StayForm } from './bid-forms.tsx';
import { priceAndTotal, useBidReview } from './bid-review.tsx';
import { type BiddingNow, useBidding } from './bidding.ts';
import { isPaused } from './countdown.ts';
import { JoinAuction } from './join-auction.tsx';
import { buyNowPrice, retractable } from './least-bid.ts';
import { useServerNow } from './server-now.ts';
import type { Standing } from './standing.ts';

interface PanelProps {
  auction: Auction;
  live: LiveState;
  rules: Rules;
  mine: readonly MyBid[];
  standing: Standing;
  offsetMs: number;
}

/** What I can do in an auction now: join it, bid, or why I cannot. */
export function BidPanel({ role, meId, ...props }: PanelProps & { role: Role; meId: string }) {
  const { auction, live } = props;
  const bidding = useBidding(auction.auctionId);
  if (live.status === 'closed' || live.status === 'cancelled') {
    return bidding.answer ? <BidAnswerView answer={bidding.answer} auction={auction} /> : null;
  }
  if (auction.ownerId === meId) return null;
  const bids = isBuying(auction.format) ? 'supplier' : 'buyer';
  if (role !== bids) {
    return (
      <Section title="Bidding">
        <p className="text-muted">
          {bids === 'supplier' ? 'Verified suppliers offer in this auction.' : 'Buyers bid in this auction.'} You can
          watch it.
        </p>
      </Section>
    );
  }
  if (auction.participation?.status !== 'admitted') {
    return (
      <Section title="Join">
        {auction.participation?.status === 'pending' ? (
          <p role="status">Your deposit is being held. You can bid in a moment.</p>
        ) : (
          <JoinAuction auction={auction} />
        )}
      </Section>
    );
  }
  return <Open {...props} bidding={bidding} />;
}

function Open({ bidding, ...props }: PanelProps & { bidding: BiddingNow }) {
  const { auction, live, rules, mine, standing, offsetMs } = props;
  const { review, dialog } = useBidReview(bidding);
  const now = useServerNow(offsetMs, 1_000);
  const form = { auction, live, rules, mine, isBusy: bidding.isBusy, review };
  const paused = isPaused(live, rules, now);
  const offered = auction.format === 'meat_rounds' && mine.some((bid) => hasOffered(bid, live, rules));
  return (
    <Section title={isBuying(auction.format) ? 'Your offer' : 'Your bid'}>
      <div className="grid gap-4">
        {live.status === 'scheduled' ? (
          <p className="text-muted">You can bid as soon as it opens. Your deposit is held.</p>
        ) : paused ? (
          <p role="status">It is the pause between two rounds. The next one begins by the clock.</p>
        ) : standing.tone === 'out' ? (
          <p>You have left. Your deposit comes back when the auction is over.</p>
        ) : offered ? (
          <p role="status">Your offer of this round is in. The best one is shown when the round ends.</p>
        ) : auction.format === 'dutch' ? (
          <DutchForm {...form} />
        ) : auction.format === 'japanese' ? (
          <StayForm {...form} isStaying={standing.tone === 'lead'} />
        ) : (
          <AmountForm key={bidding.answer?.placed?.sequence} {...form} />
        )}
        {bidding.answer && <BidAnswerView answer={bidding.answer} auction={auction} />}
        <BuyNow {...props} bidding={bidding} />
        <TakeBack {...props} bidding={bidding} nowMs={now} />
      </div>
      {dialog}
    </Section>
  );
}

/** In rounds of best value one offer counts in each. */
function hasOffered({ type, outcome, at }: MyBid, { round, opensAt }: LiveState, rules: Rules): boolean {
  if (type !== 'bid' || outcome !== 'accepted' || round === null || rules.roundMs === undefined) return false;
  const begins = Date.parse(opensAt) + (round - 1) * (rules.roundMs + (rules.pauseMs ?? 0));
  return Date.parse(at) >= begins;
}

function BuyNow({ auction, live, rules, bidding }: PanelProps & { bidding: BiddingNow }) {
  const [open, setOpen] = useState(false);
  const { currency, format } = auction;
  const price = buyNowPrice(auction, live, rules);
  if (price === undefined) return null;
  const verb = isBuying(format) ? 'Sell at once' : 'Buy now';
  return (
    <div className="border-t border-line pt-4">
      <Button onClick={() => setOpen(true)}>
        {verb} at {formatMoney(price, currency)}
      </Button>
      <Confirm
        open={open}
        onClose={() => setOpen(false)}
        onConfirm={() => bidding.send({ type: 'buy_now' }, { onSettled: () => setOpen(false) })}
        title={verb}
        action={`${verb} at ${formatMoney(price, currency)}`}
        busy={bidding.isBusy}
      >
        <p>
          The auction ends at once, and you {isBuying(format) ? 'sell' : 'buy'} the lot for{' '}
          {priceAndTotal(price, auction)}. This cannot be undone.
        </p>
      </Confirm>
    </div>
  );
}

function TakeBack({ auction, live, rules, mine, bidding, nowMs }: PanelProps & { bidding: BiddingNow; nowMs: number }) {
  const [open, setOpen] = useState(false);
  const last = retractable(rules, live, mine, nowMs);
  if (!last || last.amount === null) return null;
  const said = formatMoney(last.amount, auction.currency);
  return (
    <div className="border-t border-line pt-4">
      <Button variant="quiet" onClick={() => setOpen(true)}>
        Take your bid of {said} back
      </Button>
      <Confirm
        open={open}
        onClose={() => setOpen(false)}
        onConfirm={() => bidding.send({ bidSequence: last.sequence }, { onSettled: () => setOpen(false) })}
        title="Take your last bid back"
        action="Take it back"
        danger
        busy={bidding.isBusy}
      >
        <p>
          Your bid of {said} is as if it had never been made; a bid you made before it stands again. Everybody sees that
          it was taken back.
        </p>
      </Confirm>
    </div>
  );
}
