import { newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { handleDelivery, openDatabase, type Sql } from '@clearlot/service';
import { type Mailbox, startMailbox } from '@clearlot/stack';
import { createTestDatabase, fakeClock, type TestDatabase } from '@clearlot/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createWorld, system, type World } from '../testing/world.ts';
import { createMailer, type Mailer } from './mailer.ts';
import { onNotificationRequested } from './on-notification-requested.ts';
import { sendDueMail } from './send-due-mail.ts';

const clock = fakeClock('2026-11-22T10:00:00Z');
let database: TestDatabase;
let world: World;
let admin: Sql;
let mailbox: Mailbox;

beforeAll(async () => {
  database = await createTestDatabase('identity');
  [world, mailbox] = await Promise.all([createWorld(database.appUrl, clock), startMailbox()]);
  admin = openDatabase(database.adminUrl, { max: 2 });
});
beforeEach(async () => {
  world.sent.length = 0;
  world.failWith.error = undefined;
});
afterAll(async () => {
  await admin.end();
  await Promise.all([world.close(), mailbox.stop()]);
  await database.drop();
});

const reactions = () =>
  new Map(onNotificationRequested(world.parts.clients.vault).map((each) => [each.type.subject, each]));

/** Delivers a notification as the bus would; the same id twice is the same message again. */
function deliver(
  userId: string,
  template: string,
  data: Record<string, string>,
  notificationId = newId(),
  messageId = newId(),
) {
  const { subject, codec } = events.notification.deals;
  return handleDelivery(world.parts, 'identity__deals_notification', reactions(), {
    messageId,
    subject,
    aggregateId: `deals.notification:${notificationId}`,
    version: 1n,
    occurredAt: clock.now(),
    payload: codec.encode({ notificationId, userId, template, data }).finish(),
    traceparent: undefined,
  });
}
const send = (parts = world.parts) => sendDueMail({ ...world.as(system), clients: parts.clients });
const deal = { dealName: 'Acme 2026', dealId: 'd-1', amount: 'USD 35,000.00' };
const state = async (id: string) =>
  (await admin`select state, attempts, data is null as forgotten from mail where notification_id = ${id}`)[0];

test('a notification of any area becomes one mail, whoever repeats it', async () => {
  expect([...reactions().keys()].sort()).toEqual(
    ['deals', 'documents', 'identity', 'market', 'marketplace', 'payments'].map(
      (area) => `${area}.notification.requested.v1`,
    ),
  );
  const { id, email } = await world.person('buyer');
  const [notification, message] = [newId(), newId()];
  expect(await deliver(id, 'allocation_confirmed', deal, notification, message)).toBe('handled');
  expect(await deliver(id, 'allocation_confirmed', deal, notification, message)).toBe('duplicate');
  expect(await deliver(id, 'allocation_confirmed', deal, notification)).toBe('handled');
  await Promise.all([send(), send(), send()]);
  await send();
  expect(world.sent).toMatchObject([{ messageId: `<${notification}@clearlot.example>`, to: { address: email } }]);
  expect(await state(notification)).toEqual({ state: 'sent', attempts: 1, forgotten: true });
});

test('a mail goes over SMTP in text and HTML, and a second copy of it is not kept', async () => {
  const { id, email } = await world.person('seller');
  const notification = newId();
  await deliver(id, 'deal_complete', deal, notification);
  const mailer = createMailer(mailbox.smtpUrl, 'Clearlot <no-reply@clearlot.example>');
  let answerLost = true;
  const lossy: Mailer = {
    async send(mail) {
      await mailer.send(mail);
      if (answerLost) throw Object.assign(new Error('the answer to DATA was lost'), { code: 'ETIMEDOUT' });
    },
  };
  const parts = { ...world.parts, clients: { ...world.parts.clients, mailer: lossy } };
  await send(parts);
  const [received] = mailbox.messages(email);
  expect(received).toMatchObject({
    messageId: `<${notification}@clearlot.example>`,
    from: 'no-reply@clearlot.example',
    subject: 'Acme 2026 is complete',
  });
  expect(received?.text).toContain('USD 35,000.00');
  expect(received?.html).toContain('<a href="https://clearlot.example/deals/d-1"');
  answerLost = false;
  clock.advance(1_000);
  await send(parts);
  expect(mailbox.messages(email)).toHaveLength(1);
  expect(mailbox.suppressed()).toEqual([{ messageId: `<${notification}@clearlot.example>`, to: email }]);
  expect(await state(notification)).toMatchObject({ state: 'sent' });
});

test('a mail whose sender died is sent again after its lease, under the same Message-ID', async () => {
  const { id } = await world.person('seller');
  const notification = newId();
  await deliver(id, 'deal_complete', deal, notification);
  const lease = new Date(clock.now().getTime() + 60_000);
  await admin`update mail set state = 'sending', lease_until = ${lease} where notification_id = ${notification}`;
  await send();
  expect(world.sent).toEqual([]);
  clock.advance(60_000);
  await send();
  expect(world.sent.map(({ messageId }) => messageId)).toEqual([`<${notification}@clearlot.example>`]);
});

test('a refused mail is tried again later and later, and then goes out once', async () => {
  const { id } = await world.person('seller');
  const notification = newId();
  await deliver(id, 'deal_complete', deal, notification);
  world.failWith.error = Object.assign(new Error('550 <somebody@example.com> unknown'), { code: 'EENVELOPE' });
  await send();
  await send();
  expect(await state(notification)).toMatchObject({ state: 'planned', attempts: 1 });
  clock.advance(1_000);
  await send();
  expect(await state(notification)).toMatchObject({ state: 'planned', attempts: 2 });
  const [row] = await admin`select last_error from mail where notification_id = ${notification}`;
  expect(row).toEqual({ last_error: 'EENVELOPE' });
  world.failWith.error = undefined;
  clock.advance(2_000);
  await send();
  expect(world.sent).toHaveLength(1);
  expect(await state(notification)).toMatchObject({ state: 'sent' });
});

test('one mail that cannot be sent does not hold up the others', async () => {
  const [one, two] = await Promise.all([world.person('seller'), world.person('seller')]);
  await Promise.all([deliver(one.id, 'deal_complete', deal), deliver(two.id, 'deal_complete', deal)]);
  const { vault } = world.parts.clients;
  await admin`update mail set data = ${vault.seal('{}', 'mail.data:elsewhere')} where user_id = ${one.id}`;
  await send();
  expect(world.sent.map(({ to }) => to.address)).toEqual([two.email]);
});

test('more mails than one batch all go out', async () => {
  const { id } = await world.person('seller');
  await Promise.all(Array.from({ length: 45 }, () => deliver(id, 'deal_complete', deal)));
  await send();
  expect(new Set(world.sent.map(({ messageId }) => messageId)).size).toBe(45);
});

test('what no template can write fails at the door and is not planned', async () => {
  const { id } = await world.person('seller');
  await expect(deliver(id, 'no_such_template', deal)).rejects.toMatchObject({ code: 'IDENTITY_MAIL_TEMPLATE_UNKNOWN' });
  await expect(deliver(id, 'allocation_confirmed', {})).rejects.toMatchObject({ code: 'IDENTITY_MAIL_DATA_MISSING' });
  await expect(deliver(newId(), 'deal_complete', deal)).rejects.toThrow();
  await send();
  expect(world.sent).toEqual([]);
});
