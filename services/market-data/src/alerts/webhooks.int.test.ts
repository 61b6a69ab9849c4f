import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../world.fixture.ts';
import { deliverWebhooks } from './deliver-webhooks.ts';
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

describe('a webhook', () => {
  const hooked = async () => {
    const [instrumentId, source] = [await instrument(), await world.source()];
    const channels = { channels: ['webhook'], webhookUrl: hook.url };
    const alert = await watched({ kind: 'threshold', instrumentId, limit: '1', ...channels });
    await publish(instrumentId, 2, source);
    const mine = () => hook.received.filter(({ body }) => JSON.parse(body).alertId === alert.alertId);
    return { ...alert, mine };
  };

  it('is signed under the alert’s own secret, with the time', async () => {
    const { owner, alertId, mine, firings } = await hooked();
    await deliverWebhooks(world.system);
    const { secret } = (await owner.get(`/api/alerts/${alertId}/webhook-secret`)).body;
    const [delivery] = mine();
    const [, seconds = '', signature] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(delivery?.headers['clearlot-signature'])) ?? [];
    expect(createHmac('sha256', secret).update(`${seconds}.${delivery?.body}`).digest('hex')).toBe(signature);
    expect(Number(seconds)).toBe(Math.floor(world.clock.now().getTime() / 1000));
    expect((await firings())[0].webhook).toEqual({ state: 'delivered', attempts: 1, lastError: null });
  });

  it('that fails is sent again later under the same id, ever later, and given up in the end', async () => {
    const { mine, firings } = await hooked();
    hook.answers(503);
    await deliverWebhooks(world.system);
    await deliverWebhooks(world.system);
    expect(mine()).toHaveLength(1);
    expect((await firings())[0].webhook).toEqual({ state: 'planned', attempts: 1, lastError: 'HTTP_503' });
    world.clock.advance(5_000);
    await deliverWebhooks(world.system);
    world.clock.advance(5_000);
    await deliverWebhooks(world.system);
    expect(mine()).toHaveLength(2);
    for (let attempt = 2; attempt < 24; attempt += 1) {
      world.clock.advance(60 * MINUTE_MS);
      await deliverWebhooks(world.system);
    }
    world.clock.advance(60 * MINUTE_MS);
    await deliverWebhooks(world.system);
    expect(mine()).toHaveLength(24);
    expect(new Set(mine().map(({ headers }) => headers['clearlot-delivery'])).size).toBe(1);
    expect((await firings())[0].webhook).toMatchObject({ state: 'failed', attempts: 24 });
    hook.answers(204);
  });

  it('is not followed where it is redirected to', async () => {
    const { mine, firings } = await hooked();
    hook.answers(302, { location: hook.url });
    await deliverWebhooks(world.system);
    expect(mine()).toHaveLength(1);
    expect((await firings())[0].webhook).toMatchObject({ state: 'planned', lastError: 'HTTP_302' });
    hook.answers(204);
  });

  it('whose sender died after sending is sent again, so that its receiver can tell by the id', async () => {
    const { mine, firings } = await hooked();
    const { webhooks } = world.clients;
    const dying = {
      ...world.system,
      clients: {
        ...world.clients,
        webhooks: {
          ...webhooks,
          async send(...args: Parameters<typeof webhooks.send>) {
            await webhooks.send(...args);
            return new Promise<void>(() => {});
          },
        },
      },
    };
    void deliverWebhooks(dying);
    await expect.poll(() => mine().length).toBe(1);
    await deliverWebhooks(world.system);
    expect(mine()).toHaveLength(1);
    world.clock.advance(15_000);
    await deliverWebhooks(world.system);
    expect(mine().map(({ headers }) => headers['clearlot-delivery'])).toEqual(
      Array(2).fill((await firings())[0].firingId),
    );
    expect((await firings())[0].webhook).toMatchObject({ state: 'delivered', attempts: 2 });
  });
});
