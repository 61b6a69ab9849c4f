import {
  type CallOptions,
  type ChannelOptions,
  type Client,
  type ClientUnaryCall,
  type ClientWritableStream,
  connectivityState,
  credentials as grpcCredentials,
  Metadata,
  type ServiceError,
} from '@grpc/grpc-js';
import type { ServiceCredentials } from '../auth/service-token.ts';
import { currentTraceparent } from '../telemetry/trace.ts';
import { fromGrpcStatus } from './status.ts';

type UnaryMethod = (
  request: never,
  metadata: Metadata,
  options: Partial<CallOptions>,
  callback: (error: ServiceError | null, response: unknown) => void,
) => ClientUnaryCall;
type StreamMethod = (
  metadata: Metadata,
  options: Partial<CallOptions>,
  callback: (error: ServiceError | null, response: unknown) => void,
) => ClientWritableStream<never>;

/** Per call: how long to wait, and the access token of the person on whose behalf it is made. */
export interface Call {
  deadlineMs?: number;
  accessToken?: string | undefined;
}

/** A gRPC client as promises; failures are the typed errors the other side threw, or UNAVAILABLE. */
export type Remote<C> = {
  [K in keyof C as C[K] extends UnaryMethod | StreamMethod ? K : never]: C[K] extends (
    request: infer Q,
    metadata: Metadata,
    options: Partial<CallOptions>,
    callback: (error: ServiceError | null, response: infer R) => void,
  ) => ClientUnaryCall
    ? (request: Q, call?: Call) => Promise<R>
    : C[K] extends (
          metadata: Metadata,
          options: Partial<CallOptions>,
          callback: (error: ServiceError | null, response: infer R) => void,
        ) => ClientWritableStream<infer Q>
      ? (requests: Iterable<Q>, call?: Call) => Promise<R>
      : never;
};

type ClientClass<C extends Client> = new (
  address: string,
  credentials: ReturnType<typeof grpcCredentials.createInsecure>,
  options: ChannelOptions,
) => C;

const DEADLINE_MS = 5_000;
const STUCK_CONNECTING_MS = 5_000;

const OPTIONS: ChannelOptions = {
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 5_000,
  'grpc.initial_reconnect_backoff_ms': 100,
  'grpc.max_reconnect_backoff_ms': 1_000,
  // A channel of its own: one stuck in CONNECTING is thrown away without hurting others (grpc-js never leaves it).
  'grpc.use_local_subchannel_pool': 1,
  'grpc.service_config': JSON.stringify({
    loadBalancingConfig: [{ round_robin: {} }],
    methodConfig: [
      {
        name: [{}],
        retryPolicy: {
          maxAttempts: 4,
          initialBackoff: '0.1s',
          maxBackoff: '1s',
          backoffMultiplier: 2,
          retryableStatusCodes: ['UNAVAILABLE'],
        },
      },
    ],
  }),
};

/**
 * A client of another service. `addresses` are `host:port`, several for replicas, or one name whose records are the
 * replicas. Every call has a deadline, waits for a restarting peer within it, and is retried only while UNAVAILABLE
 * (every write rpc carries an idempotency key).
 */
export function connectGrpc<C extends Client>(options: {
  client: ClientClass<C>;
  audience: string;
  addresses: readonly string[];
  credentials: ServiceCredentials;
}): { remote: Remote<C>; close(): void } {
  const target = options.addresses.length > 1 ? `ipv4:${options.addresses.join(',')}` : (options.addresses[0] ?? '');
  const open = () => new options.client(target, grpcCredentials.createInsecure(), OPTIONS);
  let client = open();
  let connectingSince = 0;

  const watch = setInterval(() => {
    const state = client.getChannel().getConnectivityState(false);
    if (state !== connectivityState.CONNECTING) connectingSince = 0;
    else if (connectingSince === 0) connectingSince = Date.now();
    else if (Date.now() - connectingSince > STUCK_CONNECTING_MS) {
      client.close();
      client = open();
      connectingSince = 0;
    }
  }, 1_000);
  watch.unref();

  const metadata = async (call: Call) => {
    const head = new Metadata({ waitForReady: true });
    head.set('x-service-authorization', await options.credentials.token(options.audience));
    if (call.accessToken) head.set('authorization', `Bearer ${call.accessToken}`);
    head.set('traceparent', currentTraceparent());
    return head;
  };

  const invoke = async (name: string, input: unknown, call: Call = {}) => {
    const head = await metadata(call);
    return new Promise((resolve, reject) => {
      const settings = { deadline: Date.now() + (call.deadlineMs ?? DEADLINE_MS) };
      const done = (error: ServiceError | null, response: unknown) =>
        error ? reject(fromGrpcStatus(error)) : resolve(response);
      const methods = client as unknown as Record<string, (...parameters: unknown[]) => ClientWritableStream<unknown>>;
      if (isStream(options.client, name)) {
        const stream = methods[name]?.(head, settings, done);
        for (const message of input as Iterable<unknown>) stream?.write(message);
        stream?.end();
      } else {
        methods[name]?.(input, head, settings, done);
      }
    });
  };

  const remote = new Proxy({} as Remote<C>, {
    get: (_target, name) =>
      name === 'then' ? undefined : (input: unknown, call?: Call) => invoke(String(name), input, call),
  });
  return {
    remote,
    close() {
      clearInterval(watch);
      client.close();
    },
  };
}

function isStream(client: unknown, name: string): boolean {
  const service = (client as { service?: Record<string, { requestStream: boolean }> }).service;
  return service?.[name]?.requestStream ?? false;
}
