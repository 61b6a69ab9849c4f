import type { Timer } from '@clearlot/service';
import { deliverWebhooksTimer } from './alerts/deliver-webhooks.ts';
import { watchStaleness } from './alerts/watch-staleness.ts';
import type { Clients } from './clients.ts';
import { watchFreshness } from './observations/watch-freshness.ts';
import { fetchSources } from './sources/fetch-sources.ts';
import { watchSources } from './sources/watch-sources.ts';
import { writeSummariesTimer } from './summaries/write-summaries.ts';
import { publishTradesTimer } from './trades/publish-trades.ts';

/** What is done when its time has come; what is due lives in rows, these look for it. */
export const marketDataTimers: Timer<Clients>[] = [
  watchFreshness,
  ...fetchSources,
  watchSources,
  watchStaleness,
  deliverWebhooksTimer,
  writeSummariesTimer,
  publishTradesTimer,
];
