import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import type { Answer } from '../../api/shapes.ts';

export type User = Answer<'/api/admin/users'>['items'][number];

const pageSize = 200;
const pagesMax = 10;

/** The newest two thousand people: lists name people by their id, and nobody is looked up one by one. */
const directoryQuery = queryOptions({
  queryKey: ['operations', 'people'],
  staleTime: 5 * 60_000,
  async queryFn(): Promise<ReadonlyMap<string, User>> {
    const people = new Map<string, User>();
    let cursor: string | undefined;
    for (let page = 0; page < pagesMax; page++) {
      const { data } = await api.GET('/api/admin/users', { params: { query: { limit: pageSize, cursor } } });
      for (const user of data?.items ?? []) people.set(user.id, user);
      cursor = data?.nextCursor ?? undefined;
      if (!cursor) break;
    }
    return people;
  },
});

/** Says the name of anybody by their id; of who is not known, the beginning of the id. */
export function usePeople(): (id: string) => string {
  const { data } = useQuery(directoryQuery);
  return (id) => data?.get(id)?.fullName ?? id.slice(0, 8);
}

/** What is known of one person. */
export function usePerson(id: string): User | undefined {
  return useQuery(directoryQuery).data?.get(id);
}
