import type { Answer } from '../api/shapes.ts';
import type { Rung } from '../design/ladder.tsx';
import { formatCount, formatInstant, formatMoney } from '../money/format.ts';
import { kindLabel } from './holding-words.ts';
import { hasEnded } from './standing-words.ts';

export type Standing = Answer<'/api/deals/{id}/status'>;
export type Payment = Pick<
  Answer<'/api/payments/my'>[number],
  'paymentId' | 'purpose' | 'status' | 'remainingAmount' | 'currency' | 'reference'
>;
type Participation = Standing['participations'][number];
type Commitment = Standing['commitments'][number];
export type Part = Participation | Commitment;

/** Who has to act next in somebody's part of a deal, what for, and where it is done. */
export interface Waiting {
  on: 'you' | 'clearlot' | 'others' | 'nobody';
  title: string;
  detail: string;
  act?: { label: string; documentId?: string; paymentId?: string };
}

const sellerSteps = ['submitted', 'verified', 'approved', 'allocated', 'docs_signed', 'paid'] as const;
const buyerSteps = ['submitted', 'approved', 'allocated', 'docs_signed', 'funded', 'complete'] as const;

export const isOffer = (part: Part): part is Participation => 'participationId' in part;
export const partId = (part: Part): string => (isOffer(part) ? part.participationId : part.commitmentId);

/** Everything that a person offered or committed in a deal, the newest first. */
export function partsOf({ participations, commitments }: Standing): Part[] {
  return [...participations, ...commitments].sort((a, b) => b.submittedAt.localeCompare(a.submittedAt));
}

/** Who has to act next in a part of a deal, by its state, its agreements and its payments. */
export function waitingFor(standing: Standing, part: Part, payments: readonly Payment[]): Waiting {
  switch (part.status) {
    case 'submitted':
      return isOffer(part)
        ? clearlot('Clearlot verifies your holding', 'Your proof is compared with the company’s register of shares.')
        : clearlot('Clearlot reviews your commitment', 'Your accreditation is checked before it is approved.');
    case 'verified':
      return clearlot('Clearlot approves your offer', 'Your holding is verified.');
    case 'approved':
      return clearlot(
        'Clearlot allocates when the deal has closed for offers',
        `Offers and commitments are taken until ${formatInstant(standing.deal.closesAt)}.`,
      );
    case 'allocated':
      return waitingForSignatures(standing, part);
    case 'docs_signed':
      return isOffer(part) ? waitingForPayout(payments) : waitingForWire(payments);
    case 'funded':
      return clearlot(
        'Clearlot settles the deal',
        'When every wire is in escrow, sellers are paid and shares are yours.',
      );
    case 'paid':
      return nobody('You have been paid', 'Nothing more is to be done.');
    case 'complete':
      return nobody('The shares are yours', 'They are in your holdings.');
    case 'rejected':
      return nobody('It was turned down', part.notes ?? 'No reason was recorded.');
    case 'withdrawn':
      return nobody('You withdrew', isOffer(part) ? 'Your shares are free again.' : 'No money was called.');
    default:
      return nobody(
        'It ended without a trade',
        isOffer(part)
          ? 'The offer was not filled or the deal was called off. Your shares are free again.'
          : 'The commitment was not filled or the deal was called off. Money received is sent back.',
      );
  }
}

function waitingForSignatures({ agreements, dealStatus }: Standing, part: Part): Waiting {
  if (dealStatus === 'allocated') {
    return clearlot('Clearlot locks the allocation', 'Until then it may change. Your agreements follow at once.');
  }
  const mine = agreements.filter((each) => (isOffer(part) ? !each.sellerSignedAt : !each.buyerSignedAt));
  const [next] = mine.filter((each) => each.documentId !== null);
  if (next?.documentId) {
    const count = mine.length === 1 ? 'your purchase agreement' : `${mine.length} purchase agreements`;
    return {
      on: 'you',
      title: `Read and sign ${count}`,
      detail: 'The money moves only after everybody has signed.',
      act: { label: 'Read and sign', documentId: next.documentId },
    };
  }
  return mine.length > 0 || agreements.length === 0
    ? clearlot('Clearlot prepares your agreements', 'They appear here within moments.')
    : {
        on: 'others',
        title: 'The other side signs',
        detail: 'You have signed everything. Nothing is left for you now.',
      };
}

