import { loginOf, openEmail } from '../accounts/sealed-account.ts';
import { findAccount } from '../accounts/store.ts';
import { identityErrors } from '../errors.ts';
import type { IdentityContext } from '../ports.ts';
import { checkOpen, type OrganizationRole } from './organization.ts';
import { insertMembership, lockInvitation, markAccepted, openOrganizations } from './store.ts';

/**
 * Joins the organization of an invitation sent to my own address. The token alone is not enough: for another account
 * it is the same answer as an unknown one. Errors: IDENTITY_INVITATION_NOT_FOUND, IDENTITY_INVITATION_EXPIRED,
 * IDENTITY_MEMBER_EXISTS.
 */
export async function acceptInvitation(
  ctx: IdentityContext,
  token: string,
): Promise<{ organizationId: string; role: OrganizationRole }> {
  const { vault } = ctx.clients;
  const userId = ctx.actor.id;
  return ctx.transaction('AcceptInvitation', async (tx) => {
    const [invitation, account] = await Promise.all([lockInvitation(tx, token), findAccount(tx, userId)]);
    if (!invitation || !account) throw identityErrors.error('IDENTITY_INVITATION_NOT_FOUND');
    const mine = loginOf(vault, openEmail(vault, userId, account.email));
    if (!mine.equals(invitation.emailFingerprint)) throw identityErrors.error('IDENTITY_INVITATION_NOT_FOUND');
    checkOpen(invitation, tx.now);
    const { organizationId, role } = invitation;
    await openOrganizations(tx, [organizationId]);
    const [added] = await Promise.all([
      insertMembership(tx, { organizationId, userId, role, createdAt: tx.now }),
      markAccepted(tx, invitation.id, userId, tx.now),
    ]);
    if (!added) throw identityErrors.error('IDENTITY_MEMBER_EXISTS');
    tx.audit({
      action: 'organization.member_joined',
      entityType: 'organization',
      entityId: organizationId,
      after: { userId, role, invitationId: invitation.id },
    });
    return { organizationId, role };
  });
}
