import { useEffect, useMemo, useState } from 'react';
import { api } from '../api/client.ts';
import type { LiveUpdate } from './auction.ts';
import { isIncomplete, mergeHistory } from './history.ts';

const pageMax = 1_000;
const againMs = 3_000;

/** Everything that happened in an auction, in order: what was before the page was opened, and what comes live. */
export function useHistory(auctionId: string, live: readonly LiveUpdate[], newest: number): readonly LiveUpdate[] {
  const [asked, setAsked] = useState<{ auctionId: string; rows: readonly LiveUpdate[] }>({ auctionId, rows: [] });
  const [tries, setTries] = useState(0);
  const rows = asked.auctionId === auctionId ? asked.rows : [];
  const incomplete = isIncomplete(rows, live, newest);
  const after = rows.at(-1)?.sequence ?? 0;
  useEffect(() => {
    if (!incomplete) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    const params = { path: { id: auctionId }, query: { after, limit: pageMax } };
    let again: ReturnType<typeof setTimeout> | undefined;
    api.GET('/api/auctions/{id}/bids', { params, signal }).then(
      ({ data }) => {
        if (signal.aborted || !data) return;
        setAsked((before) => ({
          auctionId,
          rows: mergeHistory(before.auctionId === auctionId ? before.rows : [], data.items),
        }));
      },
      () => {
        if (!signal.aborted) again = setTimeout(() => setTries((count) => count + 1), againMs);
      },
    );
    return () => {
      clearTimeout(again);
      leaving.abort();
    };
  }, [auctionId, after, incomplete, tries]);
  return useMemo(() => mergeHistory(rows, live), [rows, live]);
}
