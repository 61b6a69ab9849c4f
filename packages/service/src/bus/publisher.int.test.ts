import { createTestNats } from '@clearlot/testkit';
import { headers, type NatsConnection } from 'nats';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectBus, ensureStream } from './connection.ts';
import { createPublisher, type Publisher } from './publisher.ts';

let nats: NatsConnection;
let publisher: Publisher;
beforeAll(async () => {
  nats = await connectBus((await createTestNats()).url, 'test');
  await ensureStream(await nats.jetstreamManager(), 'deals');
  publisher = createPublisher(nats);
});
afterAll(async () => {
  publisher.close();
  await nats.close();
});

const stored = async () => (await (await nats.jetstreamManager()).streams.info('DEALS')).state.messages;

function named(id: string) {
  const head = headers();
  head.append('Nats-Msg-Id', id);
  return head;
}

it('resolves when the message is stored, and again for the same message without storing it twice', async () => {
  await publisher.publish('deals.deal.opened.v1', Buffer.from('x'), named('one'));
  expect(await stored()).toBe(1);
  await publisher.publish('deals.deal.opened.v1', Buffer.from('x'), named('one'));
  expect(await stored()).toBe(1);
});

it('fails for a message that no stream takes', async () => {
  await expect(publisher.publish('nobody.listens.here', Buffer.from('x'), named('two'))).rejects.toThrow(/not stored/);
});

it('fails for a message that the stream refuses', async () => {
  const head = named('three');
  head.append('Nats-Expected-Last-Sequence', '99');
  await expect(publisher.publish('deals.deal.opened.v1', Buffer.from('x'), head)).rejects.toThrow(/not stored/);
});
