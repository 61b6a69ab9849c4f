import type { Vault } from '@clearlot/service';
import { identityErrors } from '../errors.ts';
import type { IdentityContext } from '../ports.ts';
import { type Contact, openContact, openEmail, openName, sealContact, sealName } from './sealed-account.ts';
import { type AccountRow, findAccount, lockAccount, updateAccount } from './store.ts';

/** A person in clear, as only they and operators see it. */
export interface Profile extends Contact {
  id: string;
  email: string;
  fullName: string;
  role: AccountRow['role'];
  status: AccountRow['status'];
  createdAt: Date;
}

export type ProfileChange = { [K in keyof Contact]?: Contact[K] | undefined } & { fullName?: string | undefined };

/** My profile. Errors: IDENTITY_USER_NOT_FOUND. */
export async function getProfile(ctx: IdentityContext): Promise<Profile> {
  const row = await ctx.read((work) => findAccount(work, ctx.actor.id));
  if (!row) throw identityErrors.error('IDENTITY_USER_NOT_FOUND');
  return openProfile(ctx.clients.vault, row);
}

/** Changes the given fields of my profile; null clears one. The audit trail names the fields and not their values. */
export async function updateProfile(ctx: IdentityContext, change: ProfileChange): Promise<Profile> {
  const { vault } = ctx.clients;
  return ctx.transaction('UpdateProfile', async (tx) => {
    const row = await lockAccount(tx, ctx.actor.id);
    if (!row) throw identityErrors.error('IDENTITY_USER_NOT_FOUND');
    const before = openProfile(vault, row);
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    const after: Profile = { ...before, ...given };
    const { id, email: _email, role: _role, status: _status, createdAt: _createdAt, fullName, ...contact } = after;
    await updateAccount(tx, id, {
      fullName: sealName(vault, id, fullName),
      contact: sealContact(vault, id, contact),
      updatedAt: tx.now,
    });
    tx.audit({ action: 'profile.updated', entityType: 'user', entityId: id, after: { fields: Object.keys(given) } });
    return after;
  });
}

export function openProfile(vault: Vault, row: AccountRow): Profile {
  return {
    id: row.id,
    email: openEmail(vault, row.id, row.email),
    fullName: openName(vault, row.id, row.fullName),
    role: row.role,
    status: row.status,
    createdAt: row.createdAt,
    ...openContact(vault, row.id, row.contact),
  };
}
