import { Link } from '@tanstack/react-router';
import { server } from '../../api/client.ts';
import type { Answer } from '../../api/shapes.ts';
import { Count, Instant, Money } from '../../design/figures.tsx';
import { Notice } from '../../design/notice.tsx';
import { Section } from '../../design/page.tsx';
import { QueryView } from '../../design/query-view.tsx';
import { Status, words } from '../../design/status.tsx';
import { sumOf } from '../../money/amount.ts';
import { EscrowFacts } from '../payments/escrow-facts.tsx';
import { WireTable } from '../payments/wire-table.tsx';
import { Person } from '../people/person.tsx';
import { SideTable } from '../side-table.tsx';
import type { Overview } from './deal-course.ts';

type Standing = Answer<'/api/deals/{id}/status'>;

/** From the lock on: who has signed, whose wire is there, where the money is. */
export function SettlementSections({
  deal,
  standing,
  refetchInterval,
}: {
  deal: Overview;
  standing: Standing;
  refetchInterval: number;
}) {
  if (!deal.settlement) return null;
  return (
    <>
      <Incidents deal={deal} />
      <Agreements deal={deal} standing={standing} />
      <Wires deal={deal} refetchInterval={refetchInterval} />
      <Section title="Escrow">
        <EscrowFacts dealId={deal.dealId} refetchInterval={refetchInterval} />
      </Section>
    </>
  );
}

function Incidents({ deal: { incidents, settlement } }: { deal: Overview }) {
  return (
    <>
      {incidents.map(({ kind, detail, at }) => (
        <Notice key={`${kind}${at}`} tone="red" title={words(kind)}>
          {detail} Since <Instant at={at} />.
        </Notice>
      ))}
      {settlement?.deadlineAt && (
        <p className="text-sm text-muted">
          If this step is not done by <Instant at={settlement.deadlineAt} />, everybody it waits for is reminded and an
          incident is raised.
        </p>
      )}
    </>
  );
}

function Agreements({ deal, standing }: { deal: Overview; standing: Standing }) {
  const { currency, dealId } = deal;
  const documents = server.useQuery('get', '/api/admin/documents', { params: { query: { dealId, limit: 200 } } });
  const parties = new Map(documents.data?.items.map((each) => [each.documentId, each]));
  return (
    <Section title="Agreements" plain>
      <SideTable
        caption="Purchase agreements"
        headings={['Between', 'Shares', 'Amount', 'Seller signed', 'Buyer signed', 'Document']}
        rows={standing.agreements.map((each) => ({
          key: each.agreementId,
          cells: [
            <Parties key="who" document={each.documentId ? parties.get(each.documentId) : undefined} />,
            <Count key="shares" value={each.shares} />,
            <Money key="amount" amount={each.amount} currency={currency} />,
            <Signed key="seller" at={each.sellerSignedAt} />,
            <Signed key="buyer" at={each.buyerSignedAt} />,
            each.documentId ? (
              <Link
                key="document"
                to="/documents/$documentId"
                params={{ documentId: each.documentId }}
                className="text-accent underline"
              >
                Read it
              </Link>
            ) : (
              'Being prepared'
            ),
          ],
        }))}
        total={[
          'Total',
          <Count key="shares" value={standing.agreements.reduce((sum, { shares }) => sum + shares, 0)} />,
          <Money
            key="amount"
            amount={sumOf(
              standing.agreements.map(({ amount }) => amount),
              currency,
            )}
            currency={currency}
          />,
          '',
          '',
          '',
        ]}
      />
    </Section>
  );
}

function Parties({ document }: { document: { sellerId: string | null; buyerId: string | null } | undefined }) {
  if (!document?.sellerId || !document.buyerId) return <span className="text-muted">–</span>;
  return (
    <>
      <Person id={document.sellerId} /> sells to <Person id={document.buyerId} />
    </>
  );
}

function Signed({ at }: { at: string | null }) {
  return at ? <Instant at={at} /> : <Status tone="blue">Not yet</Status>;
}

function Wires({ deal: { dealId }, refetchInterval }: { deal: Overview; refetchInterval: number }) {
  const payments = server.useQuery(
    'get',
    '/api/admin/payments',
    { params: { query: { dealId, limit: 200 } } },
    { refetchInterval },
  );
  return (
    <Section title="Wires" plain>
      <QueryView query={payments}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="text-muted">No wire is due yet: they follow when everybody has signed.</p>
          ) : (
            <WireTable payments={items} />
          )
        }
      </QueryView>
    </Section>
  );
}
