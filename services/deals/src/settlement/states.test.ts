import { deadEnds, type Transitions, unreachableStates } from '@clearlot/kernel';
import { describe, expect, it } from 'vitest';
import { commitmentTransitions, moveCommitment } from '../commitments/commitment.ts';
import { checkOpen, checkTerms, dealTransitions, moveDeal } from '../deals/deal.ts';
import { moveParticipation, participationTransitions } from '../participations/participation.ts';
import { moveSettlement, settlementTransitions } from './settlement.ts';

const machines: [string, Transitions<string>, string, string[]][] = [
  ['deal', dealTransitions, 'draft', ['closed', 'cancelled']],
  ['participation', participationTransitions, 'submitted', ['paid', 'rejected', 'withdrawn', 'cancelled']],
  ['commitment', commitmentTransitions, 'submitted', ['complete', 'rejected', 'withdrawn', 'cancelled']],
  ['settlement', settlementTransitions, 'agreements_requested', ['settled', 'cancelled']],
];

describe.each(machines)('the states of a %s', (_name, transitions, initial, terminals) => {
  it('can all be reached', () => {
    expect(unreachableStates(transitions, initial)).toEqual([]);
  });

  it('all lead to an end', () => {
    expect(deadEnds(transitions, terminals)).toEqual([]);
    for (const state of terminals) expect(transitions[state]).toEqual([]);
  });
});

describe('moving on', () => {
  const now = new Date('2026-11-22T00:00:00Z');

  it('a released settlement cannot be cancelled', () => {
    for (const state of ['releasing', 'paying_out', 'settled'] as const) {
      expect(() => moveSettlement(state, 'cancelled', now)).toThrow(
        expect.objectContaining({ code: 'DEALS_ALREADY_RELEASED' }),
      );
    }
  });

  it('each step of a settlement has a deadline, its ends have none', () => {
    expect(moveSettlement('signing', 'funding', now).deadlineAt).toEqual(new Date('2026-11-27T00:00:00Z'));
    expect(moveSettlement('paying_out', 'settled', now).deadlineAt).toBeNull();
  });

  it('refuses to skip: names the status it is in', () => {
    const code = (expected: string) => expect.objectContaining({ code: expected });
    expect(() => moveDeal('open', 'settled')).toThrow(code('DEALS_DEAL_WRONG_STATUS'));
    expect(() => moveParticipation('submitted', 'approved')).toThrow(code('DEALS_PARTICIPATION_WRONG_STATUS'));
    expect(() => moveParticipation('paid', 'cancelled')).toThrow(code('DEALS_PARTICIPATION_WRONG_STATUS'));
    expect(() => moveCommitment('allocated', 'withdrawn')).toThrow(code('DEALS_COMMITMENT_WRONG_STATUS'));
  });

  it('a deal takes part-takers only while open and inside its window', () => {
    const deal = { status: 'open' as const, opensAt: now, closesAt: new Date('2026-11-23T00:00:00Z') };
    expect(() => checkOpen(deal, now)).not.toThrow();
    const notOpen = expect.objectContaining({ code: 'DEALS_DEAL_NOT_OPEN' });
    expect(() => checkOpen(deal, new Date('2026-11-21T23:59:59.999Z'))).toThrow(notOpen);
    expect(() => checkOpen(deal, deal.closesAt)).toThrow(notOpen);
    expect(() => checkOpen({ ...deal, status: 'locked' }, now)).toThrow(notOpen);
  });

  it('contradicting terms are refused with a pointer to each', () => {
    const terms = {
      priceMinMinor: 2n,
      priceMaxMinor: 1n,
      minimumTicketMinor: 2n,
      maximumTicketMinor: 1n,
      opensAt: now,
      closesAt: now,
    };
    expect(() => checkTerms(terms)).toThrow(
      expect.objectContaining({
        errors: ['/priceMax', '/maximumTicket', '/closesAt'].map((pointer) => expect.objectContaining({ pointer })),
      }),
    );
  });
});
