import { api, server } from '../../api/client.ts';
import type { Answer } from '../../api/shapes.ts';
import { type Column, DataTable } from '../../design/data-table.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Instant } from '../../design/figures.tsx';
import { Notice } from '../../design/notice.tsx';
import { Facts } from '../../design/page.tsx';
import { Empty, QueryView } from '../../design/query-view.tsx';
import { Status, type Tone, words } from '../../design/status.tsx';
import { Act } from '../act.tsx';
import { RowLink, useOpenRow } from '../open-row.tsx';
import { Since } from '../since.tsx';
import { ImportFile } from './import-file.tsx';

export type Source = Answer<'/api/admin/market/sources'>['items'][number];

const states: Record<Source['state'], { label: string; tone: Tone }> = {
  fresh: { label: 'Fresh', tone: 'green' },
  stale: { label: 'Stale', tone: 'amber' },
  failing: { label: 'Failing', tone: 'red' },
  not_configured: { label: 'Has no key or address', tone: 'plain' },
  disabled: { label: 'Switched off', tone: 'plain' },
  waiting: { label: 'No figure yet', tone: 'blue' },
};

const columns: readonly Column<Source>[] = [
  {
    id: 'name',
    header: 'Source',
    sortBy: ({ name }) => name,
    cell: ({ sourceId, name, attribution }) => (
      <>
        <RowLink id={sourceId}>{name}</RowLink>
        <span className="line-clamp-2 max-w-sm text-xs text-muted">{attribution}</span>
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    sortBy: ({ state }) => state,
    cell: ({ state, incidents, errorDetail }) => (
      <div className="grid justify-items-start gap-1">
        <Status tone={states[state].tone}>{states[state].label}</Status>
        {incidents.length > 0 && (
          <span className="text-xs font-medium text-red">
            {incidents.length} open {incidents.length === 1 ? 'incident' : 'incidents'}
          </span>
        )}
        {errorDetail && <span className="max-w-56 text-xs text-muted">{errorDetail}</span>}
      </div>
    ),
  },
  {
    id: 'newest',
    header: 'Newest figure',
    sortBy: ({ newestValidAt }) => newestValidAt,
    cell: ({ newestValidAt }) => <Since at={newestValidAt} />,
  },
  { id: 'success', header: 'Last fetched', wideOnly: true, cell: ({ lastSuccessAt }) => <Since at={lastSuccessAt} /> },
  {
    id: 'licence',
    header: 'Licensed for',
    wideOnly: true,
    cell: ({ licence }) => licensedFor(licence),
  },
];

function licensedFor({ display, export: isExportable, llm }: Source['licence']): string {
  const uses = [display && 'showing', isExportable && 'export', llm && 'summaries'].filter(Boolean);
  return uses.length > 0 ? uses.join(', ') : 'nothing yet';
}

/** Where figures come from, how fresh each source is and what is wrong with it. */
export function Sources() {
  const sources = server.useQuery('get', '/api/admin/market/sources', {}, { refetchInterval: 10_000 });
  return (
    <QueryView query={sources}>
      {({ items }) => (
        <>
          <DataTable
            label="Sources"
            columns={columns}
            rows={items}
            rowKey={({ sourceId }) => sourceId}
            textOf={({ name, code, attribution }) => `${name} ${code} ${attribution}`}
            empty={<Empty title="There is no source" />}
          />
          <SourcePanel sources={items} />
        </>
      )}
    </QueryView>
  );
}

function SourcePanel({ sources }: { sources: readonly Source[] }) {
  const { row, close } = useOpenRow(sources, ({ sourceId }) => sourceId);
  if (!row) return null;
  const hours = (ms: number) => `${Math.round(ms / 360_000) / 10} hours`;
  return (
    <Dialog open onClose={close} title={row.name} side>
      <div className="grid gap-5">
        <div>
          <Status tone={states[row.state].tone}>{states[row.state].label}</Status>
        </div>
        {row.errorDetail && (
          <Notice tone="red" title={row.errorDetail}>
            Failed {row.failures} {row.failures === 1 ? 'time' : 'times'}, last <Instant at={row.lastAttemptAt} />.
          </Notice>
        )}
        {row.incidents.map((incident) => (
          <Incident key={incident.incidentId} incident={incident} source={row} />
        ))}
        <Facts
          facts={[
            ['Code', row.code],
            ['Kind', words(row.kind)],
            ['Newest figure', <Instant key="newest" at={row.newestValidAt} />],
            ['Must not be older than', hours(row.freshnessTargetMs)],
            ['Last fetched', <Instant key="success" at={row.lastSuccessAt} />],
            ['Next fetch', <Instant key="due" at={row.enabled ? row.dueAt : null} />],
            ['Fetched every', row.everyMs === null ? 'It is not fetched' : hours(row.everyMs)],
            ['Calendar', words(row.calendar)],
            ['Licensed for', licensedFor(row.licence)],
          ]}
        />
        <div className="flex flex-wrap gap-2">
          {row.enabled && row.everyMs !== null && <FetchNow source={row} />}
          <Switch source={row} />
        </div>
        {(row.kind === 'import' || row.kind === 'http') && row.enabled && <ImportFile code={row.code} />}
        <Written title="Settings" value={row.settings} />
        <Written title="Quality rules" value={row.rules} />
      </div>
    </Dialog>
  );
}

function Written({ title, value }: { title: string; value: unknown }) {
  return (
    <details className="rounded-md border border-line px-3 py-2">
      <summary className="min-h-6 font-medium">{title}</summary>
      <pre className="mt-2 text-xs whitespace-pre-wrap">{JSON.stringify(value, null, 2)}</pre>
    </details>
  );
}

function Incident({ incident, source }: { incident: Source['incidents'][number]; source: Source }) {
  const { incidentId, kind, detail, openedAt } = incident;
  return (
    <Notice
      tone="amber"
      title={words(kind)}
      action={
        <Act
          label="Close it"
          size="sm"
          title="Close this incident?"
          action="Close it"
          done="The incident is closed."
          run={() =>
            api.POST('/api/admin/market/sources/incidents/{id}/resolve', { params: { path: { id: incidentId } } })
          }
        >
          <p>
            You state that this is looked after: “{detail}”. If {source.name} still has the trouble, a new incident is
            opened.
          </p>
        </Act>
      }
    >
      {detail} Since <Instant at={openedAt} />.
    </Notice>
  );
}

function FetchNow({ source: { sourceId, name } }: { source: Source }) {
  return (
    <Act
      label="Fetch now"
      title={`Fetch ${name} now?`}
      action="Fetch it"
      done="It is fetched within moments. Its figures follow under Deliveries."
      run={() => api.POST('/api/admin/market/sources/{id}/fetch', { params: { path: { id: sourceId } } })}
    >
      <p>{name} is asked once more, outside of its schedule. It may count against what the source allows us.</p>
    </Act>
  );
}

function Switch({ source: { sourceId, name, enabled } }: { source: Source }) {
  return (
    <Act
      label={enabled ? 'Switch off' : 'Switch on'}
      variant={enabled ? 'danger' : 'primary'}
      title={enabled ? `Switch ${name} off?` : `Switch ${name} on?`}
      action={enabled ? 'Switch it off' : 'Switch it on'}
      done={enabled ? `${name} is switched off.` : `${name} is switched on.`}
      run={() =>
        api.PUT('/api/admin/market/sources/{id}', {
          params: { path: { id: sourceId } },
          body: { enabled: !enabled },
        })
      }
    >
      <p>
        {enabled
          ? `${name} is not fetched any more. What it said so far stays, and becomes older.`
          : `${name} is fetched on its schedule again.`}
      </p>
    </Act>
  );
}
