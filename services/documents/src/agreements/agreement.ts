import { move, type Transitions } from '@clearlot/kernel';
import { documentsErrors } from '../errors.ts';

export type AgreementStatus = 'sent' | 'signed' | 'voided';
/** What an agreement is about. */
export type AgreementKind = 'share_purchase' | 'supply';
export type SignerRole = 'seller' | 'buyer';

/** Once complete an agreement can still be voided: it takes effect only when the escrow is released. */
export const transitions = {
  sent: ['signed', 'voided'],
  signed: ['voided'],
  voided: [],
} as const satisfies Transitions<AgreementStatus>;

/** What people and programs call each kind of agreement. */
export const documentTypes = {
  share_purchase: 'purchase_agreement',
  supply: 'supply_agreement',
} as const satisfies Record<AgreementKind, string>;

/** What a signer agrees to, word for word; it is stored with each signature. */
export const consentText =
  'I have read this agreement. I agree to sign it electronically, and my typed name is my signature and binds me as ' +
  'a handwritten one would.';

/** Evidence and agreements are kept this long after they were made; nothing deletes them earlier. */
const RETENTION_YEARS = 7;

/** The parts of an agreement that decide what may happen to it. */
export interface AgreementState {
  status: AgreementStatus;
  sellerId: string;
  buyerId: string;
  sellerSignedAt: Date | null;
  buyerSignedAt: Date | null;
  completedAt: Date | null;
}

export interface Parties {
  sellerName: string;
  buyerName: string;
}

/** The role in which a person signs, or undefined for a stranger. */
export function roleOf(
  agreement: Pick<AgreementState, 'sellerId' | 'buyerId'>,
  userId: string,
): SignerRole | undefined {
  if (agreement.sellerId === userId) return 'seller';
  return agreement.buyerId === userId ? 'buyer' : undefined;
}

/** When a role signed, or null. */
export function signedAtOf(agreement: AgreementState, role: SignerRole): Date | null {
  return role === 'seller' ? agreement.sellerSignedAt : agreement.buyerSignedAt;
}

export type SignatureDecision =
  | { kind: 'signed-before'; role: SignerRole; signedAt: Date }
  | { kind: 'sign'; role: SignerRole; status: AgreementStatus; complete: boolean };

/**
 * Decides a signature. A person who signed before gets that signature again.
 * Errors: DOCUMENTS_NOT_FOUND for a stranger, DOCUMENTS_AGREEMENT_VOIDED, DOCUMENTS_NAME_MISMATCH.
 */
export function decideSignature(
  agreement: AgreementState,
  parties: Parties,
  signerId: string,
  typedName: string,
): SignatureDecision {
  const role = roleOf(agreement, signerId);
  if (!role) throw documentsErrors.error('DOCUMENTS_NOT_FOUND');
  if (agreement.status === 'voided') throw documentsErrors.error('DOCUMENTS_AGREEMENT_VOIDED');
  const before = signedAtOf(agreement, role);
  if (before) return { kind: 'signed-before', role, signedAt: before };
  const legalName = role === 'seller' ? parties.sellerName : parties.buyerName;
  if (!sameName(typedName, legalName)) {
    throw documentsErrors.error('DOCUMENTS_NAME_MISMATCH', undefined, [
      { pointer: '/fullName', message: 'must be your legal name as printed in the agreement' },
    ]);
  }
  const complete = signedAtOf(agreement, role === 'seller' ? 'buyer' : 'seller') !== null;
  return { kind: 'sign', role, complete, status: complete ? move(transitions, agreement.status, 'signed') : 'sent' };
}

/** Whether two names differ at most in case, spacing and Unicode composition. */
export function sameName(one: string, other: string): boolean {
  const fold = (name: string) => name.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
  return fold(one) === fold(other);
}

/** Until when the retention policy keeps something made at `at`. */
export function retainUntil(at: Date): Date {
  const until = new Date(at);
  until.setUTCFullYear(until.getUTCFullYear() + RETENTION_YEARS);
  return until;
}
