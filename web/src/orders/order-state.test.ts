import { describe, expect, it } from 'vitest';
import { dueAt, orderRungs, stateTone, whyNotCancellable } from './order-state.ts';

const day = (of: number) => `2026-12-0${of}T10:00:00.000Z`;
const step = (status: string, at: string, deliveryId: string | null = 'd1', note: string | null = null) => ({
  ...{ status, at, deliveryId, note },
});
const made = { createdAt: day(1), fundedAt: null, steps: [step('confirmed', day(1), null)] };
const paid = { ...made, fundedAt: day(2) };
const states = (rungs: { state: string }[]) => rungs.map(({ state }) => state);

describe('the course of an order', () => {
  it('waits on who must act since the step before', () => {
    const rungs = orderRungs({ ...made, status: 'confirmed' }, 'buyer');
    expect(states(rungs)).toEqual(['done', 'blocked', 'todo', 'todo', 'todo', 'todo', 'todo']);
    expect(rungs[1]).toMatchObject({ label: 'Funding of the escrow', at: day(1), actor: 'waits on you' });
    expect(orderRungs({ ...made, status: 'confirmed' }, 'supplier')[1]).toMatchObject({
      state: 'current',
      actor: 'waits on the buyer',
    });
  });

  it('tells nothing of a later step that an earlier delivery took', () => {
    const steps = [...paid.steps, step('shipped', day(3)), step('released', day(4)), step('shipped', day(5), 'd2')];
    const rungs = orderRungs({ ...paid, status: 'shipped', steps }, 'supplier');
    expect(states(rungs)).toEqual(['done', 'done', 'done', 'current', 'todo', 'todo', 'todo']);
    expect(rungs[2]?.at).toBe(day(5));
    expect(rungs.at(-1)?.at).toBeUndefined();
  });

  it('leaves out an inspection that nobody made in time', () => {
    const steps = [
      step('shipped', day(3)),
      step('delivered', day(4)),
      step('accepted', day(5)),
      step('released', day(6)),
    ];
    const labels = orderRungs({ ...paid, status: 'released', steps }, 'buyer').map(({ label }) => label);
    expect(labels).not.toContain('Inspected');
    expect(labels.at(-1)).toBe('Money released');
  });

  it('stands at its dispute, after the last step before it', () => {
    const steps = [step('shipped', day(3)), step('delivered', day(4)), step('disputed', day(5))];
    const rungs = orderRungs({ ...paid, status: 'disputed', steps }, 'buyer');
    expect(rungs.map(({ label }) => label)).toEqual([
      ...['Order made', 'Escrow funded', 'Shipped', 'Arrived', 'Dispute'],
      ...['Acceptance of the settlement', 'Release of the money'],
    ]);
    expect(rungs[4]).toMatchObject({ state: 'blocked', at: day(5) });
  });

  it('ends where it was cancelled, with the reason', () => {
    const steps = [...paid.steps, step('cancelled', day(3), null, 'No vessel')];
    const rungs = orderRungs({ ...paid, status: 'cancelled', steps }, 'buyer');
    expect(states(rungs)).toEqual(['done', 'done', 'failed']);
    expect(rungs.at(-1)).toMatchObject({ at: day(3), note: 'No vessel' });
  });
});

describe('an order', () => {
  it('is amber for who must act and blue for the other', () => {
    expect(stateTone('funded', 'supplier')).toBe('amber');
    expect(stateTone('funded', 'buyer')).toBe('blue');
    expect(stateTone('funded', undefined)).toBe('blue');
    expect(stateTone('releasing', 'buyer')).toBe('blue');
  });

  it('is due when the first of the deliveries it stands at is, unless it has a deadline itself', () => {
    const delivery = (deadlineAt: string | null, status = 'shipped') => ({ deadlineAt, status }) as never;
    const due = (deadlineAt: string | null, deliveries: never[]) =>
      dueAt({ status: 'shipped', deadlineAt, deliveries });
    expect(due(day(9), [delivery(day(3))])).toBe(day(9));
    expect(due(null, [delivery(day(5)), delivery(day(4)), delivery(null)])).toBe(day(4));
    expect(due(null, [delivery(day(3), 'inspected'), delivery(day(6))])).toBe(day(6));
    expect(due(null, [delivery(day(4), 'releasing')])).toBeUndefined();
  });

  it('is called off by either side until it is funded, then by its supplier until something is shipped', () => {
    const none = { deliveries: [] };
    expect(whyNotCancellable({ ...none, status: 'confirmed' }, 'buyer')).toBeUndefined();
    expect(whyNotCancellable({ ...none, status: 'funded' }, 'buyer')).toMatch(/supplier or an operator/);
    expect(whyNotCancellable({ ...none, status: 'funded' }, 'supplier')).toBeUndefined();
    expect(whyNotCancellable({ ...none, status: 'shipped' }, 'supplier')).toMatch(/shipped/);
  });
});
