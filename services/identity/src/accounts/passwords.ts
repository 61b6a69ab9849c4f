import { hash, verify } from '@node-rs/argon2';

/** argon2id, the library's default kind; OWASP's second profile: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The stored form of a password, with its salt and cost. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

const nobody = hash(crypto.randomUUID(), COST);

/** Checks a password; with no stored hash it does the same work against a hash nobody knows and answers false. */
export async function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(stored ?? (await nobody), password);
  return matches && stored !== undefined;
}
