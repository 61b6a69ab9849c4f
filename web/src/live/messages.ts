import type { Sequenced, TopicMessage } from './feed.ts';

/** What the platform says on the live socket. An answer carries the id of what it answers. */
export type ServerMessage =
  | { type: 'welcome'; serverTime: string; userId: string | null }
  | { type: 'pong'; id: number; serverTime: string }
  | (TopicMessage<Sequenced, Sequenced> & { topic: string; id?: number; watchers?: number })
  | { type: 'unsubscribed'; topic: string }
  | { type: 'presence'; topic: string; watchers: number }
  | { type: 'outbid'; topic: string; sequence: number }
  | { type: 'answer'; id: number; status: number; body: Record<string, unknown> }
  | { type: 'error'; id?: number; status: number; code: string; detail: string };

/** What this page says. */
export type ClientMessage =
  | { type: 'subscribe'; topic: string; after?: number }
  | { type: 'unsubscribe'; topic: string }
  | { type: 'bid' | 'retract'; auctionId: string; body: { key: string } & Record<string, unknown> }
  | { type: 'ping' };

const firstWaitMs = 250;
const longestWaitMs = 10_000;
const restartingCode = 1001;

/**
 * How long to wait before connecting again after so many tries without success: nothing when the platform said that it restarts
 * and another gateway takes over, else a random part of twice as long each time, so that not all come at once.
 */
export function reconnectAfterMs(tries: number, closeCode: number | undefined, random: () => number): number {
  if (tries === 0 && closeCode === restartingCode) return 0;
  const longest = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(tries, 20));
  return Math.round(longest / 2 + (random() * longest) / 2);
}
