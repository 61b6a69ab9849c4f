import { currentTraceparent, serviceErrors } from '@clearlot/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ownerOf, type ServiceName } from './routing.ts';
import { type SessionExchange, sessionCookie } from './session.ts';
import type { Upstream } from './upstream.ts';

/** What a client may say to a service; everything else, above all claims of identity, stays outside. */
const REQUEST_HEADERS = [
  'accept',
  'accept-language',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'user-agent',
  'x-clearlot-session',
];
const RESPONSE_HEADERS = [
  'content-type',
  'content-length',
  'content-disposition',
  'cache-control',
  'etag',
  'location',
  'retry-after',
  'idempotent-replayed',
  'x-content-type-options',
  'content-security-policy',
];
const SESSION_SECRET = 'x-clearlot-session-secret';

/** Bids carry a key of their own in the body: asked twice, they are one bid. */
const ownKey = /^\/api\/auctions\/[^/]+\/(bids|retractions)$/;

/** Forwards a request to the service that owns its path, path and body untouched. Errors: ROUTE_NOT_FOUND, UNAVAILABLE. */
export function createForwarder(upstreams: Record<ServiceName, Upstream>, sessions: SessionExchange) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const url = request.raw.url ?? '/';
    const owner = ownerOf(url.split('?', 1)[0] ?? '');
    if (!owner) throw serviceErrors.error('ROUTE_NOT_FOUND');
    const token = await sessions.accessToken(request);
    const response = await upstreams[owner].request({
      path: url,
      method: request.method as 'GET',
      headers: requestHeaders(request, token),
      ...(request.body instanceof Buffer ? { body: request.body } : {}),
      repeatable: request.method === 'POST' && ownKey.test(url),
    });
    reply.code(response.statusCode);
    for (const name of RESPONSE_HEADERS) {
      const value = response.headers[name];
      if (value !== undefined) reply.header(name, value);
    }
    keepSession(request, reply, response.headers[SESSION_SECRET]);
    return reply.send(response.body);
  };
}

function requestHeaders(request: FastifyRequest, token: string | undefined): Record<string, string> {
  const headers: Record<string, string> = {
    'x-forwarded-for': request.ip,
    traceparent: currentTraceparent(),
  };
  for (const name of REQUEST_HEADERS) {
    const value = request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  if (token) headers.authorization = `Bearer ${token}`;
  return headers;
}

/** A browser's sign-in puts the session's secret into a cookie that scripts cannot read; a sign-out removes it. */
function keepSession(request: FastifyRequest, reply: FastifyReply, secret: string | string[] | undefined): void {
  const settings = { path: '/', secure: true, httpOnly: true, sameSite: 'strict' } as const;
  if (typeof secret === 'string') reply.setCookie(sessionCookie, secret, { ...settings, maxAge: 30 * 24 * 3600 });
  else if (request.raw.url?.startsWith('/api/auth/logout')) reply.clearCookie(sessionCookie, settings);
}
