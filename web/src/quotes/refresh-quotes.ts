import { useQueryClient } from '@tanstack/react-query';

/** Everything that shows this quote asks for it again. */
export function useRefreshQuotes() {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['get', '/api/quotes'] }),
      queries.invalidateQueries({ queryKey: ['get', '/api/quotes/{id}'] }),
    ]);
}
