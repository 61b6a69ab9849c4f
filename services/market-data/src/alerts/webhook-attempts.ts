/** How long a sender may take before another one assumes it died: longer than one attempt. */
const LEASE_MS = 15_000;
const FIRST_RETRY_MS = 5_000;
const RETRY_MS_MAX = 60 * 60_000;
/** Some fourteen hours with the delays above; then the owner sees that it failed. */
const ATTEMPTS_MAX = 24;

export const leaseUntil = (now: Date) => new Date(now.getTime() + LEASE_MS);

/** What becomes of a delivery whose `attempts`-th attempt failed: tried again later, or given up. */
export function afterFailure(attempts: number, now: Date): { state: 'planned' | 'failed'; dueAt: Date } {
  const delayMs = Math.min(RETRY_MS_MAX, FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 20));
  return { state: attempts >= ATTEMPTS_MAX ? 'failed' : 'planned', dueAt: new Date(now.getTime() + delayMs) };
}
