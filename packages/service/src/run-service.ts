import { newId, systemClock } from '@clearlot/kernel';
import type { Client } from '@grpc/grpc-js';
import type { NatsConnection } from 'nats';
import type { Actor } from './actor.ts';
import { createAccessTokenVerifier } from './auth/access-token.ts';
import { type RevokedSessions, watchRevokedSessions } from './auth/revocation.ts';
import { createServiceCredentials } from './auth/service-token.ts';
import { connectBus, ensureStream } from './bus/connection.ts';
import { type Consumer, startConsumers } from './bus/consumer.ts';
import type { Reaction } from './bus/reaction.ts';
import { type Relay, startRelay } from './bus/relay.ts';
import type { ServiceConfig } from './config.ts';
import type { ContextParts } from './context.ts';
import { openDatabase } from './db/database.ts';
import { serviceErrors } from './errors.ts';
import { connectGrpc } from './grpc/client.ts';
import type { RpcTable } from './grpc/rpc.ts';
import { bindGrpc, createGrpcServer } from './grpc/server.ts';
import { addProbes } from './http/probes.ts';
import type { Route } from './http/route.ts';
import { createHttpServer } from './http/server.ts';
import type { KeyedHash } from './idempotency.ts';
import { onShutdown } from './lifecycle.ts';
import { operationsRoutes } from './operations.ts';
import { createLogger } from './telemetry/log.ts';
import { startTracing } from './telemetry/tracing.ts';
import { startTimers, type Timer } from './timer.ts';

type ClientClass<C extends Client> = Parameters<typeof connectGrpc<C>>[0]['client'];
/** Connects to another service by name. */
export type Connect = <C extends Client>(
  client: ClientClass<C>,
  audience: string,
  addresses: readonly string[],
) => ReturnType<typeof connectGrpc<C>>['remote'];

/** A whole service on one page: its doors, reactions and timers. */
export interface ServiceDefinition<Clients> {
  name: string;
  /** The first token of its events' subjects; its name unless said. */
  area?: string;
  config: ServiceConfig;
  clients(connect: Connect): Clients;
  /** True while a session is alive, asked at this moment; for routes whose rule is `live`. */
  isSessionLive(parts: ContextParts<Clients>, sessionId: string): Promise<boolean>;
  routes: readonly Route<Clients>[];
  /** Keys what is stored of a request under its Idempotency-Key, where bodies hold passwords or personal data. */
  keyedHash?: KeyedHash;
  rpcs?: readonly RpcTable<Clients>[];
  reactions?: readonly Reaction<Clients>[];
  timers?: readonly Timer<Clients>[];
  /** Begins work that runs as long as the service does, once its bus is there; stopped before the doors are. */
  open?: (parts: ContextParts<Clients>, nats: NatsConnection) => { stop(): Promise<void> };
}

/**
 * Runs a service until SIGTERM: opens its doors at once, is ready when its database and bus are, and on the way out
 * refuses new work, finishes what runs, then lets go of everything. Start order of services does not matter.
 */
export async function runService<Clients>(definition: ServiceDefinition<Clients>): Promise<void> {
  const { name, config } = definition;
  const log = createLogger(name, config.LOG_LEVEL);
  const stopTracing = await startTracing(name, config.OTEL_EXPORTER_OTLP_ENDPOINT);
  const credentials = createServiceCredentials(name, config.SERVICE_KEY, config.SERVICE_JWKS);
  const sql = openDatabase(config.DATABASE_URL, { max: config.DATABASE_POOL_MAX });
  const closers: (() => void)[] = [];
  const connect: Connect = (client, audience, addresses) => {
    const { remote, close } = connectGrpc({ client, audience, addresses, credentials });
    closers.push(close);
    return remote;
  };

  let bus: { nats: NatsConnection; relay: Relay; consumers: Consumer[]; revoked: RevokedSessions } | undefined;
  let stopping = false;
  const parts: ContextParts<Clients> = {
    service: name,
    sql,
    clients: definition.clients(connect),
    clock: systemClock,
    log,
    kick: () => bus?.relay.kick(),
  };
  const tokens = createAccessTokenVerifier({
    jwksUrls: config.JWKS_URL,
    isRevoked: (sessionId) => bus?.revoked.has(sessionId) ?? false,
  });
  const requireLiveSession = async (actor: Actor) => {
    if (!actor.sessionId || !(await definition.isSessionLive(parts, actor.sessionId))) {
      throw serviceErrors.error('SESSION_REVOKED');
    }
  };

  const routes = [...definition.routes, ...operationsRoutes(parts, () => bus?.consumers ?? [])];
  const http = await createHttpServer({
    parts,
    routes,
    tokens,
    requireLiveSession,
    keyedHash: definition.keyedHash,
  });
  addProbes(http, async () => {
    if (stopping || !bus || bus.nats.isClosed()) return false;
    await sql`select 1 from outbox limit 0`;
    return true;
  });
  await http.listen({ host: config.HTTP_HOST, port: config.HTTP_PORT });
  const grpc = createGrpcServer({ parts, tables: definition.rpcs ?? [], tokens, credentials, requireLiveSession });
  await bindGrpc(grpc.server, `${config.HTTP_HOST}:${config.GRPC_PORT}`);

  const nats = await connectBus(config.NATS_URL, name);
  await untilDone(async () => ensureStream(await nats.jetstreamManager(), definition.area ?? name));
  const relay = startRelay({ service: name, holder: newId(), sql, nats, log, takeoverMs: config.TAKEOVER_MS });
  const revoked = await untilDone(() => watchRevokedSessions(nats));
  const consumers = await untilDone(() => startConsumers(parts, nats, definition.reactions ?? [], config.TAKEOVER_MS));
  const timers = startTimers(parts, definition.timers ?? []);
  const opened = definition.open?.(parts, nats);
  bus = { nats, relay, consumers, revoked };
  log.info('ready');

  onShutdown(log, async () => {
    stopping = true;
    grpc.health.setStatus('', 'NOT_SERVING');
    await Promise.all([timers.stop(), revoked.stop(), opened?.stop(), ...consumers.map((consumer) => consumer.stop())]);
    await http.close();
    await new Promise<void>((resolve) => {
      const deadline = setTimeout(() => grpc.server.forceShutdown(), 5_000);
      grpc.server.tryShutdown(() => {
        clearTimeout(deadline);
        resolve();
      });
    });
    for (const close of closers) close();
    await relay.stop();
    await nats.drain();
    await sql.end({ timeout: 5 });
    await stopTracing();
  });
}

/** A dependency that is not there yet is waited for; readiness says no meanwhile. */
async function untilDone<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}
