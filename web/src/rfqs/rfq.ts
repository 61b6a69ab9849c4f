import type { Answer, Body } from '../api/shapes.ts';
import type { Rung } from '../design/ladder.tsx';
import type { Tone } from '../design/status.tsx';

export type Rfq = Answer<'/api/rfqs/{id}'>;
export type RfqRow = Answer<'/api/rfqs'>['items'][number];
export type RfqStatus = RfqRow['status'];
/** Terms as they are written and kept: what has a default may be left out. */
export type Terms = Body<'/api/rfqs'>['terms'];
export type Line = Terms['lines'][number];
export type Version = Answer<'/api/rfqs/{id}/versions'>[number];
export type HandIn = Answer<'/api/rfqs/{id}/responses/my'>[number];
export type Evaluation = Answer<'/api/rfqs/{id}/evaluation'>;
export type RankedOffer = Evaluation['lines'][number]['offers'][number];
export type AwardView = Answer<'/api/rfqs/{id}/award'>;

/** Who looks at a request: its buyer, a supplier, or the operator. */
export type Looker = 'buyer' | 'supplier' | 'operator';

const forBuyer: Record<RfqStatus, { tone: Tone; text: string }> = {
  draft: { tone: 'amber', text: 'Draft' },
  published: { tone: 'blue', text: 'Taking responses' },
  closed: { tone: 'amber', text: 'Opened, to evaluate' },
  evaluated: { tone: 'amber', text: 'Evaluated, to award' },
  awarded: { tone: 'blue', text: 'Awarded' },
  contracted: { tone: 'green', text: 'Contracted' },
  cancelled: { tone: 'red', text: 'Cancelled' },
  expired: { tone: 'red', text: 'Expired' },
};

const forSupplier: Record<RfqStatus, { tone: Tone; text: string }> = {
  ...forBuyer,
  published: { tone: 'amber', text: 'Open for your response' },
  closed: { tone: 'blue', text: 'With the buyer' },
  evaluated: { tone: 'blue', text: 'With the buyer' },
  awarded: { tone: 'blue', text: 'Awarded' },
};

/** What is said of a published request between its deadline and its opening. */
const opening = { tone: 'blue', text: 'Being opened' } as const;

/** How a request's state is said to whoever looks. */
export function rfqStatus(
  { status, deadlineAt }: Pick<RfqRow, 'status' | 'deadlineAt'>,
  looker: Looker,
  now: number = Date.now(),
): { tone: Tone; text: string } {
  if (status === 'published' && Date.parse(deadlineAt) <= now) return opening;
  return (looker === 'supplier' ? forSupplier : forBuyer)[status];
}

/** Responses and questions are taken, and terms changed, until the deadline. */
export function takesResponses({ status, deadlineAt }: Pick<RfqRow, 'status' | 'deadlineAt'>, now: number): boolean {
  return status === 'published' && now < Date.parse(deadlineAt);
}

/** In whose hands it is while it goes on by itself, and so how soon to ask again. */
export function pollMs({ status, deadlineAt }: Pick<RfqRow, 'status' | 'deadlineAt'>, now: number): number | false {
  if (status === 'contracted' || status === 'cancelled' || status === 'expired' || status === 'draft') return false;
  const untilDeadline = Date.parse(deadlineAt) - now;
  return status === 'awarded' || (status === 'published' && untilDeadline < 30_000) ? 2_000 : 10_000;
}

const steps = [
  ['published', 'Published'],
  ['closed', 'Deadline, responses opened'],
  ['evaluated', 'Evaluated'],
  ['awarded', 'Awarded'],
  ['contracted', 'Contracts signed'],
] as const;

/** The course of a request, what is next, and who must act for it. */
export function rfqRungs(rfq: RfqRow, award: AwardView['award'] | undefined, looker: Looker): Rung[] {
  const ended = rfq.status === 'cancelled' || rfq.status === 'expired';
  const reached = reachedOf(rfq);
  const buyer = looker === 'buyer' ? 'You' : 'The buyer';
  const rungs: Rung[] = [{ label: 'Drafted', state: 'done', at: rfq.createdAt, actor: buyer }];
  for (const [index, [step, label]] of steps.entries()) {
    const at = {
      published: rfq.publishedAt,
      closed: rfq.openedAt ?? rfq.closedAt,
      evaluated: null,
      awarded: award?.decidedAt ?? null,
      contracted: award?.status === 'contracted' ? award.endedAt : null,
    }[step];
    const actor = step === 'closed' || step === 'contracted' ? null : buyer;
    if (index <= reached) rungs.push({ label, state: 'done', at, actor });
    else if (ended) break;
    else if (index === reached + 1) rungs.push({ label, ...waiting(step, rfq, award, looker) });
    else rungs.push({ label, state: 'todo' });
  }
  if (!ended) return rungs;
  const label = rfq.status === 'cancelled' ? 'Cancelled by the buyer' : 'Expired: not decided in time';
  return [...rungs, { label, state: 'failed', note: rfq.cancelReason ?? undefined }];
}

function reachedOf({ status, publishedAt, openedAt }: RfqRow): number {
  if (status === 'cancelled' || status === 'expired') return openedAt ? 1 : publishedAt ? 0 : -1;
  return ['published', 'closed', 'evaluated', 'awarded', 'contracted'].indexOf(status);
}

function waiting(
  step: (typeof steps)[number][0],
  rfq: RfqRow,
  award: AwardView['award'] | undefined,
  looker: Looker,
): Omit<Rung, 'label'> {
  const onBuyer = looker === 'buyer' ? 'blocked' : 'current';
  const who = looker === 'buyer' ? 'you' : 'the buyer';
  if (step === 'closed') return { state: 'current', at: rfq.deadlineAt, note: 'Responses are sealed until then.' };
  if (step === 'contracted') {
    const standstill = award?.status === 'standstill';
    return standstill
      ? { state: 'current', at: award.standstillUntil, note: 'Contracts are made after the standstill.' }
      : { state: 'current', note: 'Both sides sign each contract.' };
  }
  if (step === 'evaluated')
    return { state: onBuyer, at: rfq.openedAt, note: `Waits for ${who} to close the evaluation.` };
  if (step === 'awarded') return { state: onBuyer, note: `Waits for ${who} to decide.` };
  return { state: onBuyer, at: rfq.createdAt, note: `Waits for ${who} to send it out.` };
}
