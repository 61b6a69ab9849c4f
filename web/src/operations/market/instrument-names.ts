import { server } from '../../api/client.ts';

const staleTime = 5 * 60_000;

/** Every instrument: there are a few dozen. */
export function useInstruments() {
  return server.useQuery('get', '/api/market/instruments', { params: { query: { limit: 200 } } }, { staleTime });
}

/** Says the name and the unit of an instrument by its id. */
export function useInstrumentName(): (id: string | null) => { name: string; per: string } {
  const { data } = useInstruments();
  return (id) => {
    const found = data?.items.find(({ instrumentId }) => instrumentId === id);
    return found
      ? { name: found.name, per: `${found.currency} per ${found.unit}` }
      : { name: id?.slice(0, 8) ?? 'Unknown', per: '' };
  };
}

/** Says the name of a source by its id. */
export function useSourceName(): (id: string) => string {
  const { data } = server.useQuery('get', '/api/market/sources', {}, { staleTime });
  return (id) => data?.items.find(({ sourceId }) => sourceId === id)?.name ?? id.slice(0, 8);
}
