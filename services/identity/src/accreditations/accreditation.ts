import type { Transitions } from '@clearlot/kernel';

export type AccreditationStatus = 'submitted' | 'verified' | 'rejected';
/** What an accreditation is worth at one instant. */
export type Standing = AccreditationStatus | 'expired';

/** Verified may become rejected: a verification found wrong is revoked. A rejected person submits a new one. */
export const transitions: Transitions<AccreditationStatus> = {
  submitted: ['verified', 'rejected'],
  verified: ['rejected'],
  rejected: [],
};

/** The statement a buyer attests to under 17 CFR 230.501(a); a changed text is a new version. */
export const attestationVersion = '2026-11-01';

/**
 * A verification holds for twelve months. Rule 506(c) sets no term except that a person verified before may be relied
 * on for up to five years (17 CFR 230.506(c)(2)(ii)(E)); a year follows the income and net-worth look-backs.
 */
const MONTHS_VALID = 12;

/** The end of a verification made now: the same day and time twelve months later, the last day of a shorter month. */
export function verificationExpiry(now: Date): Date {
  const until = new Date(now);
  until.setUTCMonth(until.getUTCMonth() + MONTHS_VALID);
  if (until.getUTCDate() !== now.getUTCDate()) until.setUTCDate(0);
  return until;
}

interface Dated {
  id: string;
  status: AccreditationStatus;
  expiresAt: Date | null;
}

/** The standing at `now`: a verification past its end counts as expired, whatever is stored. */
export function standing(accreditation: Pick<Dated, 'status' | 'expiresAt'>, now: Date): Standing {
  const { status, expiresAt } = accreditation;
  return status === 'verified' && (expiresAt === null || expiresAt <= now) ? 'expired' : status;
}

const worth: Record<Standing, number> = { verified: 4, submitted: 3, expired: 2, rejected: 1 };

/** The accreditation that speaks for a person: the best standing, among equals the newest (ids sort by time). */
export function bestOf<A extends Dated>(accreditations: readonly A[], now: Date): A | undefined {
  return accreditations.toSorted(
    (a, b) => worth[standing(b, now)] - worth[standing(a, now)] || (a.id < b.id ? 1 : -1),
  )[0];
}
