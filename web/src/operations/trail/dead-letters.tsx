import { api, server } from '../../api/client.ts';
import type { Answer } from '../../api/shapes.ts';
import { type Column, DataTable } from '../../design/data-table.tsx';
import { Page } from '../../design/page.tsx';
import { Empty, QueryView } from '../../design/query-view.tsx';
import { Status } from '../../design/status.tsx';
import { Act } from '../act.tsx';
import { Since } from '../since.tsx';

type DeadLetter = Answer<'/api/admin/dead-letters'>['items'][number];

const columns: readonly Column<DeadLetter>[] = [
  {
    id: 'what',
    header: 'Message',
    cell: ({ subject, service, consumer }) => (
      <>
        <span className="font-medium">{subject}</span>
        <span className="block text-xs text-muted">
          {consumer} of {service}
        </span>
      </>
    ),
  },
  {
    id: 'of',
    header: 'About',
    wideOnly: true,
    cell: ({ aggregateId }) => (
      <span className="figures block max-w-40 truncate" title={aggregateId}>
        {aggregateId}
      </span>
    ),
  },
  { id: 'why', header: 'Why it failed', cell: ({ error }) => <span className="line-clamp-4 max-w-md">{error}</span> },
  {
    id: 'at',
    header: 'Since',
    sortBy: ({ createdAt }) => createdAt,
    cell: ({ createdAt }) => <Since at={createdAt} />,
  },
  {
    id: 'state',
    header: 'State',
    cell: (letter) => (letter.replayedAt ? <Status tone="green">Handled</Status> : <Replay letter={letter} />),
  },
];

/** Messages between services that could not be handled; what follows of the same thing is parked behind them. */
export function DeadLetters() {
  const letters = server.useQuery('get', '/api/admin/dead-letters', {}, { refetchInterval: 10_000 });
  return (
    <Page
      title="Dead letters"
      wide
      summary="Messages that could not be handled after several tries. What came later about the same thing waits behind them, so nothing is done out of order."
    >
      <QueryView query={letters}>
        {({ items }) => (
          <DataTable
            label="Dead letters"
            columns={columns}
            rows={items.toSorted((a, b) => Number(a.replayedAt !== null) - Number(b.replayedAt !== null))}
            rowKey={({ id }) => id}
            textOf={({ subject, service, consumer, error, aggregateId }) =>
              `${subject} ${service} ${consumer} ${error} ${aggregateId}`
            }
            empty={<Empty title="Every message was handled">Nothing is stuck between services.</Empty>}
          />
        )}
      </QueryView>
    </Page>
  );
}

const replays = {
  identity: '/api/admin/dead-letters/identity/{id}/replay',
  deals: '/api/admin/dead-letters/deals/{id}/replay',
  documents: '/api/admin/dead-letters/documents/{id}/replay',
  payments: '/api/admin/dead-letters/payments/{id}/replay',
  marketplace: '/api/admin/dead-letters/marketplace/{id}/replay',
  'market-data': '/api/admin/dead-letters/market-data/{id}/replay',
} as const;

function Replay({ letter: { id, service, subject, consumer } }: { letter: DeadLetter }) {
  const path = replays[service as keyof typeof replays];
  if (!path) return <Status tone="red">Stuck</Status>;
  return (
    <Act
      label="Handle it now"
      size="sm"
      title="Handle this message now?"
      action="Handle it"
      done="The message and what waited behind it are handled."
      run={() => api.POST(path, { params: { path: { id } } })}
    >
      <p>
        {consumer} of {service} handles “{subject}” again, and then what is parked behind it, in order. Each is handled
        once. If the cause is not resolved, it is refused and nothing changes.
      </p>
    </Act>
  );
}
