import type { Work } from '@clearlot/service';
import { and, asc, eq, isNull, or } from 'drizzle-orm';
import { type TimelineEntry, timeline } from '../schema.ts';

/** The deal's own steps and one person's, oldest first; all of them when no person is given. */
export async function listTimeline(work: Work, dealId: string, userId?: string): Promise<TimelineEntry[]> {
  return work.db
    .select()
    .from(timeline)
    .where(
      and(eq(timeline.dealId, dealId), userId ? or(isNull(timeline.userId), eq(timeline.userId, userId)) : undefined),
    )
    .orderBy(asc(timeline.at), asc(timeline.id));
}
