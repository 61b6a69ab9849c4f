import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { newId } from '@clearlot/kernel';
import { connectBus, createLogger, serviceErrors } from '@clearlot/service';
import { createTestNats } from '@clearlot/testkit';
import type { NatsConnection } from 'nats';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import { type ServiceName, services } from '../routing.ts';
import { createGateway } from '../server.ts';
import { sessionCookie } from '../session.ts';
import { createUpstream, type Upstream } from '../upstream.ts';

type Message = Record<string, unknown> & { type: string };
type State = { sequence: number };

/** What marketplace is to the gateway: logs that answer `live`, and bids that are answered with what was asked. */
class Market {
  readonly logs = new Map<string, number>();
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  url = '';

  async open() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://market');
    const [, , , auctionId = '', action] = url.pathname.split('/');
    const send = (status: number, body: object) => {
      const text = JSON.stringify(body);
      response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
      response.end(text);
    };
    const last = this.logs.get(auctionId);
    if (last === undefined) return send(404, { status: 404, code: 'MARKETPLACE_AUCTION_NOT_FOUND', title: 'None.' });
    if (action === 'live') {
      const after = url.searchParams.get('after');
      const updates = after === null || last - Number(after) > 1_000 ? null : entries(Number(after) + 1, last);
      return send(200, { state: { sequence: last }, updates });
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString());
    return send(201, { action, body, by: request.headers.authorization });
  }
}

const entries = (from: number, to: number, pad = '') =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => ({ sequence: from + index, pad }));

let market: Market;
let nats: NatsConnection;
let natsUrl: string;
const own = 'https://clearlot.example';

beforeAll(async () => {
  market = await new Market().open();
  natsUrl = (await createTestNats()).url;
  nats = await connectBus(natsUrl, 'writer');
});
afterAll(async () => {
  market.close();
  await nats.close();
});

