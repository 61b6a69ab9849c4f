import { createLocalJWKSet, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import type { Actor } from '../actor.ts';
import { serviceErrors } from '../errors.ts';

export const accessTokenIssuer = 'clearlot-identity';
export const accessTokenAudience = 'clearlot';
export const accessTokenType = 'at+jwt';

/** The claims every service relies on; identity mints them. */
export interface AccessTokenClaims extends JWTPayload {
  sub: string;
  sid: string;
  roles: string[];
  auth_time: number;
}

export interface AccessTokenVerifier {
  /** The user a token speaks for. Errors: NOT_AUTHENTICATED, SESSION_REVOKED. */
  verify(token: string): Promise<Actor>;
}

const CACHE_MAX = 10_000;
const REFETCH_COOL_DOWN_MS = 2_000;

/**
 * Verifies access tokens offline from identity's published keys, with algorithm, issuer, audience and type pinned.
 * A verified token is remembered until it expires (an EdDSA check costs more than a small request), and a revoked
 * session is refused from the moment its event arrives. `jwksUrls` are tried in order.
 */
export function createAccessTokenVerifier(options: {
  jwksUrls: readonly string[];
  isRevoked: (sessionId: string) => boolean;
  now?: () => number;
}): AccessTokenVerifier {
  const now = options.now ?? Date.now;
  const cache = new Map<string, { actor: Actor; expiresAt: number }>();
  let keys: ReturnType<typeof createLocalJWKSet> | undefined;
  let fetchedAt = 0;

  const fetchKeys = async () => {
    for (const url of options.jwksUrls) {
      try {
        const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
        if (!response.ok) continue;
        keys = createLocalJWKSet((await response.json()) as JSONWebKeySet);
        fetchedAt = now();
        return keys;
      } catch {}
    }
    throw serviceErrors.error('UNAVAILABLE', 'The sign-in keys cannot be fetched.');
  };

  const check = async (token: string): Promise<JWTPayload> => {
    const pinned = {
      algorithms: ['EdDSA'],
      issuer: accessTokenIssuer,
      audience: accessTokenAudience,
      typ: accessTokenType,
      currentDate: new Date(now()),
    };
    try {
      return (await jwtVerify(token, keys ?? (await fetchKeys()), pinned)).payload;
    } catch (error) {
      const unknownKey = (error as { code?: string }).code === 'ERR_JWKS_NO_MATCHING_KEY';
      if (!unknownKey || now() - fetchedAt < REFETCH_COOL_DOWN_MS) throw error;
      return (await jwtVerify(token, await fetchKeys(), pinned)).payload;
    }
  };

  return {
    async verify(token) {
      const known = cache.get(token);
      if (known && known.expiresAt > now()) return refuseRevoked(known.actor);
      let claims: AccessTokenClaims;
      try {
        claims = (await check(token)) as AccessTokenClaims;
      } catch (error) {
        if ((error as { kind?: string }).kind === 'unavailable') throw error;
        throw serviceErrors.error('NOT_AUTHENTICATED', 'The access token is not valid or has expired.');
      }
      const actor: Actor = { kind: 'user', id: claims.sub, roles: claims.roles, sessionId: claims.sid };
      if (cache.size >= CACHE_MAX) cache.clear();
      cache.set(token, { actor, expiresAt: (claims.exp ?? 0) * 1000 });
      return refuseRevoked(actor);
    },
  };

  function refuseRevoked(actor: Actor): Actor {
    if (actor.sessionId && options.isRevoked(actor.sessionId)) throw serviceErrors.error('SESSION_REVOKED');
    return actor;
  }
}
