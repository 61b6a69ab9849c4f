import type { IncomingMessage } from 'node:http';
import { type AccessTokenVerifier, currentTraceparent, type Logger, serviceErrors } from '@clearlot/service';
import websocket from '@fastify/websocket';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { NatsConnection } from 'nats';
import type { ServiceName } from '../routing.ts';
import { type SessionExchange, sessionCookie } from '../session.ts';
import { readJson, type Upstream } from '../upstream.ts';
import { Hub } from './hub.ts';
import { droppedSockets } from './metrics.ts';
import { type Caller, LiveSocket } from './socket.ts';
import type { Origins } from './topics.ts';

/** The largest message of a client. */
const messageBytesMax = 16 * 1024;

/**
 * Whether a request may change its protocol: Node would hand every one that asks to us, also on other paths and for other
 * protocols, and keep its connection for good.
 */
export function mayUpgrade({ url = '', headers }: IncomingMessage): boolean {
  return url.split('?', 1)[0] === '/api/live' && headers.upgrade?.toLowerCase() === 'websocket';
}

export interface LiveOptions {
  /** Asked how prices stand. */
  marketData: Origins['marketData'];
  nats: NatsConnection;
  tokens: AccessTokenVerifier;
  /** Where browsers reach the platform: a cookie counts only on sockets that its pages open. */
  publicUrl: string;
}

interface Gateway {
  upstreams: Record<ServiceName, Upstream>;
  sessions: SessionExchange;
  log: Logger;
}

/**
 * `/api/live`: one socket for all that a client watches live, and for its bids. On the way out every client is sent to
 * another gateway, where it resumes.
 */
export async function addLive(app: FastifyInstance, options: LiveOptions, gateway: Gateway): Promise<void> {
  const { upstreams, log } = gateway;
  const hub = new Hub(options.nats, { marketplace: upstreams.marketplace, marketData: options.marketData }, log);
  await app.register(websocket, {
    options: { maxPayload: messageBytesMax },
    // What a client did wrong on the wire the library closes with the code that says so; it must not be cut short.
    errorHandler: (error, socket) => {
      if (socket.readyState !== socket.OPEN) return;
      log.error({ err: error }, 'live: a socket failed');
      socket.terminate();
    },
    preClose: (done) => {
      void hub.close().then(() => done());
    },
  });
  app.get('/api/live', { websocket: true }, (socket, request) => {
    const live = new LiveSocket({
      ...{ socket, stream: request.raw.socket, hub, log, caller: callerOf(request, options, gateway) },
      verify: async (token) => (await options.tokens.verify(token)).id,
      forward: (path, body, token) => forward(upstreams.marketplace, request, path, body, token),
      dropped: (reason) => droppedSockets.inc({ reason }),
    });
    hub.add(live);
  });
}

/**
 * Who opened a socket. A browser sends its cookie from any page, so it counts only from our own. Errors: NOT_ALLOWED,
 * NOT_AUTHENTICATED, SESSION_REVOKED.
 */
async function callerOf(request: FastifyRequest, options: LiveOptions, { sessions }: Gateway): Promise<Caller> {
  const usesCookie = request.cookies[sessionCookie] !== undefined && !isBearer(request);
  if (usesCookie && request.headers.origin !== new URL(options.publicUrl).origin) {
    throw serviceErrors.error('NOT_ALLOWED', 'This socket was opened from another site.');
  }
  const token = () => sessions.accessToken(request);
  const first = await token();
  return { userId: first ? (await options.tokens.verify(first)).id : null, token };
}

/** Any other authorization counts for nothing, as at the other doors. */
function isBearer({ headers }: FastifyRequest): boolean {
  return headers.authorization?.startsWith('Bearer ') ?? false;
}

async function forward(upstream: Upstream, request: FastifyRequest, path: string, body: object, token: string) {
  const answer = await upstream.request({
    path,
    method: 'POST',
    headers: {
      ...{ authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-forwarded-for': request.ip },
      traceparent: currentTraceparent(),
    },
    body: JSON.stringify(body),
    repeatable: true,
  });
  return { status: answer.statusCode, body: await readJson<unknown>(answer) };
}
