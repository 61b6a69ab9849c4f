import { keepPreviousData } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { api, server } from '../../api/client.ts';
import type { Answer } from '../../api/shapes.ts';
import { type Column, DataTable } from '../../design/data-table.tsx';
import { Instant } from '../../design/figures.tsx';
import { CursorPages, SelectFilter } from '../../design/filters.tsx';
import { Empty, QueryView } from '../../design/query-view.tsx';
import { Status } from '../../design/status.tsx';
import { useMe } from '../../session/session.ts';
import { Act } from '../act.tsx';
import { Person } from '../people/person.tsx';
import { Since } from '../since.tsx';
import { doubtsInWords } from './doubts.ts';
import { useInstrumentName, useSourceName } from './instrument-names.ts';
import { NewEntry } from './new-entry.tsx';
import { PriceRange } from './price-range.tsx';

type Entry = Answer<'/api/admin/market/entries'>['items'][number];

const columns: readonly Column<Entry>[] = [
  { id: 'of', header: 'Entry', cell: (entry) => <What entry={entry} /> },
  { id: 'price', header: 'Price', align: 'right', cell: (entry) => <Price entry={entry} /> },
  {
    id: 'reason',
    header: 'Reason',
    cell: ({ reason, doubts }) => (
      <>
        <span className="block max-w-xs">{reason}</span>
        {doubts.length > 0 && <span className="block max-w-xs text-xs text-amber">{doubtsInWords(doubts)}</span>}
      </>
    ),
  },
  {
    id: 'by',
    header: 'Entered by',
    cell: ({ enteredBy, enteredAt }) => (
      <>
        <Person id={enteredBy} />
        <span className="block">
          <Since at={enteredAt} />
        </span>
      </>
    ),
  },
  { id: 'decision', header: 'Decision', cell: (entry) => <Decision entry={entry} /> },
];

function What({ entry: { purpose, instrumentId, sourceId, validAt, edition } }: { entry: Entry }) {
  const instrument = useInstrumentName();
  const source = useSourceName();
  return (
    <>
      <span className="font-medium">{instrument(instrumentId).name}</span>
      <span className="block text-xs text-muted">
        {purpose === 'correction' ? `Correction of ${source(sourceId)}` : `New figure, ${edition}`}, valid{' '}
        <Instant at={validAt} />
      </span>
    </>
  );
}

function Price({ entry: { instrumentId, low, mid, high } }: { entry: Entry }) {
  return <PriceRange {...{ low, mid, high }} per={useInstrumentName()(instrumentId).per} />;
}

function Decision({ entry }: { entry: Entry }) {
  const { entryId, status, enteredBy, decidedBy, decision, mid, instrumentId, purpose } = entry;
  const me = useMe();
  const { name, per } = useInstrumentName()(instrumentId);
  const path = { params: { path: { id: entryId } } };
  if (status !== 'proposed') {
    return (
      <>
        <Status tone={status === 'approved' ? 'green' : 'red'}>
          {status === 'approved' ? 'Recorded' : 'Declined'}
        </Status>
        {decidedBy && (
          <span className="mt-1 block text-xs">
            by <Person id={decidedBy} />
          </span>
        )}
        {decision && <span className="block max-w-xs text-xs text-muted">“{decision}”</span>}
      </>
    );
  }
  if (enteredBy === me.id) return <Status tone="blue">Waits for another operator</Status>;
  return (
    <div className="flex flex-wrap gap-1.5">
      <Act
        label="Approve"
        size="sm"
        title="Approve this entry?"
        action="Approve and record"
        done="The figure is recorded as of now."
        run={(reason) => api.POST('/api/admin/market/entries/{id}/approve', { ...path, body: { reason } })}
        reason={{ label: 'Why', hint: 'Say what you checked it against.' }}
      >
        <p>
          {mid} {per} of {name} is published to everybody as of now
          {purpose === 'correction' ? '; what was recorded before stays readable as known then' : ''}.
        </p>
      </Act>
      <Act
        label="Decline"
        size="sm"
        variant="danger"
        title="Decline this entry?"
        action="Decline"
        done="The entry is declined."
        run={(reason) => api.POST('/api/admin/market/entries/{id}/reject', { ...path, body: { reason } })}
        reason={{ label: 'Why' }}
      >
        <p>
          {mid} {per} of {name} is not published. Nothing that is recorded changes.
        </p>
      </Act>
    </div>
  );
}

/** Figures and corrections that one operator enters and another decides. */
export function Entries() {
  const { status, cursor } = useSearch({ from: '/_app/admin/market' });
  const entries = server.useQuery(
    'get',
    '/api/admin/market/entries',
    { params: { query: { status: status as Entry['status'] | undefined, cursor, limit: 50 } } },
    { placeholderData: keepPreviousData },
  );
  return (
    <QueryView query={entries}>
      {({ items, nextCursor }) => (
        <DataTable
          label="Entries"
          columns={columns}
          rows={items}
          rowKey={({ entryId }) => entryId}
          toolbar={
            <>
              <SelectFilter
                name="status"
                label="State"
                any="Any state"
                choices={[
                  { value: 'proposed', label: 'To decide' },
                  { value: 'approved', label: 'Recorded' },
                  { value: 'rejected', label: 'Declined' },
                ]}
              />
              <NewEntry />
            </>
          }
          empty={<Empty title="Nothing was entered by hand">Enter a figure that no source delivers.</Empty>}
          footer={<CursorPages nextCursor={nextCursor} />}
        />
      )}
    </QueryView>
  );
}
