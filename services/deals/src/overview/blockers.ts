import type { CommitmentStatus } from '../commitments/commitment.ts';
import type { ParticipationStatus } from '../participations/participation.ts';
import type { SettlementState } from '../settlement/settlement.ts';

/** What a deal can wait for. */
export const awaited = [
  'verify_holding',
  'approve',
  'sign',
  'wire',
  'confirm_payout',
  'accreditation',
  'open',
  'close',
] as const;

/** Who a deal waits for, and what for. `userId` is null when it is the platform's operators. */
export interface Blocker {
  userId: string | null;
  what: (typeof awaited)[number];
  subjectId: string;
}

interface DealState {
  id: string;
  status: string;
  settlement: { state: SettlementState; blockedReason: string | null } | null;
  participations: readonly { id: string; sellerId: string; status: ParticipationStatus }[];
  commitments: readonly { id: string; buyerId: string; status: CommitmentStatus }[];
}

/** Everybody a deal is waiting for in its present state. */
export function findBlockers(deal: DealState): Blocker[] {
  const { settlement } = deal;
  if (deal.status === 'draft') return [{ userId: null, what: 'open', subjectId: deal.id }];
  if (deal.status === 'settled') return [{ userId: null, what: 'close', subjectId: deal.id }];
  if (deal.status === 'open' || deal.status === 'allocated') return undecided(deal);
  if (!settlement) return [];
  if (settlement.blockedReason) return [{ userId: null, what: 'accreditation', subjectId: deal.id }];
  const sellers = (status: ParticipationStatus) => deal.participations.filter((each) => each.status === status);
  const buyers = (status: CommitmentStatus) => deal.commitments.filter((each) => each.status === status);
  switch (settlement.state) {
    case 'agreements_requested':
    case 'signing':
      return [
        ...sellers('allocated').map(({ id, sellerId }) => ({ userId: sellerId, what: 'sign' as const, subjectId: id })),
        ...buyers('allocated').map(({ id, buyerId }) => ({ userId: buyerId, what: 'sign' as const, subjectId: id })),
      ];
    case 'funding':
      return buyers('docs_signed').map(({ id, buyerId }) => ({ userId: buyerId, what: 'wire', subjectId: id }));
    case 'paying_out':
      return sellers('docs_signed').map(({ id }) => ({ userId: null, what: 'confirm_payout', subjectId: id }));
    default:
      return [];
  }
}

function undecided(deal: DealState): Blocker[] {
  return [
    ...deal.participations.flatMap(({ id, status }): Blocker[] =>
      status === 'submitted'
        ? [{ userId: null, what: 'verify_holding', subjectId: id }]
        : status === 'verified'
          ? [{ userId: null, what: 'approve', subjectId: id }]
          : [],
    ),
    ...deal.commitments.flatMap(({ id, status }): Blocker[] =>
      status === 'submitted' ? [{ userId: null, what: 'approve', subjectId: id }] : [],
    ),
  ];
}
