import type { Timer } from '@clearlot/service';
import type { Ports } from '../ports.ts';
import { failureMemoryMs } from './session.ts';
import { deleteStale } from './store.ts';

/** Dead refresh tokens are kept a while, so that a late use of one is still seen as a reuse. */
const TOKEN_KEPT_MS = 30 * 24 * 3_600_000;

/** Keeps the tables of attempts and refresh tokens from growing for ever; harmless in several replicas. */
export const tidySessions: Timer<Ports> = {
  name: 'tidy-sessions',
  everyMs: 10 * 60_000,
  async run(ctx) {
    await ctx.transaction('TidySessions', (tx) =>
      deleteStale(tx, {
        attempts: new Date(tx.now.getTime() - failureMemoryMs),
        tokens: new Date(tx.now.getTime() - TOKEN_KEPT_MS),
      }),
    );
  },
};
