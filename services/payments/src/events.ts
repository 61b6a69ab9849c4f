import { onAuctionDepositsSettled } from './balances/on-auction-deposits-settled.ts';
import type { EscrowBank } from './config.ts';
import { onFundingRequested } from './escrows/on-funding-requested.ts';
import { onOrderCancelled } from './escrows/on-order-cancelled.ts';
import { onOrderFundingRequested } from './escrows/on-order-funding-requested.ts';
import { onOrderReleaseRequested } from './escrows/on-order-release-requested.ts';
import { onReleaseRequested } from './escrows/on-release-requested.ts';
import { onSettlementCancelled } from './escrows/on-settlement-cancelled.ts';

/** Door 3: the facts this service reacts to, of `deals.settlement`, `marketplace.order` and `marketplace.auction`. */
export function paymentsReactions(bank: EscrowBank) {
  return [
    onFundingRequested(bank),
    onReleaseRequested,
    onSettlementCancelled,
    onOrderFundingRequested(bank),
    onOrderReleaseRequested,
    onOrderCancelled,
    onAuctionDepositsSettled,
  ];
}
