// Fetches what is due once, in its own process, so that a test can have it killed at a crash point.
import { createContext, createLogger, openDatabase, systemActor } from '@clearlot/service';
import type { Clients } from '../clients.ts';
import { createTicker } from '../observations/ticker.ts';
import { fetchSources } from './fetch-sources.ts';

const [databaseUrl = '', authUrl = '', url = '', now = ''] = process.argv.slice(2);
const sql = openDatabase(databaseUrl, { max: 2 });
const clients = {
  ticker: createTicker(),
  sourceAccess: {
    fastmarkets: { authUrl, url, serviceName: 'clearlot', serviceKey: 'secret' },
    ...{ simulatedFeed: false, allowPrivate: false },
  },
} as unknown as Clients;
const log = createLogger('market-data', 'silent');
const parts = { service: 'market-data', sql, clients, clock: { now: () => new Date(now) }, log, kick() {} };
await fetchSources[0]?.run(createContext(parts, systemActor('market-data.fetch-sources-1')));
await sql.end();
