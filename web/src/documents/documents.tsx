import { Link, useSearch } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import { ButtonLink } from '../design/button.tsx';
import { type Column, DataTable } from '../design/data-table.tsx';
import { Instant } from '../design/figures.tsx';
import { ClearFilters, SelectFilter } from '../design/filters.tsx';
import { Notice } from '../design/notice.tsx';
import { Page } from '../design/page.tsx';
import { Empty, QueryView } from '../design/query-view.tsx';
import { Status } from '../design/status.tsx';
import { documentState, type MyDocument, typeLabel } from './document-words.ts';
import { standings } from './documents-search.ts';

const everyMs = 10_000;
type Standing = (typeof standings)[number];

const standingLabels: Record<Standing, string> = {
  mine: 'Waits for your signature',
  theirs: 'The other side signs',
  signed: 'Signed by both',
  file: 'On file',
  void: 'Void',
};

function standingOf({ status, needsMySignature }: MyDocument): Standing {
  if (needsMySignature) return 'mine';
  return ({ sent: 'theirs', signed: 'signed', stored: 'file', voided: 'void' } as const)[status];
}

const columns: readonly Column<MyDocument>[] = [
  {
    id: 'title',
    header: 'Document',
    sortBy: ({ title }) => title,
    cell: ({ documentId, title }) => (
      <Link to="/documents/$documentId" params={{ documentId }} className="font-medium text-accent hover:underline">
        {title}
      </Link>
    ),
  },
  {
    id: 'type',
    header: 'Kind',
    wideOnly: true,
    sortBy: ({ type }) => typeLabel(type),
    cell: ({ type }) => typeLabel(type),
  },
  {
    id: 'status',
    header: 'State',
    sortBy: (document) => documentState(document).label,
    cell: (document) => {
      const { label, tone } = documentState(document);
      return <Status tone={tone}>{label}</Status>;
    },
  },
  {
    id: 'created',
    header: 'Made',
    wideOnly: true,
    sortBy: ({ createdAt }) => createdAt,
    cell: ({ createdAt }) => <Instant at={createdAt} />,
  },
  {
    id: 'signed',
    header: 'You signed',
    wideOnly: true,
    sortBy: ({ signedAt }) => signedAt,
    cell: ({ signedAt }) => <Instant at={signedAt} />,
  },
];

/** My agreements and uploads; what waits for my signature first. */
export function Documents() {
  const { standing } = useSearch({ from: '/_app/documents/' });
  const documents = server.useQuery('get', '/api/documents/my', {}, { refetchInterval: everyMs });
  return (
    <Page title="Documents" wide summary="Agreements that you signed or are to sign, and what you uploaded.">
      <QueryView query={documents} rows={8}>
        {(all) => {
          const mine = all.filter(({ needsMySignature }) => needsMySignature);
          const [first] = mine;
          const ordered = [...mine, ...all.filter(({ needsMySignature }) => !needsMySignature)];
          return (
            <>
              {first && (
                <Notice
                  tone="amber"
                  title={mine.length === 1 ? 'One agreement waits for you' : `${mine.length} agreements wait for you`}
                  action={
                    <ButtonLink to="/documents/$documentId" params={{ documentId: first.documentId }} variant="primary">
                      Read and sign
                    </ButtonLink>
                  }
                >
                  {first.title}
                </Notice>
              )}
              <DataTable
                label="Documents"
                columns={columns}
                rows={standing ? ordered.filter((each) => standingOf(each) === standing) : ordered}
                rowKey={({ documentId }) => documentId}
                textOf={({ title, type }) => `${title} ${typeLabel(type)}`}
                toolbar={
                  <>
                    <SelectFilter
                      name="standing"
                      label="State"
                      any="Any state"
                      choices={standings.map((value) => ({ value, label: standingLabels[value] }))}
                    />
                    <ClearFilters />
                  </>
                }
                empty={
                  standing && all.length > 0 ? (
                    <Empty title="No document is in this state">Choose any state to see all {all.length}.</Empty>
                  ) : (
                    <Empty title="No documents yet">
                      Agreements appear here when a deal that you are part of is allocated, and so does everything that
                      you upload.
                    </Empty>
                  )
                }
              />
            </>
          );
        }}
      </QueryView>
    </Page>
  );
}
