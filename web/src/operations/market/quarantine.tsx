import { keepPreviousData } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { api, server } from '../../api/client.ts';
import type { Answer } from '../../api/shapes.ts';
import { type Column, DataTable } from '../../design/data-table.tsx';
import { Instant } from '../../design/figures.tsx';
import { CursorPages, SelectFilter } from '../../design/filters.tsx';
import { Empty, QueryView } from '../../design/query-view.tsx';
import { Act } from '../act.tsx';
import { Person } from '../people/person.tsx';
import { Since } from '../since.tsx';
import { doubtsInWords } from './doubts.ts';
import { useInstrumentName, useSourceName } from './instrument-names.ts';
import { PriceRange } from './price-range.tsx';

type Kept = Answer<'/api/admin/market/quarantine'>['items'][number];

const columns: readonly Column<Kept>[] = [
  { id: 'of', header: 'Figure', cell: (kept) => <Figure kept={kept} /> },
  { id: 'price', header: 'Price', align: 'right', cell: (kept) => <Price kept={kept} /> },
  {
    id: 'why',
    header: 'Why it is doubted',
    cell: ({ reasons }) => <span className="block max-w-xs">{doubtsInWords(reasons)}</span>,
  },
  {
    id: 'at',
    header: 'Kept back',
    wideOnly: true,
    sortBy: ({ keptAt }) => keptAt,
    cell: ({ keptAt }) => <Since at={keptAt} />,
  },
  { id: 'decision', header: 'Decision', cell: (kept) => <Decision kept={kept} /> },
];

function Figure({ kept: { instrumentId, sourceId, symbol, validAt, edition, citationUrl } }: { kept: Kept }) {
  const instrument = useInstrumentName();
  const source = useSourceName();
  return (
    <>
      <span className="font-medium">{instrumentId ? instrument(instrumentId).name : symbol}</span>
      <span className="block text-xs text-muted">
        {source(sourceId)}, {edition}, valid <Instant at={validAt} />
      </span>
      {citationUrl && (
        <a href={citationUrl} target="_blank" rel="noreferrer" className="text-xs text-accent underline">
          Its citation
        </a>
      )}
    </>
  );
}

function Price({ kept: { instrumentId, low, mid, high } }: { kept: Kept }) {
  return <PriceRange {...{ low, mid, high }} per={useInstrumentName()(instrumentId).per} />;
}

function Decision({ kept }: { kept: Kept }) {
  const { quarantineId, status, decision, decidedBy, reviewable, mid, instrumentId } = kept;
  const { name, per } = useInstrumentName()(instrumentId);
  const path = { params: { path: { id: quarantineId } } };
  if (status !== 'pending') {
    return (
      <span className="text-sm">
        {status === 'approved' ? 'Recorded' : 'Not believed'}
        {decidedBy && (
          <>
            {' '}
            by <Person id={decidedBy} />
          </>
        )}
        {decision && <span className="block max-w-xs text-xs text-muted">“{decision}”</span>}
      </span>
    );
  }
  return (
    <div className="flex flex-wrap gap-1.5">
      {reviewable && (
        <Act
          label="Believe it"
          size="sm"
          title="Record this figure?"
          action="Record it"
          done="The figure is recorded as of now."
          run={(reason) => api.POST('/api/admin/market/quarantine/{id}/approve', { ...path, body: { reason } })}
          reason={{ label: 'Why you believe it', hint: 'Kept with the figure.' }}
        >
          <p>
            {mid} {per} of {name} is published to everybody as of now, and alerts are checked against it.
          </p>
        </Act>
      )}
      <Act
        label="Do not believe it"
        size="sm"
        variant="danger"
        title="Leave this figure out?"
        action="Leave it out"
        done="The figure is left out."
        run={(reason) => api.POST('/api/admin/market/quarantine/{id}/reject', { ...path, body: { reason } })}
        reason={{ label: 'Why', hint: 'Kept with the figure.' }}
      >
        <p>
          {mid} {per} of {name} is not published. Nothing that is recorded changes.
        </p>
      </Act>
      {!reviewable && (
        <p className="max-w-56 text-xs text-muted">It cannot be recorded as it is: the source must send it again.</p>
      )}
    </div>
  );
}

/** Figures that the quality rules kept back. */
export function Quarantine() {
  const { status = 'pending', cursor } = useSearch({ from: '/_app/admin/market' });
  const kept = server.useQuery(
    'get',
    '/api/admin/market/quarantine',
    { params: { query: { status: status as Kept['status'], cursor, limit: 50 } } },
    { placeholderData: keepPreviousData, refetchInterval: 10_000 },
  );
  return (
    <QueryView query={kept}>
      {({ items, nextCursor }) => (
        <DataTable
          label="Figures kept back"
          columns={columns}
          rows={status === 'pending' ? items.toReversed() : items}
          rowKey={({ quarantineId }) => quarantineId}
          toolbar={
            <SelectFilter
              name="status"
              label="State"
              any="To decide"
              choices={[
                { value: 'approved', label: 'Recorded' },
                { value: 'rejected', label: 'Not believed' },
              ]}
            />
          }
          empty={
            <Empty title={status === 'pending' ? 'No figure is kept back' : 'No figure was decided like this'}>
              Figures that are doubted come here instead of onto the market page.
            </Empty>
          }
          footer={<CursorPages nextCursor={nextCursor} />}
        />
      )}
    </QueryView>
  );
}
