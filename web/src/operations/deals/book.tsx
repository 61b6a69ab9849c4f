import { Count, Instant, Money } from '../../design/figures.tsx';
import { Section } from '../../design/page.tsx';
import { Empty } from '../../design/query-view.tsx';
import { Status } from '../../design/status.tsx';
import { sumOf } from '../../money/amount.ts';
import { partState } from '../../shares/standing-words.ts';
import { Person } from '../people/person.tsx';
import { SideTable } from '../side-table.tsx';
import type { Overview } from './deal-course.ts';
import { CommitmentActs } from './decide-commitment.tsx';
import { OfferActs } from './decide-offer.tsx';

const ended = ['rejected', 'withdrawn', 'cancelled'];

/** Everybody with a part in the deal, what they asked for and got, and the decision that is due. */
export function Book({ deal }: { deal: Overview }) {
  return (
    <Section title="Offers and commitments" plain>
      <Offers deal={deal} />
      <Commitments deal={deal} />
    </Section>
  );
}

function Offers({ deal }: { deal: Overview }) {
  const { participations, totals, currency } = deal;
  if (participations.length === 0) {
    return <Empty title="Nobody has offered shares yet">Sellers with a holding of {deal.companyName} can join.</Empty>;
  }
  return (
    <SideTable
      caption="Sellers"
      headings={['Seller', 'Offered', 'Minimum price', 'Approved', 'Allocated', 'Decision']}
      rows={participations.map((offer) => ({
        key: offer.participationId,
        cells: [
          <Part key="who" userId={offer.sellerId} status={offer.status} at={offer.submittedAt} notes={offer.notes} />,
          <Count key="offered" value={offer.sharesToSell} />,
          offer.minimumPrice === null ? 'any' : <Money key="min" amount={offer.minimumPrice} currency={currency} />,
          <Count key="approved" value={offer.approvedShares} />,
          <Count key="allocated" value={offer.allocatedShares} />,
          <OfferActs key="acts" deal={deal} offer={offer} />,
        ],
      }))}
      total={[
        <Without key="sum" count={participations.filter(({ status }) => ended.includes(status)).length} />,
        <Count key="offered" value={totals.sharesOffered} />,
        '',
        <Count key="approved" value={totals.sharesApproved} />,
        <Count key="allocated" value={totals.sharesAllocated} />,
        '',
      ]}
    />
  );
}

function Commitments({ deal }: { deal: Overview }) {
  const { commitments, totals, currency } = deal;
  if (commitments.length === 0) {
    return <Empty title="Nobody has committed funds yet">Accredited buyers can join while the deal is open.</Empty>;
  }
  const live = commitments.filter(({ status }) => !ended.includes(status));
  return (
    <SideTable
      caption="Buyers"
      headings={['Buyer', 'Committed', 'Allocated', 'Shares', 'Decision']}
      rows={commitments.map((commitment) => ({
        key: commitment.commitmentId,
        cells: [
          <Part
            key="who"
            userId={commitment.buyerId}
            status={commitment.status}
            at={commitment.submittedAt}
            notes={commitment.notes}
          />,
          <Money key="committed" amount={commitment.commitmentAmount} currency={currency} />,
          <Money key="allocated" amount={commitment.allocatedAmount} currency={currency} />,
          <Count key="shares" value={commitment.allocatedShares} />,
          <CommitmentActs key="acts" deal={deal} commitment={commitment} />,
        ],
      }))}
      total={[
        <Without key="sum" count={commitments.length - live.length} />,
        <Money key="committed" amount={totals.amountCommitted} currency={currency} />,
        <Money
          key="allocated"
          amount={sumOf(
            live.map(({ allocatedAmount }) => allocatedAmount),
            currency,
          )}
          currency={currency}
        />,
        <Count key="shares" value={live.reduce((sum, { allocatedShares }) => sum + allocatedShares, 0)} />,
        '',
      ]}
    />
  );
}

function Part({ userId, status, at, notes }: { userId: string; status: string; at: string; notes: string | null }) {
  const { label, tone } = partState(status);
  // Here it is us they wait for.
  const waitsOnUs = status === 'submitted' || status === 'verified';
  return (
    <div className="grid justify-items-start gap-1">
      <span className="flex flex-wrap items-center gap-2">
        <Person id={userId} />
        <Status tone={waitsOnUs ? 'amber' : tone}>{status === 'submitted' ? 'To review' : label}</Status>
      </span>
      <span className="text-xs text-muted">
        joined <Instant at={at} />
      </span>
      {notes && <span className="max-w-xs text-xs text-muted">“{notes}”</span>}
    </div>
  );
}

/** Names the sum and says what it leaves out, so that the column can be added up. */
function Without({ count }: { count: number }) {
  return (
    <>
      Total
      {count > 0 && <span className="block text-xs font-normal text-muted">without {count} ended</span>}
    </>
  );
}
