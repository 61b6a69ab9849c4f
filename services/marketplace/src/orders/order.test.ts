import { deadEnds, unreachableStates } from '@clearlot/kernel';
import { describe, expect, it } from 'vitest';
import {
  type DeliveryStatus,
  deliveryTransitions,
  escrowMinor,
  heldMinor,
  moveDelivery,
  moveOrder,
  type OrderStatus,
  orderStatusOf,
  orderTransitions,
} from './order.ts';

describe('the states of an order and of a delivery', () => {
  it('can all be reached and all lead to an end', () => {
    expect(unreachableStates(orderTransitions, 'confirmed')).toEqual([]);
    expect(deadEnds(orderTransitions, ['released', 'cancelled'])).toEqual([]);
    expect(unreachableStates(deliveryTransitions, 'shipped')).toEqual([]);
    expect(deadEnds(deliveryTransitions, ['released'])).toEqual([]);
    for (const state of ['released', 'cancelled'] as const) expect(orderTransitions[state]).toEqual([]);
    expect(deliveryTransitions.released).toEqual([]);
  });

  it('refuse to skip, naming where they are', () => {
    expect(() => moveDelivery('shipped', 'inspected')).toThrow(
      expect.objectContaining({ code: 'MARKETPLACE_DELIVERY_WRONG_STATUS' }),
    );
    expect(() => moveOrder('confirmed', 'shipped')).toThrow(
      expect.objectContaining({ code: 'MARKETPLACE_ORDER_WRONG_STATUS' }),
    );
  });

  it.each<[OrderStatus, [DeliveryStatus, boolean][]]>([
    ['funded', []],
    [
      'shipped',
      [
        ['shipped', false],
        ['inspected', false],
      ],
    ],
    [
      'delivered',
      [
        ['releasing', false],
        ['delivered', true],
      ],
    ],
    [
      'accepted',
      [
        ['releasing', true],
        ['released', false],
      ],
    ],
    [
      'disputed',
      [
        ['shipped', false],
        ['disputed', true],
      ],
    ],
    ['funded', [['released', false]]],
    [
      'released',
      [
        ['released', true],
        ['released', false],
      ],
    ],
  ])('an order is %s with deliveries %j', (status, deliveries) => {
    expect(orderStatusOf(deliveries.map(([each, final]) => ({ status: each, final })))).toBe(status);
  });
});

describe('escrow', () => {
  it('is the amount and the tolerance, up to the whole minor unit', () => {
    expect(escrowMinor(100n, 0)).toBe(100n);
    expect(escrowMinor(101n, 50_000)).toBe(107n);
    expect(escrowMinor(1_000_000n, 1)).toBe(1_000_001n);
  });

  it('has nothing before it is funded', () => {
    expect(heldMinor({ escrowMinor: 5n, releasedMinor: 0n, refundedMinor: 0n, fundedAt: null })).toBe(0n);
  });
});
