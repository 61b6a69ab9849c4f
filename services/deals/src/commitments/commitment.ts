import { canMove, displayMoney, type Transitions } from '@clearlot/kernel';
import { dealsErrors } from '../errors.ts';

export type CommitmentStatus =
  | 'submitted'
  | 'approved'
  | 'allocated'
  | 'docs_signed'
  | 'funded'
  | 'complete'
  | 'rejected'
  | 'withdrawn'
  | 'cancelled';

/** A buyer's way through a deal. Allocating again may take an allocation back to approved. */
export const commitmentTransitions: Transitions<CommitmentStatus> = {
  submitted: ['approved', 'rejected', 'withdrawn', 'cancelled'],
  approved: ['allocated', 'rejected', 'withdrawn', 'cancelled'],
  allocated: ['approved', 'allocated', 'docs_signed', 'cancelled'],
  docs_signed: ['funded', 'cancelled'],
  funded: ['complete', 'cancelled'],
  complete: [],
  rejected: [],
  withdrawn: [],
  cancelled: [],
};

/** Errors: DEALS_COMMITMENT_WRONG_STATUS naming both statuses. */
export function moveCommitment(from: CommitmentStatus, to: CommitmentStatus): CommitmentStatus {
  if (!canMove(commitmentTransitions, from, to)) {
    throw dealsErrors.error('DEALS_COMMITMENT_WRONG_STATUS', `It is ${from} and cannot become ${to}.`);
  }
  return to;
}

/** Errors: DEALS_COMMITMENT_BELOW_MINIMUM, DEALS_COMMITMENT_ABOVE_MAXIMUM. */
export function checkTicket(
  amountMinor: bigint,
  deal: { minimumTicketMinor: bigint; maximumTicketMinor: bigint; currency: string },
): void {
  const pointer = '/commitmentAmount';
  if (amountMinor < deal.minimumTicketMinor) {
    const message = `is under ${displayMoney(deal.minimumTicketMinor, deal.currency)}`;
    throw dealsErrors.error('DEALS_COMMITMENT_BELOW_MINIMUM', `The amount ${message}.`, [{ pointer, message }]);
  }
  if (amountMinor > deal.maximumTicketMinor) {
    const message = `is over ${displayMoney(deal.maximumTicketMinor, deal.currency)}`;
    throw dealsErrors.error('DEALS_COMMITMENT_ABOVE_MAXIMUM', `The amount ${message}.`, [{ pointer, message }]);
  }
}

/** A buyer's accreditation as identity knows it now. */
export interface Standing {
  accreditationStatus: string;
  accountActive: boolean;
}

/** To commit, an attestation must stand; its review may still be under way. Errors: DEALS_NOT_ELIGIBLE. */
export function checkMayCommit(standing: Standing | undefined): void {
  const allowed = standing?.accreditationStatus === 'verified' || standing?.accreditationStatus === 'submitted';
  if (!allowed || !standing.accountActive) throw notEligible(standing);
}

/** To be approved, and again before money is released, the accreditation must be verified. Errors: DEALS_NOT_ELIGIBLE. */
export function checkAccredited(standing: Standing | undefined): void {
  if (!isAccredited(standing)) throw notEligible(standing);
}

export function isAccredited(standing: Standing | undefined): boolean {
  return standing?.accreditationStatus === 'verified' && standing.accountActive;
}

function notEligible(standing: Standing | undefined) {
  const status = standing?.accreditationStatus ?? 'none';
  const detail = status === 'none' ? 'There is no such accreditation of yours.' : `The accreditation is ${status}.`;
  return dealsErrors.error(
    'DEALS_NOT_ELIGIBLE',
    standing?.accountActive === false ? 'The account is not active.' : detail,
  );
}

/**
 * The shares an operator's own allocation stands for: an amount within the commitment that is a whole number of
 * shares at the price. Errors: DEALS_COMMITMENT_ALLOCATION_INVALID.
 */
export function allocatedSharesFor(allocatedMinor: bigint, amountMinor: bigint, priceMinor: bigint): bigint {
  const pointer = '/allocatedAmount';
  if (allocatedMinor > amountMinor) {
    const message = 'is over the amount committed';
    throw dealsErrors.error('DEALS_COMMITMENT_ALLOCATION_INVALID', undefined, [{ pointer, message }]);
  }
  if (allocatedMinor % priceMinor !== 0n) {
    const message = 'is not a whole number of shares at the price of the deal';
    throw dealsErrors.error('DEALS_COMMITMENT_ALLOCATION_INVALID', undefined, [{ pointer, message }]);
  }
  return allocatedMinor / priceMinor;
}

/** What a buyer is told comes next. */
export const commitmentNextSteps: Record<CommitmentStatus, string> = {
  submitted: 'Awaiting allocation',
  approved: 'Awaiting allocation',
  allocated: 'Sign your purchase agreements when they arrive',
  docs_signed: 'Wire the amount with the reference in your payment instructions',
  funded: 'Awaiting settlement; your shares follow',
  complete: 'Nothing: the shares are yours',
  rejected: 'Nothing: the commitment was turned down',
  withdrawn: 'Nothing: you withdrew',
  cancelled: 'Nothing: the commitment was not filled or the deal was cancelled; money received is returned',
};
