import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import {
  type Metadata,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceDefinition,
  type sendUnaryData,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { loadFileDescriptorSetFromBuffer } from '@grpc/proto-loader';
import { ReflectionService } from '@grpc/reflection';
import { HealthImplementation } from 'grpc-health-check';
import { type Actor, anonymous } from '../actor.ts';
import { authorize } from '../auth/access.ts';
import type { AccessTokenVerifier } from '../auth/access-token.ts';
import type { ServiceCredentials } from '../auth/service-token.ts';
import { type ContextParts, createContext } from '../context.ts';
import { rpcDuration } from '../telemetry/metrics.ts';
import { withTrace } from '../telemetry/trace.ts';
import type { RpcTable } from './rpc.ts';
import { toGrpcStatus } from './status.ts';

interface GrpcOptions<Clients> {
  parts: ContextParts<Clients>;
  tables: readonly RpcTable<Clients>[];
  tokens: AccessTokenVerifier;
  credentials: ServiceCredentials;
  requireLiveSession: (actor: Actor) => Promise<void>;
}

const descriptors = readFileSync(new URL(import.meta.resolve('@clearlot/proto/descriptors')));

/** The gRPC door of a service, with reflection, health checking. Connections are recycled so that clients find new replicas. */
export function createGrpcServer<Clients>(options: GrpcOptions<Clients>): {
  server: Server;
  health: HealthImplementation;
} {
  const server = new Server({
    'grpc.max_connection_age_ms': 5 * 60_000,
    'grpc.max_connection_age_grace_ms': 30_000,
    'grpc.keepalive_time_ms': 20_000,
    'grpc.keepalive_timeout_ms': 5_000,
    'grpc.max_receive_message_length': 4 * 1024 * 1024,
  });
  const health = new HealthImplementation({ '': 'SERVING' });
  health.addToServer(server);
  const own = options.tables.map((table) => serviceName(table.definition));
  new ReflectionService(loadFileDescriptorSetFromBuffer(descriptors), { services: own }).addToServer(server);
  for (const table of options.tables) server.addService(table.definition, implementation(options, table));
  return { server, health };
}

/** `/clearlot.deals.v1.DealsService/GetDeal` → `clearlot.deals.v1.DealsService`. */
function serviceName(definition: ServiceDefinition): string {
  return Object.values(definition)[0]?.path.split('/')[1] ?? '';
}

function implementation<Clients>(
  options: GrpcOptions<Clients>,
  table: RpcTable<Clients>,
): UntypedServiceImplementation {
  const handlers = Object.entries(table.rpcs).map(([name, rpc]) => {
    // A call that streams its answers comes without a callback.
    const handler = async (call: AnyCall, callback?: sendUnaryData<unknown>) => {
      const started = performance.now();
      await withTrace(text(call.metadata, 'traceparent'), async () => {
        let code = 'OK';
        try {
          const actor = await readActor(options, call.metadata);
          authorize(rpc.access, actor);
          if (rpc.access !== 'public' && rpc.access.live) await options.requireLiveSession(actor);
          const context = createContext(options.parts, actor, { accessToken: bearer(call.metadata) });
          const answer: unknown = rpc.action(context, 'request' in call ? call.request : call);
          if (callback) callback(null, await answer);
          else await pipe(answer as AsyncIterable<unknown>, call);
        } catch (error) {
          const failure = toGrpcStatus(error);
          code = String(failure.code);
          if (failure.code === 13) options.parts.log.error({ err: error, rpc: name }, 'rpc failed');
          if (callback) callback(failure);
          else call.emit('error', failure);
        }
        rpcDuration.observe({ method: name, code }, (performance.now() - started) / 1000);
      });
    };
    return [name, handler] as const;
  });
  return Object.fromEntries(handlers) as unknown as UntypedServiceImplementation;
}

type AnyCall = ServerUnaryCall<unknown, unknown> & ServerWritableStream<unknown, unknown>;

/** Writes what comes as fast as the caller reads it, and lets go of the source when the caller leaves. */
async function pipe(source: AsyncIterable<unknown>, call: AnyCall): Promise<void> {
  const iterator = source[Symbol.asyncIterator]();
  call.on('cancelled', () => void iterator.return?.());
  for (;;) {
    const next = await iterator.next();
    if (next.done || call.cancelled) break;
    if (!call.write(next.value)) await Promise.race([once(call, 'drain'), once(call, 'cancelled')]);
  }
  call.end();
}

/** A person's token decides when it came along (a service acting on their behalf); else the service itself acts. */
async function readActor<Clients>(options: GrpcOptions<Clients>, metadata: Metadata): Promise<Actor> {
  const serviceToken = text(metadata, 'x-service-authorization');
  const caller = serviceToken ? await options.credentials.verify(serviceToken) : undefined;
  const token = bearer(metadata);
  if (token) return { ...(await options.tokens.verify(token)), ip: text(metadata, 'x-client-ip') ?? 'grpc' };
  return caller ? { kind: 'service', id: caller, roles: [] } : anonymous;
}

function bearer(metadata: Metadata): string | undefined {
  const value = text(metadata, 'authorization');
  return value?.startsWith('Bearer ') ? value.slice(7) : undefined;
}

function text(metadata: Metadata, key: string): string | undefined {
  const value = metadata.get(key)[0];
  return typeof value === 'string' ? value : undefined;
}

/** Binds the server; credentials are the mesh's or the cluster's business in production. */
export function bindGrpc(server: Server, address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });
}
