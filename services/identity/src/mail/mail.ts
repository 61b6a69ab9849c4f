/** How long a sender may take before another one assumes it died. Longer than every timeout of the mailer together. */
const LEASE_MS = 15_000;
const FIRST_RETRY_MS = 1_000;
const RETRY_MS_MAX = 15 * 60_000;
/** About two days with the delays above; then somebody has to look at it. */
const ATTEMPTS_MAX = 200;

export const leaseUntil = (now: Date) => new Date(now.getTime() + LEASE_MS);

/**
 * The same for every attempt at one notification: a mailbox that got it already drops the second (RFC 7352), so an
 * attempt whose outcome is not known can be made again.
 */
export const messageIdOf = (notificationId: string) => `<${notificationId}@clearlot.example>`;

/** What becomes of a mail whose `attempts`-th attempt failed: tried again later, or given up as failed. */
export function afterFailure(attempts: number, now: Date): { state: 'planned' | 'failed'; dueAt: Date } {
  const delayMs = Math.min(RETRY_MS_MAX, FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 20));
  return { state: attempts >= ATTEMPTS_MAX ? 'failed' : 'planned', dueAt: new Date(now.getTime() + delayMs) };
}
