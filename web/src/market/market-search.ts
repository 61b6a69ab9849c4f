import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

/** What a market page keeps in its address, so that it can be shared: all of it is text. */
export type MarketSearch = Record<string, string | undefined>;

/** The address of a page as text, and how to change it. An empty value is left out. */
export function useMarketSearch() {
  const raw: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const set = useCallback(
    (change: MarketSearch) =>
      void navigate({
        to: '.',
        replace: true,
        search: (before: MarketSearch) => withoutEmpty({ ...before, ...change }),
      } as never),
    [navigate],
  );
  return { search: textOf(raw), set };
}

/** Router values are parsed as JSON; a price in an address is still text. */
function textOf(raw: Record<string, unknown>): MarketSearch {
  const entries = Object.entries(raw).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

function withoutEmpty(search: MarketSearch): MarketSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value));
}
