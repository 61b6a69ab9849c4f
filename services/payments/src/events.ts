import type { EscrowBank } from './config.ts';
import { onFundingRequested } from './escrows/on-funding-requested.ts';
import { onReleaseRequested } from './escrows/on-release-requested.ts';
import { onSettlementCancelled } from './escrows/on-settlement-cancelled.ts';

/** Door 3: the facts this service reacts to, all of `deals.settlement`. */
export function paymentsReactions(bank: EscrowBank) {
  return [onFundingRequested(bank), onReleaseRequested, onSettlementCancelled];
}
