import { type ContextParts, createContext, systemActor } from '@clearlot/service';
import { findAccount } from '../accounts/store.ts';
import { identityErrors } from '../errors.ts';
import type { IdentityContext, Ports } from '../ports.ts';
import { isLive, isSeenStale } from './session.ts';
import { findSession, findSessionBySecret, type SessionRow, touchSession } from './store.ts';

export interface LiveSession {
  session: SessionRow;
  role: string;
}

/** The session when it is alive at this moment and its owner's account is active. */
export async function introspectSession(ctx: IdentityContext, sessionId: string): Promise<LiveSession | undefined> {
  return ctx.read(async (work) => {
    const session = await findSession(work, sessionId);
    if (!session || !isLive(session, ctx.clock.now())) return undefined;
    const account = await findAccount(work, session.userId);
    return account?.status === 'active' ? { session, role: account.role } : undefined;
  });
}

/** For this service's own doors: what others ask by IntrospectSession. */
export async function isSessionLive(parts: ContextParts<Ports>, sessionId: string): Promise<boolean> {
  const ctx = createContext(parts, systemActor('identity.introspection'));
  return (await introspectSession(ctx, sessionId)) !== undefined;
}

/** A fresh access token for the browser that holds this session secret. Errors: IDENTITY_REFRESH_INVALID. */
export async function mintAccessToken(
  ctx: IdentityContext,
  secret: string,
): Promise<{ accessToken: string; expiresAt: Date; sessionId: string }> {
  const now = ctx.clock.now();
  const found = await ctx.read(async (work) => {
    const session = await findSessionBySecret(work, secret);
    if (!session || !isLive(session, now)) return undefined;
    const account = await findAccount(work, session.userId);
    return account?.status === 'active' ? { session, role: account.role } : undefined;
  });
  if (!found) throw identityErrors.error('IDENTITY_REFRESH_INVALID');
  const { session, role } = found;
  if (isSeenStale(session.lastSeenAt, now)) {
    await ctx.transaction('TouchSession', async (tx) => {
      await findSessionBySecret(tx, secret);
      await touchSession(tx, session.id, tx.now);
    });
  }
  const subject = { userId: session.userId, sessionId: session.id, role, authenticatedAt: session.createdAt };
  return { ...(await ctx.clients.accessTokens.mint(subject, now)), sessionId: session.id };
}
