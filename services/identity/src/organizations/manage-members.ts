import type { Tx } from '@clearlot/service';
import { openEmail, openName } from '../accounts/sealed-account.ts';
import { findAccounts } from '../accounts/store.ts';
import { identityErrors } from '../errors.ts';
import type { IdentityContext } from '../ports.ts';
import { enterOrganization } from './enter-organization.ts';
import { checkKeepsOwner, checkManages, type OrganizationRole } from './organization.ts';
import {
  deleteMembership,
  listMembers,
  lockOrganization,
  type MembershipRow,
  openCompanions,
  saveRole,
} from './store.ts';

export interface Member {
  userId: string;
  fullName: string;
  email: string;
  role: OrganizationRole;
  joinedAt: Date;
}

/** The members of an organization I belong to, in the order they joined. Errors: IDENTITY_ORGANIZATION_NOT_FOUND. */
export async function listOrganizationMembers(ctx: IdentityContext, organizationId: string): Promise<Member[]> {
  const { vault } = ctx.clients;
  return ctx.read(async (work) => {
    await enterOrganization(work, organizationId, ctx.actor.id);
    const members = await listMembers(work, organizationId);
    const ids = members.map(({ userId }) => userId);
    const [, accounts] = await Promise.all([openCompanions(work, ids), findAccounts(work, ids)]);
    return members.flatMap(({ userId, role, createdAt }) => {
      const account = accounts.find(({ id }) => id === userId);
      if (!account) return [];
      const fullName = openName(vault, userId, account.fullName);
      return [{ userId, fullName, email: openEmail(vault, userId, account.email), role, joinedAt: createdAt }];
    });
  });
}

/**
 * Gives a member another role. Errors: IDENTITY_ORGANIZATION_NOT_FOUND, IDENTITY_MEMBER_NOT_FOUND,
 * IDENTITY_ORGANIZATION_ROLE, IDENTITY_ORGANIZATION_LAST_OWNER.
 */
export async function changeRole(
  ctx: IdentityContext,
  input: { organizationId: string; userId: string; role: OrganizationRole },
): Promise<{ userId: string; role: OrganizationRole }> {
  const { organizationId, userId, role } = input;
  return ctx.transaction('ChangeRole', async (tx) => {
    const { own, member, members } = await loadMember(tx, organizationId, userId);
    checkManages(own.role, [member.role, role]);
    checkKeepsOwner(members, { userId, role });
    await saveRole(tx, { organizationId, userId, role });
    auditMember(tx, organizationId, 'role_changed', { userId, role: member.role }, { userId, role });
    return { userId, role };
  });
}

/** Removes a member; everybody may leave. Errors: as changing a role. */
export async function removeMember(
  ctx: IdentityContext,
  input: { organizationId: string; userId: string },
): Promise<{ userId: string }> {
  const { organizationId, userId } = input;
  return ctx.transaction('RemoveMember', async (tx) => {
    const { own, member, members } = await loadMember(tx, organizationId, userId);
    if (userId !== tx.actor.id) checkManages(own.role, [member.role]);
    checkKeepsOwner(members, { userId, role: undefined });
    await deleteMembership(tx, organizationId, userId);
    auditMember(tx, organizationId, 'member_removed', { userId, role: member.role }, undefined);
    return { userId };
  });
}

async function loadMember(tx: Tx, organizationId: string, userId: string) {
  await enterOrganization(tx, organizationId, tx.actor.id);
  await lockOrganization(tx, organizationId);
  const members = await listMembers(tx, organizationId);
  const find = (id: string): MembershipRow | undefined => members.find((each) => each.userId === id);
  // Read again under the lock: the actor may have been removed while waiting for it.
  const [own, member] = [find(tx.actor.id), find(userId)];
  if (!own) throw identityErrors.error('IDENTITY_ORGANIZATION_NOT_FOUND');
  if (!member) throw identityErrors.error('IDENTITY_MEMBER_NOT_FOUND');
  return { own, member, members };
}

function auditMember(tx: Tx, organizationId: string, fact: string, before: unknown, after: unknown): void {
  tx.audit({ action: `organization.${fact}`, entityType: 'organization', entityId: organizationId, before, after });
}
