import { dealsErrors } from '../errors.ts';

export type HoldingStatus = 'pending' | 'verified' | 'rejected';

/** Shares of a holding that may still be offered. */
export function availableShares(holding: { quantity: bigint; reserved: bigint }): bigint {
  return holding.quantity - holding.reserved;
}

/**
 * The outcome of a review. A holding whose shares are set aside for a deal cannot be turned down any more.
 * Errors: DEALS_HOLDING_IN_USE.
 */
export function reviewHolding(holding: { reserved: bigint; status: HoldingStatus }, verified: boolean): HoldingStatus {
  if (!verified && holding.status === 'verified' && holding.reserved > 0n)
    throw dealsErrors.error('DEALS_HOLDING_IN_USE');
  return verified ? 'verified' : 'rejected';
}
