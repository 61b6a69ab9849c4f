import { keepPreviousData } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { api, server } from '../../api/client.ts';
import type { Answer } from '../../api/shapes.ts';
import { type Column, DataTable } from '../../design/data-table.tsx';
import { Count, Instant } from '../../design/figures.tsx';
import { CursorPages, SelectFilter } from '../../design/filters.tsx';
import { Facts, Page } from '../../design/page.tsx';
import { Empty, QueryView } from '../../design/query-view.tsx';
import { Status } from '../../design/status.tsx';
import { formatCount } from '../../money/format.ts';
import { Act } from '../act.tsx';
import { RowLink, useOpenRow } from '../open-row.tsx';
import { usePeople } from '../people/directory.ts';
import { Person } from '../people/person.tsx';
import { Since } from '../since.tsx';
import { ReviewPanel } from './review-panel.tsx';
import { reviewState } from './review-words.ts';

export type Holding = Answer<'/api/admin/holdings'>['items'][number];
type HoldingStatus = Holding['status'];

const columns: readonly Column<Holding>[] = [
  {
    id: 'what',
    header: 'Holding',
    sortBy: ({ companyName }) => companyName,
    cell: ({ holdingId, companyName, quantity, shareType }) => (
      <RowLink id={holdingId}>
        {formatCount(quantity)} {shareType} of {companyName}
      </RowLink>
    ),
  },
  { id: 'owner', header: 'Owner', cell: ({ ownerId }) => <Person id={ownerId} /> },
  {
    id: 'papers',
    header: 'Proofs',
    align: 'right',
    sortBy: ({ documents }) => documents.length,
    cell: ({ documents }) => <Count value={documents.length} />,
  },
  {
    id: 'reserved',
    header: 'Set aside',
    align: 'right',
    wideOnly: true,
    cell: ({ reservedQuantity }) => <Count value={reservedQuantity} />,
  },
  {
    id: 'at',
    header: 'Added',
    sortBy: ({ createdAt }) => createdAt,
    cell: ({ createdAt }) => <Since at={createdAt} />,
  },
  { id: 'state', header: 'State', cell: ({ status }) => <Status {...toned(status)} /> },
];

function toned(status: string) {
  const { label, tone } = reviewState(status);
  return { tone, children: label };
}

/** Holdings to compare with their proofs, the oldest first. */
export function HoldingsQueue() {
  const { status = 'pending', cursor } = useSearch({ from: '/_app/admin/holdings' });
  const holdings = server.useQuery(
    'get',
    '/api/admin/holdings',
    { params: { query: { status: status as HoldingStatus, cursor, limit: 100 } } },
    { placeholderData: keepPreviousData },
  );
  const people = usePeople();
  return (
    <Page
      title="Holdings"
      wide
      summary="Compare each proof with the company’s register of shares. Only verified shares can be allocated in a deal."
    >
      <QueryView query={holdings}>
        {({ items, nextCursor }) => (
          <>
            <DataTable
              label="Holdings"
              columns={columns}
              rows={items.toReversed()}
              rowKey={({ holdingId }) => holdingId}
              textOf={({ companyName, ownerId }) => `${companyName} ${people(ownerId)}`}
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
                status === 'pending' ? (
                  <Empty title="No holding waits for review">Sellers add holdings and upload their proofs.</Empty>
                ) : (
                  <Empty title="No holding is in this state" />
                )
              }
              footer={<CursorPages nextCursor={nextCursor} />}
            />
            <HoldingPanel holdings={items} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

function HoldingPanel({ holdings }: { holdings: readonly Holding[] }) {
  const { row, close } = useOpenRow(holdings, ({ holdingId }) => holdingId);
  const people = usePeople();
  if (!row) return null;
  const what = `${formatCount(row.quantity)} ${row.shareType} shares of ${row.companyName}`;
  return (
    <ReviewPanel title={what} papers={row.documents} onClose={close}>
      <div>
        <Status {...toned(row.status)} />
      </div>
      <Facts
        facts={[
          ['Owner', <Person key="owner" id={row.ownerId} />],
          ['Company', row.companyName],
          ['Shares', <Count key="shares" value={row.quantity} />],
          ['Class', row.shareType],
          ['Set aside in deals', <Count key="reserved" value={row.reservedQuantity} />],
          ['Added', <Instant key="at" at={row.createdAt} />],
          ...(row.notes ? ([['Remark', row.notes]] as const) : []),
        ]}
      />
      <HoldingDecision holding={row} owner={people(row.ownerId)} what={what} onDone={close} />
    </ReviewPanel>
  );
}

/** Verifies a holding or turns it down; where shares are in a deal the platform refuses and says so. */
function HoldingDecision({
  holding: { holdingId, status, documents },
  owner,
  what,
  onDone,
}: {
  holding: Holding;
  owner: string;
  what: string;
  onDone(): void;
}) {
  const decide = (verified: boolean) => (notes: string) =>
    api.PUT('/api/admin/holdings/{id}/verify', {
      params: { path: { id: holdingId } },
      body: { verified, ...(notes ? { notes } : {}) },
    });
  return (
    <div className="flex flex-wrap gap-2">
      {status !== 'verified' && (
        <Act
          label="Verify"
          variant="primary"
          title="Verify this holding?"
          action="Verify"
          done="The holding is verified."
          run={decide(true)}
          onDone={onDone}
          reason={{ label: 'Remark', hint: 'The owner reads it.', optional: true }}
        >
          <p>
            You state that {owner} owns {what}. Offers of these shares that wait for this become verified with it.
          </p>
          {documents.length === 0 && <p className="font-semibold text-amber">No proof was handed in.</p>}
        </Act>
      )}
      {status !== 'rejected' && (
        <Act
          label="Turn down"
          variant="danger"
          title="Turn this holding down?"
          action="Turn down"
          done="The holding is turned down."
          run={decide(false)}
          onDone={onDone}
          reason={{ label: 'Why', hint: 'The owner reads it: say what is missing or does not match.' }}
        >
          <p>
            {what} of {owner} cannot be sold. Offers of them that wait for review are turned down as well.
          </p>
        </Act>
      )}
    </div>
  );
}
