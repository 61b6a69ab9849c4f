import { identityErrors } from '../errors.ts';

export type OrganizationRole = 'owner' | 'admin' | 'member';

const INVITATION_LIFE_MS = 7 * 24 * 3_600_000;

export function invitationExpiry(now: Date): Date {
  return new Date(now.getTime() + INVITATION_LIFE_MS);
}

/** Whom a role may invite, change and remove: owners everybody, admins members, members nobody. */
const manages: Record<OrganizationRole, readonly OrganizationRole[]> = {
  owner: ['owner', 'admin', 'member'],
  admin: ['member'],
  member: [],
};

/** Errors: IDENTITY_ORGANIZATION_ROLE unless `role` may give and take each of `touched`. */
export function checkManages(role: OrganizationRole, touched: readonly OrganizationRole[]): void {
  if (!touched.every((each) => manages[role].includes(each))) throw identityErrors.error('IDENTITY_ORGANIZATION_ROLE');
}

/** Errors: IDENTITY_ORGANIZATION_LAST_OWNER when, after the change, nobody owns the organization. */
export function checkKeepsOwner(
  members: readonly { userId: string; role: OrganizationRole }[],
  change: { userId: string; role: OrganizationRole | undefined },
): void {
  const after = members.map(({ userId, role }) => (userId === change.userId ? change.role : role));
  if (!after.includes('owner')) throw identityErrors.error('IDENTITY_ORGANIZATION_LAST_OWNER');
}

/** Whether an invitation can still be accepted. Errors: IDENTITY_INVITATION_EXPIRED. */
export function checkOpen(invitation: { expiresAt: Date; acceptedAt: Date | null }, now: Date): void {
  if (invitation.acceptedAt || invitation.expiresAt <= now) throw identityErrors.error('IDENTITY_INVITATION_EXPIRED');
}
