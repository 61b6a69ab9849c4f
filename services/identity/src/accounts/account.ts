import { identityErrors } from '../errors.ts';
import { commonPasswords } from './common-passwords.ts';

export const passwordLengthMin = 10;
export const passwordLengthMax = 256;
/** The terms a registration accepts; a changed text is a new version. */
export const termsVersion = '2026-11-01';

/** The one spelling of an e-mail address by which a person is found: trimmed, lower case, composed. */
export function normaliseEmail(email: string): string {
  return email.normalize('NFC').trim().toLowerCase();
}

/**
 * Refuses a password that is on every attacker's first page: a common one, one repeated or sequential character run,
 * or the person's own address. Length rules follow NIST SP 800-63B (no composition rules). Errors:
 * IDENTITY_PASSWORD_WEAK.
 */
export function checkPassword(password: string, email: string): void {
  const weak = (detail: string) =>
    identityErrors.error('IDENTITY_PASSWORD_WEAK', detail, [{ pointer: '/password', message: detail }]);
  const length = [...password].length;
  if (length < passwordLengthMin) throw weak(`A password has at least ${passwordLengthMin} characters.`);
  if (length > passwordLengthMax) throw weak(`A password has at most ${passwordLengthMax} characters.`);
  const lower = password.toLowerCase();
  if (commonPasswords.has(lower)) throw weak('This password is one of the most common ones.');
  if (lower === email || lower === email.split('@', 1)[0]) throw weak('A password is not your e-mail address.');
  if (isRun(lower)) throw weak('A password is not one character repeated or a run of neighbours.');
}

/** `aaaaaaaaaa`, `1234567890`, `abcdefghij`, `9876543210`. */
function isRun(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  const steps = new Set(codes.slice(1).map((code, index) => code - (codes[index] ?? 0)));
  const [step] = steps;
  return steps.size === 1 && step !== undefined && Math.abs(step) <= 1;
}
