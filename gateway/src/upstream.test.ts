import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { createUpstream } from './upstream.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A replica that answers with `answer`, else the body it got; its first `cut` answers break half way. */
async function replica(cut = 0, answer?: Buffer): Promise<{ url: string; seen: string[] }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      seen.push(body);
      if (seen.length > cut) return void response.end(answer ?? body);
      response.writeHead(200, { 'content-length': 10 });
      response.write('half', () => request.socket.destroy());
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

async function deadUrl(): Promise<string> {
  const { url } = await replica();
  await new Promise((resolve) => servers.pop()?.close(resolve));
  return url;
}

describe('a service with replicas', () => {
  it('a write goes whole to another replica when one cannot be reached', async () => {
    const alive = await replica();
    const upstream = createUpstream([await deadUrl(), alive.url]);
    for (let turn = 0; turn < 4; turn++) {
      const response = await upstream.request({ path: '/', method: 'POST', body: Buffer.from('body') });
      expect(String(response.body)).toBe('body');
    }
    expect(alive.seen).toEqual(['body', 'body', 'body', 'body']);
    await upstream.close();
  });

  it('a write whose connection broke is not sent again: its outcome is unknown', async () => {
    const broken = await replica(1);
    const upstream = createUpstream([broken.url]);
    const write = upstream.request({ path: '/', method: 'POST', body: Buffer.from('body') });
    await expect(write).rejects.toMatchObject({ code: 'COMMIT_UNKNOWN' });
    expect(broken.seen).toEqual(['body']);
    await upstream.close();
  });

  it('a large answer streams through, and the replica stops when the client leaves', async () => {
    const large = randomBytes(20 * 1024 * 1024);
    const upstream = createUpstream([(await replica(0, large)).url]);
    const first = await upstream.request({ path: '/', method: 'GET' });
    const chunks = await (first.body as Readable).toArray();
    expect(Buffer.concat(chunks).equals(large)).toBe(true);
    const second = await upstream.request({ path: '/', method: 'GET' });
    (second.body as Readable).destroy();
    // Closing waits for every exchange to end.
    await upstream.close();
  });

  it('a read whose connection broke is asked again', async () => {
    const broken = await replica(2);
    const upstream = createUpstream([broken.url]);
    const response = await upstream.request({ path: '/', method: 'GET' });
    expect([response.statusCode, broken.seen.length]).toEqual([200, 3]);
    await upstream.close();
  });

  it('what is repeatable goes to another replica when one breaks or is silent, which is then left in peace', async () => {
    const broken = await replica(1);
    const silent = createServer(() => {});
    servers.push(silent);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const alive = await replica();
    const silentUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const upstream = createUpstream([broken.url, silentUrl, alive.url]);
    const bid = { path: '/', method: 'POST' as const, body: Buffer.from('bid'), repeatable: true };
    expect(String((await upstream.request(bid)).body)).toBe('bid');
    const startedAt = performance.now();
    for (let turn = 0; turn < 6; turn++) await upstream.request(bid);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(alive.seen).toHaveLength(7);
    silent.closeAllConnections();
    await upstream.close();
  });
});
