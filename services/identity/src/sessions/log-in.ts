import { type DomainError, newId } from '@clearlot/kernel';
import { normaliseEmail } from '../accounts/account.ts';
import { verifyPassword } from '../accounts/passwords.ts';
import { loginOf, openEmail } from '../accounts/sealed-account.ts';
import { findCredential, holdAccount } from '../accounts/store.ts';
import { identityErrors } from '../errors.ts';
import type { IdentityContext } from '../ports.ts';
import { hashSecret, newSecret } from '../presented.ts';
import { accessTokenLifeS, countFailure, refreshExpiry, secondsLocked, sessionExpiry } from './session.ts';
import { findAttempts, insertRefreshToken, insertSession, openAttempts, saveAttempts } from './store.ts';

export interface LogIn {
  email: string;
  password: string;
  userAgent: string | undefined;
  /** A browser behind the gateway: also answer a secret for its cookie. */
  wantsCookie: boolean;
}

export interface SignedIn {
  accessToken: string;
  refreshToken: string;
  /** Seconds. */
  expiresIn: number;
  user: { id: string; email: string; role: string };
  sessionSecret?: string;
}

/**
 * Starts a session for who knows the password. An unknown e-mail and a wrong password are the same answer after the
 * same work. Repeated failures lock the e-mail for this network only; whether it is locked is decided again after the
 * password was checked, under a row lock, so that many guesses at once learn no more than one after the other.
 * Errors: IDENTITY_CREDENTIALS_INVALID, IDENTITY_LOGIN_LOCKED, IDENTITY_ACCOUNT_SUSPENDED.
 */
export async function logIn(ctx: IdentityContext, input: LogIn): Promise<SignedIn> {
  const { vault } = ctx.clients;
  const login = loginOf(vault, normaliseEmail(input.email));
  const network = vault.fingerprint(ctx.actor.ip ?? 'unknown', 'identity.network');
  const known = await ctx.read(async (work) => {
    const [credential, attempts] = await Promise.all([
      findCredential(work, login),
      findAttempts(work, login, network, false),
    ]);
    return { credential, attempts };
  });
  const lockedS = secondsLocked(known.attempts, ctx.clock.now());
  if (lockedS > 0) throw locked(lockedS);
  const matches = await verifyPassword(known.credential?.passwordHash, input.password);
  if (!matches || !known.credential) throw await countFailedLogin(ctx, login, network);
  return startSession(ctx, { ...input, userId: known.credential.userId, login, network });
}

/** Counts one failure and says what to answer; an attempt during a lock is not counted and learns nothing. */
async function countFailedLogin(ctx: IdentityContext, login: Buffer, network: Buffer): Promise<DomainError> {
  const waitS = await ctx.transaction('CountFailedLogin', async (tx) => {
    await openAttempts(tx, login, network, tx.now);
    const attempts = await findAttempts(tx, login, network, true);
    const lockedS = secondsLocked(attempts, tx.now);
    if (lockedS > 0) return lockedS;
    const counted = countFailure(attempts, tx.now);
    await saveAttempts(tx, login, network, counted);
    if (counted.lockedUntil) {
      tx.audit({
        action: 'login.locked',
        entityType: 'login',
        entityId: login.toString('hex'),
        after: { failures: counted.failures, until: counted.lockedUntil },
      });
    }
    return 0;
  });
  return waitS > 0 ? locked(waitS) : identityErrors.error('IDENTITY_CREDENTIALS_INVALID');
}

async function startSession(
  ctx: IdentityContext,
  input: LogIn & { userId: string; login: Buffer; network: Buffer },
): Promise<SignedIn> {
  const { vault, accessTokens } = ctx.clients;
  const { userId } = input;
  const [sessionId, refreshToken, sessionSecret] = [newId(), newSecret(), newSecret()];
  const owner = ctx.as({
    kind: 'user',
    id: userId,
    roles: [],
    sessionId,
    ...(ctx.actor.ip ? { ip: ctx.actor.ip } : {}),
  });
  const started = await owner.transaction('LogIn', async (tx) => {
    const [account, attempts] = await Promise.all([
      holdAccount(tx, userId),
      findAttempts(tx, input.login, input.network, true),
    ]);
    const lockedS = secondsLocked(attempts, tx.now);
    if (lockedS > 0) throw locked(lockedS);
    if (account?.status !== 'active') throw identityErrors.error('IDENTITY_ACCOUNT_SUSPENDED');
    const expiresAt = sessionExpiry(tx.now);
    await Promise.all([
      attempts && attempts.failures > 0
        ? saveAttempts(tx, input.login, input.network, { failures: 0, lastFailedAt: tx.now, lockedUntil: null })
        : undefined,
      insertSession(tx, {
        id: sessionId,
        userId,
        createdAt: tx.now,
        lastSeenAt: tx.now,
        expiresAt,
        ip: tx.actor.ip ?? null,
        userAgent: input.userAgent ?? null,
        secretHash: input.wantsCookie ? hashSecret(sessionSecret) : null,
        revokedAt: null,
        revokedBecause: null,
      }),
      insertRefreshToken(tx, {
        hash: hashSecret(refreshToken),
        sessionId,
        userId,
        createdAt: tx.now,
        expiresAt: refreshExpiry(tx.now, expiresAt),
        usedAt: null,
      }),
    ]);
    tx.audit({ action: 'session.started', entityType: 'session', entityId: sessionId, after: { userId } });
    return { account, now: tx.now };
  });
  const { account, now } = started;
  const { accessToken } = await accessTokens.mint({ userId, sessionId, role: account.role, authenticatedAt: now }, now);
  return {
    accessToken,
    refreshToken,
    expiresIn: accessTokenLifeS,
    user: { id: userId, email: openEmail(vault, userId, account.email), role: account.role },
    ...(input.wantsCookie ? { sessionSecret } : {}),
  };
}

function locked(seconds: number): DomainError {
  const detail = `Too many failed attempts. Try again in ${seconds} seconds.`;
  return identityErrors.error('IDENTITY_LOGIN_LOCKED', detail, [], { retryAfterSeconds: String(seconds) });
}
