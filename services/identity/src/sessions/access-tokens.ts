import { accessTokenAudience, accessTokenIssuer, accessTokenType } from '@clearlot/service';
import { importJWK, type JWK, SignJWT } from 'jose';
import { accessTokenLifeS } from './session.ts';

/** Who an access token speaks for. */
export interface TokenSubject {
  userId: string;
  sessionId: string;
  role: string;
  /** When the person last proved who they are. */
  authenticatedAt: Date;
}

export interface AccessTokenIssuer {
  mint(subject: TokenSubject, now: Date): Promise<{ accessToken: string; expiresAt: Date }>;
  /** The public keys by which everybody verifies. */
  jwks: { keys: JWK[] };
}

/** Signs EdDSA access tokens with a private Ed25519 JWK that names its `kid`. */
export function createAccessTokenIssuer(key: JWK): AccessTokenIssuer {
  const { kid, kty, crv, x } = key;
  if (!kid || !kty || !crv || !x || !key.d) throw new Error('ACCESS_TOKEN_KEY is not a private Ed25519 JWK with a kid');
  const signer = importJWK(key, 'EdDSA');
  return {
    jwks: { keys: [{ kty, crv, x, kid, alg: 'EdDSA', use: 'sig' }] },
    async mint({ userId, sessionId, role, authenticatedAt }, now) {
      const issuedAtS = Math.floor(now.getTime() / 1000);
      const accessToken = await new SignJWT({
        sid: sessionId,
        roles: [role],
        auth_time: Math.floor(authenticatedAt.getTime() / 1000),
      })
        .setProtectedHeader({ alg: 'EdDSA', typ: accessTokenType, kid })
        .setIssuer(accessTokenIssuer)
        .setAudience(accessTokenAudience)
        .setSubject(userId)
        .setIssuedAt(issuedAtS)
        .setExpirationTime(issuedAtS + accessTokenLifeS)
        .sign(await signer);
      return { accessToken, expiresAt: new Date((issuedAtS + accessTokenLifeS) * 1000) };
    },
  };
}
