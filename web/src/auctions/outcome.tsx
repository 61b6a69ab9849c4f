import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { server } from '../api/client.ts';
import { Button } from '../design/button.tsx';
import { Confirm } from '../design/dialog.tsx';
import { Instant, Money } from '../design/figures.tsx';
import { Notice } from '../design/notice.tsx';
import { Section } from '../design/page.tsx';
import { Status, words } from '../design/status.tsx';
import { useToast } from '../design/toasts.tsx';
import { formatMoney } from '../money/format.ts';
import { type Auction, type Award, isBuying, type LiveState } from './auction.ts';
import { unsoldWords } from './lot-timeline.ts';
import { useRefreshAuction } from './use-auction.ts';

/** How an auction ended and, for who won, what comes next. */
export function Outcome({ auction, live, meId }: { auction: Auction; live: LiveState; meId: string }) {
  const { currency, awards, ownerId, participation, format } = auction;
  const { result, status } = live;
  if (status === 'cancelled') return <Notice title="This auction was called off">Every deposit went back.</Notice>;
  if (status !== 'closed' || !result) return null;
  const mine = awards.find(({ bidderId }) => bidderId === meId);
  if (mine && ownerId !== meId) return <MyAward auction={auction} award={mine} />;
  const verb = isBuying(format) ? 'Bought' : 'Sold';
  const title =
    result.outcome === 'sold'
      ? `${verb} at ${formatMoney(result.price, currency)} per tonne${result.winner === null ? '' : `, bidder ${result.winner} won`}`
      : unsoldWords(result.reason);
  if (ownerId === meId) {
    return (
      <>
        <Notice tone={result.outcome === 'sold' ? 'green' : 'plain'} title={title} />
        {awards.length > 0 && <Awards auction={auction} />}
      </>
    );
  }
  if (participation?.status === 'admitted' && result.outcome === 'sold' && result.winner === participation.bidder) {
    return (
      <Notice tone="green" title="You won">
        The lot is being offered to you. It appears here in a moment.
      </Notice>
    );
  }
  return (
    <Notice title={title}>
      {participation?.status === 'admitted' ? 'You did not win. Your deposit is yours again.' : null}
    </Notice>
  );
}

function MyAward({ auction, award }: { auction: Auction; award: Award }) {
  const { currency } = auction;
  const { status, orderId, rank, price, amount, confirmBy } = award;
  const sells = isBuying(auction.format);
  if (status === 'accepted') {
    return (
      <Notice
        tone="green"
        title={sells ? 'You sold it, and the order is made' : 'The lot is yours, and the order is made'}
        action={
          orderId && (
            <Link to="/orders/$orderId" params={{ orderId }} className="font-semibold text-accent underline">
              Open the order
            </Link>
          )
        }
      >
        <Money amount={amount} currency={currency} /> at <Money amount={price} currency={currency} /> per tonne
      </Notice>
    );
  }
  if (status !== 'offered') {
    return (
      <Notice title={status === 'declined' ? 'You declined the lot' : 'You did not confirm the lot in time'}>
        {rank === 1 ? 'Your deposit went to the owner of the auction.' : 'Nothing was taken from you.'} The next bidder
        is asked.
      </Notice>
    );
  }
  return (
    <Section title={rank === 1 ? 'You won' : 'The lot is offered to you'}>
      <div className="grid gap-3">
        <p className="max-w-prose text-lg">
          {rank > 1 && 'Who won did not take it, so it is yours if you want it. '}
          {sells ? 'You sell the lot for' : 'You buy the lot for'}{' '}
          <strong className="font-semibold">
            <Money amount={amount} currency={currency} />
          </strong>{' '}
          (<Money amount={price} currency={currency} /> per tonne). Confirm it by <Instant at={confirmBy} />.
        </p>
        <AnswerAward auction={auction} award={award} />
      </div>
    </Section>
  );
}

function AnswerAward({ auction, award }: { auction: Auction; award: Award }) {
  const { auctionId, currency, deposit, format } = auction;
  const [asking, setAsking] = useState<'confirm' | 'decline'>();
  const toast = useToast();
  const refresh = useRefreshAuction(auctionId);
  const params = { path: { id: auctionId } };
  const done = (words: string) => ({
    onSuccess: () => {
      setAsking(undefined);
      toast(words);
    },
    onSettled: refresh,
  });
  const confirm = server.useMutation('post', '/api/auctions/{id}/award/confirm', done('The order is made.'));
  const decline = server.useMutation('post', '/api/auctions/{id}/award/decline', done('You declined the lot.'));
  const held = <Money amount={deposit} currency={currency} />;
  const sells = isBuying(format);
  const close = () => setAsking(undefined);
  return (
    <div className="flex flex-wrap gap-2">
      <Button variant="primary" onClick={() => setAsking('confirm')}>
        Confirm
      </Button>
      <Button variant="danger" onClick={() => setAsking('decline')}>
        Decline
      </Button>
      <Confirm
        {...{
          open: asking === 'confirm',
          onClose: close,
          title: 'Confirm the lot',
          action: 'Confirm and make the order',
        }}
        onConfirm={() => confirm.mutate({ params })}
        busy={confirm.isPending}
        problem={confirm.error}
      >
        <p>
          You {sells ? 'sell' : 'buy'} <strong className="font-semibold">{auction.title}</strong> for{' '}
          <Money amount={award.amount} currency={currency} />.{' '}
          {sells ? (
            <>Your deposit of {held} is yours again.</>
          ) : (
            <>Your deposit of {held} goes into the escrow of the order; you wire the rest.</>
          )}{' '}
          This cannot be undone.
        </p>
      </Confirm>
      <Confirm
        {...{ open: asking === 'decline', onClose: close, title: 'Decline the lot', action: 'Decline', danger: true }}
        onConfirm={() => decline.mutate({ params })}
        busy={decline.isPending}
        problem={decline.error}
      >
        <p>
          {award.rank === 1 ? (
            <>
              You lose your deposit of {held} to the owner of the auction, and the next bidder is asked. This cannot be
              undone.
            </>
          ) : (
            <>The next bidder is asked. Nothing is taken from you. This cannot be undone.</>
          )}
        </p>
      </Confirm>
    </div>
  );
}

/** The owner sees whom the lot was offered to, and what they said. */
function Awards({ auction }: { auction: Auction }) {
  return (
    <Section title="Offers of the lot">
      <ul className="grid gap-2">
        {auction.awards.map(({ awardId, rank, price, amount, status, confirmBy, orderId }) => (
          <li key={awardId} className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <span>{rank === 1 ? 'To who won' : `To the next in line (${rank})`}</span>
            <Money amount={amount} currency={auction.currency} />
            <span className="text-muted">
              at <Money amount={price} currency={auction.currency} /> per tonne
            </span>
            <Status tone={status === 'accepted' ? 'green' : status === 'offered' ? 'blue' : 'plain'}>
              {words(status)}
            </Status>
            {status === 'offered' && (
              <span className="text-sm text-muted">
                to be confirmed by <Instant at={confirmBy} />
              </span>
            )}
            {orderId && (
              <Link to="/orders/$orderId" params={{ orderId }} className="font-medium text-accent underline">
                Order
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
