import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Problem } from '../api/problem.ts';
import type { Body } from '../api/shapes.ts';
import { live } from '../live/live.ts';
import type { PlacedBid } from './auction.ts';
import { receiptOfRefusal } from './refusal.ts';
import { useRefreshAuction } from './use-auction.ts';

type Sent = Body<'/api/auctions/{id}/bids'> | Body<'/api/auctions/{id}/retractions'>;
type WithoutKey<T> = T extends unknown ? Omit<T, 'key'> : never;

/** A bid, or the taking back of one, before it has a key. */
export type Bidding = WithoutKey<Sent>;

/** What came of the last bid of this page. */
export interface BidAnswer {
  placed?: PlacedBid;
  refused?: unknown;
  /** Signed; also of a refusal, which stands in the log as well. */
  receipt?: string | undefined;
}

/**
 * Bids over the live socket. The same bid sent again after no answer came has the same key, so it counts once; after an answer
 * it is a new one.
 */
export function useBidding(auctionId: string) {
  const refresh = useRefreshAuction(auctionId);
  const [answer, setAnswer] = useState<BidAnswer>();
  const open = useRef<{ said: string; key: string }>(undefined);
  const bid = useMutation({
    mutationFn: async (body: Bidding) => {
      const said = JSON.stringify(body);
      const key = open.current?.said === said ? open.current.key : crypto.randomUUID();
      open.current = { said, key };
      const type = 'bidSequence' in body ? 'retract' : 'bid';
      return (await live.ask({ type, auctionId, body: { ...body, key } })) as unknown as PlacedBid;
    },
    onSuccess: (placed) => setAnswer({ placed, receipt: placed.receipt }),
    onError: (refused) => setAnswer({ refused, receipt: receiptOfRefusal(refused) }),
    onSettled: (_, error) => {
      if (!(error instanceof Problem) || error.code !== 'BID_UNANSWERED') open.current = undefined;
      return refresh();
    },
  });
  return { answer, isBusy: bid.isPending, send: bid.mutate };
}

export type BiddingNow = ReturnType<typeof useBidding>;
