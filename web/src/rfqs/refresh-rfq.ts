import { useQueryClient } from '@tanstack/react-query';

/** Everything that shows requests, their responses or awards asks for it again. */
export function useRefreshRfq(): () => Promise<unknown> {
  const queries = useQueryClient();
  return () =>
    queries.invalidateQueries({
      predicate: ({ queryKey: [, path] }) => typeof path === 'string' && path.startsWith('/api/rfqs'),
    });
}
