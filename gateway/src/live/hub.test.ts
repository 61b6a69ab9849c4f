import type { LiveFigure } from '@clearlot/proto/market/v1/market';
import { createLogger } from '@clearlot/service';
import type { NatsConnection } from 'nats';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer, Upstream } from '../upstream.ts';
import type { Update } from './feed.ts';
import { Hub } from './hub.ts';
import type { LiveSocket } from './socket.ts';

const idle = 31_000;

/** A bus of this process: what is published is heard at once. */
class Bus {
  readonly heard = new Map<string, (error: null, message: { json(): unknown }) => void>();
  readonly said: { subject: string; text: string }[] = [];
  #told: (() => void)[] = [];

  publish(subject: string, text: string): void {
    this.said.push({ subject, text });
    this.heard.get(subject)?.(null, { json: () => JSON.parse(text) });
  }

  subscribe(subject: string, { callback }: { callback: (error: null, message: { json(): unknown }) => void }) {
    this.heard.set(subject, callback);
    return { unsubscribe: () => this.heard.delete(subject) };
  }

  reconnect(): void {
    for (const tell of this.#told.splice(0)) tell();
  }

  async *status() {
    for (;;) {
      await new Promise<void>((resolve) => this.#told.push(resolve));
      yield { type: 'reconnect' };
    }
  }

  async flush(): Promise<void> {}
  isClosed = () => false;
}

const entries = (from: number, to: number): Update[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => ({ sequence: from + index }));

/** Logs that answer `live` at once, or when they are told to. */
class Market implements Upstream {
  readonly logs = new Map<string, number>();
  readonly asked: string[] = [];
  gate: Promise<void> = Promise.resolve();

  async request({ path }: { path: string }): Promise<Answer> {
    this.asked.push(path);
    await this.gate;
    const [, , , auctionId = ''] = path.split(/[/?]/);
    const last = this.logs.get(auctionId);
    const after = /after=(\d+)/.exec(path)?.[1];
    const updates = after === undefined ? null : entries(Number(after) + 1, last ?? 0);
    const body = last === undefined ? { status: 404, code: 'NONE' } : { state: { sequence: last }, updates };
    return { statusCode: last === undefined ? 404 : 200, headers: {}, body: Buffer.from(JSON.stringify(body)) };
  }

  async close(): Promise<void> {}
}

/** Prices that stand as they were last set. */
const prices = {
  standing: new Map<string, { sequence: bigint; figures: LiveFigure[] }>(),
  async getLivePrice({ instrumentId }: { instrumentId: string }) {
    const standing = this.standing.get(instrumentId);
    if (!standing) throw new Error('no such instrument');
    return standing;
  },
};

/** A watcher that keeps the sequences of its frames, and when each frame came. */
function watcher() {
  const sequences: number[] = [];
  const at: number[] = [];
  return {
    ...{ sequences, at },
    send(frame: Buffer): void {
      const text = frame.toString();
      const { type, updates } = JSON.parse(text.slice(text.indexOf('{'))) as { type: string; updates: Update[] };
      if (type !== 'update') return;
      at.push(performance.now());
      sequences.push(...updates.map(({ sequence }) => sequence));
    },
  };
}

let bus: Bus;
let market: Market;
let hub: Hub;
beforeEach(() => {
  vi.useFakeTimers();
  bus = new Bus();
  market = new Market();
  hub = new Hub(
    bus as unknown as NatsConnection,
    { marketplace: market, marketData: prices },
    createLogger('gateway', 'silent'),
  );
});
afterEach(async () => {
  await hub.close();
  vi.useRealTimers();
});

function commit(auctionId: string, { lost = false } = {}): void {
  const to = (market.logs.get(auctionId) ?? 0) + 1;
  market.logs.set(auctionId, to);
  const message = { from: to, to, updates: entries(to, to), state: { sequence: to }, outbid: [] };
  if (!lost) bus.publish(`live.auction.${auctionId}`, JSON.stringify(message));
}

describe('topics of a gateway', () => {
  it('stay while somebody watches, also who came just as the last one left', async () => {
    market.logs.set('a', 5);
    const [first, second] = [watcher(), watcher()];
    await hub.watch('auction:a', first, undefined);
    let open = () => {};
    market.gate = new Promise((resolve) => {
      open = resolve;
    });
    // Knows more than this gateway, so that it is asked for.
    market.logs.set('a', 6);
    const coming = hub.watch('auction:a', second, 6);
    hub.leave('auction:a', first);
    open();
    await vi.advanceTimersByTimeAsync(20);
    await coming;
    await vi.advanceTimersByTimeAsync(idle);
    commit('a');
    await vi.advanceTimersByTimeAsync(20);
    expect(second.sequences).toEqual([7]);
  });

  it('stay for who waits for the first answer while another gives up', async () => {
    market.logs.set('a', 5);
    let open = () => {};
    market.gate = new Promise((resolve) => {
      open = resolve;
    });
    const [one, other] = [watcher(), watcher()];
    const coming = hub.watch('auction:a', one, undefined);
    hub.leave('auction:a', other);
    open();
    await coming;
    await vi.advanceTimersByTimeAsync(idle);
    commit('a');
    await vi.advanceTimersByTimeAsync(20);
    expect(one.sequences).toEqual([6]);
  });

  it('begin with the next frame for those who know more, however many they are', async () => {
    market.logs.set('a', 5);
    const here = watcher();
    let frames = 0;
    const counted = {
      send(frame: Buffer) {
        frames += 1;
        here.send(frame);
      },
    };
    await hub.watch('auction:a', counted, undefined);
    commit('a');
    await vi.advanceTimersByTimeAsync(20);
    const coming: Promise<unknown>[] = [];
    for (let count = 0; count < 100; count++) {
      commit('a');
      coming.push(hub.watch('auction:a', watcher(), 7 + count));
    }
    await vi.advanceTimersByTimeAsync(20);
    for (const begun of await Promise.all(coming)) expect(begun).toMatchObject({ state: { sequence: 106 } });
    expect(here.sequences).toEqual(entries(6, 106).map(({ sequence }) => sequence));
    expect(frames).toBe(2);
  });

  it('go half a minute after the last watcher, and at once where there is none of that name', async () => {
    market.logs.set('a', 5);
    const one = watcher();
    await expect(hub.watch('auction:b', one, undefined)).rejects.toMatchObject({ code: 'NONE' });
    expect(bus.heard.has('live.auction.b')).toBe(false);
    await hub.watch('auction:a', one, undefined);
    hub.leave('auction:a', one);
    await vi.advanceTimersByTimeAsync(29_000);
    expect(bus.heard.has('live.auction.a')).toBe(true);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(bus.heard.has('live.auction.a')).toBe(false);
  });

  it('send the first entry at once and what follows together, also while others come', async () => {
    market.logs.set('a', 0);
    const one = watcher();
    await hub.watch('auction:a', one, undefined);
    await vi.advanceTimersByTimeAsync(100);
    const startedAt = performance.now();
    for (let turn = 0; turn < 100; turn++) {
      commit('a');
      const late = watcher();
      const { state } = await hub.watch('auction:a', late, undefined);
      await vi.advanceTimersByTimeAsync(1);
      expect(late.sequences[0] ?? state.sequence + 1).toBe(state.sequence + 1);
    }
    await vi.advanceTimersByTimeAsync(20);
    expect(one.at[0]).toBe(startedAt);
    expect(one.at.length).toBeLessThanOrEqual(6);
    expect(one.sequences).toEqual(entries(1, 100).map((each) => each.sequence));
  });

  it('are asked for when nothing comes, a few at a time and each in its turn', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `a${index}`);
    const watchers = new Map(names.map((name) => [name, watcher()]));
    for (const [name, each] of watchers) {
      market.logs.set(name, 0);
      await hub.watch(`auction:${name}`, each, undefined);
    }
    for (const name of names) commit(name, { lost: true });
    market.asked.length = 0;
    market.gate = new Promise(() => {});
    await vi.advanceTimersByTimeAsync(4_000);
    expect(market.asked.length).toBe(32);
    await hub.close();

    market.gate = Promise.resolve();
    hub = new Hub(
      bus as unknown as NatsConnection,
      { marketplace: market, marketData: prices },
      createLogger('gateway', 'silent'),
    );
    for (const [name, each] of watchers) await hub.watch(`auction:${name}`, each, undefined);
    for (const name of names) commit(name, { lost: true });
    await vi.advanceTimersByTimeAsync(3_500);
    for (const each of watchers.values()) expect(each.sequences).toEqual([2]);
  });

  it('are asked for again when the bus is back, also by who was asking already', async () => {
    market.logs.set('a', 0);
    const one = watcher();
    await hub.watch('auction:a', one, undefined);
    commit('a', { lost: true });
    bus.reconnect();
    await vi.advanceTimersByTimeAsync(300);
    expect(one.sequences).toEqual([1]);
  });

  it('tell the other gateways of a change at once, and watchers once a second', async () => {
    market.logs.set('a', 0);
    await hub.watch('auction:a', watcher(), undefined);
    await vi.advanceTimersByTimeAsync(250);
    const gossip = () =>
      bus.said.filter(({ subject }) => subject === 'live.presence').map(({ text }) => JSON.parse(text));
    expect(gossip().at(-1)).toMatchObject({ counts: { 'auction:a': 1 } });
    bus.publish('live.presence', JSON.stringify({ gateway: 'other', counts: { 'auction:a': 3 } }));
    expect(hub.watchers('auction:a')).toBe(4);
    await vi.advanceTimersByTimeAsync(3_100);
    expect(hub.watchers('auction:a')).toBe(1);
  });

  it('sends people away a few at a time on its way out, and all of them within seconds', async () => {
    const sent: number[] = [];
    const startedAt = Date.now();
    for (let count = 0; count < 2_000; count++) {
      hub.add({ restart: () => sent.push(Date.now() - startedAt) } as unknown as LiveSocket);
    }
    const closing = hub.close();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent.length).toBeGreaterThan(300);
    expect(sent.length).toBeLessThan(1_000);
    await vi.advanceTimersByTimeAsync(5_000);
    await closing;
    expect(sent).toHaveLength(2_000);
    expect(Math.max(...sent)).toBeLessThanOrEqual(5_000);
    hub = new Hub(
      bus as unknown as NatsConnection,
      { marketplace: market, marketData: prices },
      createLogger('gateway', 'silent'),
    );
  });

