import { useInfiniteQuery } from '@tanstack/react-query';
import { api, server } from '../../api/client.ts';
import type { Answer } from '../../api/shapes.ts';
import { Button } from '../../design/button.tsx';
import { Instant, Money } from '../../design/figures.tsx';
import { Section } from '../../design/page.tsx';
import { QueryView } from '../../design/query-view.tsx';
import { Scrolled } from '../../design/scrolled.tsx';
import { Status, words } from '../../design/status.tsx';
import { sumOf, toMinor } from '../../money/amount.ts';
import { usePeople } from '../people/directory.ts';
import { SideTable } from '../side-table.tsx';
import { accountLabel, sidesOf } from './ledger-entries.ts';

type Account = Answer<'/api/admin/ledger/accounts'>['items'][number];
type Journal = Answer<'/api/admin/ledger/journals'>['items'][number];

/** The books of one escrow: each account with its sums, each journal with its entries. */
export function LedgerSections({ dealId }: { dealId: string }) {
  const nameOf = useParties(dealId);
  const accounts = server.useQuery('get', '/api/admin/ledger/accounts', { params: { query: { dealId } } });
  return (
    <>
      <Section title="Ledger accounts" plain>
        <QueryView query={accounts}>
          {({ items }) =>
            items.length === 0 ? (
              <p className="text-muted">There are no books under this id.</p>
            ) : (
              <Accounts accounts={items} nameOf={nameOf} />
            )
          }
        </QueryView>
      </Section>
      <Journals dealId={dealId} nameOf={nameOf} />
    </>
  );
}

type NameOf = (partyId: string) => string;

/** Whose an account is: books are kept by commitment and offer, people are named by their payments. */
function useParties(dealId: string): NameOf {
  const { data } = server.useQuery('get', '/api/admin/payments', { params: { query: { dealId, limit: 200 } } });
  const people = usePeople();
  const owners = new Map(
    data?.items.flatMap(({ commitmentId, participationId, userId }) =>
      [commitmentId, participationId].map((party) => [party, userId] as const),
    ),
  );
  return (partyId) => people(owners.get(partyId) ?? partyId);
}

function Accounts({ accounts, nameOf }: { accounts: readonly Account[]; nameOf: NameOf }) {
  const [{ currency } = { currency: 'USD' }] = accounts;
  const column = (of: 'debits' | 'credits' | 'held') =>
    sumOf(
      accounts.map((each) => each[of]),
      currency,
    );
  const [debits, credits] = [column('debits'), column('credits')];
  const balanced = toMinor(debits, currency) === toMinor(credits, currency);
  return (
    <SideTable
      caption="Accounts"
      headings={['Account', 'Debits', 'Credits', 'Held', 'Available', 'Check']}
      rows={accounts.map((each) => ({
        key: each.account,
        cells: [
          <span key="name" title={each.account}>
            {accountLabel(each.account, nameOf)}
          </span>,
          <Money key="debits" amount={each.debits} currency={currency} />,
          <Money key="credits" amount={each.credits} currency={currency} />,
          <Money key="held" amount={each.held} currency={currency} />,
          <Money key="available" amount={each.available} currency={currency} />,
          '',
        ],
      }))}
      total={[
        'Total',
        <Money key="debits" amount={debits} currency={currency} />,
        <Money key="credits" amount={credits} currency={currency} />,
        <Money key="held" amount={column('held')} currency={currency} />,
        '',
        <Status key="check" tone={balanced ? 'green' : 'red'}>
          {balanced ? 'Debits equal credits' : 'Debits and credits differ'}
        </Status>,
      ]}
    />
  );
}

function Journals({ dealId, nameOf }: { dealId: string; nameOf: NameOf }) {
  const journals = useInfiniteQuery({
    queryKey: ['operations', 'journals', dealId],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam }) => {
      const query = { dealId, limit: 20, cursor: pageParam };
      const { data } = await api.GET('/api/admin/ledger/journals', { params: { query } });
      return data ?? { items: [], nextCursor: null };
    },
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  return (
    <Section title="Journals, newest first" plain>
      <QueryView query={journals}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <p className="text-muted">Nothing is booked yet.</p>;
          return (
            <>
              <JournalTable journals={items} nameOf={nameOf} />
              {journals.hasNextPage && (
                <div>
                  <Button busy={journals.isFetchingNextPage} onClick={() => void journals.fetchNextPage()}>
                    Older journals
                  </Button>
                </div>
              )}
            </>
          );
        }}
      </QueryView>
    </Section>
  );
}

function JournalTable({ journals, nameOf }: { journals: readonly Journal[]; nameOf: NameOf }) {
  return (
    <Scrolled label="Journals">
      <table className="w-full border-collapse text-sm">
        <thead className="bg-sunken text-left text-xs text-muted">
          <tr>
            {['Journal', 'Account'].map((heading) => (
              <th key={heading} scope="col" className="px-3 py-2 font-medium">
                {heading}
              </th>
            ))}
            {['Debit', 'Credit', 'Balance after'].map((heading) => (
              <th key={heading} scope="col" className="px-3 py-2 text-right font-medium">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        {journals.map((journal) => (
          <tbody key={journal.journalId} className="border-t border-line-strong">
            {journal.entries.map((entry, index) => (
              <tr key={`${entry.account}${index}`} className={index > 0 ? 'border-t border-line' : ''}>
                {index === 0 && (
                  <th
                    scope="rowgroup"
                    rowSpan={journal.entries.length}
                    className="px-3 py-2 text-left align-top font-normal"
                  >
                    <span className="font-medium">{words(journal.kind)}</span>
                    <span className="block text-xs text-muted">
                      {journal.journalId} · <Instant at={journal.effectiveAt} />
                    </span>
                  </th>
                )}
                <EntryCells entry={entry} nameOf={nameOf} />
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </Scrolled>
  );
}

function EntryCells({ entry, nameOf }: { entry: Journal['entries'][number]; nameOf: NameOf }) {
  const { debit, credit } = sidesOf(entry);
  const balance = sidesOf({ amount: entry.balanceAfter, currency: entry.currency });
  return (
    <>
      <td className="px-3 py-2" title={entry.account}>
        {accountLabel(entry.account, nameOf)}
        {entry.holdId && <span className="text-xs text-muted"> · from a hold</span>}
      </td>
      <td className="px-3 py-2 text-right">{debit && <Money amount={debit} currency={entry.currency} />}</td>
      <td className="px-3 py-2 text-right">{credit && <Money amount={credit} currency={entry.currency} />}</td>
      <td className="px-3 py-2 text-right">
        <Money amount={balance.debit ?? balance.credit} currency={entry.currency} />
        {balance.credit && (
          <abbr title="Credit" className="ml-1 text-xs text-muted no-underline">
            Cr
          </abbr>
        )}
      </td>
    </>
  );
}
