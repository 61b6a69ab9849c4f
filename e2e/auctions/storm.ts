import { randomUUID } from 'node:crypto';
import type { Screen } from './live.ts';

/** A bid that was acknowledged: what was asked, and where it stands. */
export interface Acknowledged {
  key: string;
  sequence: number;
  accepted: boolean;
  at: number;
  tookMs: number;
}

/**
 * Bids from every screen as fast as each is answered (or so many a second in all), each outbidding all before it, until it
 * is stopped. Answers everything that was acknowledged.
 */
export function startStorm(screens: readonly Screen[], options: { from: number; step?: number; perSecond?: number }) {
  const acknowledged: Acknowledged[] = [];
  let stopped = false;
  let amount = options.from;
  const pauseMs = options.perSecond ? (screens.length * 1_000) / options.perSecond : 0;
  const bidder = async (screen: Screen, index: number) => {
    let due = performance.now() + (pauseMs * index) / screens.length;
    while (!stopped) {
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
      due += pauseMs;
      amount += options.step ?? 1_000;
      const key = randomUUID();
      const before = performance.now();
      const { status, body } = await screen.bid({ type: 'bid', key, amount });
      const sequence = Number(body.sequence ?? (body.params as { sequence?: string } | undefined)?.sequence ?? 0);
      const tookMs = performance.now() - before;
      if (sequence > 0) acknowledged.push({ key, sequence, accepted: status === 201, at: Date.now(), tookMs });
    }
  };
  const running = Promise.all(screens.map(bidder));
  return {
    acknowledged,
    /** The longest time that nothing was acknowledged since an instant, so far. */
    silenceSince(since: number): number {
      const times = [since, ...acknowledged.map((each) => each.at).filter((at) => at > since), Date.now()];
      return Math.max(...times.slice(1).map((at, index) => at - (times[index] ?? at)));
    },
    async stop(): Promise<Acknowledged[]> {
      stopped = true;
      await running;
      return acknowledged;
    },
  };
}
