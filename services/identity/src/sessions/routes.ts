import { type Route, route, signedIn } from '@clearlot/service';
import { z } from 'zod';
import type { IdentityContext, Ports } from '../ports.ts';
import { logIn, type SignedIn } from './log-in.ts';
import { logOut, revokeMySession } from './log-out.ts';
import { refreshSession } from './refresh-session.ts';
import { isLive } from './session.ts';
import { listSessionsOf } from './store.ts';

const signedInResponse = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresIn: z.number(),
  user: z.object({ id: z.string(), email: z.string(), role: z.string() }),
});

const presentSignedIn = ({ sessionSecret: _secret, ...answer }: SignedIn) => answer;
const jwk = z.object({
  kty: z.string(),
  crv: z.string(),
  x: z.string(),
  kid: z.string(),
  alg: z.string(),
  use: z.string(),
});

/** Signing in and out, sessions, and the keys by which access tokens are verified. */
export const sessionRoutes: Route<Ports>[] = [
  route({
    method: 'POST',
    path: '/api/auth/login',
    access: 'public',
    summary: 'Start a session',
    body: z.object({ email: z.string().max(254), password: z.string().max(1024) }),
    response: signedInResponse,
    // Tokens are stored nowhere; each login is a session of its own.
    idempotent: false,
    action: async (ctx: IdentityContext, { body, request, reply }) => {
      const wantsCookie = request.headers['x-clearlot-session'] === 'cookie';
      const result = await logIn(ctx, {
        ...body,
        userAgent: request.headers['user-agent']?.slice(0, 300),
        wantsCookie,
      });
      if (result.sessionSecret) reply.header('x-clearlot-session-secret', result.sessionSecret);
      reply.header('cache-control', 'no-store');
      return result;
    },
    present: presentSignedIn,
  }),
  route({
    method: 'POST',
    path: '/api/auth/refresh',
    access: 'public',
    summary: 'Exchange a refresh token, which works once, for a new pair',
    body: z.object({ refreshToken: z.string().min(1).max(200) }),
    response: signedInResponse,
    // Tokens are stored nowhere, and a second use must be seen as one.
    idempotent: false,
    action: (ctx: IdentityContext, { body, reply }) => {
      reply.header('cache-control', 'no-store');
      return refreshSession(ctx, body.refreshToken);
    },
    present: presentSignedIn,
  }),
  route({
    method: 'POST',
    path: '/api/auth/logout',
    access: 'public',
    summary: 'End a session: that of the refresh token sent, or that of the access token',
    status: 204,
    body: z.object({ refreshToken: z.string().max(200).optional() }).nullish(),
    // Ending an ended session is the same answer.
    idempotent: false,
    action: (ctx: IdentityContext, { body }) => logOut(ctx, body?.refreshToken),
    present: () => undefined,
  }),
  route({
    method: 'GET',
    path: '/api/auth/sessions',
    access: signedIn,
    summary: 'My live sessions, newest first',
    response: z.array(
      z.object({
        id: z.string(),
        createdAt: z.string(),
        lastSeenAt: z.string(),
        expiresAt: z.string(),
        ip: z.string().nullable(),
        userAgent: z.string().nullable(),
        current: z.boolean(),
      }),
    ),
    action: async (ctx: IdentityContext) => {
      const rows = await ctx.read((work) => listSessionsOf(work, ctx.actor.id));
      return rows
        .filter((row) => isLive(row, ctx.clock.now()))
        .map((row) => ({ row, current: row.id === ctx.actor.sessionId }));
    },
    present: (items) =>
      items.map(({ row, current }) => ({
        id: row.id,
        createdAt: row.createdAt.toISOString(),
        lastSeenAt: row.lastSeenAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
        ip: row.ip,
        userAgent: row.userAgent,
        current,
      })),
  }),
  route({
    method: 'DELETE',
    path: '/api/auth/sessions/:id',
    access: signedIn,
    summary: 'End one of my sessions',
    status: 204,
    params: z.object({ id: z.uuid() }),
    action: (ctx: IdentityContext, { params }) => revokeMySession(ctx, params.id),
    present: () => undefined,
  }),
  route({
    method: 'GET',
    path: '/.well-known/jwks.json',
    access: 'public',
    summary: 'Public keys of access tokens',
    response: z.object({ keys: z.array(jwk) }),
    action: async (ctx: IdentityContext) => ctx.clients.accessTokens.jwks,
    present: (jwks) => jwks as z.input<z.ZodObject<{ keys: z.ZodArray<typeof jwk> }>>,
  }),
];
