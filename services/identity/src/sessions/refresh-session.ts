import { openEmail } from '../accounts/sealed-account.ts';
import { findAccount } from '../accounts/store.ts';
import { identityErrors } from '../errors.ts';
import type { IdentityContext } from '../ports.ts';
import { hashSecret, newSecret } from '../presented.ts';
import type { SignedIn } from './log-in.ts';
import { revokeSessionsOf } from './revoke-sessions.ts';
import { accessTokenLifeS, isLive, refreshExpiry } from './session.ts';
import { claimRefreshToken, findRefreshToken, insertRefreshToken, lockSession, touchSession } from './store.ts';

/**
 * Exchanges a refresh token for a new pair. A token works once: of many exchanges at once one wins, and any use after
 * that ends the whole session in the same transaction (RFC 9700 §4.14.2), with no grace for a lost answer. Errors:
 * IDENTITY_REFRESH_INVALID, IDENTITY_REFRESH_REUSED.
 */
export async function refreshSession(ctx: IdentityContext, token: string): Promise<SignedIn> {
  const { vault, accessTokens } = ctx.clients;
  const held = await ctx.read((work) => findRefreshToken(work, token));
  if (!held) throw identityErrors.error('IDENTITY_REFRESH_INVALID');
  const { userId, sessionId, hash } = held;
  const successor = newSecret();
  const ip = ctx.actor.ip ? { ip: ctx.actor.ip } : {};
  const outcome = await ctx
    .as({ kind: 'user', id: userId, roles: [], sessionId, ...ip })
    .transaction('RefreshSession', async (tx) => {
      const [session, account] = await Promise.all([lockSession(tx, sessionId), findAccount(tx, userId)]);
      if (!session || !isLive(session, tx.now) || account?.status !== 'active') return 'invalid' as const;
      if (!(await claimRefreshToken(tx, hash, tx.now))) {
        await revokeSessionsOf(tx, userId, 'refresh token reused', sessionId);
        return 'reused' as const;
      }
      if (held.expiresAt <= tx.now) return 'invalid' as const;
      await Promise.all([
        touchSession(tx, sessionId, tx.now),
        insertRefreshToken(tx, {
          hash: hashSecret(successor),
          sessionId,
          userId,
          createdAt: tx.now,
          expiresAt: refreshExpiry(tx.now, session.expiresAt),
          usedAt: null,
        }),
      ]);
      return { account, authenticatedAt: session.createdAt, now: tx.now };
    });
  if (outcome === 'invalid') throw identityErrors.error('IDENTITY_REFRESH_INVALID');
  if (outcome === 'reused') throw identityErrors.error('IDENTITY_REFRESH_REUSED');
  const { account, authenticatedAt, now } = outcome;
  const { accessToken } = await accessTokens.mint({ userId, sessionId, role: account.role, authenticatedAt }, now);
  return {
    accessToken,
    refreshToken: successor,
    expiresIn: accessTokenLifeS,
    user: { id: userId, email: openEmail(vault, userId, account.email), role: account.role },
  };
}
