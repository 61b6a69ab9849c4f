import type { Vault } from '@clearlot/service';
import { z } from 'zod';

/** How a person is reached and where they are taxed; all of it optional, all of it personal. */
export const contactSchema = z.object({
  phone: z.string().trim().max(40).nullable().default(null),
  addressLine: z.string().trim().max(200).nullable().default(null),
  city: z.string().trim().max(100).nullable().default(null),
  region: z.string().trim().max(100).nullable().default(null),
  postalCode: z.string().trim().max(20).nullable().default(null),
  /** ISO 3166-1 alpha-2. */
  country: z.string().trim().max(60).nullable().default(null),
  company: z.string().trim().max(200).nullable().default(null),
  taxCountry: z.string().trim().max(60).nullable().default(null),
});

export type Contact = z.output<typeof contactSchema>;
export const noContact: Contact = contactSchema.parse({});

/** Keyed fingerprint by which a normalised e-mail address is found. */
export function loginOf(vault: Vault, email: string): Buffer {
  return vault.fingerprint(email, 'identity.login');
}

export const sealEmail = (vault: Vault, userId: string, email: string) => vault.seal(email, `account.email:${userId}`);
export const openEmail = (vault: Vault, userId: string, sealed: Buffer) =>
  vault.open(sealed, `account.email:${userId}`).toString();

export const sealName = (vault: Vault, userId: string, name: string) => vault.seal(name, `account.full_name:${userId}`);
export const openName = (vault: Vault, userId: string, sealed: Buffer) =>
  vault.open(sealed, `account.full_name:${userId}`).toString();

export const sealContact = (vault: Vault, userId: string, contact: Contact) =>
  vault.seal(JSON.stringify(contact), `account.contact:${userId}`);

export function openContact(vault: Vault, userId: string, sealed: Buffer | null): Contact {
  if (!sealed) return noContact;
  return contactSchema.parse(JSON.parse(vault.open(sealed, `account.contact:${userId}`).toString()));
}
