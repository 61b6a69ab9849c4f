/** Access tokens are short: services verify them offline and hear of a revocation by event. */
export const accessTokenLifeS = 300;
/** A refresh token that is not used for two weeks is dead. */
const REFRESH_LIFE_MS = 14 * 24 * 3_600_000;
/** However often it is refreshed, a session ends after thirty days. */
const SESSION_LIFE_MS = 30 * 24 * 3_600_000;
/** `last_seen_at` is written at most this often. */
const SEEN_EVERY_MS = 60_000;

const FREE_FAILURES = 5;
const FIRST_DELAY_MS = 30_000;
const DELAY_MS_MAX = 15 * 60_000;
/** Failures are forgotten after this long without one. */
export const failureMemoryMs = 24 * 3_600_000;

/** When a session that starts now ends, whatever happens. */
export function sessionExpiry(now: Date): Date {
  return new Date(now.getTime() + SESSION_LIFE_MS);
}

/** When a refresh token given out now ends; never after its session. */
export function refreshExpiry(now: Date, sessionExpiresAt: Date): Date {
  return new Date(Math.min(now.getTime() + REFRESH_LIFE_MS, sessionExpiresAt.getTime()));
}

/** Whether a session may still act at `now`. */
export function isLive(session: { revokedAt: Date | null; expiresAt: Date }, now: Date): boolean {
  return session.revokedAt === null && session.expiresAt > now;
}

/** Whether it is time to note again that a session is in use. */
export function isSeenStale(lastSeenAt: Date, now: Date): boolean {
  return now.getTime() - lastSeenAt.getTime() >= SEEN_EVERY_MS;
}

/** Failed passwords of one e-mail address from one network. */
export interface Attempts {
  failures: number;
  lastFailedAt: Date;
  lockedUntil: Date | null;
}

/** Whole seconds until another attempt is answered; 0 when it may be made now. */
export function secondsLocked(attempts: Attempts | undefined, now: Date): number {
  if (!attempts?.lockedUntil) return 0;
  return Math.max(0, Math.ceil((attempts.lockedUntil.getTime() - now.getTime()) / 1000));
}

/**
 * The count after one more failure. Five are free, then each locks this e-mail from this network for twice as long as
 * the one before: 30 s, 1 min, … 15 min. Other networks are not concerned, so nobody can lock an owner out from afar.
 */
export function countFailure(attempts: Attempts | undefined, now: Date): Attempts {
  const remembered = attempts && now.getTime() - attempts.lastFailedAt.getTime() < failureMemoryMs;
  const failures = (remembered ? attempts.failures : 0) + 1;
  const doublings = failures - FREE_FAILURES;
  const delayMs = Math.min(DELAY_MS_MAX, FIRST_DELAY_MS * 2 ** Math.min(doublings, 20));
  return { failures, lastFailedAt: now, lockedUntil: doublings < 0 ? null : new Date(now.getTime() + delayMs) };
}
