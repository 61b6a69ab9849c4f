import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluateAlerts } from '../alerts/evaluate-alerts.ts';
import { createWorld, figure, seeded, type World } from '../world.fixture.ts';

const { carbonateCjk, carbonateChina } = seeded;
const stated = { date: '2026-11-20', source: 'Forwarder' };
const none = { amount: '0', currency: 'USD', unit: 't', ...stated };
const assumptions = {
  ...{ freight: none, insurance: none, duty: { rate: '0', ...stated } },
  finance: { annualRate: '0.06', days: 45, dayCount: 360, ...stated },
};
const forward = { low: '78847', mid: '80456', high: '82065', date: '2027-01-08', source: 'Forward curve' };
const pair = { originInstrumentId: carbonateCjk, destinationInstrumentId: carbonateChina, lagDays: 45, assumptions };

let world: World;
beforeAll(async () => {
  world = await createWorld();
  const source = await world.source({ name: 'SMM' });
  await world.record(source, [
    figure(carbonateCjk, '2026-10-10T08:00:00Z', 9.2, { lowMicros: 9_100_000n, highMicros: 9_300_000n }),
    figure(carbonateCjk, '2026-11-24T08:00:00Z', 9.2, { lowMicros: 9_100_000n, highMicros: 9_300_000n }),
    figure(carbonateChina, '2026-11-24T08:00:00Z', 80_456, { lowMicros: 78_847_000_000n, highMicros: 82_065_000_000n }),
  ]);
  for (const [base, quote, rate] of [['USD', 'CNY', '7.12']]) {
    const body = { base, quote, rate, validOn: '2026-11-23', source: 'PBOC' };
    await world.operator.post('/api/admin/market/fx-rates', body);
  }
});
afterAll(() => world.close());

describe('arbitrage', () => {
  it('of the past takes the first destination price after the arrival, and comes out exactly', async () => {
    const { status, body } = await world.buyer.post('/api/market/arbitrage', { ...pair, originOn: '2026-10-10' });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ currency: 'USD', unit: 'kg', arrival: '2026-11-24', flags: [] },
      mid: { margin: { decimal: '0.731' } },
      origin: { validAt: '2026-10-10T08:00:00.000Z', mid: '9.2' },
      destination: { validAt: '2026-11-24T08:00:00.000Z', mid: '80456' },
    });
    const bars = body.mid.steps.map((step: { name: string; running: { decimal: string } }) => [
      step.name,
      step.running.decimal,
    ]);
    expect(bars).toEqual([
      ...[
        ['destination', '11.3'],
        ['vat', '10'],
        ['freight', '10'],
        ['insurance', '10'],
        ['duty', '10'],
      ],
      ...[
        ['finance', '9.931'],
        ['origin', '0.731'],
      ],
    ]);
    expect(Number(body.low.margin.decimal)).toBeLessThan(0.731);
    expect(Number(body.high.margin.decimal)).toBeGreaterThan(0.731);
  });

  it('of now is refused on today’s price, flagged where allowed, and taken at a stated price on arrival', async () => {
    const ask = (fields: Record<string, unknown>) => world.buyer.post('/api/market/arbitrage', { ...pair, ...fields });
    expect((await ask({})).body).toMatchObject({ code: 'MARKET_LAG_UNCOVERED', params: { arrival: '2027-01-08' } });
    expect((await ask({ allowUncoveredLag: true })).body.flags).toContain('destination_price_before_arrival');
    const { body } = await ask({ forward });
    expect(body).toMatchObject({
      destination: null,
      flags: ['fx_rate_before_arrival'],
      mid: { margin: { decimal: '0.731' } },
    });
  });
});

describe('trade routes', () => {
  const route = { code: 'CJK-CN', name: 'Imports to China', ...pair, forward };

  it('are the operators’, and show what is left or why that cannot be said', async () => {
    expect((await world.buyer.post('/api/admin/market/trade-routes', route)).status).toBe(403);
    const { status, body } = await world.operator.post('/api/admin/market/trade-routes', route);
    expect(status).toBe(201);
    const again = await world.operator.post('/api/admin/market/trade-routes', route);
    expect(again.body.code).toBe('MARKET_ROUTE_CODE_TAKEN');
    const looped = { ...route, code: 'LOOP', destinationInstrumentId: carbonateCjk };
    const refused = await world.operator.post('/api/admin/market/trade-routes', looped);
    expect(refused.body.code).toBe('MARKET_ROUTE_SAME_INSTRUMENT');
    await world.operator.post('/api/admin/market/trade-routes', { ...route, code: 'SPOT', forward: null });

    const { items } = (await world.buyer.get('/api/market/arbitrage/opportunities')).body;
    expect(items).toMatchObject([
      {
        route: { code: 'CJK-CN' },
        profitable: true,
        arbitrage: { mid: { margin: { decimal: '0.731' } } },
        refused: null,
      },
      { route: { code: 'SPOT' }, profitable: null, arbitrage: null, refused: { code: 'MARKET_LAG_UNCOVERED' } },
    ]);
    const change = { name: 'Imports', lagDays: 45, assumptions, forward, enabled: false };
    expect((await world.operator.put(`/api/admin/market/trade-routes/${body.routeId}`, change)).body.enabled).toBe(
      false,
    );
    const left = (await world.buyer.get('/api/market/arbitrage/opportunities')).body.items;
    expect(left.map((each: { route: { code: string } }) => each.route.code)).toEqual(['SPOT']);
  });

  it('wake alerts on their margin, once', async () => {
    const { body } = await world.operator.post('/api/admin/market/trade-routes', { ...route, code: 'WATCHED' });
    const rule = { name: 'Margin', kind: 'arbitrage', routeId: body.routeId, limit: '1', cooldownMinutes: 0 };
    expect((await world.buyer.post('/api/alerts', rule)).status).toBe(201);
    const source = await world.source({ name: 'Fastmarkets' });
    for (const mid of [9, 8.9, 8.8]) {
      world.clock.advance(60_000);
      const { changed } = await world.record(source, [figure(carbonateCjk, world.clock.now().toISOString(), mid)]);
      await world.system.transaction('Evaluate', (tx) => evaluateAlerts(tx, changed));
    }
    const { items } = (await world.buyer.get('/api/alerts/firings')).body;
    // 10 − 8.9 × 1.0075
    expect(items).toMatchObject([{ kind: 'arbitrage', value: '1.03325', limit: '1', per: 'USD/kg' }]);
  });
});
