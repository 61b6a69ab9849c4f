import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** Encrypts values at rest. `place` (table, column and row) is bound in, so a value moved elsewhere does not open. */
export interface Vault {
  seal(plain: Uint8Array | string, place: string): Buffer;
  /** Throws when the bytes were altered, moved or sealed under another key. */
  open(sealed: Uint8Array, place: string): Buffer;
  /** A keyed fingerprint, to find a value without storing it in clear. */
  fingerprint(value: string, purpose: string): Buffer;
}

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM under a 32-byte key (base64). */
export function createVault(keyBase64: string): Vault {
  const key = Buffer.from(keyBase64, 'base64');
  if (key.length !== 32) throw new Error('a vault key is 32 bytes in base64');
  return {
    seal(plain, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), body]);
    },
    open(sealed, place) {
      const bytes = Buffer.from(sealed);
      if (bytes[0] !== VERSION) throw new Error('unknown sealed format');
      const tagAt = 1 + NONCE_BYTES;
      const bodyAt = tagAt + TAG_BYTES;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, tagAt)).setAAD(Buffer.from(place));
      decipher.setAuthTag(bytes.subarray(tagAt, bodyAt));
      return Buffer.concat([decipher.update(bytes.subarray(bodyAt)), decipher.final()]);
    },
    fingerprint: (value, purpose) => createHmac('sha256', key).update(`${purpose}\n${value}`).digest(),
  };
}
