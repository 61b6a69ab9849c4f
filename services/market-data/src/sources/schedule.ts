const secondMs = 1_000;
const hourMs = 3_600 * secondMs;

/** Fetching failed so often in a row that somebody should look. */
export const failuresMax = 3;

/**
 * When a source is fetched again after it failed: half a minute, doubled with each failure up to an hour, never sooner than
 * the source asked for and never later than its own schedule unless it asked for that.
 */
export function retryAt(
  now: Date,
  { failures, everyMs, retryAfterMs = 0 }: { failures: number; everyMs: number; retryAfterMs?: number | undefined },
): Date {
  const backoffMs = Math.min(30 * secondMs * 2 ** Math.min(failures - 1, 20), hourMs, everyMs);
  return new Date(now.getTime() + Math.max(backoffMs, Math.min(retryAfterMs, 24 * hourMs)));
}

export const sourceStates = ['fresh', 'stale', 'failing', 'not_configured', 'disabled', 'waiting'] as const;
export type SourceState = (typeof sourceStates)[number];

interface Standing {
  enabled: boolean;
  configured: boolean;
  failures: number;
  freshnessTargetMs: number;
  newestValidAt: Date | null;
}

/**
 * How a source stands. Its age is that of its newest figure, so one that answers the same old figures grows stale like one
 * that does not answer. `waiting`: nothing came yet. Days that are no business days do not count as age.
 */
export function stateOf(source: Standing, now: Date, isBusinessDay: (day: Date) => boolean): SourceState {
  if (!source.enabled) return 'disabled';
  if (!source.configured) return 'not_configured';
  if (source.failures >= failuresMax) return 'failing';
  if (!source.newestValidAt) return 'waiting';
  return businessAgeMs(source.newestValidAt, now, isBusinessDay) > source.freshnessTargetMs ? 'stale' : 'fresh';
}

const dayMs = 24 * hourMs;

/** The time between two instants without days (UTC) that are no business days; beyond a year every day counts. */
export function businessAgeMs(from: Date, to: Date, isBusinessDay: (day: Date) => boolean): number {
  const ageMs = to.getTime() - from.getTime();
  if (ageMs <= 0 || ageMs > 366 * dayMs) return Math.max(ageMs, 0);
  let offMs = 0;
  const firstDay = Math.floor(from.getTime() / dayMs) * dayMs;
  for (let ms = firstDay; ms < to.getTime(); ms += dayMs) {
    if (isBusinessDay(new Date(ms))) continue;
    offMs += Math.min(ms + dayMs, to.getTime()) - Math.max(ms, from.getTime());
  }
  return ageMs - offMs;
}