function waitingForWire(payments: readonly Payment[]): Waiting {
  const funding = payments.find(({ purpose, status }) => purpose === 'funding' && status !== 'cancelled');
  if (!funding) return clearlot('Clearlot prepares your wire instructions', 'They appear here within moments.');
  if (funding.status === 'confirmed') return clearlot('Clearlot books your wire', 'It has arrived.');
  const rest = formatMoney(funding.remainingAmount, funding.currency);
  return {
    on: 'you',
    title: funding.status === 'partial' ? `Wire the remaining ${rest}` : `Wire ${rest} to escrow`,
    detail: `Use the reference ${funding.reference}, so that it is found at once.`,
    act: { label: 'Wire instructions', paymentId: funding.paymentId },
  };
}

function waitingForPayout(payments: readonly Payment[]): Waiting {
  const payout = payments.find(({ purpose, status }) => purpose === 'payout' && status !== 'cancelled');
  return payout
    ? clearlot(
        'Clearlot wires your payout',
        'The escrow is released. Your bank usually has it within one business day.',
      )
    : {
        on: 'others',
        title: 'The buyers wire their money to escrow',
        detail: 'When all of it is there, your payout follows by itself.',
      };
}

const clearlot = (title: string, detail: string): Waiting => ({ on: 'clearlot', title, detail });
const nobody = (title: string, detail: string): Waiting => ({ on: 'nobody', title, detail });

/** The steps of a part from first to last: those reached with their time, the one that is waited for with who must act. */
export function rungsOf(standing: Standing, part: Part, payments: readonly Payment[]): Rung[] {
  const steps: readonly string[] = isOffer(part) ? sellerSteps : buyerSteps;
  const reachedAt = new Map(
    standing.timeline.filter(({ subjectId }) => subjectId === partId(part)).map(({ status, at }) => [status, at]),
  );
  const done = (step: string): Rung => ({
    label: labelOf(step, standing, part),
    state: 'done',
    at: reachedAt.get(step),
    actor: actorOf(step),
  });
  const waiting = waitingFor(standing, part, payments);
  if (hasEnded(part.status) && !steps.includes(part.status)) {
    return [
      ...steps.filter((step) => reachedAt.has(step)).map(done),
      { label: waiting.title, state: 'failed', at: reachedAt.get(part.status), note: waiting.detail },
    ];
  }
  const at = steps.indexOf(part.status);
  return steps.map((step, index): Rung => {
    if (index <= at) return done(step);
    const label = labelOf(step, standing, part);
    if (index > at + 1) return { label, state: 'todo' };
    const since = reachedAt.get(part.status);
    return {
      label,
      state: waiting.on === 'you' ? 'blocked' : 'current',
      at: since,
      actor: `waits on ${{ you: 'you', clearlot: 'Clearlot', others: 'the other side', nobody: 'nobody' }[waiting.on]}`,
      note: waiting.title,
    };
  });
}

function labelOf(step: string, standing: Standing, part: Part): string {
  const { currency, price } = standing;
  const isReached = part.allocatedShares > 0 && price !== null;
  const each = isReached ? `${formatCount(part.allocatedShares)} shares at ${formatMoney(price, currency)}` : '';
  switch (step) {
    case 'submitted':
      return isOffer(part)
        ? `Offered ${formatCount(part.sharesToSell)} ${kindLabel(part.shareType)} shares`
        : `Committed ${formatMoney(part.commitmentAmount, currency)}`;
    case 'verified':
      return 'Holding verified';
    case 'approved':
      return isOffer(part) ? 'Offer approved' : 'Commitment approved';
    case 'allocated':
      return each ? `Allocated ${each}` : 'Allocated';
    case 'docs_signed':
      return 'Agreements signed by both sides';
    case 'funded':
      return 'Money in escrow';
    case 'paid':
      return 'Paid out';
    default:
      return 'Shares transferred';
  }
}

function actorOf(step: string): string {
  const actors: Record<string, string> = { submitted: 'you', docs_signed: 'you and the other side', funded: 'you' };
  return actors[step] ?? 'Clearlot';
}
