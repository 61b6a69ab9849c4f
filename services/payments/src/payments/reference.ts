import { paymentsErrors } from '../errors.ts';

// Crockford base32: no I, L, O or U, so that nothing read aloud or off paper is mistaken for another character.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The reference a wire of this payment carries: `CL-XXXX-XXXX-XXXX-NN`. 60 bits of the payment's id (its time and chance)
 * in base32 and two check digits, so every single wrong character and every two swapped neighbours show. `paymentId` is a
 * UUIDv7.
 */
export function referenceOf(paymentId: string): string {
  const hex = paymentId.replaceAll('-', '');
  let bits = BigInt(`0x${hex.slice(7, 12)}${hex.slice(22, 32)}`);
  let body = '';
  for (let n = 0; n < 12; n++) {
    body = (alphabet[Number(bits & 31n)] ?? '') + body;
    bits >>= 5n;
  }
  return display(body + checkDigits(body));
}

/**
 * Reads a reference as people write it: any case, spaces and hyphens anywhere, O for 0, I or L for 1.
 * Errors: PAYMENTS_REFERENCE_INVALID.
 */
export function readReference(text: string): string {
  const plain = text.toUpperCase().replaceAll(/[\s-]/g, '').replace(/^CL/, '');
  const body = plain.replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  if (!/^[0-9A-HJKMNP-TV-Z]{12}[0-9]{2}$/.test(body) || checkDigits(body.slice(0, 12)) !== body.slice(12)) {
    throw paymentsErrors.error('PAYMENTS_REFERENCE_INVALID');
  }
  return display(body);
}

function display(body: string): string {
  return `CL-${body.slice(0, 4)}-${body.slice(4, 8)}-${body.slice(8, 12)}-${body.slice(12)}`;
}

/**
 * The body as a base-32 number and two digits behind it leave 1 modulo 97, as ISO 7064 mod 97-10 does for decimal numbers.
 * Spelling letters as two digits, as IBANs do, would let a letter mistyped as a digit pass now and then.
 */
function checkDigits(body: string): string {
  let value = 0;
  for (const character of body) value = (value * 32 + alphabet.indexOf(character)) % 97;
  return String(98 - ((value * 100) % 97)).padStart(2, '0');
}
