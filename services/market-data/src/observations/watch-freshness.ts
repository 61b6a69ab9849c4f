import { registry, type Timer } from '@clearlot/service';
import { Gauge } from 'prom-client';
import type { Clients } from '../clients.ts';
import { isStale } from './present.ts';
import { listSources, newestBySource } from './store.ts';

const age = new Gauge({
  name: 'market_source_age_seconds',
  help: 'Age of the newest figure of a source: from when it was valid until now',
  labelNames: ['source'],
  registers: [registry],
});

const stale = new Gauge({
  name: 'market_source_stale',
  help: '1 where the newest figure of a source is older, in its business days, than its target',
  labelNames: ['source'],
  registers: [registry],
});

/** Says in every replica's metrics how old what we have of each source is. */
export const watchFreshness: Timer<Clients> = {
  name: 'watch-freshness',
  everyMs: 15_000,
  async run(ctx) {
    const [sources, newest] = await ctx.read((work) => Promise.all([listSources(work), newestBySource(work)]));
    const now = ctx.clock.now();
    for (const source of sources) {
      const validAt = newest.get(source.sourceId);
      if (!validAt) continue;
      age.set({ source: source.code }, (now.getTime() - validAt.getTime()) / 1_000);
      stale.set({ source: source.code }, source.enabled && isStale(source, validAt, now) ? 1 : 0);
    }
  },
};
