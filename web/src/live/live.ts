import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { LiveConnection } from './connection.ts';
import type { Sequenced } from './feed.ts';
import { type ConnectionState, nothingYet, type TopicView } from './live-topic.ts';

/** The page's one connection. */
export const live: LiveConnection = new LiveConnection(
  () => new WebSocket(new URL('/api/live', window.location.href.replace(/^http/, 'ws'))),
);

window.addEventListener('online', () => live.wake());
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && live.wake());

interface Topic<State, Update> extends TopicView {
  /** Undefined before the first answer. */
  state: (State & Sequenced) | undefined;
  /** Since the topic was first shown, without a gap and up to the state; none after what was missed could not be had. */
  updates: readonly (Update & Sequenced)[];
  /** The platform's clock less this device's. */
  offsetMs: number;
}

/**
 * Watches `auction:<id>` or `price:<instrument id>` while the component is shown; undefined watches nothing. What was missed while
 * the connection was away comes when it is back.
 */
export function useTopic<State extends object, Update extends object>(topic: string | undefined): Topic<State, Update> {
  const watch = useCallback((changed: () => void) => (topic ? live.watch(topic, changed) : () => {}), [topic]);
  const view = useSyncExternalStore(watch, () => (topic ? live.view(topic) : nothingYet));
  const { offsetMs } = useConnection();
  return { ...view, offsetMs } as Topic<State, Update>;
}

const listen = (changed: () => void) => live.listen(changed);

/** How the connection is and how far the platform's clock is ahead of this device's. */
export function useConnection(): { connection: ConnectionState; offsetMs: number } {
  const connection = useSyncExternalStore(listen, () => live.state);
  const offsetMs = useSyncExternalStore(listen, () => live.offsetMs);
  return { connection, offsetMs };
}

/** Says when somebody else took the lead from me in an auction that this page watches. */
export function useOutbid(topic: string, onOutbid: (sequence: number) => void): void {
  useEffect(() => live.onOutbid((name, sequence) => name === topic && onOutbid(sequence)), [topic, onOutbid]);
}
