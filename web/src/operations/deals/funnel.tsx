import { Count, Money } from '../../design/figures.tsx';
import { Facts } from '../../design/page.tsx';
import { partState } from '../../shares/standing-words.ts';
import type { Overview } from './deal-course.ts';

const sellerSteps = ['submitted', 'verified', 'approved', 'allocated', 'docs_signed', 'paid'];
const buyerSteps = ['submitted', 'approved', 'allocated', 'docs_signed', 'funded', 'complete'];
const ends = ['rejected', 'withdrawn', 'cancelled'];

/** How many are at which step on either side, and what it comes to. */
export function Funnel({ deal: { funnel, totals, currency } }: { deal: Overview }) {
  return (
    <div className="grid gap-5">
      <Side label="Sellers" steps={sellerSteps} counts={funnel.participations} />
      <Side label="Buyers" steps={buyerSteps} counts={funnel.commitments} />
      <Facts
        columns={3}
        facts={[
          ['Shares offered', <Count key="offered" value={totals.sharesOffered} />],
          ['Shares approved', <Count key="approved" value={totals.sharesApproved} />],
          ['Shares allocated', <Count key="allocated" value={totals.sharesAllocated} />],
          ['Committed', <Money key="committed" amount={totals.amountCommitted} currency={currency} />],
          ['Allocated', <Money key="money" amount={totals.amountAllocated} currency={currency} />],
          ['In escrow or through it', <Money key="funded" amount={totals.amountFunded} currency={currency} />],
          ['Paid out', <Money key="paid" amount={totals.amountPaidOut} currency={currency} />],
        ]}
      />
    </div>
  );
}

function Side({ label, steps, counts }: { label: string; steps: readonly string[]; counts: Record<string, number> }) {
  const ended = ends.filter((step) => (counts[step] ?? 0) > 0);
  return (
    <div>
      <h3 className="mb-1.5 text-sm font-semibold">{label}</h3>
      <ol className="grid grid-cols-3 gap-px overflow-hidden rounded-md border border-line bg-line sm:grid-cols-6">
        {steps.map((step) => {
          const count = counts[step] ?? 0;
          return (
            <li key={step} className={`px-3 py-2 ${count > 0 ? 'bg-surface' : 'bg-sunken text-muted'}`}>
              <span className="figures block text-lg font-semibold">{count}</span>
              <span className="block text-xs">{step === 'submitted' ? 'To review' : partState(step).label}</span>
            </li>
          );
        })}
      </ol>
      {ended.length > 0 && (
        <p className="mt-1 text-xs text-muted">
          {ended.map((step) => `${counts[step]} ${partState(step).label.toLowerCase()}`).join(', ')}
        </p>
      )}
    </div>
  );
}
