import { createLocalJWKSet, importJWK, type JSONWebKeySet, type JWK, jwtVerify, SignJWT } from 'jose';
import { serviceErrors } from '../errors.ts';

const LIFE_S = 120;
const TYPE = 'service+jwt';

/** A service's own credential: its key signs short tokens for one audience each. */
export interface ServiceCredentials {
  /** A token that says to `audience` who is calling. */
  token(audience: string): Promise<string>;
  /** The name of the calling service. Errors: NOT_AUTHENTICATED. */
  verify(token: string): Promise<string>;
}

/** `key` is this service's private Ed25519 JWK, `jwks` the public keys of all services, each with `kid` its name. */
export function createServiceCredentials(service: string, key: JWK, jwks: JSONWebKeySet): ServiceCredentials {
  const signer = importJWK(key, 'EdDSA');
  const keys = createLocalJWKSet(jwks);
  const minted = new Map<string, { token: Promise<string>; renewAt: number }>();
  const verified = new Map<string, { caller: string; expiresAt: number }>();
  return {
    async token(audience) {
      const known = minted.get(audience);
      if (known && known.renewAt > Date.now()) return known.token;
      const token = signer.then((privateKey) =>
        new SignJWT({})
          .setProtectedHeader({ alg: 'EdDSA', typ: TYPE, kid: service })
          .setIssuer(service)
          .setAudience(audience)
          .setIssuedAt()
          .setExpirationTime(`${LIFE_S}s`)
          .sign(privateKey),
      );
      minted.set(audience, { token, renewAt: Date.now() + (LIFE_S / 2) * 1000 });
      return token;
    },
    async verify(token) {
      const known = verified.get(token);
      if (known && known.expiresAt > Date.now()) return known.caller;
      try {
        const { payload, protectedHeader } = await jwtVerify(token, keys, {
          algorithms: ['EdDSA'],
          audience: service,
          typ: TYPE,
        });
        if (!payload.iss || payload.iss !== protectedHeader.kid) throw new Error('issuer is not the key owner');
        if (verified.size > 1000) verified.clear();
        verified.set(token, { caller: payload.iss, expiresAt: (payload.exp ?? 0) * 1000 });
        return payload.iss;
      } catch {
        throw serviceErrors.error('NOT_AUTHENTICATED', 'The service credential is not valid.');
      }
    },
  };
}
