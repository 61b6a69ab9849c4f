import { events } from '@clearlot/proto/events';
import type { Tx } from '@clearlot/service';
import { endSessions } from './store.ts';

/** Ends all live sessions of a person, or one, and tells every service. Answers the ids of those that were live. */
export async function revokeSessionsOf(
  tx: Tx,
  userId: string,
  because: string,
  sessionId?: string,
): Promise<readonly string[]> {
  const ended = await endSessions(tx, { userId, ...(sessionId ? { sessionId } : {}) }, { at: tx.now, because });
  for (const id of ended) {
    tx.audit({ action: 'session.revoked', entityType: 'session', entityId: id, after: { userId, because } });
    tx.emit(events.sessionRevoked, id, { sessionId: id, userId });
  }
  return ended;
}
