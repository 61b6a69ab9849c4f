import { QueryCache, QueryClient } from '@tanstack/react-query';
import { server } from './client.ts';
import { Problem } from './problem.ts';

const freshMs = 10_000;

/** All that the app knows of the platform. Whoever finds that the session has ended lets everything know. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError(error, query) {
      if (!(error instanceof Problem) || error.status !== 401 || query.queryKey[1] === '/api/profile/me') return;
      void queryClient.invalidateQueries({ queryKey: server.queryOptions('get', '/api/profile/me').queryKey });
    },
  }),
  defaultOptions: {
    // The client has sent it several times already.
    queries: { staleTime: freshMs, retry: false, throwOnError: false },
    mutations: { retry: false },
  },
});
