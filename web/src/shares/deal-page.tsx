import { Link } from '@tanstack/react-router';
import { server } from '../api/client.ts';
import type { Answer } from '../api/shapes.ts';
import { ButtonLink } from '../design/button.tsx';
import { Count, Instant, Money } from '../design/figures.tsx';
import { type Rung, StateLadder } from '../design/ladder.tsx';
import { Notice } from '../design/notice.tsx';
import { Facts, Page, Section } from '../design/page.tsx';
import { PageError } from '../design/page-error.tsx';
import { Skeleton } from '../design/query-view.tsx';
import { Status } from '../design/status.tsx';
import { useMe } from '../session/session.ts';
import { CommitFunds } from './commit-funds.tsx';
import { OfferShares } from './offer-shares.tsx';
import { dealState, hasEnded, partState } from './standing-words.ts';

export type Deal = Answer<'/api/deals/{id}'>;

/** A deal with its terms and risks, and how to take part. */
export function DealPage({ dealId }: { dealId: string }) {
  const deal = server.useQuery('get', '/api/deals/{id}', { params: { path: { id: dealId } } });
  if (deal.error) return <PageError error={deal.error} retry={() => void deal.refetch()} />;
  if (!deal.data) {
    return (
      <Page title="Deal">
        <Skeleton rows={8} />
      </Page>
    );
  }
  const { name, companyName, status } = deal.data;
  const { label, tone } = dealState(status);
  return (
    <Page
      title={name}
      above={
        <Link to="/deals" className="hover:underline">
          Open deals
        </Link>
      }
      status={<Status tone={tone}>{label}</Status>}
      summary={companyName}
    >
      <MyPart deal={deal.data} />
      <Terms deal={deal.data} />
      <Risks deal={deal.data} />
      <TakePart deal={deal.data} />
      <Section title="Course of the deal">
        <StateLadder label="Course of the deal" rungs={courseOf(deal.data)} />
      </Section>
    </Page>
  );
}

/** Where I stand already; nothing for whoever has no part yet. */
function MyPart({ deal }: { deal: Deal }) {
  const { role } = useMe();
  const offers = server.useQuery('get', '/api/participations/my', {}, { enabled: role === 'seller' });
  const commitments = server.useQuery('get', '/api/commitments/my', {}, { enabled: role === 'buyer' });
  const mine = [...(offers.data ?? []), ...(commitments.data ?? [])].filter((each) => each.dealId === deal.dealId);
  const current = mine.find(({ status }) => !hasEnded(status)) ?? mine[0];
  if (role === 'operator') {
    return (
      <Notice
        title="You run this deal"
        action={
          <ButtonLink to="/admin/deals/$dealId" params={{ dealId: deal.dealId }}>
            Open the workspace
          </ButtonLink>
        }
      >
        Offers, commitments, allocation and settlement are in the workspace.
      </Notice>
    );
  }
  if (!current) return null;
  return (
    <Notice
      tone={partState(current.status).tone}
      title={role === 'seller' ? 'You have offered shares in this deal' : 'You have committed funds to this deal'}
      action={
        <ButtonLink to="/deals/$dealId/status" params={{ dealId: deal.dealId }} variant="primary">
          See where you stand
        </ButtonLink>
      }
    >
      {partState(current.status).label}. Next: {current.nextSteps}.
    </Notice>
  );
}

function Terms({ deal }: { deal: Deal }) {
  const { currency, price, priceMin, priceMax } = deal;
  return (
    <Section title="Terms">
      <Facts
        columns={3}
        facts={[
          ['Company', deal.companyName],
          ['Shares wanted', <Count key="shares" value={deal.targetShares} />],
          [
            'Price per share',
            price === null ? (
              <>
                <Money amount={priceMin} currency={currency} /> to <Money amount={priceMax} currency={currency} />
              </>
            ) : (
              <Money amount={price} currency={currency} />
            ),
          ],
          ['Smallest ticket', <Money key="min" amount={deal.minimumTicket} currency={currency} />],
          ['Largest ticket', <Money key="max" amount={deal.maximumTicket} currency={currency} />],
          ['Takes offers until', <Instant key="closes" at={deal.closesAt} />],
        ]}
      />
    </Section>
  );
}

/** Prominent, and before the form: whoever takes part has passed them. */
function Risks({ deal }: { deal: Deal }) {
  return (
    <Section title="Risks" plain>
      <div className="rounded-md border-l-3 border-amber bg-amber-soft px-4 py-3 sm:px-5">
        <p className="mb-2 font-semibold">Read these before you take part</p>
        <ul className="grid max-w-prose list-disc gap-1.5 pl-5">
          {deal.riskDisclosures.map((risk) => (
            <li key={risk}>{risk}</li>
          ))}
        </ul>
      </div>
    </Section>
  );
}

function TakePart({ deal }: { deal: Deal }) {
  const { role } = useMe();
  if (deal.status !== 'open') return null;
  if (role === 'seller') return <OfferShares deal={deal} />;
  return role === 'buyer' ? <CommitFunds deal={deal} /> : null;
}

const course = ['open', 'allocated', 'locked', 'settled', 'closed'] as const;

function courseOf({ status, opensAt, closesAt }: Deal): Rung[] {
  const labels = {
    open: 'Takes offers and commitments',
    allocated: 'Shares and money are allocated',
    locked: 'Agreements are signed, money goes to escrow',
    settled: 'Sellers are paid, shares change hands',
    closed: 'Closed',
  };
  if (status === 'cancelled') return [{ label: 'Called off', state: 'failed', note: 'Nobody bought or sold.' }];
  const at = (course as readonly string[]).indexOf(status);
  return course.map((step, index) => ({
    label: labels[step],
    state: index < at || status === 'closed' ? 'done' : index === at ? 'current' : 'todo',
    at: step === 'open' ? opensAt : undefined,
    note:
      step === 'open' ? (
        <>
          until <Instant at={closesAt} />
        </>
      ) : undefined,
  }));
}
