import { canMove, type Transitions } from '@clearlot/kernel';
import { rfqErrors } from './errors.ts';

export type RfqStatus =
  | 'draft'
  | 'published'
  | 'closed'
  | 'evaluated'
  | 'awarded'
  | 'contracted'
  | 'cancelled'
  | 'expired';

/**
 * A request's way from a draft to contracts. An award that falls through takes it back to `evaluated`; while one stands
 * the RFQ can neither be cancelled nor expire.
 */
export const rfqTransitions: Transitions<RfqStatus> = {
  draft: ['published', 'cancelled'],
  published: ['closed', 'cancelled', 'expired'],
  closed: ['evaluated', 'cancelled', 'expired'],
  evaluated: ['awarded', 'cancelled', 'expired'],
  awarded: ['evaluated', 'contracted'],
  contracted: [],
  cancelled: [],
  expired: [],
};

/** Errors: MARKETPLACE_RFQ_WRONG_STATUS naming both statuses. */
export function moveRfq(from: RfqStatus, to: RfqStatus): RfqStatus {
  if (!canMove(rfqTransitions, from, to)) {
    throw rfqErrors.error('MARKETPLACE_RFQ_WRONG_STATUS', `It is ${from} and cannot become ${to}.`);
  }
  return to;
}

interface Dated {
  status: RfqStatus;
  deadlineAt: Date;
}

/** Responses are taken and terms changed from the publication to just before the deadline. */
export function takesResponses({ status, deadlineAt }: Dated, now: Date): boolean {
  return status === 'published' && now < deadlineAt;
}

/** Errors: MARKETPLACE_RFQ_WRONG_STATUS unless published, MARKETPLACE_RFQ_CLOSED from the deadline on. */
export function checkBeforeDeadline(rfq: Dated, now: Date): void {
  if (rfq.status !== 'published') throw rfqErrors.error('MARKETPLACE_RFQ_WRONG_STATUS', `It is ${rfq.status}.`);
  if (!takesResponses(rfq, now)) throw rfqErrors.error('MARKETPLACE_RFQ_CLOSED');
}

/** Errors: MARKETPLACE_RESPONSE_LATE once it closed or its deadline is here, MARKETPLACE_RFQ_WRONG_STATUS if cancelled. */
export function checkTakesResponses(rfq: Dated, now: Date): void {
  if (rfq.status === 'draft' || rfq.status === 'cancelled') {
    throw rfqErrors.error('MARKETPLACE_RFQ_WRONG_STATUS', `It is ${rfq.status}.`);
  }
  if (!takesResponses(rfq, now)) throw rfqErrors.error('MARKETPLACE_RESPONSE_LATE');
}

/** Errors: MARKETPLACE_QUESTION_LATE, and what {@link checkBeforeDeadline} refuses. */
export function checkTakesQuestions(rfq: Dated, questionsUntil: Date, now: Date): void {
  checkBeforeDeadline(rfq, now);
  if (now >= questionsUntil) throw rfqErrors.error('MARKETPLACE_QUESTION_LATE');
}

/** The responses of an RFQ were opened. Its buyer sees nothing of them before. Errors: MARKETPLACE_RESPONSES_SEALED. */
export function checkOpened({ openedAt }: { openedAt: Date | null }): void {
  if (openedAt === null) throw rfqErrors.error('MARKETPLACE_RESPONSES_SEALED');
}

/** Errors: MARKETPLACE_RFQ_DEADLINE_PAST. */
export function checkDeadlineAhead(deadlineAt: Date, now: Date): void {
  if (deadlineAt > now) return;
  throw rfqErrors.error('MARKETPLACE_RFQ_DEADLINE_PAST', undefined, [
    { pointer: '/terms/deadlineAt', message: 'must be in the future' },
  ]);
}

/** Who prepared a response for a deadline keeps that time. Errors: MARKETPLACE_RFQ_DEADLINE_EARLIER. */
export function checkDeadlineKept(before: Date, after: Date): void {
  if (after >= before) return;
  const message = 'must not be before the deadline it replaces';
  throw rfqErrors.error('MARKETPLACE_RFQ_DEADLINE_EARLIER', undefined, [{ pointer: '/terms/deadlineAt', message }]);
}

/** An instant as people read it, to the minute: `2026-12-04 09:00 UTC`. */
export function displayInstant(instant: Date): string {
  return `${instant.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
