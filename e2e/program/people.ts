import { randomUUID } from 'node:crypto';
import { createClient, type SignedIn, signedIn } from './client.ts';

/** A person in a program, with the client that acts for them. */
export interface Person {
  fullName: string;
  email: string;
  client: SignedIn;
}

/** Of everybody who is registered here. */
export const peoplePassword = 'correct horse battery staple';

/** Registers somebody new; names repeat, e-mail addresses never do. */
export async function registerPerson(
  baseUrl: string,
  role: 'seller' | 'buyer' | 'supplier',
  fullName: string,
): Promise<Person> {
  const email = `${fullName.toLowerCase().replaceAll(/[^a-z]+/g, '.')}.${randomUUID().slice(0, 8)}@people.example`;
  const nobody = createClient(baseUrl, async () => undefined);
  await nobody.post('/api/auth/register', { email, password: peoplePassword, role, fullName, acceptTerms: true });
  return { fullName, email, client: signedIn(baseUrl, email, peoplePassword) };
}

/** Waits for what another part of the platform does in its own time. */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  patienceMs = 30_000,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${patienceMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
