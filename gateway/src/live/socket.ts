import type { Writable } from 'node:stream';
import { newId } from '@clearlot/kernel';
import { type Logger, serviceErrors, toProblem, withTrace } from '@clearlot/service';
import type { WebSocket } from 'ws';
import { liveErrors } from './errors.ts';
import type { Hub } from './hub.ts';
import { type ClientMessage, clientMessage } from './messages.ts';
import type { Watcher } from './topic.ts';
import { isForMembers } from './topics.ts';
import { jsonOnce, wireFrame } from './wire-frame.ts';

const topicsMax = 100;
const bidsMax = 50;
/** Messages a second; who sends more for long is not a person with a mouse. */
const rateMax = 200;
/** Messages that wait for one before them to be answered. */
const unreadMax = 5 * rateMax;
/** What may wait for a reader; more, and it is not reading. */
const waitingBytesMax = 1_024 * 1_024;
const pingMs = 15_000;
const terminateMs = 2_000;

const closeCodes = { tooSlow: 4008, tooMany: 4009, restarting: 1001 } as const;
const closeReasons = {
  tooSlow: 'too slow: reconnect and resume',
  tooMany: 'too many messages',
  restarting: 'restarting: reconnect and resume',
} as const;

/** Why we ended a socket; a silent one did not answer our pings. */
type DropReason = keyof typeof closeCodes | 'silent';

/** Who is on a socket: their token now, and who they are by it. */
export interface Caller {
  userId: string | null;
  /** A token that is valid now; undefined for nobody. */
  token(): Promise<string | undefined>;
}

export interface SocketOptions {
  socket: WebSocket;
  /** What the socket writes to; frames that go to many are written to it as they are. */
  stream: Writable;
  hub: Hub;
  log: Logger;
  caller: Promise<Caller>;
  /** Who a token belongs to. Errors: NOT_AUTHENTICATED. */
  verify(token: string): Promise<string>;
  /** Hands a bid to the service as the HTTP door does. */
  forward(path: string, body: object, token: string): Promise<{ status: number; body: unknown }>;
  /** Told why a socket was dropped. */
  dropped(reason: DropReason): void;
}

/** One client's socket: reads what it says one after the other, but does not wait for bids. */
export class LiveSocket implements Watcher {
  readonly #options: SocketOptions;
  readonly #socketId = newId();
  readonly #topics = new Set<string>();
  #caller: Caller = { userId: null, token: async () => undefined };
  #bids = 0;
  #said = 0;
  #unread = 0;
  #alive = true;
  #dropped = false;
  /** Frames that came before the answer that they follow. */
  #held: Buffer[] | undefined;
  #heldBytes = 0;
  /** Of the answer to a subscription that is on its way: large, and nobody is slow for that. */
  #beginningBytes = 0;
  #begun: Promise<void> = Promise.resolve();
  readonly #beat: NodeJS.Timeout;
  readonly #rate: NodeJS.Timeout;
  #queue: Promise<void>;

