import { server } from '../api/client.ts';
import type { Choice } from '../design/fields.tsx';
import type { Instrument } from './basis.ts';

/** Everything there are prices of; it hardly ever changes. */
export function useInstruments() {
  return server.useQuery(
    'get',
    '/api/market/instruments',
    { params: { query: { limit: 200 } } },
    { staleTime: 5 * 60_000, select: ({ items }) => [...items].sort((a, b) => a.name.localeCompare(b.name)) },
  );
}

/** Instruments to choose one of. */
export function instrumentChoices(instruments: readonly Instrument[]): Choice[] {
  return instruments.map(({ instrumentId, name }) => ({ value: instrumentId, label: name }));
}
