import { keepPreviousData } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { api, server } from '../../api/client.ts';
import type { Answer } from '../../api/shapes.ts';
import { type Column, DataTable } from '../../design/data-table.tsx';
import { Count, Instant } from '../../design/figures.tsx';
import { CursorPages, SelectFilter } from '../../design/filters.tsx';
import { Facts, Page } from '../../design/page.tsx';
import { Empty, QueryView } from '../../design/query-view.tsx';
import { Status } from '../../design/status.tsx';
import { countryName } from '../../places/countries.ts';
import { Act } from '../act.tsx';
import { RowLink, useOpenRow } from '../open-row.tsx';
import { Person } from '../people/person.tsx';
import { Since } from '../since.tsx';
import type { Paper } from './proof.tsx';
import { ReviewPanel } from './review-panel.tsx';
import { reviewState } from './review-words.ts';

type Supplier = Answer<'/api/admin/suppliers'>['items'][number];

const columns: readonly Column<Supplier>[] = [
  {
    id: 'name',
    header: 'Supplier',
    sortBy: ({ legalName }) => legalName,
    cell: ({ supplierId, legalName }) => <RowLink id={supplierId}>{legalName}</RowLink>,
  },
  {
    id: 'country',
    header: 'Country',
    sortBy: ({ country }) => countryName(country),
    cell: ({ country }) => countryName(country),
  },
  { id: 'owner', header: 'Applied by', wideOnly: true, cell: ({ ownerId }) => <Person id={ownerId} /> },
  {
    id: 'certificates',
    header: 'Certificates',
    align: 'right',
    cell: ({ certificates }) => <Count value={certificates.length} />,
  },
  { id: 'papers', header: 'Papers', align: 'right', cell: ({ documents }) => <Count value={documents.length} /> },
  {
    id: 'at',
    header: 'Handed in',
    sortBy: ({ submittedAt }) => submittedAt,
    cell: ({ submittedAt }) => <Since at={submittedAt} />,
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ status }) => {
      const { label, tone } = reviewState(status);
      return <Status tone={tone}>{label}</Status>;
    },
  },
];

