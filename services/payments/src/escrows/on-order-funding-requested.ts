import { events } from '@clearlot/proto/events';
import { reaction } from '@clearlot/service';
import { applyDeposit } from '../balances/apply-deposit.ts';
import type { EscrowBank } from '../config.ts';
import { instructFunding } from './instruct-funding.ts';

/** An order is confirmed: its buyer learns where to wire, and a deposit of theirs goes into its escrow. The order is the deal of its escrow and the one commitment in it. */
export function onOrderFundingRequested(bank: EscrowBank) {
  return reaction({
    name: 'on-order-funding-requested',
    type: events.orderFundingRequested,
    async handle(tx, { orderId, orderName, currency, buyerId, amountMinor, depositId }) {
      await instructFunding(tx, bank, {
        dealId: orderId,
        dealName: orderName,
        currency,
        heldUntil: 'you have accepted what is delivered',
        items: [{ commitmentId: orderId, buyerId, amountMinor }],
      });
      if (depositId) await applyDeposit(tx, depositId, orderId);
    },
  });
}
