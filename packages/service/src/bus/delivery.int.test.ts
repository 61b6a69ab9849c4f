import { newId, systemClock } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { createTestDatabase } from '@clearlot/testkit';
import { expect, it } from 'vitest';
import { openDatabase } from '../db/database.ts';
import { createLogger } from '../telemetry/log.ts';
import { handleDelivery } from './delivery.ts';
import { reaction } from './reaction.ts';

it('prepare knows when the event happened, so that what it makes is the same on every delivery', async () => {
  const database = await createTestDatabase('toolkit');
  const sql = openDatabase(database.appUrl);
  const handled: Date[] = [];
  const onSessionRevoked = reaction<{ sessionId: string; userId: string }, undefined, Date>({
    name: 'on-session-revoked',
    type: events.sessionRevoked,
    prepare: async (_context, _event, { occurredAt }) => occurredAt,
    handle: async (_tx, _event, prepared) => void handled.push(prepared),
  });
  const log = createLogger('toolkit', 'silent');
  const parts = { service: 'toolkit', sql, clients: undefined, clock: systemClock, log, kick() {} };
  const occurredAt = new Date('2026-11-21T14:05:09.123Z');
  const outcome = await handleDelivery(
    parts,
    'toolkit__identity_session',
    new Map([[onSessionRevoked.type.subject, onSessionRevoked]]),
    {
      messageId: newId(),
      subject: events.sessionRevoked.subject,
      aggregateId: newId(),
      version: 1n,
      occurredAt,
      payload: events.sessionRevoked.codec.encode({ sessionId: newId(), userId: newId() }).finish(),
      traceparent: undefined,
    },
  );
  expect(outcome).toBe('handled');
  expect(handled).toEqual([occurredAt]);
  await sql.end();
  await database.drop();
});
