import { useQueryClient } from '@tanstack/react-query';
import { server } from '../api/client.ts';

const alertsQuery = server.queryOptions('get', '/api/alerts', { params: { query: { limit: 200 } } });

/** Asks for the alerts anew, after one was changed. */
export function useRefreshAlerts(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: alertsQuery.queryKey });
}
