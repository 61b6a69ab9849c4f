import { createHash, randomBytes } from 'node:crypto';
import type { Work } from '@clearlot/service';

/** An opaque secret of 256 bits, for tokens that are stored only as their hash. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of an opaque secret; 256 random bits need no slow hash. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Says what the caller presents for the rest of the transaction: row-level security opens the one row it names. */
export function present(work: Work, key: Buffer): Promise<unknown> {
  return work.sql`select set_config('app.presented', ${key.toString('hex')}, true)`.execute();
}
