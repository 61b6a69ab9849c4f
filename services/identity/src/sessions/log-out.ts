import { identityErrors } from '../errors.ts';
import type { IdentityContext } from '../ports.ts';
import { revokeSessionsOf } from './revoke-sessions.ts';
import { findRefreshToken, findSession } from './store.ts';

/**
 * Ends the session of the given refresh token, or else of the access token the request came with. Ending an ended or
 * unknown session is the same answer.
 */
export async function logOut(ctx: IdentityContext, refreshToken: string | undefined): Promise<void> {
  const held = refreshToken === undefined ? undefined : await ctx.read((work) => findRefreshToken(work, refreshToken));
  const sessionId = held?.sessionId ?? ctx.actor.sessionId;
  if (!sessionId) return;
  const userId = held?.userId ?? ctx.actor.id;
  const ip = ctx.actor.ip ? { ip: ctx.actor.ip } : {};
  await ctx
    .as({ kind: 'user', id: userId, roles: [], sessionId, ...ip })
    .transaction('LogOut', (tx) => revokeSessionsOf(tx, userId, 'logged out', sessionId));
}

/** Ends one of my sessions, perhaps on another device. Errors: IDENTITY_SESSION_NOT_FOUND. */
export async function revokeMySession(ctx: IdentityContext, sessionId: string): Promise<{ id: string }> {
  return ctx.transaction('RevokeSession', async (tx) => {
    const session = await findSession(tx, sessionId);
    if (session?.userId !== tx.actor.id) throw identityErrors.error('IDENTITY_SESSION_NOT_FOUND');
    await revokeSessionsOf(tx, tx.actor.id, 'ended by its owner', sessionId);
    return { id: sessionId };
  });
}
