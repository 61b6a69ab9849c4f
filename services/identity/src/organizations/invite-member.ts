import { newId } from '@clearlot/kernel';
import { loginOf } from '../accounts/sealed-account.ts';
import { identityErrors } from '../errors.ts';
import { planMail } from '../mail/store.ts';
import type { IdentityContext } from '../ports.ts';
import { hashSecret, newSecret } from '../presented.ts';
import { enterOrganization } from './enter-organization.ts';
import { checkManages, invitationExpiry, type OrganizationRole } from './organization.ts';
import { insertInvitation, listOrganizations } from './store.ts';

/**
 * Invites an e-mail address (normalised) with a role the inviter may give. The link is mailed, works once, for a week,
 * and only for an account with that address. The answer does not say whether there is one. Errors:
 * IDENTITY_ORGANIZATION_NOT_FOUND, IDENTITY_ORGANIZATION_ROLE.
 */
export async function inviteMember(
  ctx: IdentityContext,
  input: { organizationId: string; email: string; role: OrganizationRole },
): Promise<{ invitationId: string; role: OrganizationRole; expiresAt: Date }> {
  const { vault } = ctx.clients;
  const { organizationId, email, role } = input;
  const [invitationId, token] = [newId(), newSecret()];
  return ctx.transaction('InviteMember', async (tx) => {
    const own = await enterOrganization(tx, organizationId, tx.actor.id);
    checkManages(own.role, [role]);
    const [organization] = await listOrganizations(tx, [organizationId]);
    if (!organization) throw identityErrors.error('IDENTITY_ORGANIZATION_NOT_FOUND');
    const expiresAt = invitationExpiry(tx.now);
    await Promise.all([
      insertInvitation(tx, {
        id: invitationId,
        organizationId,
        email: vault.seal(email, `invitation.email:${invitationId}`),
        emailFingerprint: loginOf(vault, email),
        role,
        tokenHash: hashSecret(token),
        invitedBy: tx.actor.id,
        createdAt: tx.now,
        expiresAt,
        acceptedAt: null,
        acceptedBy: null,
      }),
      planMail(tx, vault, {
        notificationId: invitationId,
        template: 'organization_invitation',
        data: { organizationName: organization.name, role, token, deadline: expiresAt.toUTCString() },
        recipient: email,
        requestedBy: tx.actor.id,
        now: tx.now,
      }),
    ]);
    tx.audit({
      action: 'organization.member_invited',
      entityType: 'organization',
      entityId: organizationId,
      after: { invitationId, role },
    });
    return { invitationId, role, expiresAt };
  });
}
