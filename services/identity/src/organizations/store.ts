import type { Work } from '@clearlot/service';
import { and, eq, inArray, isNull } from 'drizzle-orm';
import { hashSecret, present } from '../presented.ts';
import { invitation, membership, organization } from '../schema.ts';
import type { OrganizationRole } from './organization.ts';

export type OrganizationRow = typeof organization.$inferSelect;
export type MembershipRow = typeof membership.$inferSelect;
export type InvitationRow = typeof invitation.$inferSelect;

/** Opens organizations for the rest of the transaction; call it only with those the actor was found to belong to. */
export function openOrganizations(work: Work, ids: readonly string[]): Promise<unknown> {
  return work.sql`select set_config('app.organization_ids', ${`{${ids.join(',')}}`}, true)`.execute();
}

/** Lets the actor see the accounts of people they share an opened organization with. */
export function openCompanions(work: Work, userIds: readonly string[]): Promise<unknown> {
  return work.sql`select set_config('app.companions', ${`{${userIds.join(',')}}`}, true)`.execute();
}

export async function insertOrganization(work: Work, row: OrganizationRow): Promise<void> {
  await work.db.insert(organization).values(row);
}

/** Keeps two changes of one organization's members from passing each other. */
export async function lockOrganization(work: Work, id: string): Promise<OrganizationRow | undefined> {
  const [row] = await work.db.select().from(organization).where(eq(organization.id, id)).for('update');
  return row;
}

export async function listOrganizations(work: Work, ids: readonly string[]): Promise<OrganizationRow[]> {
  if (ids.length === 0) return [];
  return work.db
    .select()
    .from(organization)
    .where(inArray(organization.id, [...ids]))
    .orderBy(organization.id);
}

export async function findMembership(
  work: Work,
  organizationId: string,
  userId: string,
): Promise<MembershipRow | undefined> {
  const [row] = await work.db
    .select()
    .from(membership)
    .where(and(eq(membership.organizationId, organizationId), eq(membership.userId, userId)));
  return row;
}

export async function listMembershipsOf(work: Work, userId: string): Promise<MembershipRow[]> {
  return work.db.select().from(membership).where(eq(membership.userId, userId));
}

export async function listMembers(work: Work, organizationId: string): Promise<MembershipRow[]> {
  return work.db
    .select()
    .from(membership)
    .where(eq(membership.organizationId, organizationId))
    .orderBy(membership.createdAt);
}

/** Adds a member; false when they are one already. */
export async function insertMembership(work: Work, row: MembershipRow): Promise<boolean> {
  const added = await work.db
    .insert(membership)
    .values(row)
    .onConflictDoNothing()
    .returning({ userId: membership.userId });
  return added.length === 1;
}

export async function saveRole(
  work: Work,
  member: { organizationId: string; userId: string; role: OrganizationRole },
): Promise<void> {
  const { organizationId, userId, role } = member;
  await work.db
    .update(membership)
    .set({ role })
    .where(and(eq(membership.organizationId, organizationId), eq(membership.userId, userId)));
}

export async function deleteMembership(work: Work, organizationId: string, userId: string): Promise<void> {
  await work.db
    .delete(membership)
    .where(and(eq(membership.organizationId, organizationId), eq(membership.userId, userId)));
}

/** Adds an invitation; an open one to the same address ends, so that only the newest link works. */
export async function insertInvitation(work: Work, row: InvitationRow): Promise<void> {
  await Promise.all([
    work.db
      .update(invitation)
      .set({ expiresAt: row.createdAt })
      .where(
        and(
          eq(invitation.organizationId, row.organizationId),
          eq(invitation.emailFingerprint, row.emailFingerprint),
          isNull(invitation.acceptedAt),
        ),
      ),
    work.db.insert(invitation).values(row),
  ]);
}

/** The invitation somebody holds the token of, kept from others until the transaction ends. */
export async function lockInvitation(work: Work, token: string): Promise<InvitationRow | undefined> {
  const hash = hashSecret(token);
  const [, rows] = await Promise.all([
    present(work, hash),
    work.db.select().from(invitation).where(eq(invitation.tokenHash, hash)).for('update'),
  ]);
  return rows[0];
}

export async function markAccepted(work: Work, id: string, acceptedBy: string, acceptedAt: Date): Promise<void> {
  await work.db.update(invitation).set({ acceptedBy, acceptedAt }).where(eq(invitation.id, id));
}
