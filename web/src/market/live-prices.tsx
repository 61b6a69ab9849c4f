import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { server } from '../api/client.ts';
import { Status } from '../design/status.tsx';
import { useConnection, useTopic } from '../live/live.ts';
import type { Quote } from './badges.tsx';
import { type LiveFigure, type LivePrice, withLive } from './live-prices.ts';

interface Latest {
  items: Quote[];
  nextCursor: string | null;
}

const latestKey = server.queryOptions('get', '/api/market/latest').queryKey.slice(0, 2);

/** Keeps figures that are shown as new as they are, without asking again, and says whether it does. */
export function LivePrices({ instrumentIds }: { instrumentIds: readonly string[] }) {
  const { connection } = useConnection();
  return (
    <>
      {instrumentIds.map((instrumentId) => (
        <Watched key={instrumentId} instrumentId={instrumentId} />
      ))}
      <span aria-live="off">
        {connection === 'live' ? (
          <Status tone="green">Live</Status>
        ) : (
          <Status tone="blue">
            {connection === 'connecting' ? 'Connecting' : 'Reconnecting; figures may be older'}
          </Status>
        )}
      </span>
    </>
  );
}

function Watched({ instrumentId }: { instrumentId: string }) {
  const queries = useQueryClient();
  const { state } = useTopic<LivePrice, { figure?: LiveFigure }>(`price:${instrumentId}`);
  useEffect(() => {
    if (!state) return;
    let isWhole = true;
    queries.setQueriesData<Latest>({ queryKey: latestKey }, (known) => {
      if (!known) return known;
      const next = withLive(known.items, instrumentId, state);
      isWhole &&= next.isWhole;
      return next.quotes === known.items ? known : { ...known, items: [...next.quotes] };
    });
    if (!isWhole) void queries.invalidateQueries({ queryKey: latestKey });
  }, [queries, state, instrumentId]);
  return null;
}
