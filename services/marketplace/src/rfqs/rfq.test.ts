import { deadEnds, unreachableStates } from '@clearlot/kernel';
import { describe, expect, it } from 'vitest';
import { responseTransitions } from '../responses/response.ts';
import {
  checkBeforeDeadline,
  checkDeadlineAhead,
  checkDeadlineKept,
  checkOpened,
  checkTakesQuestions,
  checkTakesResponses,
  displayInstant,
  moveRfq,
  type RfqStatus,
  rfqTransitions,
} from './rfq.ts';

const code = (expected: string) => expect.objectContaining({ code: expected });
const deadlineAt = new Date('2026-12-04T09:00:00Z');
const before = new Date(deadlineAt.getTime() - 1);
const published = { status: 'published' as RfqStatus, deadlineAt };

describe('the states of an RFQ', () => {
  it('can all be reached and all lead to an end', () => {
    expect(unreachableStates(rfqTransitions, 'draft')).toEqual([]);
    expect(deadEnds(rfqTransitions, ['contracted', 'cancelled', 'expired'])).toEqual([]);
    for (const end of ['contracted', 'cancelled', 'expired'] as const) expect(rfqTransitions[end]).toEqual([]);
  });

  it('an awarded RFQ can neither be cancelled nor expire, and nothing is skipped', () => {
    for (const to of ['cancelled', 'expired'] as const) {
      expect(() => moveRfq('awarded', to)).toThrow(code('MARKETPLACE_RFQ_WRONG_STATUS'));
    }
    expect(() => moveRfq('published', 'evaluated')).toThrow(code('MARKETPLACE_RFQ_WRONG_STATUS'));
    expect(() => moveRfq('draft', 'closed')).toThrow(code('MARKETPLACE_RFQ_WRONG_STATUS'));
    expect(moveRfq('awarded', 'evaluated')).toBe('evaluated');
  });
});

describe('the states of a response', () => {
  it('can all be reached and all lead to an end', () => {
    expect(unreachableStates(responseTransitions, 'sealed')).toEqual([]);
    expect(deadEnds(responseTransitions, ['replaced', 'withdrawn', 'opened', 'unreadable'])).toEqual([]);
  });
});

describe('the deadline', () => {
  it('is the first instant at which nothing is taken any more', () => {
    expect(() => checkTakesResponses(published, before)).not.toThrow();
    expect(() => checkTakesResponses(published, deadlineAt)).toThrow(code('MARKETPLACE_RESPONSE_LATE'));
    expect(() => checkBeforeDeadline(published, before)).not.toThrow();
    expect(() => checkBeforeDeadline(published, deadlineAt)).toThrow(code('MARKETPLACE_RFQ_CLOSED'));
  });

  it('has passed for whatever closed, whatever the clock says', () => {
    for (const status of ['closed', 'evaluated', 'awarded', 'contracted', 'expired'] as const) {
      expect(() => checkTakesResponses({ status, deadlineAt }, before)).toThrow(code('MARKETPLACE_RESPONSE_LATE'));
    }
    for (const status of ['draft', 'cancelled'] as const) {
      expect(() => checkTakesResponses({ status, deadlineAt }, before)).toThrow(code('MARKETPLACE_RFQ_WRONG_STATUS'));
    }
  });

  it('of a publication is ahead, of an amendment not before the one it replaces', () => {
    expect(() => checkDeadlineAhead(deadlineAt, before)).not.toThrow();
    expect(() => checkDeadlineAhead(deadlineAt, deadlineAt)).toThrow(code('MARKETPLACE_RFQ_DEADLINE_PAST'));
    expect(() => checkDeadlineKept(deadlineAt, deadlineAt)).not.toThrow();
    expect(() => checkDeadlineKept(deadlineAt, before)).toThrow(code('MARKETPLACE_RFQ_DEADLINE_EARLIER'));
  });

  it('of questions is its own', () => {
    expect(() => checkTakesQuestions(published, deadlineAt, before)).not.toThrow();
    expect(() => checkTakesQuestions(published, before, before)).toThrow(code('MARKETPLACE_QUESTION_LATE'));
    expect(() => checkTakesQuestions(published, deadlineAt, deadlineAt)).toThrow(code('MARKETPLACE_RFQ_CLOSED'));
  });

  it('alone does not open responses: they are sealed until they were opened', () => {
    expect(() => checkOpened({ openedAt: null })).toThrow(code('MARKETPLACE_RESPONSES_SEALED'));
    expect(() => checkOpened({ openedAt: deadlineAt })).not.toThrow();
  });

  it('reads the same for everybody', () => {
    expect(displayInstant(deadlineAt)).toBe('2026-12-04 09:00 UTC');
  });
});
