import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Clock } from '@clearlot/kernel';
import type { StoreFileRequest } from '@clearlot/proto/documents/v1/documents';
import {
  type Actor,
  type ContextParts,
  createAccessTokenVerifier,
  createContext,
  createHttpServer,
  createLogger,
  createVault,
  openDatabase,
  type Sql,
  serviceErrors,
  systemActor,
} from '@clearlot/service';
import type { JWK } from 'jose';
import { identityRoutes } from '../http.ts';
import type { OutgoingMail } from '../mail/mailer.ts';
import type { IdentityContext, Ports } from '../ports.ts';
import { createAccessTokenIssuer } from '../sessions/access-tokens.ts';
import { isSessionLive } from '../sessions/introspect-session.ts';

export const password = 'a long enough phrase';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of every shape.
  body: any;
  headers: Record<string, unknown>;
}

/** Identity's HTTP door over a real database, with a recording mailer and documents service. */
export interface World {
  parts: ContextParts<Ports>;
  sql: Sql;
  accessTokenKey: JWK;
  piiKey: string;
  sent: OutgoingMail[];
  stored: { header: unknown; bytes: Buffer }[];
  /** What the mailer does instead of sending, until set back to undefined. */
  failWith: { error: Error | undefined };
  request(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    options?: { body?: unknown; token?: string | undefined; ip?: string; headers?: Record<string, string> },
  ): Promise<Answer>;
  /** Registers somebody and signs them in. */
  person(
    role: 'seller' | 'buyer',
    email?: string,
  ): Promise<{ id: string; email: string; token: string; refreshToken: string }>;
  signIn(email: string, secret?: string): Promise<{ token: string; refreshToken: string }>;
  as(actor: Actor): IdentityContext;
  close(): Promise<void>;
}

/** What identity never asks of documents. */
async function refuse(): Promise<never> {
  throw new Error('identity does not ask for this');
}

/** Opens a world on an empty identity database. */
export async function createWorld(databaseUrl: string, clock: Clock): Promise<World> {
  const piiKey = randomBytes(32).toString('base64');
  const accessTokenKey = { ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }), kid: 'test-1' };
  const sql = openDatabase(databaseUrl, { max: 20 });
  const sent: OutgoingMail[] = [];
  const stored: World['stored'] = [];
  const failWith: World['failWith'] = { error: undefined };
  const parts: ContextParts<Ports> = {
    service: 'identity',
    sql,
    clock,
    log: createLogger('identity', 'silent'),
    kick() {},
    clients: {
      vault: createVault(piiKey),
      accessTokens: createAccessTokenIssuer(accessTokenKey),
      publicUrl: 'https://clearlot.example',
      mailer: {
        async send(mail) {
          if (failWith.error) throw failWith.error;
          sent.push(mail);
        },
      },
      documents: {
        storeFile: async (requests: Iterable<StoreFileRequest>) => keep(stored, requests),
        listDealAgreements: async () => ({ agreements: [] }),
        shareFile: refuse,
        createSeal: refuse,
        extendSeal: refuse,
        openSeal: refuse,
      },
    },
  };
  const jwksUrls: string[] = [];
  const app = await createHttpServer({
    parts,
    routes: identityRoutes,
    tokens: createAccessTokenVerifier({ jwksUrls, isRevoked: () => false, now: () => clock.now().getTime() }),
    requireLiveSession: async ({ sessionId }) => {
      if (!sessionId || !(await isSessionLive(parts, sessionId))) throw serviceErrors.error('SESSION_REVOKED');
    },
    keyedHash: (hash) => parts.clients.vault.fingerprint(hash.toString('hex'), 'identity.request'),
  });
  jwksUrls.push(`${await app.listen({ host: '127.0.0.1', port: 0 })}/.well-known/jwks.json`);

  const request: World['request'] = async (method, url, options = {}) => {
    const response = await app.inject({
      method,
      url,
      headers: {
        'x-forwarded-for': options.ip ?? '192.0.2.1',
        ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { payload: options.body as string | object | Buffer }),
    });
    const isJson = String(response.headers['content-type']).includes('json');
    return { status: response.statusCode, body: isJson ? response.json() : undefined, headers: response.headers };
  };
  const signIn: World['signIn'] = async (email, secret = password) => {
    const { body } = await request('POST', '/api/auth/login', { body: { email, password: secret } });
    return { token: body.accessToken, refreshToken: body.refreshToken };
  };
  let count = 0;
  return {
    parts,
    sql,
    accessTokenKey,
    piiKey,
    sent,
    stored,
    failWith,
    request,
    signIn,
    async person(role, email = `person-${++count}@example.com`) {
      const body = { email, password, role, fullName: `Person ${count}`, acceptTerms: true };
      const registered = await request('POST', '/api/auth/register', { body });
      return { id: registered.body.userId, email, ...(await signIn(email)) };
    },
    as: (actor) => createContext(parts, actor),
    async close() {
      await app.close();
      await sql.end({ timeout: 5 });
    },
  };
}

/** A system actor as reactions and timers run. */
export const system = systemActor('identity.test');

function keep(stored: World['stored'], requests: Iterable<StoreFileRequest>) {
  let header: unknown;
  const chunks: Buffer[] = [];
  for (const { part } of requests) {
    if (part?.$case === 'header') header = part.value;
    if (part?.$case === 'chunk') chunks.push(Buffer.from(part.value));
  }
  const bytes = Buffer.concat(chunks);
  stored.push({ header, bytes });
  return {
    documentId: `00000000-0000-7000-8000-00000000000${stored.length}`,
    sha256: 'f'.repeat(64),
    sizeBytes: BigInt(bytes.length),
  };
}