  it('of prices tell every change, and how they stand where one was lost', async () => {
    const figure = (sourceId: string, mid: string) => ({ sourceId, mid }) as LiveFigure;
    prices.standing.set('a', { sequence: 4n, figures: [figure('usgs', '37000')] });
    const frames: Record<string, unknown>[] = [];
    const each = {
      send(frame: Buffer) {
        const text = frame.toString();
        const { serverTime: _time, ...rest } = JSON.parse(text.slice(text.indexOf('{')));
        frames.push(rest);
      },
    };
    const beginning = await hub.watch('price:a', each, undefined);
    expect(beginning.state).toEqual({ sequence: 4, figures: [figure('usgs', '37000')] });
    const say = (sequence: number, said?: LiveFigure) =>
      bus.publish('live.price.a', JSON.stringify({ instrumentId: 'a', sequence: String(sequence), figure: said }));
    say(5, figure('desk', '11'));
    // Of a figure that may not be displayed.
    say(6);
    await vi.advanceTimersByTimeAsync(20);
    const state = { sequence: 6, figures: [figure('usgs', '37000'), figure('desk', '11')] };
    const updates = [{ sequence: 5, figure: figure('desk', '11') }, { sequence: 6 }];
    expect(frames).toEqual([{ type: 'update', topic: 'price:a', from: 5, to: 6, updates, state }]);
    prices.standing.set('a', { sequence: 8n, figures: [figure('usgs', '37000'), figure('desk', '13')] });
    say(8, figure('desk', '13'));
    await vi.advanceTimersByTimeAsync(20);
    const now = { sequence: 8, figures: [figure('usgs', '37000'), figure('desk', '13')] };
    expect(frames.slice(1)).toEqual([{ type: 'reset', topic: 'price:a', state: now }]);
    await expect(hub.watch('price:b', each, undefined)).rejects.toThrow();
  });
});
