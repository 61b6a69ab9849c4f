import { events } from '@clearlot/proto/events';
import { DeliverPolicy, type NatsConnection } from 'nats';
import { ensureStream, streamOf } from '../bus/connection.ts';

const TOKEN_LIFE_MS = 5 * 60_000;

/** Sessions that ended while their access tokens are still unexpired. */
export interface RevokedSessions {
  has(sessionId: string): boolean;
  stop(): Promise<void>;
}

/**
 * Every replica hears of every revocation, from an ordered consumer that starts one token life ago; it is rebuilt by
 * the client after a lost connection.
 */
export async function watchRevokedSessions(nats: NatsConnection): Promise<RevokedSessions> {
  const { subject, codec } = events.sessionRevoked;
  const revoked = new Map<string, number>();
  await ensureStream(await nats.jetstreamManager(), 'identity');
  const consumer = await nats.jetstream().consumers.get(streamOf('identity'), {
    filterSubjects: subject,
    deliver_policy: DeliverPolicy.StartTime,
    opt_start_time: new Date(Date.now() - TOKEN_LIFE_MS).toISOString(),
  });
  const messages = await consumer.consume({
    callback: (message) => {
      revoked.set(codec.decode(message.data).sessionId, Date.now() + TOKEN_LIFE_MS);
    },
  });
  const sweep = setInterval(() => {
    for (const [id, until] of revoked) if (until < Date.now()) revoked.delete(id);
  }, 60_000);
  sweep.unref();
  return {
    has: (sessionId) => revoked.has(sessionId),
    async stop() {
      clearInterval(sweep);
      await messages.close();
    },
  };
}
