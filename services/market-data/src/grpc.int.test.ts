import type { WatchPricesResponse } from '@clearlot/proto/market/v1/market';
import { authorize, connectBus } from '@clearlot/service';
import { createTestNats } from '@clearlot/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { marketDataRpcs } from './grpc.ts';
import { announce } from './observations/announce.ts';
import { createTicker, priceSubject } from './observations/ticker.ts';
import { createWorld, figure, seeded, type World } from './world.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

// The table keeps rpcs as if they all answered once.
type Rpc = (ctx: unknown, request: unknown) => never;
const rpc = (name: string) => marketDataRpcs.rpcs[name]?.action as unknown as Rpc;
const empty = { limit: 0, cursor: '' };

it('every rpc is for whoever is signed in, but for the one of the gateway', () => {
  const { getLivePrice, ...others } = marketDataRpcs.rpcs;
  expect(getLivePrice?.access).toEqual({ services: ['gateway'] });
  for (const { access } of Object.values(others)) {
    expect(() => authorize(access, world.buyer.ctx.actor)).not.toThrow();
    expect(() => authorize(access, { kind: 'anonymous', id: 'anonymous', roles: [] })).toThrow();
    expect(() => authorize(access, { kind: 'service', id: 'deals', roles: [] })).toThrow();
  }
});

describe('a partner', () => {
  it('lists instruments by what they are, in pages', async () => {
    const list = (request: object) =>
      rpc('listInstruments')(world.buyer.ctx, { ...empty, ...request }) as Promise<{
        instruments: { code: string }[];
        nextCursor: string;
      }>;
    const first = await list({ product: 'lithium_carbonate', limit: 3 });
    expect(first.instruments).toHaveLength(3);
    const rest = await list({ product: 'lithium_carbonate', limit: 3, cursor: first.nextCursor });
    expect(rest).toMatchObject({ instruments: [{ code: 'CARBONATE-BATTERY-CJK-CIF-USD-KG' }], nextCursor: '' });
    await expect(list({ product: 'gold' })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    await expect(list({ limit: 201 })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('reads newest figures and bars, exactly', async () => {
    const source = await world.source();
    const instrumentId = seeded.hydroxideCjk;
    await world.record(source, [figure(instrumentId, '2026-11-20', 9.123456), figure(instrumentId, '2026-11-23', 9.5)]);
    expect(await rpc('getLatest')(world.buyer.ctx, { instrumentIds: [instrumentId] })).toMatchObject({
      quotes: [
        {
          instrument: { unit: 'kg' },
          figures: [{ midMicros: 9_500_000n, sequence: 1n, source: { code: source.code } }],
        },
      ],
    });
    const asked = {
      instrumentId,
      period: 'week',
      from: '2026-11-16',
      to: '2026-11-29',
      knownAt: undefined,
      sourceId: '',
    };
    expect(await rpc('getBars')(world.buyer.ctx, asked)).toMatchObject({
      lines: [
        {
          bars: [
            { day: '2026-11-16', closeMicros: 9_123_456n },
            { day: '2026-11-23', closeMicros: 9_500_000n },
          ],
        },
      ],
    });
    for (const wrong of [{ period: 'year' }, { from: 'yesterday' }, { instrumentId: 'none' }, { sourceId: 'none' }]) {
      await expect(rpc('getBars')(world.buyer.ctx, { ...asked, ...wrong })).rejects.toMatchObject({
        code: 'REQUEST_INVALID',
      });
    }
    await expect(rpc('getLatest')(world.buyer.ctx, { instrumentIds: [] })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
  });

  it('watches prices: what is, then each change, and of those they may not see nothing', async () => {
    const source = await world.source();
    const instrumentId = seeded.technicalChina;
    await world.record(source, [figure(instrumentId, '2026-11-20', 70_000)]);
    const watch = rpc('watchPrices')(world.buyer.ctx, {
      instrumentIds: [instrumentId],
    }) as AsyncIterable<WatchPricesResponse>;
    const prices = watch[Symbol.asyncIterator]();
    const next = async () => (await prices.next()).value?.figure?.midMicros;
    expect(await next()).toBe(70_000_000_000n);
    const waiting = next();
    announce(world, (await world.record(source, [figure(instrumentId, '2026-11-21', 71_000)])).changed);
    expect(await waiting).toBe(71_000_000_000n);
    await world.admin`update source set display = false where source_id = ${source.sourceId}`;
    const later = next();
    announce(world, (await world.record(source, [figure(instrumentId, '2026-11-22', 99_000)])).changed);
    await world.admin`update source set display = true where source_id = ${source.sourceId}`;
    announce(world, (await world.record(source, [figure(instrumentId, '2026-11-23', 73_000)])).changed);
    expect(await later).toBe(73_000_000_000n);
    await prices.return?.();
  });
});

it('the gateway reads how prices stand, as everybody may see them', async () => {
  const [open, closed] = [await world.source(), await world.source({ display: false })];
  const instrumentId = seeded.spodumeneChina;
  await world.record(open, [figure(instrumentId, '2026-11-20', 800)]);
  await world.record(closed, [figure(instrumentId, '2026-11-20', 900)]);
  const gateway = world.as({ kind: 'service', id: 'gateway', roles: [] });
  expect(await rpc('getLivePrice')(gateway, { instrumentId })).toMatchObject({
    ...{ sequence: 2n, figures: [{ sourceId: open.sourceId, mid: '800' }] },
  });
});

describe('a change in one replica', () => {
  it('is heard in the others, which forget what they remembered, and in no other way than it may be', async () => {
    const { url } = await createTestNats();
    const buses = await Promise.all(['one', 'two', 'gateway'].map((name) => connectBus(url, name)));
    const [here, there] = [createTicker(), createTicker()];
    const [one, two, gateway] = buses;
    if (!one || !two || !gateway) throw new Error('no bus');
    const opened = [here.open(one), there.open(two)];
    const seen = gateway.subscribe(priceSubject('*'), { max: 1 });
    await Promise.all(buses.map((bus) => bus.flush()));

    const source = await world.source();
    const instrumentId = seeded.carbonateChina;
    let loads = 0;
    const read = () =>
      there.cache.read('user', [instrumentId], async (ids) => {
        loads += 1;
        return ids.map((id) => ({ instrument: { instrumentId: id }, figures: [] }) as never);
      });
    await read();
    await read();
    expect(loads).toBe(1);
    const rung = new Promise<void>((resolve) => there.onChange([instrumentId], resolve));
    const { changed } = await world.record(source, [figure(instrumentId, '2026-11-20', 80_000)]);
    announce({ clients: { ticker: here } }, changed);
    await rung;
    await read();
    expect(loads).toBe(2);
    for await (const message of seen) {
      expect(message.json()).toEqual({
        ...{ instrumentId, sequence: '1' },
        figure: {
          ...{ sourceId: source.sourceId, low: '80000', mid: '80000', high: '80000', kind: 'assessment', edition: '1' },
          ...{ validAt: '2026-11-20T00:00:00.000Z', recordedAt: expect.any(String) },
        },
      });
    }
    await Promise.all(opened.map((each) => each.stop()));
    await Promise.all(buses.map((bus) => bus.close()));
  });
});
