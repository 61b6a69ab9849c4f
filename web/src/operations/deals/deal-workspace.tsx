import { Link } from '@tanstack/react-router';
import { server } from '../../api/client.ts';
import { buttonClass } from '../../design/button.tsx';
import { Count, Instant, Money } from '../../design/figures.tsx';
import { StateLadder } from '../../design/ladder.tsx';
import { Notice } from '../../design/notice.tsx';
import { Facts, Page, Section } from '../../design/page.tsx';
import { PageError } from '../../design/page-error.tsx';
import { Skeleton } from '../../design/query-view.tsx';
import { Status } from '../../design/status.tsx';
import { dealState } from '../../shares/standing-words.ts';
import { AllocationDesk } from './allocation.tsx';
import { Blockers } from './blockers.tsx';
import { Book } from './book.tsx';
import { DealActs } from './deal-acts.tsx';
import { courseOf, nextStepOf, type Overview } from './deal-course.ts';
import { Funnel } from './funnel.tsx';
import { SettlementSections } from './settlement.tsx';

const settlingMs = 2_000;
const quietMs = 10_000;

/** A deal as its operator runs it, from draft to close; it follows what goes on in the background. */
export function DealWorkspace({ dealId }: { dealId: string }) {
  const path = { params: { path: { id: dealId } } };
  const overview = server.useQuery('get', '/api/admin/deals/{id}', path, {
    refetchInterval: ({ state }) => paceOf(state.data),
  });
  const { data: deal, error } = overview;
  const reload = () => void overview.refetch();
  const standing = server.useQuery('get', '/api/deals/{id}/status', path, { refetchInterval: paceOf(deal) });
  if (!deal && error) return <PageError error={error} retry={reload} />;
  if (!deal || !standing.data) {
    return (
      <Page title="Deal">
        <Skeleton rows={10} />
      </Page>
    );
  }
  const { label, tone } = dealState(deal.status);
  const isOpen = deal.status === 'open' || deal.status === 'allocated';
  return (
    <Page
      title={deal.name}
      wide
      above={
        <Link to="/admin/deals" className="hover:underline">
          Deals
        </Link>
      }
      status={<Status tone={tone}>{label}</Status>}
      summary={deal.companyName}
      actions={<DealActs deal={deal} />}
    >
      <Next deal={deal} />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Section title="Where it stands">
          <Funnel deal={deal} />
        </Section>
        <Section title="Course of the deal">
          <StateLadder label="Course of the deal" rungs={courseOf(deal, standing.data.timeline)} />
        </Section>
      </div>
      <SettlementSections deal={deal} standing={standing.data} refetchInterval={paceOf(deal)} />
      <Book deal={deal} />
      {isOpen && <AllocationDesk deal={deal} />}
      <Terms deal={deal} />
      <Registers dealId={dealId} />
    </Page>
  );
}

const paceOf = (deal: Overview | undefined): number => (deal?.status === 'locked' ? settlingMs : quietMs);

function Next({ deal }: { deal: Overview }) {
  const { on, title, detail } = nextStepOf(deal);
  const tone = { you: 'amber', others: 'blue', platform: 'blue', nobody: 'plain' } as const;
  return (
    <Notice tone={tone[on]} title={title}>
      <p>{detail}</p>
      <Blockers deal={deal} />
    </Notice>
  );
}

function Terms({ deal }: { deal: Overview }) {
  const { currency } = deal;
  return (
    <Section title="Terms">
      <Facts
        columns={3}
        facts={[
          ['Company', deal.companyName],
          ['Shares wanted at most', <Count key="target" value={deal.targetShares} />],
          [
            'Price range',
            <span key="range">
              <Money amount={deal.priceMin} currency={currency} /> to{' '}
              <Money amount={deal.priceMax} currency={currency} />
            </span>,
          ],
          ['Price set', <Money key="price" amount={deal.price} currency={currency} />],
          ['Smallest commitment', <Money key="min" amount={deal.minimumTicket} currency={currency} />],
          ['Largest commitment', <Money key="max" amount={deal.maximumTicket} currency={currency} />],
          ['Takes offers from', <Instant key="opens" at={deal.opensAt} />],
          ['Takes offers until', <Instant key="closes" at={deal.closesAt} />],
          ['Version of the risk disclosures', deal.termsVersion],
        ]}
      />
    </Section>
  );
}

const registers = [
  ['participants', 'Participants'],
  ['allocations', 'Allocations'],
  ['payments', 'Payments'],
] as const;

function Registers({ dealId }: { dealId: string }) {
  return (
    <Section title="Registers and audit">
      <div className="flex flex-wrap items-center gap-2">
        {registers.map(([register, label]) => (
          <a
            key={register}
            href={`/api/admin/deals/${dealId}/export/${register}.csv`}
            download={`${register}-${dealId}.csv`}
            className={buttonClass()}
          >
            {label} (CSV)
          </a>
        ))}
        <Link
          to="/admin/audit"
          search={{ entityType: 'deal', entityId: dealId }}
          className="ml-auto text-accent underline"
        >
          Audit of this deal
        </Link>
      </div>
    </Section>
  );
}
