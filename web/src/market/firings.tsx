import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { api, server } from '../api/client.ts';
import type { Answer } from '../api/shapes.ts';
import { Button } from '../design/button.tsx';
import { Instant } from '../design/figures.tsx';
import { Section } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { Status } from '../design/status.tsx';
import { formatCount, formatInstant } from '../money/format.ts';
import { KindBadge } from './badges.tsx';
import { FilterSelect } from './filter-select.tsx';
import { useMarketSearch } from './market-search.ts';

type Firing = Answer<'/api/alerts/firings'>['items'][number];

const key = ['market', 'firings'] as const;
const pollMs = 10_000;

/** What alerts have told, newest first, each with the figures it was told from. */
export function Firings() {
  const { search, set } = useMarketSearch();
  const unread = search.unread === 'yes';
  const firings = useInfiniteQuery({
    queryKey: [...key, unread],
    refetchInterval: pollMs,
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor }) => {
      const query = { limit: 30, ...(unread ? { unread: 'true' } : {}), ...(cursor ? { cursor } : {}) };
      const { data } = await api.GET('/api/alerts/firings', { params: { query } });
      return data ?? { items: [], nextCursor: null };
    },
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  return (
    <Section
      title="What they told you"
      actions={
        <FilterSelect
          label="Read and unread"
          all="Read and unread"
          choices={[{ value: 'yes', label: 'Unread only' }]}
          value={search.unread}
          onChange={(value) => set({ unread: value })}
        />
      }
    >
      <QueryView query={firings}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) {
            return unread ? <p className="text-muted">You have read everything.</p> : <NothingYet />;
          }
          return (
            <div className="grid gap-4">
              <ul aria-live="polite" className="grid gap-4">
                {items.map((firing) => (
                  <FiringRow key={firing.firingId} firing={firing} />
                ))}
              </ul>
              {firings.hasNextPage && (
                <div>
                  <Button onClick={() => void firings.fetchNextPage()} busy={firings.isFetchingNextPage}>
                    Show older ones
                  </Button>
                </div>
              )}
            </div>
          );
        }}
      </QueryView>
    </Section>
  );
}

function NothingYet() {
  return (
    <Empty title="Nothing has rung yet">
      An alert is held against every figure that is published after it was made. What it tells stays here.
    </Empty>
  );
}

function FiringRow({ firing }: { firing: Firing }) {
  const queries = useQueryClient();
  const read = server.useMutation('post', '/api/alerts/firings/{id}/read', {
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  });
  const { webhook } = firing;
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 border-b border-line pb-4 last:border-b-0 last:pb-0">
      <div className="min-w-0 flex-1">
        <p className={firing.readAt ? '' : 'font-semibold'}>{firing.text}</p>
        <p className="text-xs text-muted">
          {firing.alertName} · <Instant at={firing.firedAt} />
        </p>
        <ul className="mt-1.5 grid gap-1 text-xs text-muted">
          {firing.figures.map((figure) => (
            <li key={figure.code}>
              <span className="figures text-ink">
                {formatCount(figure.mid)} {figure.per}
              </span>
              , {figure.name}, {figure.source}, of {formatInstant(figure.validAt)} <KindBadge kind={figure.kind} />
            </li>
          ))}
        </ul>
        {webhook && (
          <p className="mt-1.5 text-xs text-muted">
            Webhook {webhookWords[webhook.state]} after {webhook.attempts}{' '}
            {webhook.attempts === 1 ? 'attempt' : 'attempts'}
            {webhook.lastError ? `: ${webhook.lastError}` : ''}
          </p>
        )}
      </div>
      {firing.readAt ? (
        <Status>Read</Status>
      ) : (
        <Button
          size="sm"
          busy={read.isPending}
          onClick={() => read.mutate({ params: { path: { id: firing.firingId } } })}
        >
          Mark as read
        </Button>
      )}
    </li>
  );
}

const webhookWords: Record<NonNullable<Firing['webhook']>['state'], string> = {
  planned: 'waits to be sent',
  sending: 'is being sent',
  delivered: 'was delivered',
  failed: 'could not be delivered',
};