/** Applications of suppliers with their papers, and the verified ones to take off the market. */
export function SuppliersQueue() {
  const { status = 'submitted', cursor } = useSearch({ from: '/_app/admin/suppliers' });
  const suppliers = server.useQuery(
    'get',
    '/api/admin/suppliers',
    { params: { query: { status: status as Supplier['status'], cursor, limit: 100 } } },
    { placeholderData: keepPreviousData },
  );
  return (
    <Page
      title="Suppliers"
      wide
      summary="Read each application against its papers. Only verified suppliers are found, asked and paid."
    >
      <QueryView query={suppliers}>
        {({ items, nextCursor }) => (
          <>
            <DataTable
              label="Suppliers"
              columns={columns}
              rows={items.toReversed()}
              rowKey={({ supplierId }) => supplierId}
              textOf={({ legalName, country }) => `${legalName} ${countryName(country)}`}
              toolbar={
                <SelectFilter
                  name="status"
                  label="State"
                  any="To review"
                  choices={(['verified', 'suspended', 'rejected', 'draft'] as const).map((value) => ({
                    value,
                    label: reviewState(value).label,
                  }))}
                />
              }
              empty={
                status === 'submitted' ? (
                  <Empty title="No application waits for review">
                    Choose “Verified” above to see who is on the market.
                  </Empty>
                ) : (
                  <Empty title="No supplier is in this state" />
                )
              }
              footer={<CursorPages nextCursor={nextCursor} />}
            />
            <SupplierPanel suppliers={items} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

function SupplierPanel({ suppliers }: { suppliers: readonly Supplier[] }) {
  const { row, close } = useOpenRow(suppliers, ({ supplierId }) => supplierId);
  if (!row) return null;
  const { label, tone } = reviewState(row.status);
  return (
    <ReviewPanel title={row.legalName} papers={papersOf(row)} onClose={close}>
      <div className="flex flex-wrap items-center gap-3">
        <Status tone={tone}>{label}</Status>
        {row.status === 'verified' && (
          <Link to="/suppliers/$supplierId" params={{ supplierId: row.supplierId }} className="text-accent underline">
            Its public profile
          </Link>
        )}
      </div>
      <p>{row.about}</p>
      <Facts
        facts={[
          ['Country', countryName(row.country)],
          ['Applied by', <Person key="owner" id={row.ownerId} />],
          ['Website', row.website ?? '–'],
          ['Incoterms', row.incoterms.join(', ') || '–'],
          ['Delivers to', row.regions.map(countryName).join(', ') || '–'],
          ['Capabilities', row.capabilities.join(', ') || '–'],
          ['Handed in', <Instant key="at" at={row.submittedAt} />],
          ['Decided', <Instant key="decided" at={row.decidedAt} />],
          ...(row.notes ? ([['Remark', row.notes]] as const) : []),
        ]}
      />
      <Certificates certificates={row.certificates} />
      <SupplierDecision supplier={row} onDone={close} />
    </ReviewPanel>
  );
}

function papersOf({ documents, certificates }: Supplier): Paper[] {
  const certifies = new Map(certificates.map(({ documentId, kind }) => [documentId, kind]));
  return documents.map((each) => ({ ...each, kind: certifies.get(each.documentId) ?? each.kind }));
}

function Certificates({ certificates }: { certificates: Supplier['certificates'] }) {
  if (certificates.length === 0) return <p className="text-muted">No certificate was handed in.</p>;
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-sm">
        <caption className="pb-1 text-left text-xs text-muted">Certificates</caption>
        <thead className="text-left text-xs text-muted">
          <tr>
            <th className="py-1 pr-3 font-medium">Kind</th>
            <th className="py-1 pr-3 font-medium">Number</th>
            <th className="py-1 pr-3 font-medium">Issued by</th>
            <th className="py-1 font-medium">Valid</th>
          </tr>
        </thead>
        <tbody>
          {certificates.map((each) => (
            <tr key={each.certificateId} className="border-t border-line align-top">
              <td className="py-1.5 pr-3">{each.kind}</td>
              <td className="figures py-1.5 pr-3">{each.number}</td>
              <td className="py-1.5 pr-3">{each.issuedBy}</td>
              <td className="py-1.5">
                <Instant at={each.validFrom} dateOnly /> to <Instant at={each.expiresOn} dateOnly />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SupplierDecision({
  supplier: { supplierId, legalName, status },
  onDone,
}: {
  supplier: Supplier;
  onDone(): void;
}) {
  const path = { params: { path: { id: supplierId } } };
  const verify = (verified: boolean) => (notes: string) =>
    api.PUT('/api/admin/suppliers/{id}/verify', { ...path, body: { verified, ...(notes ? { notes } : {}) } });
  const suspend = (suspended: boolean) => (notes: string) =>
    api.PUT('/api/admin/suppliers/{id}/suspend', { ...path, body: { suspended, notes } });
  switch (status) {
    case 'submitted':
      return (
        <div className="flex flex-wrap gap-2">
          <Act
            label="Verify"
            variant="primary"
            title={`Verify ${legalName}?`}
            action="Verify"
            done={`${legalName} is verified.`}
            run={verify(true)}
            onDone={onDone}
            reason={{ label: 'Remark', hint: 'The supplier reads it.', optional: true }}
          >
            <p>{legalName} is listed, gets requests it matches and can be ordered from.</p>
          </Act>
          <Act
            label="Turn down"
            variant="danger"
            title={`Turn ${legalName} down?`}
            action="Turn down"
            done="The application is turned down."
            run={verify(false)}
            onDone={onDone}
            reason={{ label: 'Why', hint: 'The supplier reads it and can hand in again.' }}
          >
            <p>{legalName} stays off the market until it hands in again and is verified.</p>
          </Act>
        </div>
      );
    case 'verified':
      return (
        <div>
          <Act
            label="Suspend"
            variant="danger"
            title={`Suspend ${legalName}?`}
            action="Take off the market"
            done={`${legalName} is off the market.`}
            run={suspend(true)}
            onDone={onDone}
            reason={{ label: 'Why', hint: 'The supplier reads it.' }}
          >
            <p>
              {legalName} and its products are not found any more and get no new requests. Orders in progress go on.
            </p>
          </Act>
        </div>
      );
    case 'suspended':
      return (
        <div>
          <Act
            label="Let back"
            variant="primary"
            title={`Let ${legalName} back on the market?`}
            action="Let back"
            done={`${legalName} is on the market again.`}
            run={suspend(false)}
            onDone={onDone}
            reason={{ label: 'Why', hint: 'The supplier reads it.' }}
          >
            <p>{legalName} and its products are found again and get requests they match.</p>
          </Act>
        </div>
      );
    default:
      return null;
  }
}
