import { events } from '@clearlot/proto/events';
import { reaction } from '@clearlot/service';
import { applyDeposit } from '../balances/apply-deposit.ts';
import { splitDeposit } from '../balances/deposit.ts';
import { lockDeposit } from '../balances/store.ts';
import type { EscrowBank } from '../config.ts';
import { paymentsErrors } from '../errors.ts';
import { instructFunding } from './instruct-funding.ts';

/**
 * An order is confirmed: its buyer learns where to wire, and a deposit of theirs goes into its escrow. The order is the deal
 * of its escrow and the one commitment in it. Errors: PAYMENTS_DEPOSIT_NOT_FOUND, PAYMENTS_DEPOSIT_MISMATCH.
 */
export function onOrderFundingRequested(bank: EscrowBank) {
  return reaction({
    name: 'on-order-funding-requested',
    type: events.orderFundingRequested,
    async handle(tx, { orderId, orderName, currency, buyerId, amountMinor, depositId }) {
      // Balances are locked before orders, never after one.
      const placed = depositId ? await lockDeposit(tx, depositId) : undefined;
      if (placed && (placed.userId !== buyerId || placed.currency !== currency)) {
        throw paymentsErrors.error('PAYMENTS_DEPOSIT_MISMATCH');
      }
      const { appliedMinor: coveredMinor } = splitDeposit(placed?.amountMinor ?? 0n, amountMinor);
      await instructFunding(tx, bank, {
        dealId: orderId,
        dealName: orderName,
        currency,
        heldUntil: 'you have accepted what is delivered',
        items: [{ commitmentId: orderId, buyerId, amountMinor, coveredMinor }],
      });
      if (placed) await applyDeposit(tx, placed, orderId);
    },
  });
}
