import { newId } from '@clearlot/kernel';
import type { IdentityContext } from '../ports.ts';
import type { OrganizationRole } from './organization.ts';
import {
  insertMembership,
  insertOrganization,
  listMembershipsOf,
  listOrganizations,
  type OrganizationRow,
  openOrganizations,
} from './store.ts';

/** Founds an organization that its founder owns. */
export async function createOrganization(
  ctx: IdentityContext,
  input: { name: string },
): Promise<{ organizationId: string; name: string; role: OrganizationRole }> {
  const organizationId = newId();
  const userId = ctx.actor.id;
  return ctx.transaction('CreateOrganization', async (tx) => {
    const role: OrganizationRole = 'owner';
    await Promise.all([
      openOrganizations(tx, [organizationId]),
      insertOrganization(tx, { id: organizationId, name: input.name, createdBy: userId, createdAt: tx.now }),
      insertMembership(tx, { organizationId, userId, role, createdAt: tx.now }),
    ]);
    tx.audit({
      action: 'organization.created',
      entityType: 'organization',
      entityId: organizationId,
      after: { name: input.name },
    });
    return { organizationId, name: input.name, role };
  });
}

/** The organizations I belong to, with my role in each. */
export async function listMyOrganizations(
  ctx: IdentityContext,
): Promise<{ organization: OrganizationRow; role: OrganizationRole }[]> {
  return ctx.read(async (work) => {
    const own = await listMembershipsOf(work, ctx.actor.id);
    const ids = own.map(({ organizationId }) => organizationId);
    const [, organizations] = await Promise.all([openOrganizations(work, ids), listOrganizations(work, ids)]);
    return organizations.flatMap((organization) => {
      const membership = own.find(({ organizationId }) => organizationId === organization.id);
      return membership ? [{ organization, role: membership.role }] : [];
    });
  });
}
