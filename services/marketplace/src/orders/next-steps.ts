import type { OrderStatus, Side } from './order.ts';

/** What each side is told comes next. */
export const nextSteps: Record<OrderStatus, Record<Side, string>> = {
  confirmed: {
    buyer: 'Wire the escrow amount with the reference in your payment instructions',
    supplier: 'Wait: ship when the buyer has funded the escrow',
  },
  funded: { buyer: 'Wait for the supplier to ship', supplier: 'Ship, and record the delivery here' },
  shipped: { buyer: 'Say so when the delivery has arrived', supplier: 'Wait for the buyer to record the arrival' },
  delivered: {
    buyer: 'Inspect the delivery, or open a dispute; when the time to inspect is over it is accepted as shipped',
    supplier: 'Wait for the inspection',
  },
  inspected: {
    buyer: 'Accept the settlement or open a dispute; when the time is over it is accepted as inspected',
    supplier: 'Check what was found; wait for the acceptance or open a dispute',
  },
  accepted: { buyer: 'Nothing: the amount is being released', supplier: 'Nothing: your money is being released' },
  disputed: {
    buyer: 'Agree with the supplier on what is released; else an operator decides',
    supplier: 'Agree with the buyer on what is released; else an operator decides',
  },
  released: { buyer: 'Nothing: the order is complete', supplier: 'Nothing: expect your payout' },
  cancelled: { buyer: 'Nothing: what escrow held is returned to you', supplier: 'Nothing: the order is off' },
};
