import { DomainError, systemClock } from '@clearlot/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signedIn } from '../auth/access.ts';
import type { Context, ContextParts } from '../context.ts';
import type { Sql } from '../db/database.ts';
import { serviceErrors } from '../errors.ts';
import { createLogger } from '../telemetry/log.ts';
import { route } from './route.ts';
import { createHttpServer } from './server.ts';

const parts: ContextParts<unknown> = {
  service: 'test',
  sql: undefined as unknown as Sql,
  clients: undefined,
  clock: systemClock,
  log: createLogger('test', 'silent'),
  kick() {},
};
const whoami = async (context: Context) => context.actor.kind;
const shared = { method: 'GET', summary: 'Who am I', action: whoami, present: (kind: string) => ({ kind }) } as const;

let app: Awaited<ReturnType<typeof createHttpServer>>;

beforeAll(async () => {
  app = await createHttpServer({
    parts,
    tokens: {
      verify: async (token) => {
        if (token !== 'good') throw serviceErrors.error('NOT_AUTHENTICATED');
        return { kind: 'user', id: 'somebody', roles: ['buyer'] };
      },
    },
    requireLiveSession: async () => {},
    routes: [
      route({ ...shared, path: '/public', access: 'public' }),
      route({ ...shared, path: '/private', access: signedIn }),
      route({
        ...shared,
        path: '/busy',
        access: 'public',
        action: async () => {
          throw new DomainError({
            code: 'BUSY',
            kind: 'too_many',
            title: 'Wait',
            params: { retryAfterSeconds: '7' },
          });
        },
      }),
    ],
  });
});
afterAll(() => app.close());

const get = (url: string, token?: string) =>
  app.inject({ url, headers: token ? { authorization: `Bearer ${token}` } : {} });

test('a public route serves somebody with an unusable token as nobody, so that an expired token can be refreshed', async () => {
  expect((await get('/public', 'expired')).json()).toEqual({ kind: 'anonymous' });
  expect((await get('/public', 'good')).json()).toEqual({ kind: 'user' });
  expect((await get('/private', 'expired')).json()).toMatchObject({ status: 401, code: 'NOT_AUTHENTICATED' });
  expect((await get('/private')).json()).toMatchObject({ status: 401, code: 'NOT_AUTHENTICATED' });
});

test('a refusal that says how long to wait carries Retry-After', async () => {
  const response = await get('/busy');
  expect(response.statusCode).toBe(429);
  expect(response.headers['retry-after']).toBe('7');
});

test('the OpenAPI document can be made when routes need a token', async () => {
  const document = (await get('/openapi.json')).json();
  expect(document.paths['/private'].get.security).toEqual([{ bearer: [] }]);
  expect(document.components.securitySchemes.bearer).toMatchObject({ type: 'http', scheme: 'bearer' });
});
