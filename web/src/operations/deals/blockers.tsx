import { Person } from '../people/person.tsx';
import type { Overview } from './deal-course.ts';

type Blocker = Overview['blockers'][number];

const awaited: Record<Blocker['what'], string> = {
  verify_holding: 'Holdings to verify',
  approve: 'Offers and commitments to approve',
  sign: 'Signatures missing of',
  wire: 'Wires missing of',
  confirm_payout: 'Payouts to confirm to',
  accreditation: 'An accreditation to restore',
  open: 'To open',
  close: 'To close',
};

/** Who exactly a deal waits for, by what is awaited of them. */
export function Blockers({ deal }: { deal: Overview }) {
  const owners = new Map([
    ...deal.participations.map(({ participationId, sellerId }) => [participationId, sellerId] as const),
    ...deal.commitments.map(({ commitmentId, buyerId }) => [commitmentId, buyerId] as const),
  ]);
  const kinds = [...new Set(deal.blockers.map(({ what }) => what))].filter(
    (what) => what !== 'open' && what !== 'close',
  );
  if (kinds.length === 0) return null;
  return (
    <ul className="mt-1 grid gap-0.5">
      {kinds.map((what) => {
        const people = new Set(
          deal.blockers
            .filter((each) => each.what === what)
            .map(({ userId, subjectId }) => userId ?? owners.get(subjectId)),
        );
        return (
          <li key={what} className="flex flex-wrap gap-x-2">
            <span className="font-medium text-ink">{awaited[what]}:</span>
            {[...people].map((id) => id && <Person key={id} id={id} />)}
          </li>
        );
      })}
    </ul>
  );
}
