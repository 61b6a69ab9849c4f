import type { LinkProps } from '@tanstack/react-router';
import { server } from '../../api/client.ts';
import { ButtonLink } from '../../design/button.tsx';
import { Refusal } from '../../design/fields.tsx';
import { Instant } from '../../design/figures.tsx';
import { Notice } from '../../design/notice.tsx';
import { Skeleton } from '../../design/query-view.tsx';

const polled = { refetchInterval: 10_000 };

interface Trouble {
  key: string;
  title: string;
  detail: string;
  at: string;
  link: Pick<LinkProps, 'to' | 'search' | 'params'>;
}

/** What does not go on by itself: orders past their deadline, messages that failed, sources in trouble. */
export function Stuck() {
  const orders = server.useQuery('get', '/api/admin/orders', { params: { query: { limit: 200 } } }, polled);
  const letters = server.useQuery('get', '/api/admin/dead-letters', {}, polled);
  const sources = server.useQuery('get', '/api/admin/market/sources', {}, polled);
  const asked = [orders, letters, sources];
  const failed = asked.find(({ error }) => error);
  if (failed) return <Refusal problem={failed.error} />;
  if (asked.some(({ isPending }) => isPending)) return <Skeleton rows={2} />;
  const troubles: Trouble[] = [
    ...(letters.data?.items ?? [])
      .filter(({ replayedAt }) => replayedAt === null)
      .map((letter) => ({
        key: letter.id,
        title: `A message is stuck: ${letter.subject}`,
        detail: letter.error,
        at: letter.createdAt,
        link: { to: '/admin/dead-letters' as const },
      })),
    ...(orders.data?.items ?? []).flatMap(({ orderId, title, incidents }) =>
      incidents.map(({ kind, detail, at }) => ({
        key: `${orderId}${kind}${at}`,
        title,
        detail,
        at,
        link: { to: '/orders/$orderId' as const, params: { orderId } },
      })),
    ),
    ...(sources.data?.items ?? []).flatMap(({ sourceId, name, incidents }) =>
      incidents.map(({ incidentId, detail, openedAt }) => ({
        key: incidentId,
        title: name,
        detail,
        at: openedAt,
        link: { to: '/admin/market' as const, search: { view: 'sources' as const, open: sourceId } },
      })),
    ),
  ];
  if (troubles.length === 0) return <p className="text-muted">Nothing is stuck.</p>;
  return (
    <div className="grid gap-2">
      {troubles
        .toSorted((a, b) => a.at.localeCompare(b.at))
        .map(({ key, title, detail, at, link }) => (
          <Notice
            key={key}
            tone="amber"
            title={title}
            action={
              <ButtonLink {...link} size="sm">
                Look at it
              </ButtonLink>
            }
          >
            {detail} Since <Instant at={at} />.
          </Notice>
        ))}
    </div>
  );
}
