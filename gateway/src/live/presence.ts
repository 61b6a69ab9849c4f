import type { NatsConnection, Subscription } from 'nats';

const subject = 'live.presence';
/** A change is told at once, but many are told as one. */
const tickMs = 200;
const gossipMs = 1_000;
/** A gateway that was not heard of for this long has no watchers. */
const forgottenMs = 3_000;

interface Gossip {
  gateway: string;
  counts: Record<string, number>;
}

/** How many watch a topic over all gateways: each tells the others once a second, and when its own number changed. */
export class Presence {
  readonly #nats: NatsConnection;
  readonly #gateway: string;
  readonly #ownOf: (topic: string) => number;
  readonly #others = new Map<string, { at: number; counts: Record<string, number> }>();
  readonly #subscription: Subscription;
  readonly #timer: NodeJS.Timeout;
  #hasChanged = false;
  #saidAt = 0;

  /** `own` and `ownOf` count this gateway's; `tell` is called again and again, to tell watchers what is new. */
  constructor(
    nats: NatsConnection,
    gateway: string,
    own: () => Record<string, number>,
    ownOf: (topic: string) => number,
    tell: () => void,
  ) {
    this.#nats = nats;
    this.#gateway = gateway;
    this.#ownOf = ownOf;
    this.#subscription = nats.subscribe(subject, {
      callback: (error, message) => {
        if (error) return;
        const { gateway: other, counts } = message.json<Gossip>();
        if (other !== gateway) this.#others.set(other, { at: performance.now(), counts });
      },
    });
    this.#timer = setInterval(() => {
      if (this.#hasChanged || performance.now() - this.#saidAt >= gossipMs) this.#say(own());
      tell();
    }, tickMs);
  }

  /** Our own numbers are others than those we told. */
  changed(): void {
    this.#hasChanged = true;
  }

  watchers(topic: string): number {
    let sum = this.#ownOf(topic);
    for (const [gateway, { at, counts }] of this.#others) {
      if (performance.now() - at > forgottenMs) this.#others.delete(gateway);
      else sum += counts[topic] ?? 0;
    }
    return sum;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#say({});
    this.#subscription.unsubscribe();
  }

  #say(counts: Record<string, number>): void {
    this.#hasChanged = false;
    this.#saidAt = performance.now();
    if (!this.#nats.isClosed()) this.#nats.publish(subject, JSON.stringify({ gateway: this.#gateway, counts }));
  }
}
