import { newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordObservations } from '../observations/record-observations.ts';
import { createWorld, figure, seeded, type World } from '../world.fixture.ts';
import { deliverWebhooks } from './deliver-webhooks.ts';
import { evaluateAlerts } from './evaluate-alerts.ts';
import { watchStaleness } from './watch-staleness.ts';
import { watching } from './watching.fixture.ts';
import { receiver, type WebhookReceiver } from './webhook-receiver.fixture.ts';

let world: World;
let hook: WebhookReceiver;
let { instrument, publish, watched } = {} as ReturnType<typeof watching>;
beforeAll(async () => {
  world = await createWorld();
  hook = await receiver();
  ({ instrument, publish, watched } = watching(world));
});
afterAll(async () => {
  await Promise.all([world.close(), hook.close()]);
});

const MINUTE_MS = 60_000;

const mails = async (userId: string) =>
  (
    await world.admin<{ payload: Buffer }[]>`
    select payload from outbox where subject = ${events.notification['market-data'].subject}`
  )
    .map(({ payload }) => events.notification['market-data'].codec.decode(payload))
    .filter((each) => each.userId === userId);

describe('an alert', () => {
  it('tells its owner in app and by e-mail, once, with the figure, its source and its age', async () => {
    const [instrumentId, source] = [await instrument(), await world.source({ name: 'Fastmarkets' })];
    const alert = { kind: 'threshold', instrumentId, limit: '12.5', band: '0.2', channels: ['in_app', 'email'] };
    const { owner, firings, body } = await watched(alert);
    expect(body).toMatchObject({ direction: 'above', limit: '12.5', band: '0.2', phase: 'armed', cooldownMinutes: 0 });
    await publish(instrumentId, 12.5, source);
    expect(await firings()).toEqual([]);
    await publish(instrumentId, 12.6, source);
    await publish(instrumentId, 12.7, source);
    const [firing, ...more] = await firings();
    expect(more).toEqual([]);
    expect(firing).toMatchObject({
      ...{ alertName: 'Mine', kind: 'threshold', value: '12.6', limit: '12.5', per: 'USD/kg', readAt: null },
      figures: [{ mid: '12.6', per: 'USD/kg', source: 'Fastmarkets, 1' }],
      webhook: null,
    });
    expect(firing.text).toMatch(/^Carbonate \d+ is at 12\.6 USD\/kg, above 12\.5 USD\/kg\.$/);
    expect(await mails(owner.id)).toMatchObject([{ template: 'price_alert', data: { text: firing.text } }]);

    expect((await owner.post(`/api/alerts/firings/${firing.firingId}/read`)).body.readAt).not.toBeNull();
    expect((await owner.get('/api/alerts/firings?unread=true')).body.items).toEqual([]);
    // Back by the band it is armed again.
    await publish(instrumentId, 12.3, source);
    await publish(instrumentId, 12.51, source);
    expect(await firings()).toHaveLength(2);
  });

  it('is its owner’s alone', async () => {
    const instrumentId = await instrument();
    const { owner, alertId, firings } = await watched({ kind: 'threshold', instrumentId, limit: '1' });
    await publish(instrumentId, 2, await world.source());
    const [{ firingId }] = await firings();
    for (const other of [world.person('buyer'), world.operator]) {
      expect((await other.get(`/api/alerts/${alertId}`)).body.code).toBe('MARKET_ALERT_NOT_FOUND');
      expect((await other.get(`/api/alerts/${alertId}/webhook-secret`)).body.code).toBe('MARKET_ALERT_NOT_FOUND');
      expect((await other.delete(`/api/alerts/${alertId}`)).body.code).toBe('MARKET_ALERT_NOT_FOUND');
      const read = await other.post(`/api/alerts/firings/${firingId}/read`);
      expect(read.body.code).toBe('MARKET_ALERT_FIRING_NOT_FOUND');
      expect((await other.get('/api/alerts/firings')).body.items).toEqual([]);
      expect((await other.get('/api/alerts')).body.items).toEqual([]);
    }
    expect((await owner.delete(`/api/alerts/${alertId}`)).status).toBe(200);
    expect((await owner.get('/api/alerts')).body.items).toEqual([]);
    expect(await firings()).toHaveLength(1);
  });

  it('whose rule is stated anew is armed under it', async () => {
    const [instrumentId, source] = [await instrument(), await world.source()];
    const { owner, alertId, firings } = await watched({ kind: 'threshold', instrumentId, limit: '10' });
    await publish(instrumentId, 11, source);
    const change = { name: 'Lower', direction: 'below', limit: '9', cooldownMinutes: 0 };
    expect((await owner.put(`/api/alerts/${alertId}`, change)).body).toMatchObject({ phase: 'armed', limit: '9' });
    await publish(instrumentId, 8.5, source);
    expect((await firings()).map((each: { alertName: string }) => each.alertName)).toEqual(['Lower', 'Mine']);
    expect((await owner.put(`/api/alerts/${alertId}`, { ...change, enabled: false })).status).toBe(200);
    await publish(instrumentId, 5, source);
    expect(await firings()).toHaveLength(2);
  });

  it('never tells a figure that may not be shown', async () => {
    const [instrumentId, hidden] = [await instrument(), await world.source({ display: false })];
    const { firings } = await watched({ kind: 'threshold', instrumentId, limit: '1' });
    await publish(instrumentId, 5, hidden);
    expect(await firings()).toEqual([]);
  });
});

