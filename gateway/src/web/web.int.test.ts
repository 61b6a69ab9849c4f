import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { connectBus, createLogger } from '@clearlot/service';
import { createTestNats } from '@clearlot/testkit';
import type { NatsConnection } from 'nats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServiceName, services } from '../routing.ts';
import { createGateway } from '../server.ts';
import { createUpstream } from '../upstream.ts';
import type { WebOptions } from './web.ts';

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const page = '<!doctype html><title>clearlot</title>';
const script = `console.log(${JSON.stringify('lot '.repeat(500))})`;

let root: string;
let nats: NatsConnection;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'clearlot-web-'));
  mkdirSync(join(root, 'assets'));
  mkdirSync(join(root, '.vite'));
  writeFileSync(join(root, 'index.html'), page);
  writeFileSync(join(root, 'mark.svg'), '<svg/>');
  writeFileSync(join(root, '.vite', 'manifest.json'), '{}');
  writeFileSync(join(root, 'assets', 'index-a1b2.js'), script);
  writeFileSync(join(root, 'assets', 'index-a1b2.js.br'), brotliCompressSync(script));
  writeFileSync(join(root, 'assets', 'index-a1b2.js.gz'), gzipSync(script));
  nats = await connectBus((await createTestNats()).url, 'gateway');
});
afterAll(async () => {
  await nats.close();
  rmSync(root, { recursive: true, force: true });
});

/** A gateway whose services are not there: what is answered without them. */
async function gateway(web: Partial<WebOptions>) {
  const upstream = createUpstream(['http://127.0.0.1:1']);
  const app = await createGateway({
    upstreams: Object.fromEntries(services.map((name) => [name, upstream])) as Record<ServiceName, typeof upstream>,
    sessions: { accessToken: async () => undefined },
    ...{ log: createLogger('gateway', 'silent'), rateLimitPerMinute: 1_000, trustedProxies: [] },
    isReady: async () => true,
    live: {
      ...{ nats, publicUrl: 'https://clearlot.example' },
      marketData: { getLivePrice: async () => ({ sequence: 0n, figures: [] }) },
      tokens: { verify: async (id) => ({ kind: 'user', id, roles: [] }) },
    },
    web: { publicUrl: 'https://clearlot.example', ...web },
  });
  return {
    get: (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers }),
    inject: app.inject.bind(app),
    async [Symbol.asyncDispose]() {
      await app.close();
      await upstream.close();
    },
  };
}

describe('a gateway with a web app', () => {
  test.each(['/', '/deals/0199?tab=documents', '/login', '/settings/apiary'])(
    'answers a browser at %s with the one page, which it asks for again each time',
    async (url) => {
      await using app = await gateway({ root });
      const answer = await app.get(url, browser);
      expect([answer.statusCode, answer.payload]).toEqual([200, page]);
      expect(answer.headers).toMatchObject({
        'content-type': expect.stringMatching(/^text\/html/),
        'cache-control': 'no-cache',
        'content-security-policy': expect.stringContaining("script-src 'self'"),
        'x-content-type-options': 'nosniff',
        'strict-transport-security': expect.any(String),
      });
      const again = await app.get(url, { ...browser, 'if-none-match': String(answer.headers.etag) });
      expect([again.statusCode, again.payload]).toEqual([304, '']);
    },
  );

  test('a page is there for HEAD as well, and a write to its address is refused', async () => {
    await using app = await gateway({ root });
    const head = await app.inject({ method: 'HEAD', url: '/deals', headers: browser });
    expect([head.statusCode, head.payload]).toEqual([200, '']);
    const write = await app.inject({ method: 'POST', url: '/deals', headers: browser });
    expect([write.statusCode, write.json().code]).toEqual([404, 'ROUTE_NOT_FOUND']);
  });

  test('a file named by its hash is kept for good, and comes compressed as the browser can read it', async () => {
    await using app = await gateway({ root });
    const url = '/assets/index-a1b2.js';
    const plain = await app.get(url);
    expect(plain.payload).toBe(script);
    expect(plain.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': expect.stringContaining('javascript'),
      vary: expect.stringMatching(/accept-encoding/i),
    });
    const brotli = await app.get(url, { 'accept-encoding': 'gzip, deflate, br' });
    expect(brotliDecompressSync(brotli.rawPayload).toString()).toBe(script);
    expect(brotli.headers).toMatchObject({
      'content-encoding': 'br',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': expect.stringContaining('javascript'),
    });
    const gzip = await app.get(url, { 'accept-encoding': 'gzip' });
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(script);
  });

  test('other files are asked for again each time', async () => {
    await using app = await gateway({ root });
    const mark = await app.get('/mark.svg');
    expect([mark.statusCode, mark.payload, mark.headers['cache-control']]).toEqual([200, '<svg/>', 'no-cache']);
  });

  test.each(['/assets/index-0000.js', '/assets/', '/assets', '/api/nothing', '/api', '/demo-accounts.json'])(
    'nothing at %s is a problem and never the page, even for a browser',
    async (url) => {
      await using app = await gateway({ root });
      const answer = await app.get(url, browser);
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([404, 'application/problem+json']);
      expect(answer.json().code).toBe('ROUTE_NOT_FOUND');
    },
  );

  test('what a page asks for and is not there is a problem, not the page', async () => {
    await using app = await gateway({ root });
    expect((await app.get('/favicon.ico', { accept: 'image/avif,*/*;q=0.8' })).statusCode).toBe(404);
  });

  test.each(['/.vite/manifest.json', '/../secrets.json', '/%2e%2e/secrets.json', '/assets/..%2f..%2fsecrets.json'])(
    'gives nothing at %s',
    async (url) => {
      await using app = await gateway({ root });
      const answer = await app.get(url);
      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
      expect(answer.statusCode).toBeLessThan(500);
      expect(answer.headers['content-type']).toBe('application/problem+json');
    },
  );

  test('probes and the API reference stay what they are', async () => {
    await using app = await gateway({ root });
    expect((await app.get('/healthz', browser)).json()).toEqual({ status: 'ok' });
    expect((await app.get('/api/docs', browser)).payload).toContain('swagger');
  });

  test('tells demonstration accounts only when it was given some, and lets nobody keep them', async () => {
    const account = { role: 'buyer', name: 'Bea Buyer', email: 'buyer@clearlot.example', password: 'published' };
    await using app = await gateway({ root, demoAccounts: [account] });
    const answer = await app.get('/demo-accounts.json');
    expect([answer.json(), answer.headers['cache-control']]).toEqual([[account], 'no-store']);
  });
});

test('a gateway without a web app has no pages', async () => {
  await using app = await gateway({});
  for (const url of ['/', '/deals', '/demo-accounts.json']) {
    const answer = await app.get(url, browser);
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'ROUTE_NOT_FOUND']);
  }
});
