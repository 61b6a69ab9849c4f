import type { Work } from '@clearlot/service';
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { hashSecret, present } from '../presented.ts';
import { loginAttempt, refreshToken, session } from '../schema.ts';
import type { Attempts } from './session.ts';

export type SessionRow = typeof session.$inferSelect;
export type RefreshTokenRow = typeof refreshToken.$inferSelect;

export async function insertSession(work: Work, row: SessionRow): Promise<void> {
  await work.db.insert(session).values(row);
}

export async function insertRefreshToken(work: Work, row: RefreshTokenRow): Promise<void> {
  await work.db.insert(refreshToken).values(row);
}

/** The row of a refresh token somebody holds, used or not. */
export async function findRefreshToken(work: Work, token: string): Promise<RefreshTokenRow | undefined> {
  const hash = hashSecret(token);
  const [, rows] = await Promise.all([
    present(work, hash),
    work.db.select().from(refreshToken).where(eq(refreshToken.hash, hash)),
  ]);
  return rows[0];
}

/** Uses a refresh token up; false when somebody has used it before. Of any number at once, one is told true. */
export async function claimRefreshToken(work: Work, hash: Buffer, now: Date): Promise<boolean> {
  const claimed = await work.db
    .update(refreshToken)
    .set({ usedAt: now })
    .where(and(eq(refreshToken.hash, hash), isNull(refreshToken.usedAt)))
    .returning({ sessionId: refreshToken.sessionId });
  return claimed.length === 1;
}

export async function findSession(work: Work, id: string): Promise<SessionRow | undefined> {
  const [row] = await work.db.select().from(session).where(eq(session.id, id));
  return row;
}

export async function lockSession(work: Work, id: string): Promise<SessionRow | undefined> {
  const [row] = await work.db.select().from(session).where(eq(session.id, id)).for('update');
  return row;
}

/** The session of a browser that holds this secret. */
export async function findSessionBySecret(work: Work, secret: string): Promise<SessionRow | undefined> {
  const hash = hashSecret(secret);
  const [, rows] = await Promise.all([
    present(work, hash),
    work.db.select().from(session).where(eq(session.secretHash, hash)),
  ]);
  return rows[0];
}

export async function touchSession(work: Work, id: string, now: Date): Promise<void> {
  await work.db
    .update(session)
    .set({ lastSeenAt: now })
    .where(and(eq(session.id, id), isNull(session.revokedAt)));
}

/** Ends sessions that are not ended yet: one, or all of a person. Answers the ids of those it ended. */
export async function endSessions(
  work: Work,
  which: { userId: string; sessionId?: string },
  end: { at: Date; because: string },
): Promise<string[]> {
  const ended = await work.db
    .update(session)
    .set({ revokedAt: end.at, revokedBecause: end.because })
    .where(
      and(
        eq(session.userId, which.userId),
        which.sessionId ? eq(session.id, which.sessionId) : sql`true`,
        isNull(session.revokedAt),
      ),
    )
    .returning({ id: session.id });
  return ended.map(({ id }) => id);
}

export async function listSessionsOf(work: Work, userId: string): Promise<SessionRow[]> {
  return work.db.select().from(session).where(eq(session.userId, userId)).orderBy(desc(session.id)).limit(200);
}

/** Failed attempts on a login from a network; `lock` keeps others from counting until the transaction ends. */
export async function findAttempts(
  work: Work,
  login: Buffer,
  network: Buffer,
  lock: boolean,
): Promise<Attempts | undefined> {
  const query = work.db
    .select()
    .from(loginAttempt)
    .where(and(eq(loginAttempt.login, login), eq(loginAttempt.network, network)));
  const [, rows] = await Promise.all([present(work, login), lock ? query.for('update') : query]);
  return rows[0];
}

/** Makes sure there is a row to lock, so that failures of one login and network are counted one after the other. */
export async function openAttempts(work: Work, login: Buffer, network: Buffer, now: Date): Promise<void> {
  const row = { login, network, failures: 0, lastFailedAt: now };
  await Promise.all([present(work, login), work.db.insert(loginAttempt).values(row).onConflictDoNothing()]);
}

export async function saveAttempts(work: Work, login: Buffer, network: Buffer, attempts: Attempts): Promise<void> {
  await work.db
    .update(loginAttempt)
    .set(attempts)
    .where(and(eq(loginAttempt.login, login), eq(loginAttempt.network, network)));
}

/** Forgets failed attempts nobody counts any more and refresh tokens that are long dead. */
export async function deleteStale(work: Work, before: { attempts: Date; tokens: Date }): Promise<void> {
  await Promise.all([
    work.sql`delete from login_attempt where last_failed_at < ${before.attempts}`,
    work.sql`delete from refresh_token where expires_at < ${before.tokens}`,
  ]);
}
