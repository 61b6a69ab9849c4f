import { Link, useParams } from '@tanstack/react-router';
import { useCallback, useMemo, useRef } from 'react';
import { StateLadder } from '../design/ladder.tsx';
import { Notice } from '../design/notice.tsx';
import { Page, Section } from '../design/page.tsx';
import { PageError } from '../design/page-error.tsx';
import { QueryView } from '../design/query-view.tsx';
import { Status } from '../design/status.tsx';
import { useToast } from '../design/toasts.tsx';
import { useOutbid } from '../live/live.ts';
import { type Role, useMe } from '../session/session.ts';
import { Analytics } from './analytics.tsx';
import { type Auction, formats, isSimulated, rulesOf, statusTones, statusWords, topicOf } from './auction.ts';
import { AuctionLog } from './auction-log.tsx';
import { BidPanel } from './bid-panel.tsx';
import { CancelAuction } from './cancel-auction.tsx';
import { ConnectionBadge } from './connection-badge.tsx';
import { HistoryTable } from './history-table.tsx';
import { LotPrice } from './lot-price.tsx';
import { LotTerms } from './lot-terms.tsx';
import { lotTimeline } from './lot-timeline.ts';
import { MyBids } from './my-bids.tsx';
import { Outcome } from './outcome.tsx';
import { PriceHistory } from './price-history.tsx';
import { SaleLots } from './sale-lots.tsx';
import { standingOf } from './standing.ts';
import { useAuction, useLiveAuction, useMyBids } from './use-auction.ts';
import { useHistory } from './use-history.ts';

/** An auction as it runs: the price, where I stand, the clock, and what I can do. */
export function AuctionPage() {
  const { auctionId } = useParams({ from: '/_app/auctions/$auctionId' });
  const auction = useAuction(auctionId);
  if (auction.error && !auction.data) return <PageError error={auction.error} retry={() => void auction.refetch()} />;
  return (
    <QueryView query={auction} rows={12}>
      {(it) => <Room key={it.auctionId} auction={it} />}
    </QueryView>
  );
}

function Room({ auction }: { auction: Auction }) {
  const { auctionId, currency, ownerId, participation, saleId } = auction;
  const { id: meId, role } = useMe();
  const rules = useMemo(() => rulesOf(auction), [auction]);
  const { live, updates, connection, watchers, offsetMs } = useLiveAuction(auctionId, auction.live);
  const history = useHistory(auctionId, updates, live.sequence);
  const isBidder = participation?.status === 'admitted';
  const mine = useMyBids(auctionId, isBidder).data?.items ?? [];
  const standing = standingOf(auction, live, mine, history, meId);
  const you = participation?.bidder;
  useOutbidNotice(auctionId);
  const isOver = live.status === 'closed';
  const maySeeLog = isOver && (isBidder || ownerId === meId || role === 'operator');
  return (
    <Page
      title={auction.title}
      wide
      above={
        <Link to="/auctions" className="underline">
          Auctions
        </Link>
      }
      status={
        <>
          <Status tone={statusTones[live.status]}>{statusWords[live.status]}</Status>
          {isSimulated(auction) && <Status tone="amber">Simulated</Status>}
        </>
      }
      summary={formats[auction.format].name}
      actions={live.status !== 'cancelled' && <ConnectionBadge connection={connection} watchers={watchers} />}
    >
      {isSimulated(auction) && live.status !== 'closed' && (
        <Notice title="This is a simulated lot">
          Bidders in it are played by a program, so that you can try bidding.
        </Notice>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-6 xl:grid-cols-[minmax(0,1fr)_380px] xl:grid-rows-[auto_1fr]">
        <div className="grid min-w-0 content-start gap-6">
          <LotPrice {...{ auction, live, rules, standing, offsetMs }} />
          <Outcome auction={auction} live={live} meId={meId} />
        </div>
        <div className="grid content-start gap-6 xl:col-start-2 xl:row-span-2 xl:row-start-1">
          <BidPanel {...{ auction, live, rules, mine, standing, offsetMs, meId }} role={role as Role} />
          <Section title="Course">
            <StateLadder label="Course of the auction" rungs={lotTimeline(auction, live, meId)} />
          </Section>
          <SaleLots saleId={saleId} auctionId={auctionId} />
          {ownerId === meId && <CancelAuction auction={auction} live={live} />}
        </div>
        <div className="grid min-w-0 content-start gap-6">
          <PriceHistory updates={history} title={auction.title} />
          <MyBids auction={auction} mine={mine} />
          <HistoryTable updates={history} currency={currency} you={you} />
          {isOver && <Analytics auctionId={auctionId} you={you} />}
          <LotTerms auction={auction} rules={rules} />
          {maySeeLog && <AuctionLog auctionId={auctionId} mine={mine} />}
        </div>
      </div>
    </Page>
  );
}

const outbidMs = 5_000;

/** Says that somebody else leads now: at once, then at most every few seconds. */
function useOutbidNotice(auctionId: string): void {
  const toast = useToast();
  const said = useRef({ at: 0, sequence: 0 });
  const tell = useCallback(
    (sequence: number) => {
      const now = Date.now();
      if (sequence <= said.current.sequence || now - said.current.at < outbidMs) return;
      said.current = { at: now, sequence };
      toast('You were outbid. Somebody else leads now.');
    },
    [toast],
  );
  useOutbid(topicOf(auctionId), tell);
}
