import { identityErrors } from '../errors.ts';
import type { IdentityContext } from '../ports.ts';
import { revokeSessionsOf } from '../sessions/revoke-sessions.ts';
import { type AccountRow, lockAccount, updateAccount } from './store.ts';

/**
 * Suspends a person or lets them back in. Suspending ends all their sessions in the same transaction. Errors:
 * IDENTITY_USER_NOT_FOUND, IDENTITY_USER_IS_SELF.
 */
export async function setUserStatus(
  ctx: IdentityContext,
  input: { userId: string; status: AccountRow['status'] },
): Promise<{ id: string; status: AccountRow['status'] }> {
  const { userId, status } = input;
  if (userId === ctx.actor.id) throw identityErrors.error('IDENTITY_USER_IS_SELF');
  return ctx.transaction('SetUserStatus', async (tx) => {
    const row = await lockAccount(tx, userId);
    if (!row) throw identityErrors.error('IDENTITY_USER_NOT_FOUND');
    if (row.status !== status) {
      await updateAccount(tx, userId, { status, updatedAt: tx.now });
      tx.audit({
        action: `user.${status === 'suspended' ? 'suspended' : 'reinstated'}`,
        entityType: 'user',
        entityId: userId,
        before: { status: row.status },
        after: { status },
      });
    }
    if (status === 'suspended') await revokeSessionsOf(tx, userId, 'account suspended');
    return { id: userId, status };
  });
}
