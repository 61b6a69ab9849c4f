import type { Context, Timer } from '@clearlot/service';

const BATCH = 1_000;
const EVERY_MS = 1_000;

/** Chains the hash of what was posted, apart from the posts so that they never wait for it. One replica at a time. */
export const sealJournals: Timer<unknown> = {
  name: 'seal-journals',
  everyMs: EVERY_MS,
  async run(ctx: Context) {
    await ctx.transaction('SealJournals', async (tx) => {
      await tx.sql`select ledger.seal(${BATCH})`;
    });
  },
};
