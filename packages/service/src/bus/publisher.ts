import { createInbox, type MsgHdrs, type NatsConnection } from 'nats';

/** Publishes to JetStream. */
export interface Publisher {
  /** Resolves when the server has stored the message (or had it before); fails when it says no or nothing in time. */
  publish(subject: string, payload: Uint8Array, headers: MsgHdrs): Promise<void>;
  close(): void;
}

const PATIENCE_MS = 5_000;

interface Waiting {
  resolve(): void;
  reject(error: Error): void;
  until: number;
}

/**
 * One subscription takes the acknowledgements of all messages. The client's own `jetstream().publish` builds two errors
 * and a timer for each message, in case it fails; those were a third of what the relay cost.
 */
export function createPublisher(nats: NatsConnection): Publisher {
  const inbox = createInbox();
  const waiting = new Map<string, Waiting>();
  let count = 0;

  const subscription = nats.subscribe(`${inbox}.*`, {
    callback(_error, message) {
      const asked = waiting.get(message.subject);
      if (!asked) return;
      waiting.delete(message.subject);
      const refusal = message.headers?.hasError
        ? message.headers.status
        : message.json<{ error?: { description: string } }>().error?.description;
      if (refusal === undefined) asked.resolve();
      else asked.reject(new Error(`the message was not stored: ${refusal}`));
    },
  });
  const overdue = setInterval(() => {
    for (const [reply, asked] of waiting) {
      if (asked.until > Date.now()) continue;
      waiting.delete(reply);
      asked.reject(new Error('the message was not acknowledged in time'));
    }
  }, 500);
  overdue.unref();

  return {
    publish(subject, payload, headers) {
      const reply = `${inbox}.${count++}`;
      return new Promise((resolve, reject) => {
        waiting.set(reply, { resolve, reject, until: Date.now() + PATIENCE_MS });
        nats.publish(subject, payload, { headers, reply });
      });
    },
    close() {
      clearInterval(overdue);
      subscription.unsubscribe();
    },
  };
}