describe('exactly once', () => {
  it('however often the same figures are looked at', async () => {
    const [instrumentId, source] = [await instrument(), await world.source()];
    const { firings } = await watched({
      kind: 'threshold',
      instrumentId,
      limit: '1',
      channels: ['in_app', 'webhook'],
      webhookUrl: hook.url,
    });
    const changed = await publish(instrumentId, 2, source);
    const again = () => world.system.transaction('Again', (tx) => evaluateAlerts(tx, changed));
    await Promise.all([again(), again(), again(), again()]);
    await publish(instrumentId, 3, source);
    await Promise.all([again(), again()]);
    expect(await firings()).toHaveLength(1);
    await Promise.all([deliverWebhooks(world.system), deliverWebhooks(world.system)]);
    expect(hook.received.filter(({ body }) => JSON.parse(body).figures[0].mid === '2')).toHaveLength(1);
  });

  it('when the process dies before the commit, and somebody records the same again', async () => {
    const [instrumentId, source] = [await instrument(), await world.source()];
    const { owner, firings } = await watched({ kind: 'threshold', instrumentId, limit: '1', channels: ['email'] });
    world.clock.advance(MINUTE_MS);
    const input = figure(instrumentId, new Date(world.clock.now()).toISOString(), 2);
    const record = (die: boolean) =>
      world.system.transaction('Publish', async (tx) => {
        const { changed } = await recordObservations(tx, source, [input]);
        await evaluateAlerts(tx, changed);
        if (die) {
          const [row] = await tx.sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
          await world.admin`select pg_terminate_backend(${row?.pid ?? 0})`;
        }
        return changed;
      });
    await expect(record(true)).rejects.toMatchObject({ code: expect.stringMatching(/COMMIT_UNKNOWN|UNAVAILABLE/) });
    expect([await firings(), await mails(owner.id)]).toEqual([[], []]);
    await record(false);
    await record(false);
    expect([(await firings()).length, (await mails(owner.id)).length]).toEqual([1, 1]);
  });

  it('when figures of two instruments of a spread come at the same moment', async () => {
    const [a, b] = [await instrument(), await instrument({ product: 'lithium_hydroxide_monohydrate' })];
    const [one, other] = [await world.source(), await world.source()];
    const rule = { kind: 'spread', instrumentId: a, otherInstrumentId: b, limit: '2' };
    const { firings } = await watched(rule);
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([publish(a, 13 + round, one), publish(b, 10, other)]);
    }
    const [firing, ...more] = await firings();
    expect([more, firing.value]).toEqual([[], expect.stringMatching(/^[3-7]$/)]);
    expect(firing.figures).toHaveLength(2);
  });
});

describe('a move', () => {
  it('counts from the price a window ago, either way', async () => {
    const [instrumentId, source] = [await instrument(), await world.source()];
    const rule = { kind: 'percent_move', instrumentId, direction: 'either', limit: '5', windowHours: 1 };
    const { firings } = await watched(rule);
    await publish(instrumentId, 100, source);
    world.clock.advance(60 * MINUTE_MS);
    await publish(instrumentId, 95, source);
    expect(await firings()).toEqual([]);
    world.clock.advance(60 * MINUTE_MS);
    await publish(instrumentId, 90, source);
    expect(await firings()).toMatchObject([{ value: '-5.26', limit: '5', per: '%' }]);
  });
});

describe('staleness', () => {
  it('is told once for each figure that nothing follows, by whichever replica looks first', async () => {
    const [instrumentId, source] = [await instrument(), await world.source()];
    const { firings } = await watched({ kind: 'staleness', instrumentId, limit: '90' });
    await publish(instrumentId, 10, source);
    const look = () => Promise.all([watchStaleness.run(world.system), watchStaleness.run(world.system)]);
    world.clock.advance(90 * MINUTE_MS);
    await look();
    expect(await firings()).toEqual([]);
    world.clock.advance(1);
    await look();
    await look();
    expect(await firings()).toMatchObject([{ kind: 'staleness', value: '90', per: 'min' }]);
    await publish(instrumentId, 10, source);
    world.clock.advance(91 * MINUTE_MS);
    await look();
    expect(await firings()).toHaveLength(2);
  });
});

describe('a rule', () => {
  it.each([
    ['either way for a price', { kind: 'threshold', direction: 'either' }, 'MARKET_ALERT_RULE_INVALID'],
    ['with a window for a price', { kind: 'threshold', windowHours: 1 }, 'MARKET_ALERT_RULE_INVALID'],
    ['without a window for a move', { kind: 'percent_move' }, 'MARKET_ALERT_RULE_INVALID'],
    [
      'with a band no move comes back from',
      { kind: 'percent_move', windowHours: 1, band: '5' },
      'MARKET_ALERT_RULE_INVALID',
    ],
    ['of a price below nothing', { kind: 'threshold', limit: '-1' }, 'MARKET_ALERT_RULE_INVALID'],
    ['by webhook to nowhere', { kind: 'threshold', channels: ['webhook'] }, 'MARKET_ALERT_WEBHOOK_REQUIRED'],
    [
      'of a spread to itself',
      { kind: 'spread', otherInstrumentId: seeded.carbonateCjk },
      'MARKET_ALERT_SAME_INSTRUMENT',
    ],
    ['of unlike measures', { kind: 'spread', otherInstrumentId: seeded.carbonateChina }, 'MARKET_BASES_DIFFER'],
    ['of no route', { kind: 'arbitrage', routeId: newId() }, 'REQUEST_INVALID'],
  ])('%s is refused', async (_what, fields, code) => {
    const body = { name: 'Mine', limit: '5', instrumentId: seeded.carbonateCjk, ...fields };
    expect((await world.buyer.post('/api/alerts', body)).body.code).toBe(code);
  });
});
