import { useSuspenseQuery } from '@tanstack/react-query';
import { redirect } from '@tanstack/react-router';
import { api, server } from '../api/client.ts';
import { Problem } from '../api/problem.ts';
import { queryClient } from '../api/query-client.ts';

const meQuery = server.queryOptions('get', '/api/profile/me', {}, { staleTime: 5 * 60_000 });

/** Whoever is signed in; only under the frame, which nobody else gets to. */
export function useMe() {
  return useSuspenseQuery(meQuery).data;
}

export type Role = 'seller' | 'buyer' | 'supplier' | 'operator';

/** Sends whoever is not signed in to sign in, and then back to where they wanted to be. */
export async function requireSession(href: string): Promise<void> {
  try {
    await queryClient.ensureQueryData(meQuery);
  } catch (error) {
    if (error instanceof Problem && error.status === 401) throw redirect({ to: '/login', search: { next: href } });
    throw error;
  }
}

/** Signs in for this browser: the session is a cookie that scripts cannot read. Throws {@link Problem}. */
export function startSession(body: { email: string; password: string }): Promise<void> {
  return changeSession(() => api.POST('/api/auth/login', { body, headers: { 'x-clearlot-session': 'cookie' } }));
}

/** Forgets everything that was known of the person before. */
export async function changeSession(change: () => Promise<unknown>): Promise<void> {
  await change();
  queryClient.clear();
}
