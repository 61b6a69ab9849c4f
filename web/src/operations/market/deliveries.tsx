import { server } from '../../api/client.ts';
import type { Answer } from '../../api/shapes.ts';
import { type Column, DataTable } from '../../design/data-table.tsx';
import { Count } from '../../design/figures.tsx';
import { Empty, QueryView } from '../../design/query-view.tsx';
import { Person } from '../people/person.tsx';
import { Since } from '../since.tsx';
import { useSourceName } from './instrument-names.ts';

type Delivery = Answer<'/api/admin/market/imports'>['items'][number];

const counted = (
  id: 'figures' | 'recorded' | 'corrected' | 'duplicates' | 'keptBack',
  header: string,
): Column<Delivery> => ({
  id,
  header,
  align: 'right',
  sortBy: (delivery) => delivery[id],
  cell: (delivery) => <Count value={delivery[id]} />,
});

const columns: readonly Column<Delivery>[] = [
  {
    id: 'what',
    header: 'Delivery',
    cell: ({ edition, contentSha256 }) => (
      <>
        <span className="font-medium">{edition}</span>
        <span className="figures block max-w-48 truncate text-xs text-muted" title={`SHA-256 ${contentSha256}`}>
          {contentSha256}
        </span>
      </>
    ),
  },
  { id: 'source', header: 'Source', cell: ({ sourceId }) => <SourceName id={sourceId} /> },
  {
    id: 'at',
    header: 'Received',
    sortBy: ({ receivedAt }) => receivedAt,
    cell: ({ receivedAt }) => <Since at={receivedAt} />,
  },
  {
    id: 'by',
    header: 'By',
    wideOnly: true,
    cell: ({ via, receivedBy }) => (via === 'import' ? <Person id={receivedBy} /> : 'Fetched'),
  },
  counted('figures', 'Figures'),
  counted('recorded', 'Recorded'),
  counted('corrected', 'Corrected'),
  counted('duplicates', 'Known already'),
  counted('keptBack', 'Kept back'),
];

function SourceName({ id }: { id: string }) {
  return useSourceName()(id);
}

/** The newest files and fetches, and what became of their figures. */
export function Deliveries() {
  const deliveries = server.useQuery(
    'get',
    '/api/admin/market/imports',
    { params: { query: { limit: 100 } } },
    { refetchInterval: 10_000 },
  );
  const source = useSourceName();
  return (
    <QueryView query={deliveries}>
      {({ items }) => (
        <DataTable
          label="Deliveries"
          columns={columns}
          rows={items}
          rowKey={({ sourceId, contentSha256, receivedAt }) => `${sourceId}${contentSha256}${receivedAt}`}
          textOf={({ edition, sourceId }) => `${edition} ${source(sourceId)}`}
          empty={<Empty title="Nothing was delivered yet">Switch a source on, or import a file of one.</Empty>}
        />
      )}
    </QueryView>
  );
}
