import type { NatsConnection } from 'nats';

const subject = 'live.presence';
const gossipMs = 1_000;
/** A gateway that was not heard of for this long has no watchers. */
const forgottenMs = 3_000;

interface Gossip {
  gateway: string;
  counts: Record<string, number>;
}

/** How many watch a topic over all gateways: each tells the others once a second. */
export class Presence {
  readonly #nats: NatsConnection;
  readonly #gateway: string;
  readonly #own: () => Record<string, number>;
  readonly #others = new Map<string, { at: number; counts: Record<string, number> }>();
  readonly #timer: NodeJS.Timeout;

  /** `own` counts this gateway's; `changed` is called once a second, to tell watchers what is new. */
  constructor(nats: NatsConnection, gateway: string, own: () => Record<string, number>, changed: () => void) {
    this.#nats = nats;
    this.#gateway = gateway;
    this.#own = own;
    nats.subscribe(subject, {
      callback: (error, message) => {
        if (error) return;
        const { gateway: other, counts } = message.json<Gossip>();
        if (other !== gateway) this.#others.set(other, { at: performance.now(), counts });
      },
    });
    this.#timer = setInterval(() => {
      this.#say(own());
      changed();
    }, gossipMs);
  }

  watchers(topic: string): number {
    let sum = this.#own()[topic] ?? 0;
    for (const [gateway, { at, counts }] of this.#others) {
      if (performance.now() - at > forgottenMs) this.#others.delete(gateway);
      else sum += counts[topic] ?? 0;
    }
    return sum;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#say({});
  }

  #say(counts: Record<string, number>): void {
    if (!this.#nats.isClosed()) this.#nats.publish(subject, JSON.stringify({ gateway: this.#gateway, counts }));
  }
}
