import type { IdentityServiceClient } from '@clearlot/proto/identity/v1/identity';
import { type Remote, type RevokedSessions, serviceErrors } from '@clearlot/service';
import type { FastifyRequest } from 'fastify';

/** The browser's session; its value is a secret that only identity knows the meaning of. */
export const sessionCookie = '__Host-clearlot-session';

const RENEW_BEFORE_MS = 30_000;
const REMEMBERED_MAX = 10_000;
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Turns a browser's cookie into the short access token that travels inside. */
export interface SessionExchange {
  /** The access token to forward, or undefined when nobody is signed in. Errors: NOT_ALLOWED for a cross-site write. */
  accessToken(request: FastifyRequest): Promise<string | undefined>;
}

/**
 * A Bearer token goes through as it is. A cookie is exchanged at identity, and the token remembered until shortly
 * before it expires or its session is revoked. A write with a cookie must come from our own pages.
 */
export function createSessionExchange(options: {
  identity: Remote<IdentityServiceClient>;
  revoked: Pick<RevokedSessions, 'has'>;
  publicUrl: string;
}): SessionExchange {
  const { identity, revoked } = options;
  const ownOrigin = new URL(options.publicUrl).origin;
  const remembered = new Map<string, { token: string; sessionId: string; renewAt: number }>();

  const exchange = async (secret: string): Promise<string | undefined> => {
    const known = remembered.get(secret);
    if (known && known.renewAt > Date.now() && !revoked.has(known.sessionId)) return known.token;
    remembered.delete(secret);
    try {
      const { accessToken, sessionId, expiresAt } = await identity.mintAccessToken({ sessionSecret: secret });
      if (remembered.size >= REMEMBERED_MAX) remembered.clear();
      const renewAt = (expiresAt?.getTime() ?? 0) - RENEW_BEFORE_MS;
      remembered.set(secret, { token: accessToken, sessionId, renewAt });
      return accessToken;
    } catch (error) {
      // An ended session reads as nobody; an identity that cannot be reached must not.
      if ((error as { kind?: string }).kind === 'unavailable') throw error;
      return undefined;
    }
  };

  return {
    async accessToken(request) {
      const { authorization } = request.headers;
      if (authorization?.startsWith('Bearer ')) return authorization.slice(7);
      const secret = request.cookies[sessionCookie];
      if (!secret) return undefined;
      if (!SAFE.has(request.method)) requireOwnOrigin(request, ownOrigin);
      return exchange(secret);
    },
  };
}

/** Errors: NOT_ALLOWED when a browser sent a write from another site. */
function requireOwnOrigin(request: FastifyRequest, ownOrigin: string): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (origin === ownOrigin || (origin === undefined && site === 'same-origin')) return;
  throw serviceErrors.error('NOT_ALLOWED', 'This request came from another site.');
}
