import { documentsErrors } from '../errors.ts';

/** What of a seal decides what may be done with it. */
export interface SealState {
  opensAt: Date;
  openedAt: Date | null;
}

/** A seal is extended to the same time or a later one, until it was opened. Errors: DOCUMENTS_SEAL_OPENED, DOCUMENTS_SEAL_EARLIER. */
export function requireExtension(seal: SealState, opensAt: Date): void {
  if (seal.openedAt) throw documentsErrors.error('DOCUMENTS_SEAL_OPENED');
  if (opensAt < seal.opensAt) throw documentsErrors.error('DOCUMENTS_SEAL_EARLIER');
}

/** A seal is due from its time on. Errors: DOCUMENTS_SEAL_NOT_DUE. */
export function requireDue(seal: SealState, now: Date): void {
  if (now >= seal.opensAt) return;
  throw documentsErrors.error('DOCUMENTS_SEAL_NOT_DUE', `It opens at ${seal.opensAt.toISOString()}.`);
}
