import { newId } from '@clearlot/kernel';
import {
  type Actor,
  type ContextParts,
  createContext,
  createHttpServer,
  createLogger,
  openDatabase,
  serviceErrors,
  systemActor,
} from '@clearlot/service';
import { createTestDatabase, fakeClock } from '@clearlot/testkit';
import { createWebhooks } from './alerts/webhooks.ts';
import type { Clients, Ctx } from './clients.ts';
import { marketDataRoutes } from './http.ts';
import type { ObservationInput } from './observations/observation.ts';
import { recordObservations } from './observations/record-observations.ts';
import type { Source } from './observations/tables.ts';
import { createTicker } from './observations/ticker.ts';
import { marketDataTimers } from './timers.ts';

/** When a world begins; its clock stands still until it is told otherwise. */
export const startOfWorld = '2026-11-24T09:00:00Z';

/** Instruments every installation begins with. */
export const seeded = {
  carbonateCjk: '019ab3a0-0000-7000-8000-000000000001',
  hydroxideCjk: '019ab3a0-0000-7000-8000-000000000002',
  carbonateChina: '019ab3a0-0000-7000-8000-000000000003',
  technicalChina: '019ab3a0-0000-7000-8000-000000000004',
  spodumeneChina: '019ab3a0-0000-7000-8000-000000000005',
  carbonateUs: '019ab3a0-0000-7000-8000-000000000006',
  usgs: '019ab3a0-0000-7000-8000-000000000101',
} as const;

/** A figure of a price in whole currency units; low and high are the mid unless said otherwise. */
export function figure(
  instrumentId: string,
  validAt: string,
  mid: number,
  rest: Partial<ObservationInput> = {},
): ObservationInput {
  const midMicros = BigInt(Math.round(mid * 1_000_000));
  return {
    ...{ instrumentId, edition: '1', validAt: new Date(validAt), kind: 'assessment' },
    ...{ lowMicros: midMicros, midMicros, highMicros: midMicros, ...rest },
  };
}

/** The service without its network: routes and timers on one database, under a clock of its own. `more` are other clients. */
export async function createWorld(more: Partial<Clients> = {}) {
  const database = await createTestDatabase('market-data');
  const sql = openDatabase(database.appUrl, { max: 10 });
  const admin = openDatabase(database.adminUrl, { max: 2 });
  const clock = fakeClock(startOfWorld);
  const log = createLogger('market-data', 'silent');
  const clients = {
    identity: { introspectSession: async () => ({ active: true }) },
    ticker: createTicker(),
    sourceAccess: { simulatedFeed: false, allowPrivate: false },
    webhooks: createWebhooks({ key: 'test', allowPrivate: true }),
    summaries: { writer: undefined, locales: ['en', 'de'], hourUtc: 0 },
    trades: { windowMs: 7 * 86_400_000, anonymity: 3 },
    ...more,
  } as unknown as Clients;
  const parts: ContextParts<Clients> = { service: 'market-data', sql, clients, clock, log, kick() {} };
  const as = (actor: Actor): Ctx => createContext(parts, actor);

  // A token is who it names: `buyer:<id>`.
  const http = await createHttpServer({
    parts,
    routes: marketDataRoutes,
    tokens: {
      async verify(token) {
        const [role = '', id = ''] = token.split(':');
        if (!id) throw serviceErrors.error('NOT_AUTHENTICATED');
        return { kind: 'user', id, roles: [role], sessionId: id };
      },
    } as Parameters<typeof createHttpServer>[0]['tokens'],
    requireLiveSession: async () => {},
  });

  const person = (role: 'buyer' | 'supplier' | 'operator', id = newId()) => {
    const call = async (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, payload?: unknown, headers = {}) => {
      const answer = await http.inject({
        ...{ method, url, headers: { authorization: `Bearer ${role}:${id}`, ...headers } },
        ...(payload === undefined ? {} : { payload: payload as object }),
      });
      const isJson = answer.headers['content-type']?.toString().includes('json');
      return { status: answer.statusCode, headers: answer.headers, body: isJson ? answer.json() : answer.body };
    };
    return {
      id,
      ctx: as({ kind: 'user', id, roles: [role] }),
      get: (url: string) => call('GET', url),
      post: (url: string, body?: unknown, headers = {}) => call('POST', url, body, headers),
      put: (url: string, body?: unknown, headers = {}) => call('PUT', url, body, headers),
      delete: (url: string) => call('DELETE', url),
    };
  };

  /** A source, straight into the database; `fields` replace what is made up. */
  const source = async (fields: Record<string, unknown> = {}): Promise<Pick<Source, 'sourceId' | 'code'>> => {
    const sourceId = newId();
    const code = `source_${sourceId.slice(-8)}`;
    const row = {
      ...{ source_id: sourceId, code, name: `Source ${code}`, kind: 'import', attribution: 'Made up for a test' },
      ...{ display: true, export: true, llm: true, freshness_target_ms: 86_400_000n, calendar: 'continuous' },
      ...{ created_at: clock.now(), ...fields },
    };
    await admin`insert into source ${admin(row)}`;
    return { sourceId, code: row.code };
  };

  const system = as(systemActor('market-data.test'));

  return {
    databaseUrl: database.appUrl,
    ...{ admin, sql, clock, clients, parts, as, system, source, person },
    buyer: person('buyer'),
    operator: person('operator'),
    /** Records figures of a source as a system task would. */
    record: ({ sourceId }: Pick<Source, 'sourceId'>, inputs: readonly ObservationInput[]) =>
      system.transaction('Record', (tx) => recordObservations(tx, { sourceId }, inputs)),
    /** Runs every timer once, as the time is now. */
    async tick() {
      for (const timer of marketDataTimers) await timer.run(as(systemActor(`market-data.${timer.name}`)));
    },
    async close() {
      await http.close();
      await Promise.all([sql.end(), admin.end()]);
      await database.drop();
    },
  };
}

export type World = Awaited<ReturnType<typeof createWorld>>;
