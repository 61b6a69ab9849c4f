import { keepPreviousData } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { server } from '../../api/client.ts';
import type { Answer } from '../../api/shapes.ts';
import { type Column, DataTable } from '../../design/data-table.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Instant } from '../../design/figures.tsx';
import { ClearFilters, CursorPages, SelectFilter, TextFilter } from '../../design/filters.tsx';
import { Facts, Page } from '../../design/page.tsx';
import { Empty, QueryView } from '../../design/query-view.tsx';
import { words } from '../../design/status.tsx';
import { RowLink, useOpenRow } from '../open-row.tsx';
import { Person } from '../people/person.tsx';
import { changesOf } from './changes.ts';

type Entry = Answer<'/api/admin/audit'>['items'][number];

const entityTypes = [
  ...['accreditation', 'alert', 'auction', 'auction_award', 'award', 'commitment', 'company', 'contract', 'deal'],
  ...['delivery', 'deposit', 'dispute', 'document', 'escrow', 'fx_rate', 'hold', 'holding', 'instrument', 'login'],
  ...['market_summary', 'order', 'organization', 'participation', 'payment', 'price_entry', 'product', 'quarantine'],
  ...['question', 'quote', 'response', 'review', 'rfq', 'seal', 'session', 'settlement', 'source', 'supplier'],
  ...['trade', 'trade_route', 'trade_window', 'user', 'vat_rate'],
].map((value) => ({ value, label: words(value) }));

const columns: readonly Column<Entry>[] = [
  { id: 'at', header: 'When', cell: ({ at }) => <Instant at={at} /> },
  {
    id: 'what',
    header: 'What',
    cell: ({ id, action }) => (
      <RowLink id={id}>
        <span className="whitespace-nowrap">{words(action.replace('.', ' '))}</span>
      </RowLink>
    ),
  },
  { id: 'who', header: 'Who', cell: (entry) => <Actor entry={entry} /> },
  {
    id: 'of',
    header: 'Of what',
    cell: ({ entityType, entityId }) => (
      <>
        {words(entityType)}
        <span className="figures block max-w-56 truncate text-xs text-muted" title={entityId}>
          {entityId}
        </span>
      </>
    ),
  },
  { id: 'ip', header: 'From', wideOnly: true, cell: ({ ip }) => ip ?? '–' },
];

const isPerson = (actor: string) => /^[0-9a-f-]{36}$/.test(actor);

/** A person, or the part of the platform that went on by itself. */
function Actor({ entry: { actor } }: { entry: Entry }) {
  return isPerson(actor) ? <Person id={actor} /> : <span className="text-muted">{actor}</span>;
}

/** Who did what, when, to what: of everything, of one thing, or of one person. */
export function AuditTrail() {
  const { entityType, entityId, actor, cursor } = useSearch({ from: '/_app/admin/audit' });
  const trail = server.useQuery(
    'get',
    '/api/admin/audit',
    { params: { query: { entityType, entityId, actor, cursor, limit: 50 } } },
    { placeholderData: keepPreviousData },
  );
  return (
    <Page
      title="Audit"
      wide
      summary="Every act with who did it, from where, and what it changed. Nothing here can be changed."
    >
      <QueryView query={trail} rows={12}>
        {({ items, nextCursor }) => (
          <>
            <DataTable
              label="Audit"
              columns={columns}
              rows={items}
              rowKey={({ id }) => id}
              toolbar={
                <>
                  <SelectFilter name="entityType" label="Of what" any="Of anything" choices={entityTypes} />
                  <TextFilter name="entityId" label="Its id" />
                  <TextFilter name="actor" label="Id of who did it" />
                  <ClearFilters />
                </>
              }
              empty={<Empty title="Nothing was recorded under this">Take a filter off to see more.</Empty>}
              footer={<CursorPages nextCursor={nextCursor} />}
            />
            <EntryPanel entries={items} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

function EntryPanel({ entries }: { entries: readonly Entry[] }) {
  const { row, close } = useOpenRow(entries, ({ id }) => id);
  if (!row) return null;
  const changes = changesOf(row.oldValue, row.newValue);
  return (
    <Dialog open onClose={close} title={words(row.action.replace('.', ' '))} side>
      <div className="grid gap-5">
        <Facts
          facts={[
            ['When', <Instant key="at" at={row.at} />],
            ['Who', <Actor key="who" entry={row} />],
            ['Of what', words(row.entityType)],
            ['Its id', row.entityId],
            ['From', row.ip ?? '–'],
            ['Recorded by', row.service],
            ['Trace', row.traceId ?? '–'],
          ]}
        />
        {changes.length === 0 ? (
          <p className="text-muted">It changed no recorded value.</p>
        ) : (
          <table className="w-full table-fixed text-sm">
            <caption className="pb-1 text-left font-semibold">What it changed</caption>
            <thead className="text-left text-xs text-muted">
              <tr>
                <th className="py-1 pr-3 font-medium">Value</th>
                <th className="py-1 pr-3 font-medium">Before</th>
                <th className="py-1 font-medium">After</th>
              </tr>
            </thead>
            <tbody>
              {changes.map(({ name, before, after }) => (
                <tr key={name} className="border-t border-line align-top">
                  <th scope="row" className="py-1.5 pr-3 text-left font-medium break-words">
                    {words(name)}
                  </th>
                  <td className="py-1.5 pr-3 break-words text-muted">{before ?? '–'}</td>
                  <td className="py-1.5 break-words">{after ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Dialog>
  );
}
