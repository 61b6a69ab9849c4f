import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { server } from '../api/client.ts';
import { useTopic } from '../live/live.ts';
import { type LiveState, type LiveUpdate, topicOf } from './auction.ts';

const pollMs = { settling: 1_500, running: 15_000 };

/** An auction and my part in it; asked for again while the platform goes on with it. */
export function useAuction(auctionId: string) {
  return server.useQuery(
    'get',
    '/api/auctions/{id}',
    { params: { path: { id: auctionId } } },
    {
      refetchInterval: ({ state: { data } }) => {
        if (!data || data.status === 'cancelled') return false;
        if (data.status === 'closed' && data.settledAt === null) return pollMs.settling;
        return pollMs.running;
      },
    },
  );
}

/** How an auction stands now: what came over the socket, or what was asked for where that is newer. */
export function useLiveAuction(auctionId: string, asked: LiveState) {
  const { state, ...feed } = useTopic<LiveState, LiveUpdate>(topicOf(auctionId));
  const refresh = useRefreshAuction(auctionId);
  const live = state && state.sequence >= asked.sequence ? state : asked;
  const { status } = live;
  // The opening and the close change more than the price: my part, the award, the log.
  useEffect(() => {
    if (status !== asked.status) void refresh();
  }, [status, asked.status, refresh]);
  return { ...feed, live };
}

/** My bids with my limits. */
export function useMyBids(auctionId: string, isBidder: boolean) {
  const params = { path: { id: auctionId }, query: { limit: 200 } };
  return server.useQuery('get', '/api/auctions/{id}/bids/mine', { params }, { enabled: isBidder });
}

/** Everything that shows my part in an auction asks for it again. */
export function useRefreshAuction(auctionId: string): () => Promise<unknown> {
  const queries = useQueryClient();
  return useCallback(() => {
    const isShown = ([method, path, init]: readonly unknown[]) =>
      method === 'get' && (path === '/api/payments/balances' || (isAuctionPath(path) && isOf(init, auctionId)));
    return queries.invalidateQueries({ predicate: ({ queryKey }) => isShown(queryKey) });
  }, [queries, auctionId]);
}

const isAuctionPath = (path: unknown) => path === '/api/auctions/{id}' || path === '/api/auctions/{id}/bids/mine';

function isOf(init: unknown, auctionId: string): boolean {
  return (init as { params?: { path?: { id?: string } } } | undefined)?.params?.path?.id === auctionId;
}