/** A gateway of its own; a token is the name of who has it, a cookie is the token. */
async function gateway({ rateLimitPerMinute = 100_000 } = {}) {
  const bus = await connectBus(natsUrl, 'gateway');
  const upstream = createUpstream([market.url]);
  const app = await createGateway({
    upstreams: Object.fromEntries(services.map((name) => [name, upstream])) as Record<ServiceName, Upstream>,
    sessions: {
      accessToken: async ({ headers, cookies }) => headers.authorization?.slice(7) ?? cookies[sessionCookie],
    },
    ...{ log: createLogger('gateway', 'silent'), rateLimitPerMinute, trustedProxies: [] },
    isReady: async () => true,
    live: {
      ...{ nats: bus, publicUrl: own },
      marketData: { getLivePrice: async () => ({ sequence: 3n, figures: [] }) },
      tokens: {
        async verify(token) {
          if (token === 'stale') throw serviceErrors.error('NOT_AUTHENTICATED');
          return { kind: 'user', id: token, roles: [] };
        },
      },
    },
    web: { publicUrl: own },
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const close = async () => {
    await app.close();
    await upstream.close();
    await bus.close();
  };
  return { url: `ws://127.0.0.1:${port}/api/live`, port, close };
}

/** A client that keeps what it hears; `ask` answers what carries the id. */
async function client(url: string, headers: Record<string, string> = {}) {
  const socket = new WebSocket(url, { headers });
  const heard: Message[] = [];
  let closed: { code: number; reason: string } | undefined;
  socket.on('message', (data) => heard.push(JSON.parse(String(data))));
  socket.on('close', (code, reason) => {
    closed = { code, reason: String(reason) };
  });
  await once(socket, 'open');
  const find = (match: (message: Message) => boolean) =>
    vi.waitFor(
      () => {
        const found = heard.find(match);
        if (!found) throw new Error(JSON.stringify(heard.map((each) => each.type)));
        return found;
      },
      { timeout: 5_000, interval: 5 },
    );
  const ask = (message: object) => {
    const id = newId();
    socket.send(JSON.stringify({ ...message, id }));
    return find((each) => each.id === id);
  };
  return {
    ...{ socket, heard, find, ask, closed: () => closed },
    /** Every sequence that came after the subscription, in the order it came. */
    sequences: () =>
      heard
        .filter((each) => each.type === 'update')
        .flatMap((each) => (each.updates as { sequence: number }[]).map((one) => one.sequence)),
    until: (sequence: number) => find((each) => each.type === 'update' && (each.to as number) >= sequence),
  };
}

function auction(last = 0): string {
  const auctionId = newId();
  market.logs.set(auctionId, last);
  return auctionId;
}

/** A commit of the writer; `lost` is never heard of. */
function commit(auctionId: string, size = 1, { lost = false, outbid = [] as string[], pad = '' } = {}): number {
  const from = (market.logs.get(auctionId) ?? 0) + 1;
  const to = from + size - 1;
  market.logs.set(auctionId, to);
  const message = { from, to, updates: entries(from, to, pad), state: { sequence: to }, outbid };
  if (!lost) nats.publish(`live.auction.${auctionId}`, JSON.stringify(message));
  return to;
}

const range = (from: number, to: number) => entries(from, to).map((each) => each.sequence);

describe('the live socket', () => {
  it('begins with the state, then gives every entry once and in order, also those the bus lost', async () => {
    const { url, close } = await gateway();
    const auctionId = auction(7);
    const watcher = await client(url);
    expect(await watcher.find((each) => each.type === 'welcome')).toMatchObject({ userId: null });
    const begun = await watcher.ask({ type: 'subscribe', topic: `auction:${auctionId}` });
    expect(begun).toMatchObject({
      type: 'subscribed',
      state: { sequence: 7 },
      updates: null,
      resumed: false,
      watchers: 1,
    });
    for (let turn = 0; turn < 60; turn++) commit(auctionId, 1 + (turn % 3), { lost: turn % 7 === 3 });
    const last = commit(auctionId);
    await watcher.until(last);
    expect(watcher.sequences()).toEqual(range(8, last));
    commit(auctionId, 1, { lost: true });
    await watcher.until(last + 1);
    await close();
  });

  it('lets a client go on without a gap at another gateway when the first one stops', async () => {
    const auctionId = auction();
    const first = await gateway();
    const before = await client(first.url);
    await before.ask({ type: 'subscribe', topic: `auction:${auctionId}` });
    for (let turn = 0; turn < 5; turn++) commit(auctionId);
    await before.until(5);
    await first.close();
    await vi.waitFor(() => expect(before.closed()).toEqual({ code: 1001, reason: 'restarting: reconnect and resume' }));
    for (let turn = 0; turn < 5; turn++) commit(auctionId);
    const second = await gateway();
    const after = await client(second.url);
    const resumed = await after.ask({ type: 'subscribe', topic: `auction:${auctionId}`, after: 5 });
    expect(resumed).toMatchObject({ resumed: true, updates: entries(6, 10), state: { sequence: 10 } });
    commit(auctionId);
    await after.until(11);
    expect(after.sequences()).toEqual([11]);
    const late = await client(second.url);
    const again = await late.ask({ type: 'subscribe', topic: `auction:${auctionId}`, after: 9 });
    expect(again).toMatchObject({ resumed: true, updates: entries(10, 11) });
    await second.close();
  });

  it('drops who does not read, and nobody else notices', async () => {
    const { url, close } = await gateway();
    const auctionId = auction();
    const [reader, stalled] = [await client(url), await client(url)];
    for (const each of [reader, stalled]) await each.ask({ type: 'subscribe', topic: `auction:${auctionId}` });
    (stalled.socket as unknown as { _socket: { pause(): void } })._socket.pause();
    let last = 0;
    for (let turn = 0; turn < 60; turn++) {
      last = commit(auctionId, 1, { pad: 'x'.repeat(250_000) });
      await reader.until(last);
    }
    expect(reader.sequences()).toEqual(range(1, last));
    (stalled.socket as unknown as { _socket: { resume(): void } })._socket.resume();
    await vi.waitFor(() => expect(stalled.closed()).toBeDefined(), { timeout: 5_000 });
    expect([4008, 1006]).toContain(stalled.closed()?.code);
    expect(reader.closed()).toBeUndefined();
    await close();
  });

  it('hands bids on with the token of whoever is on it, and tells only them that they were outbid', async () => {
    const { url, close } = await gateway();
    const auctionId = auction();
    const ada = await client(url, { authorization: 'Bearer ada' });
    const ben = await client(url);
    const bid = { type: 'bid', auctionId, body: { type: 'bid', key: 'k', amount: 1 } };
    expect(await ben.ask(bid)).toMatchObject({ type: 'error', status: 401, code: 'NOT_AUTHENTICATED' });
    expect(await ben.ask({ type: 'authenticate', token: 'stale' })).toMatchObject({ code: 'NOT_AUTHENTICATED' });
    expect(await ben.ask({ type: 'authenticate', token: 'ben' })).toMatchObject({ userId: 'ben' });
    expect(await ada.ask(bid)).toMatchObject({
      ...{ type: 'answer', status: 201 },
      body: { action: 'bids', body: bid.body, by: 'Bearer ada' },
    });
    expect(await ben.ask({ ...bid, type: 'retract' })).toMatchObject({
      body: { action: 'retractions', by: 'Bearer ben' },
    });
    for (const each of [ada, ben]) await each.ask({ type: 'subscribe', topic: `auction:${auctionId}` });
    commit(auctionId, 1, { outbid: ['ada'] });
    expect(await ada.find((each) => each.type === 'outbid')).toMatchObject({ sequence: 1 });
    await ben.until(1);
    expect(ben.heard.some((each) => each.type === 'outbid')).toBe(false);
    // With its quotes: a random identifier may hold these three letters.
    expect(JSON.stringify(ben.heard)).not.toContain('"ada"');
    await close();
  });

  it('takes a cookie from our own pages only', async () => {
    const { url, close } = await gateway();
    const cookie = `${sessionCookie}=ada`;
    const ours = await client(url, { cookie, origin: own });
    expect(await ours.find((each) => each.type === 'welcome')).toMatchObject({ userId: 'ada' });
    const elsewhere = { cookie, origin: 'https://elsewhere.example' };
    // A page can have its browser send a password; that makes the cookie no more its own.
    for (const headers of [elsewhere, { cookie }, { ...elsewhere, authorization: 'Basic YTpi' }]) {
      const other = await client(url, headers as Record<string, string>);
      expect(await other.find((each) => each.type === 'error')).toMatchObject({ status: 403, code: 'NOT_ALLOWED' });
      await vi.waitFor(() => expect(other.closed()?.code).toBe(1008));
    }
    await close();
  });

  it('answers what it does not understand, and goes on', async () => {
    const { url, close } = await gateway();
    const one = await client(url);
    one.socket.send('{');
    expect(await one.find((each) => each.type === 'error')).toMatchObject({ code: 'GATEWAY_LIVE_MESSAGE_INVALID' });
    const badTopic = await one.ask({ type: 'subscribe', topic: 'deals:1' });
    expect(badTopic).toMatchObject({ status: 400, code: 'GATEWAY_LIVE_TOPIC_INVALID' });
    const nowhere = await one.ask({ type: 'subscribe', topic: `auction:${newId()}` });
    expect(nowhere).toMatchObject({ status: 404, code: 'MARKETPLACE_AUCTION_NOT_FOUND' });
    const pong = await one.ask({ type: 'ping', clientTime: 5 });
    expect(pong).toMatchObject({ type: 'pong', clientTime: 5 });
    expect(Math.abs(Date.parse(String(pong.serverTime)) - Date.now())).toBeLessThan(1_000);
    for (let turn = 0; turn < 250; turn++) one.socket.send('{"type":"ping"}');
    await vi.waitFor(() => expect(one.closed()?.code).toBe(4009));
    const wordy = await client(url);
    wordy.socket.send('x'.repeat(17_000));
    await vi.waitFor(() => expect(wordy.closed()?.code).toBe(1009));
    await close();
  });

  it('gives who comes back all they missed, however large, and does not call them slow for it', async () => {
    const { url, close } = await gateway();
    const auctionId = auction();
    const topic = `auction:${auctionId}`;
    const reader = await client(url);
    await reader.ask({ type: 'subscribe', topic });
    for (let turn = 0; turn < 60; turn++) await reader.until(commit(auctionId, 1, { pad: 'x'.repeat(250_000) }));
    const back = await client(url);
    const stream = (back.socket as unknown as { _socket: { pause(): void; resume(): void } })._socket;
    const answered = back.ask({ type: 'subscribe', topic, after: 0 });
    stream.pause();
    for (let turn = 61; turn <= 65; turn++) await reader.until(commit(auctionId));
    stream.resume();
    const { state, updates } = await answered;
    expect((updates as { sequence: number }[]).map((each) => each.sequence)).toEqual(
      range(1, (state as State).sequence),
    );
    await back.until(65);
    expect(back.sequences()).toEqual(range((state as State).sequence + 1, 65));
    expect(back.closed()).toBeUndefined();
    await close();
  });

  it('is the only thing that upgrades: elsewhere a request stays one, and a stop does not wait for its connection', async () => {
    const { port, close } = await gateway();
    const asked = [
      ['/healthz', 'websocket', '200'],
      ['/api/auctions/none', 'h2c', '404'],
      ['/api/nothing', 'websocket', '404'],
    ] as const;
    for (const [path, protocol, status] of asked) {
      const socket = connect(port, '127.0.0.1');
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n\r\n`);
      const [head] = await once(socket, 'data');
      expect(String(head)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    }
    await close();
  }, 5_000);

  it('counts opening a socket as a request like any other', async () => {
    const { url, close } = await gateway({ rateLimitPerMinute: 2 });
    for (let turn = 0; turn < 2; turn++) await client(url);
    await expect(client(url)).rejects.toThrow('429');
    await client(url, { authorization: 'Bearer ada' });
    await close();
  });

  it('says how many sockets there are, why it dropped some, and how long frames took', async () => {
    const { port, close } = await gateway();
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(text).toMatch(/^live_sockets 0$/m);
    expect(text).toMatch(/^live_sockets_dropped_total\{reason="tooSlow"\} [1-9]/m);
    expect(text).toMatch(/^live_fan_out_seconds_count [1-9]/m);
    await close();
  });

  it('counts watchers over all gateways', async () => {
    const [left, right] = [await gateway(), await gateway()];
    const topic = `auction:${auction()}`;
    const [one, two] = [await client(left.url), await client(right.url)];
    for (const each of [one, two]) await each.ask({ type: 'subscribe', topic });
    for (const each of [one, two]) await each.find((said) => said.type === 'presence' && said.watchers === 2);
    await right.close();
    await one.find((said) => said.type === 'presence' && said.watchers === 1);
    await left.close();
  });

  it('shows prices to people who are signed in, and to nobody else', async () => {
    const { url, close } = await gateway();
    const topic = `price:${newId()}`;
    const stranger = await client(url);
    expect(await stranger.ask({ type: 'subscribe', topic })).toMatchObject({
      type: 'error',
      code: 'NOT_AUTHENTICATED',
    });
    const ada = await client(url, { authorization: 'Bearer ada' });
    expect(await ada.ask({ type: 'subscribe', topic })).toMatchObject({ type: 'subscribed', state: { sequence: 3 } });
    await close();
  });
});