  constructor(options: SocketOptions) {
    this.#options = options;
    const { socket } = options;
    // Attached at once: what comes in while we look who it is would be lost.
    socket.on('message', (data) => this.#read(String(data)));
    socket.on('pong', () => {
      this.#alive = true;
    });
    socket.on('close', () => this.#closed());
    this.#beat = setInterval(() => this.#ping(), pingMs);
    this.#rate = setInterval(() => {
      this.#said = 0;
    }, 1_000);
    this.#queue = options.caller.then(
      (caller) => {
        this.#become(caller);
        this.#say({ type: 'welcome', serverTime: now(), userId: caller.userId, socketId: this.#socketId });
      },
      (error) => {
        this.#say({ type: 'error', ...this.#problemOf(error) });
        socket.close(1008, 'refused');
      },
    );
  }

  send(frame: Buffer): void {
    if (!this.#held) {
      this.#write(frame);
      return;
    }
    this.#heldBytes += frame.length;
    if (this.#heldBytes > waitingBytesMax) this.#drop('tooSlow');
    else this.#held.push(frame);
  }

  outbid(topic: string, sequence: number): void {
    if (this.#topics.has(topic)) this.#say({ type: 'outbid', topic, sequence, serverTime: now() });
  }

  /** The gateway goes away; another one takes the client up where it was. */
  restart(): void {
    this.#drop('restarting');
  }

  #become(caller: Caller): void {
    this.#options.hub.identify(this, this.#caller.userId, caller.userId);
    this.#caller = caller;
  }

  #read(text: string): void {
    if (this.#dropped) return;
    this.#said += 1;
    this.#unread += 1;
    if (this.#said > rateMax || this.#unread > unreadMax) this.#drop('tooMany');
    // Each is a request of its own, though they all came in by one.
    else this.#queue = this.#queue.then(() => withTrace(undefined, () => this.#take(text)));
  }

  async #take(text: string): Promise<void> {
    let id: unknown;
    try {
      const sent: unknown = parse(text);
      id = (sent as { id?: unknown } | null)?.id;
      const read = clientMessage.safeParse(sent);
      if (!read.success) {
        const errors = read.error.issues.map(({ path, message }) => ({ pointer: `/${path.join('/')}`, message }));
        const code = errors[0]?.pointer === '/topic' ? 'GATEWAY_LIVE_TOPIC_INVALID' : 'GATEWAY_LIVE_MESSAGE_INVALID';
        throw liveErrors.error(code, errors[0]?.message, errors);
      }
      await this.#handle(read.data);
    } catch (error) {
      this.#say({ type: 'error', id, ...this.#problemOf(error) });
    } finally {
      this.#unread -= 1;
    }
  }

  async #handle(message: ClientMessage): Promise<void> {
    const { type, id } = message;
    switch (type) {
      case 'ping':
        return this.#say({ type: 'pong', id, clientTime: message.clientTime, serverTime: now() });
      case 'authenticate': {
        const userId = await this.#options.verify(message.token);
        this.#become({ userId, token: async () => message.token });
        return this.#say({ type: 'authenticated', id, userId });
      }
      case 'subscribe':
        return this.#subscribe(message);
      case 'unsubscribe':
        this.#options.hub.leave(message.topic, this);
        this.#topics.delete(message.topic);
        return this.#say({ type: 'unsubscribed', id, topic: message.topic });
      case 'bid':
        return this.#bid(id, `/api/auctions/${message.auctionId}/bids`, message.body);
      case 'retract':
        return this.#bid(id, `/api/auctions/${message.auctionId}/retractions`, message.body);
    }
  }

  async #subscribe({ id, topic, after }: Extract<ClientMessage, { type: 'subscribe' }>): Promise<void> {
    const { hub, socket } = this.#options;
    if (this.#topics.delete(topic)) hub.leave(topic, this);
    if (isForMembers(topic) && !this.#caller.userId) throw serviceErrors.error('NOT_AUTHENTICATED');
    if (this.#topics.size >= topicsMax) throw liveErrors.error('GATEWAY_LIVE_TOPICS_EXHAUSTED');
    await this.#begun;
    this.#held = [];
    this.#heldBytes = 0;
    try {
      const { state, updates } = await hub.watch(topic, this, after);
      this.#topics.add(topic);
      const resumed = updates !== null;
      const watchers = hub.watchers(topic);
      const head = JSON.stringify({ type: 'subscribed', id, topic, resumed, watchers, serverTime: now() });
      const missed = updates && `[${updates.map(jsonOnce).join(',')}]`;
      this.#sayBeginning(`${head.slice(0, -1)},"state":${jsonOnce(state)},"updates":${missed}}`);
    } finally {
      const held = this.#held;
      this.#held = undefined;
      for (const frame of held) this.#write(frame);
    }
    if (socket.readyState !== socket.OPEN) this.#closed();
  }

  async #bid(id: ClientMessage['id'], path: string, body: object): Promise<void> {
    if (this.#bids >= bidsMax) throw liveErrors.error('GATEWAY_LIVE_BIDS_EXHAUSTED');
    const token = await this.#caller.token();
    if (!token) throw serviceErrors.error('NOT_AUTHENTICATED');
    this.#bids += 1;
    // Not awaited: the next message need not wait for the auction.
    void this.#options
      .forward(path, body, token)
      .then((answer) => this.#say({ type: 'answer', id, ...answer }))
      .catch((error) => {
        const problem = toProblem(error);
        this.#say({ type: 'answer', id, status: problem.status, body: problem });
      })
      .finally(() => {
        this.#bids -= 1;
      });
  }

  #say(message: object): void {
    this.#write(wireFrame(JSON.stringify(message)));
  }

  /** What a subscription begins with may be larger than what may wait: room is made for one at a time. */
  #sayBeginning(message: string): void {
    const frame = wireFrame(message);
    this.#beginningBytes = frame.length;
    this.#begun = new Promise((resolve) => {
      const isWritten = this.#write(frame, () => {
        this.#beginningBytes = 0;
        resolve();
      });
      if (!isWritten) resolve();
    });
  }

  #write(frame: Buffer, written?: () => void): boolean {
    const { socket, stream } = this.#options;
    if (socket.readyState !== socket.OPEN) return false;
    const isSlow = stream.writableLength > waitingBytesMax + this.#beginningBytes;
    if (isSlow) this.#drop('tooSlow');
    else stream.write(frame, written);
    return !isSlow;
  }

  #ping(): void {
    const { socket } = this.#options;
    if (this.#alive) socket.ping();
    else this.#drop('silent');
    this.#alive = false;
  }

  #drop(reason: DropReason): void {
    const { socket, dropped } = this.#options;
    if (reason === 'silent') socket.terminate();
    if (this.#dropped) return;
    this.#dropped = true;
    dropped(reason);
    if (reason === 'silent') return;
    socket.close(closeCodes[reason], closeReasons[reason]);
    setTimeout(() => socket.terminate(), terminateMs).unref();
  }

  #problemOf(error: unknown): { status: number; code: string; detail: string } {
    const { status, code, detail } = toProblem(error);
    if (status >= 500) this.#options.log.error({ err: error }, 'live: a message failed');
    return { status, code, detail };
  }

  #closed(): void {
    clearInterval(this.#beat);
    clearInterval(this.#rate);
    for (const topic of this.#topics) this.#options.hub.leave(topic, this);
    this.#topics.clear();
    this.#options.hub.forget(this, this.#caller.userId);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw liveErrors.error('GATEWAY_LIVE_MESSAGE_INVALID', 'The message is not JSON.');
  }
}

function now(): string {
  return new Date().toISOString();
}
