import { keepPreviousData } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { api, server } from '../../api/client.ts';
import type { Answer } from '../../api/shapes.ts';
import { type Column, DataTable } from '../../design/data-table.tsx';
import { Count, Instant } from '../../design/figures.tsx';
import { CursorPages, SelectFilter } from '../../design/filters.tsx';
import { Facts, Page } from '../../design/page.tsx';
import { Empty, QueryView } from '../../design/query-view.tsx';
import { Status, words } from '../../design/status.tsx';
import { bases, basisLabel } from '../../shares/accreditation-words.ts';
import { Act } from '../act.tsx';
import { RowLink, useOpenRow } from '../open-row.tsx';
import { Since } from '../since.tsx';
import { ReviewPanel } from './review-panel.tsx';
import { reviewState } from './review-words.ts';

type Accreditation = Answer<'/api/admin/accreditations'>['items'][number];

const statuses = ['submitted', 'verified', 'rejected'] as const;

const columns: readonly Column<Accreditation>[] = [
  {
    id: 'who',
    header: 'Investor',
    sortBy: ({ fullName }) => fullName,
    cell: ({ accreditationId, fullName, email }) => (
      <>
        <RowLink id={accreditationId}>{fullName}</RowLink>
        <span className="block text-xs text-muted">{email}</span>
      </>
    ),
  },
  { id: 'basis', header: 'Rests on', sortBy: ({ basis }) => basis, cell: ({ basis }) => basisLabel(basis) },
  {
    id: 'papers',
    header: 'Proofs',
    align: 'right',
    sortBy: ({ documents }) => documents.length,
    cell: ({ documents }) => <Count value={documents.length} />,
  },
  {
    id: 'at',
    header: 'Attested',
    sortBy: ({ submittedAt }) => submittedAt,
    cell: ({ submittedAt }) => <Since at={submittedAt} />,
  },
  { id: 'until', header: 'Holds until', wideOnly: true, cell: ({ expiresAt }) => <Instant at={expiresAt} dateOnly /> },
  {
    id: 'state',
    header: 'State',
    cell: ({ status }) => {
      const { label, tone } = reviewState(status);
      return <Status tone={tone}>{label}</Status>;
    },
  },
];

/** What buyers attested, to compare with what proves it, the oldest first. */
export function AccreditationsQueue() {
  const { status = 'submitted', cursor } = useSearch({ from: '/_app/admin/accreditations' });
  const accreditations = server.useQuery(
    'get',
    '/api/admin/accreditations',
    { params: { query: { status: status as (typeof statuses)[number], cursor, limit: 100 } } },
    { placeholderData: keepPreviousData },
  );
  return (
    <Page
      title="Accreditations"
      wide
      summary="Compare what each buyer attested with what proves it. A verification holds for twelve months."
    >
      <QueryView query={accreditations}>
        {({ items, nextCursor }) => (
          <>
            <DataTable
              label="Accreditations"
              columns={columns}
              rows={items.toReversed()}
              rowKey={({ accreditationId }) => accreditationId}
              textOf={({ fullName, email }) => `${fullName} ${email}`}
              toolbar={
                <SelectFilter
                  name="status"
                  label="State"
                  any="To review"
                  choices={[
                    { value: 'verified', label: 'Verified' },
                    { value: 'rejected', label: 'Turned down' },
                  ]}
                />
              }
              empty={
                status === 'submitted' ? (
                  <Empty title="No accreditation waits for review">Buyers attest before they can commit funds.</Empty>
                ) : (
                  <Empty title="No accreditation is in this state" />
                )
              }
              footer={<CursorPages nextCursor={nextCursor} />}
            />
            <AccreditationPanel accreditations={items} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

function AccreditationPanel({ accreditations }: { accreditations: readonly Accreditation[] }) {
  const { row, close } = useOpenRow(accreditations, ({ accreditationId }) => accreditationId);
  if (!row) return null;
  const { label, tone } = reviewState(row.status);
  const basis = bases.find(({ value }) => value === row.basis);
  return (
    <ReviewPanel title={`${row.fullName}: ${basisLabel(row.basis)}`} papers={row.documents} onClose={close}>
      <div>
        <Status tone={tone}>{label}</Status>
      </div>
      {basis && (
        <div className="rounded-md border border-line bg-sunken px-4 py-3 text-sm">
          <p className="font-semibold">What must be shown</p>
          <p>{basis.means}</p>
          <p className="text-muted">{basis.proof}</p>
        </div>
      )}
      <Facts
        facts={[
          ['Investor', row.fullName],
          ['E-mail', row.email],
          ['Attested', <Instant key="at" at={row.submittedAt} />],
          ['Decided', <Instant key="decided" at={row.decidedAt} />],
          ...(row.expiresAt ? ([['Holds until', <Instant key="until" at={row.expiresAt} dateOnly />]] as const) : []),
          ...(row.notes ? ([['Remark', row.notes]] as const) : []),
          ...statedFacts(row.details),
        ]}
      />
      <AccreditationDecision accreditation={row} onDone={close} />
    </ReviewPanel>
  );
}

/** What the buyer stated beyond the basis, under the names it came with. */
function statedFacts(details: unknown): [string, string][] {
  if (typeof details !== 'object' || details === null) return [];
  return Object.entries(details).map(([name, value]) => [
    words(name),
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
}

function AccreditationDecision({
  accreditation: { accreditationId, fullName, status, documents },
  onDone,
}: {
  accreditation: Accreditation;
  onDone(): void;
}) {
  const decide = (to: 'verified' | 'rejected') => (notes: string) =>
    api.PUT('/api/admin/accreditations/{id}', {
      params: { path: { id: accreditationId } },
      body: { status: to, ...(notes ? { notes } : {}) },
    });
  if (status === 'rejected') return <p className="text-muted">It stays turned down; the buyer attests anew.</p>;
  return (
    <div className="flex flex-wrap gap-2">
      {status === 'submitted' && (
        <Act
          label="Verify"
          variant="primary"
          title="Verify this accreditation?"
          action="Verify for twelve months"
          done={`${fullName} is accredited for twelve months.`}
          run={decide('verified')}
          onDone={onDone}
          reason={{ label: 'Remark', hint: 'The buyer reads it.', optional: true }}
        >
          <p>
            You state that {fullName} is an accredited investor. It holds for twelve months and lets their commitments
            be approved.
          </p>
          {documents.length === 0 && <p className="font-semibold text-amber">No proof was handed in.</p>}
        </Act>
      )}
      <Act
        label={status === 'verified' ? 'Revoke' : 'Turn down'}
        variant="danger"
        title={status === 'verified' ? 'Revoke this accreditation?' : 'Turn this accreditation down?'}
        action={status === 'verified' ? 'Revoke' : 'Turn down'}
        done={status === 'verified' ? 'The accreditation is revoked.' : 'The accreditation is turned down.'}
        run={decide('rejected')}
        onDone={onDone}
        reason={{ label: 'Why', hint: 'The buyer reads it: say what is missing or does not match.' }}
      >
        <p>
          {fullName} cannot be allocated shares, and money of a deal they are in is not released until this is settled.
          This cannot be taken back: they would attest anew.
        </p>
      </Act>
    </div>
  );
}
