/** Business days of an instrument that have no figure, as ISO dates. */
export interface Gap {
  instrumentId: string;
  days: string[];
}

const dayMs = 86_400_000;
/** A source that comes back after years is one gap, not thousands of days. */
const daysMax = 60;

/** The business days strictly between two figures, as ISO dates (UTC), the newest 60 of them. */
export function missingDays(from: Date | undefined, to: Date, isBusinessDay: (day: Date) => boolean): string[] {
  if (!from) return [];
  const first = startOfDay(from) + dayMs;
  const missing: string[] = [];
  for (let ms = startOfDay(to) - dayMs; ms >= first && missing.length < daysMax; ms -= dayMs) {
    const day = new Date(ms);
    if (isBusinessDay(day)) missing.unshift(day.toISOString().slice(0, 10));
  }
  return missing;
}

function startOfDay(at: Date): number {
  return Math.floor(at.getTime() / dayMs) * dayMs;
}
