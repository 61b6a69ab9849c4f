import { minBigint, type Transitions } from '@clearlot/kernel';
import { paymentsErrors } from '../errors.ts';

export type DepositStatus = 'held' | 'released' | 'applied' | 'forfeited';

/** A deposit ends in exactly one way. */
export const depositTransitions = {
  held: ['released', 'applied', 'forfeited'],
  released: [],
  applied: [],
  forfeited: [],
} as const satisfies Transitions<DepositStatus>;

/** How a deposit ends by what its auction says: `release` or `forfeit`. Errors: PAYMENTS_REQUEST_INVALID. */
export function endedBy(outcome: string): 'released' | 'forfeited' {
  if (outcome === 'release') return 'released';
  if (outcome === 'forfeit') return 'forfeited';
  throw paymentsErrors.error('PAYMENTS_REQUEST_INVALID', `A deposit has no outcome "${outcome}".`);
}

/** How much of a deposit goes to an order: never more than it still needs; the rest is given back. Minor units. */
export function splitDeposit(depositMinor: bigint, missingMinor: bigint): { appliedMinor: bigint; restMinor: bigint } {
  const appliedMinor = missingMinor > 0n ? minBigint(depositMinor, missingMinor) : 0n;
  return { appliedMinor, restMinor: depositMinor - appliedMinor };
}
