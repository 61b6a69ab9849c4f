interface Observed {
  observationId: string;
  sourceId: string;
  validAt: string;
}

const dayMs = 86_400_000;

/** The day after one, both yyyy-mm-dd. */
export function dayAfter(day: string): string {
  return new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10);
}

/** The instant at which a day was over (UTC), as the platform takes what was known; undefined is now, for a day that is not over. */
export function knownAtEndOf(day: string | undefined, today: string): string | undefined {
  return day === undefined || day >= today ? undefined : dayAfter(day);
}

/** What replaced figures as they were known: by the figure's id, the newer one of the same source and instant. */
export function correctionsOf<Each extends Observed>(then: readonly Each[], now: readonly Each[]): Map<string, Each> {
  const key = ({ sourceId, validAt }: Observed) => `${sourceId} ${validAt}`;
  const standing = new Map(now.map((each) => [key(each), each]));
  return new Map(
    then.flatMap((each) => {
      const current = standing.get(key(each));
      return current && current.observationId !== each.observationId ? [[each.observationId, current] as const] : [];
    }),
  );
}
