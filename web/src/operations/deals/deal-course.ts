import type { Answer } from '../../api/shapes.ts';
import type { Rung } from '../../design/ladder.tsx';
import { formatCount, formatInstant, formatMoney } from '../../money/format.ts';

export type Overview = Answer<'/api/admin/deals/{id}'>;
export type Timeline = Answer<'/api/deals/{id}/status'>['timeline'];

/** Who must act next in a deal, as its operator reads it. */
export interface NextStep {
  on: 'you' | 'others' | 'platform' | 'nobody';
  title: string;
  detail: string;
}

const people = (count: number, one: string, many: string) =>
  count === 1 ? `One ${one}` : `${formatCount(count)} ${many}`;

/** What a deal waits for next. */
export function nextStepOf(deal: Overview): NextStep {
  const { status, blockers, settlement } = deal;
  switch (status) {
    case 'draft':
      return {
        on: 'you',
        title: 'Open the deal',
        detail: `Nobody but operators sees it yet. Once open, offers and commitments are taken until ${formatInstant(deal.closesAt)}.`,
      };
    case 'open':
    case 'allocated':
      return beforeTheLock(deal);
    case 'locked':
      return inSettlement(deal);
    case 'settled':
      return {
        on: 'you',
        title: 'Close the deal',
        detail: `All sellers are paid ${formatMoney(deal.totals.amountPaidOut, deal.currency)} in total and the shares are transferred.`,
      };
    case 'closed':
      return {
        on: 'nobody',
        title: 'The deal is closed',
        detail: 'Nothing more is to be done. Its registers stay here.',
      };
    default:
      return {
        on: 'nobody',
        title: 'The deal was called off',
        detail: settlement || blockers.length > 0 ? 'Money received is sent back.' : 'Nobody bought or sold.',
      };
  }
}

function beforeTheLock({ status, blockers, funnel, closesAt }: Overview): NextStep {
  if (blockers.length > 0) {
    return {
      on: 'you',
      title: `${people(blockers.length, 'decision is', 'decisions are')} due`,
      detail: 'Only approved offers and commitments are allocated.',
    };
  }
  if (status === 'allocated') {
    return {
      on: 'you',
      title: 'Check the allocation and lock it',
      detail: 'Until then you may allocate again at another price. The lock sends out the agreements.',
    };
  }
  const approved = (side: Record<string, number>) => side.approved ?? 0;
  if (approved(funnel.participations) > 0 && approved(funnel.commitments) > 0) {
    return {
      on: 'you',
      title: 'Allocate when the book is full',
      detail: `Offers and commitments are taken until ${formatInstant(closesAt)}. A preview changes nothing.`,
    };
  }
  return {
    on: 'others',
    title: 'Sellers and buyers join',
    detail: `Offers and commitments are taken until ${formatInstant(closesAt)}.`,
  };
}

function inSettlement({ settlement, blockers, totals, currency }: Overview): NextStep {
  if (settlement?.blockedReason) {
    return { on: 'you', title: 'The release is blocked', detail: settlement.blockedReason };
  }
  switch (settlement?.state) {
    case 'signing': {
      const missing = new Set(blockers.map(({ userId }) => userId)).size;
      return {
        on: 'others',
        title: `${people(missing, 'person has', 'people have')} agreements to sign`,
        detail: 'Both sides of every agreement sign before money is called.',
      };
    }
    case 'funding':
      return {
        on: 'others',
        title: `${people(blockers.length, 'buyer has', 'buyers have')} a wire to send`,
        detail: `${formatMoney(totals.amountFunded, currency)} of ${formatMoney(totals.amountAllocated, currency)} is in escrow. Book each wire below when the bank shows it.`,
      };
    case 'paying_out':
      return {
        on: 'you',
        title: `Send ${people(blockers.length, 'payout', 'payouts').toLowerCase()}`,
        detail: 'The escrow is released. Wire each payout at the bank, then confirm it below.',
      };
    default:
      return { on: 'platform', title: 'The platform goes on by itself', detail: 'This takes moments.' };
  }
}

const course = ['open', 'allocated', 'locked', 'settled', 'closed'] as const;
const courseLabels: Record<(typeof course)[number], string> = {
  open: 'Open for offers and commitments',
  allocated: 'Allocated',
  locked: 'Locked: agreements, then wires, then payouts',
  settled: 'Settled: sellers paid, shares transferred',
  closed: 'Closed',
};

/** A deal's course from open to closed with the time of each step; the one under way says who must act. */
export function courseOf(deal: Overview, timeline: Timeline): Rung[] {
  const own = timeline.filter(({ subjectType }) => subjectType === 'deal');
  // Allocating again reaches the state again: the last time counts.
  const reached = new Map(own.map(({ status, at }) => [status, at]));
  const step = nextStepOf(deal);
  const called = own.find(({ status }) => status === 'cancelled');
  if (deal.status === 'cancelled') {
    return [
      ...course.filter((each) => reached.has(each)).map((each) => done(each, reached)),
      { label: 'Called off', state: 'failed', at: called?.at, note: called?.note ?? step.detail },
    ];
  }
  const at = (course as readonly string[]).indexOf(deal.status);
  return course.map((each, index): Rung => {
    if (index < at || deal.status === 'closed') return done(each, reached);
    if (index > at) return { label: courseLabels[each], state: 'todo' };
    return {
      label: courseLabels[each],
      state: step.on === 'you' ? 'blocked' : 'current',
      at: reached.get(each),
      actor: { you: 'waits on you', others: 'waits on others', platform: 'under way', nobody: undefined }[step.on],
      note: step.title,
    };
  });
}

function done(step: (typeof course)[number], reached: ReadonlyMap<string, string>): Rung {
  return { label: courseLabels[step], state: 'done', at: reached.get(step) };
}
