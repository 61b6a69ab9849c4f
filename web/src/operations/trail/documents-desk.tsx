import { keepPreviousData } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { server } from '../../api/client.ts';
import type { Answer } from '../../api/shapes.ts';
import { type Column, DataTable } from '../../design/data-table.tsx';
import { Instant } from '../../design/figures.tsx';
import { ClearFilters, CursorPages, SelectFilter, TextFilter } from '../../design/filters.tsx';
import { Page } from '../../design/page.tsx';
import { Empty, QueryView } from '../../design/query-view.tsx';
import { Status, type Tone, words } from '../../design/status.tsx';
import { Person } from '../people/person.tsx';
import { Since } from '../since.tsx';

type Document = Answer<'/api/admin/documents'>['items'][number];

type DocumentStatus = 'sent' | 'signed' | 'voided' | 'stored';

const states: Record<DocumentStatus, { label: string; tone: Tone }> = {
  sent: { label: 'Out for signature', tone: 'blue' },
  signed: { label: 'Signed by both', tone: 'green' },
  voided: { label: 'Void', tone: 'red' },
  stored: { label: 'On file', tone: 'plain' },
};

const columns: readonly Column<Document>[] = [
  {
    id: 'title',
    header: 'Document',
    sortBy: ({ title }) => title,
    cell: ({ documentId, title, type }) => (
      <>
        <Link
          to="/documents/$documentId"
          params={{ documentId }}
          className="font-medium break-words text-accent hover:underline"
        >
          {title}
        </Link>
        <span className="block text-xs text-muted">{words(type)}</span>
      </>
    ),
  },
  { id: 'seller', header: 'Seller or owner', cell: (document) => <Side document={document} of="seller" /> },
  { id: 'buyer', header: 'Buyer', cell: (document) => <Side document={document} of="buyer" /> },
  {
    id: 'state',
    header: 'State',
    cell: ({ status }) => {
      const { label, tone } = states[status as DocumentStatus];
      return <Status tone={tone}>{label}</Status>;
    },
  },
  {
    id: 'at',
    header: 'Made',
    sortBy: ({ createdAt }) => createdAt,
    cell: ({ createdAt }) => <Since at={createdAt} />,
  },
];

/** Who is on one side of a document, and whether they signed. */
function Side({ document, of }: { document: Document; of: 'seller' | 'buyer' }) {
  const id = of === 'seller' ? (document.sellerId ?? document.ownerId) : document.buyerId;
  if (!id) return <span className="text-muted">–</span>;
  const signature = document.signatures.find(({ signerId }) => signerId === id);
  return (
    <>
      <Person id={id} />
      {document.status !== 'stored' && (
        <span className={`block text-xs ${signature ? 'text-green' : 'text-muted'}`}>
          {signature ? (
            <>
              signed <Instant at={signature.signedAt} />
            </>
          ) : (
            'has not signed'
          )}
        </span>
      )}
    </>
  );
}

/** Every agreement and upload, and who has signed what. */
export function DocumentsDesk() {
  const { status, dealId, cursor } = useSearch({ from: '/_app/admin/documents' });
  const documents = server.useQuery(
    'get',
    '/api/admin/documents',
    { params: { query: { status: status as DocumentStatus | undefined, dealId, cursor, limit: 50 } } },
    { placeholderData: keepPreviousData, refetchInterval: 10_000 },
  );
  return (
    <Page
      title="Documents"
      wide
      summary="Agreements are sent by themselves when a deal is locked or an order is confirmed, and completed by the second signature. Each document you open is recorded in the audit."
    >
      <QueryView query={documents}>
        {({ items, nextCursor }) => (
          <DataTable
            label="Documents"
            columns={columns}
            rows={items}
            rowKey={({ documentId }) => documentId}
            toolbar={
              <>
                <SelectFilter
                  name="status"
                  label="State"
                  any="Any state"
                  choices={Object.entries(states).map(([value, { label }]) => ({ value, label }))}
                />
                <TextFilter name="dealId" label="Id of a deal" />
                <ClearFilters />
              </>
            }
            empty={<Empty title="No document matches">Take a filter off to see more.</Empty>}
            footer={<CursorPages nextCursor={nextCursor} />}
          />
        )}
      </QueryView>
    </Page>
  );
}
