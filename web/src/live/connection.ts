import { Problem } from '../api/problem.ts';
import { ClockOffset } from './clock-offset.ts';
import { type ConnectionState, LiveTopic, nothingYet, type TopicView } from './live-topic.ts';
import { type ClientMessage, reconnectAfterMs, type ServerMessage } from './messages.ts';

const pingMs = 10_000;
/** Said nothing for so long, a socket is broken, whatever the browser believes. */
const silentMs = 25_000;
/** A bid without an answer is sent again for so long. */
const patienceMs = 30_000;
const askAgainMs = 400;
/** From one page to the next the socket stays. */
const idleMs = 300;

interface Asked {
  message: Extract<ClientMessage, { body: object }>;
  resolve(body: Record<string, unknown>): void;
  reject(problem: Problem): void;
  deadline: ReturnType<typeof setTimeout>;
}

/**
 * The page's one socket to the platform. It opens when somebody watches or bids, comes back by itself where it was, and closes
 * when nobody needs it any more.
 */
export class LiveConnection {
  readonly #open: () => WebSocket;
  readonly #random: () => number;
  readonly #topics = new Map<string, LiveTopic>();
  readonly #asked = new Map<number, Asked>();
  readonly #outbid = new Set<(topic: string, sequence: number) => void>();
  readonly #listeners = new Set<() => void>();
  readonly #pings = new Map<number, number>();
  #clock = new ClockOffset();
  #socket: WebSocket | undefined;
  #isWelcome = false;
  #wasWelcome = false;
  #tries = 0;
  #lastId = 0;
  #heardAt = 0;
  #beat: ReturnType<typeof setInterval> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(open: () => WebSocket, random: () => number = Math.random) {
    this.#open = open;
    this.#random = random;
  }

  get state(): ConnectionState {
    return this.#isWelcome ? 'live' : this.#wasWelcome ? 'resuming' : 'connecting';
  }

  /** The platform's clock less this device's; 0 until it is known. */
  get offsetMs(): number {
    return this.#clock.offsetMs ?? 0;
  }

  /** Told when the connection or the clock changes. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Told when somebody else took the lead in an auction. */
  onOutbid(listener: (topic: string, sequence: number) => void): () => void {
    this.#outbid.add(listener);
    return () => void this.#outbid.delete(listener);
  }

  view(name: string): TopicView {
    return this.#topics.get(name)?.view ?? nothingYet;
  }

  /** Watches a topic until the answer is called. */
  watch(name: string, listener: () => void): () => void {
    const topic = this.#topics.get(name) ?? new LiveTopic();
    this.#topics.set(name, topic);
    const leave = topic.listen(listener);
    if (this.#isWelcome) this.#subscribe(name, topic);
    else this.#connect();
    return () => {
      leave();
      setTimeout(() => this.#release(name, topic), 0);
    };
  }

  /**
   * Bids or takes a bid back and answers what the platform answered. Sent again with its key, as the same bid, when the
   * connection broke. Throws {@link Problem}.
   */
  ask(message: Asked['message']): Promise<Record<string, unknown>> {
    const id = this.#nextId();
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(() => {
        this.#asked.delete(id);
        const detail = 'No answer came, so it is not known whether the bid was taken. Send it again: it counts once.';
        reject(new Problem({ code: 'BID_UNANSWERED', detail }));
        this.#closeWhenIdle();
      }, patienceMs);
      this.#asked.set(id, { message, resolve, reject, deadline });
      if (this.#isWelcome) this.#say({ ...message, id });
      else this.#connect();
    });
  }

  /** The device is back: no reason to wait any longer. */
  wake(): void {
    if (this.#isWelcome) this.#beatOnce();
    else if (this.#isNeeded) {
      this.#tries = 0;
      this.#connect();
    }
  }

  get #isNeeded(): boolean {
    return this.#topics.size > 0 || this.#asked.size > 0;
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  #connect(): void {
    clearTimeout(this.#again);
    this.#again = undefined;
    if (this.#socket) return;
    const socket = this.#open();
    this.#socket = socket;
    this.#heardAt = Date.now();
    this.#beat = setInterval(() => this.#beatOnce(), pingMs);
    socket.addEventListener('message', ({ data }) => {
      if (socket === this.#socket) this.#take(JSON.parse(String(data)) as ServerMessage);
    });
    socket.addEventListener('close', ({ code }) => {
      if (socket === this.#socket) this.#lose(code);
    });
  }

  #lose(code: number | undefined): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#isWelcome = false;
    this.#pings.clear();
    clearInterval(this.#beat);
    socket?.close();
    for (const topic of this.#topics.values()) topic.lose();
    this.#tell();
    if (!this.#isNeeded) return;
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#connect(), reconnectAfterMs(this.#tries, code, this.#random));
    this.#tries += 1;
  }

  #take(message: ServerMessage): void {
    this.#heardAt = Date.now();
    switch (message.type) {
      case 'welcome':
        this.#begin();
        break;
      case 'pong':
        this.#takePong(message.id, message.serverTime);
        break;
      case 'subscribed':
      case 'update':
      case 'reset':
        this.#takeTopic(message);
        break;
      case 'presence':
        this.#topics.get(message.topic)?.meet(message.watchers);
        break;
      case 'outbid':
        for (const listener of this.#outbid) listener(message.topic, message.sequence);
        break;
      case 'answer':
        this.#takeAnswer(message.id, message.status, message.body);
        break;
      case 'error':
        this.#takeError(message);
    }
  }

  #begin(): void {
    this.#isWelcome = true;
    this.#wasWelcome = true;
    for (const [name, topic] of this.#topics) this.#subscribe(name, topic);
    for (const [id, { message }] of this.#asked) this.#say({ ...message, id });
    this.#ping();
    this.#tell();
  }

  #subscribe(name: string, topic: LiveTopic): void {
    if (topic.askedId !== undefined || topic.isSubscribed) return;
    topic.askedId = this.#nextId();
    const after = topic.last;
    this.#say({ type: 'subscribe', topic: name, ...(after === undefined ? {} : { after }), id: topic.askedId });
  }

  #takeTopic(message: Extract<ServerMessage, { type: 'subscribed' | 'update' | 'reset' }>): void {
    const topic = this.#topics.get(message.topic);
    if (!topic) return;
    if (message.type === 'subscribed' && message.id === topic.askedId) {
      topic.askedId = undefined;
      topic.isSubscribed = true;
    }
    if (topic.take(message)) return;
    topic.isSubscribed = false;
    this.#subscribe(message.topic, topic);
  }

  #takeAnswer(id: number, status: number, body: Record<string, unknown>): void {
    const asked = this.#asked.get(id);
    if (!asked) return;
    // It could not say what became of it, or had too much to do: the same bid again.
    if (status === 503 || body.code === 'GATEWAY_LIVE_BIDS_EXHAUSTED') {
      setTimeout(() => this.#isWelcome && this.#asked.has(id) && this.#say({ ...asked.message, id }), askAgainMs);
      return;
    }
    clearTimeout(asked.deadline);
    this.#asked.delete(id);
    if (status < 400) asked.resolve(body);
    else asked.reject(new Problem({ status, ...body }));
    this.#closeWhenIdle();
  }

  #takeError(message: Extract<ServerMessage, { type: 'error' }>): void {
    const { id, status } = message;
    if (id === undefined) return;
    this.#takeAnswer(id, status, { ...message });
    const [name, topic] = [...this.#topics].find(([, each]) => each.askedId === id) ?? [];
    if (!name || !topic) return;
    topic.askedId = undefined;
    if (status < 500) topic.refuse(new Problem(message));
    else setTimeout(() => this.#isWelcome && topic.isWatched && this.#subscribe(name, topic), askAgainMs);
  }

  #ping(): void {
    const id = this.#nextId();
    this.#pings.set(id, Date.now());
    this.#say({ type: 'ping', id });
  }

  #takePong(id: number, serverTime: string): void {
    const askedAt = this.#pings.get(id);
    this.#pings.delete(id);
    this.#tries = 0;
    if (askedAt === undefined) return;
    const isFirst = this.#clock.offsetMs === undefined;
    this.#clock.take(askedAt, Date.now(), serverTime);
    this.#tell();
    // The first answer shares the line with everything that a page begins with: it is asked again at once.
    if (isFirst) this.#ping();
  }

  #beatOnce(): void {
    if (Date.now() - this.#heardAt > silentMs) this.#lose(undefined);
    else if (this.#isWelcome) this.#ping();
  }

  #release(name: string, topic: LiveTopic): void {
    if (topic.isWatched || this.#topics.get(name) !== topic) return;
    topic.close();
    this.#topics.delete(name);
    if (this.#isWelcome) this.#say({ type: 'unsubscribe', topic: name, id: this.#nextId() });
    this.#closeWhenIdle();
  }

  #closeWhenIdle(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      if (this.#isNeeded) return;
      clearTimeout(this.#again);
      this.#lose(undefined);
      this.#wasWelcome = false;
    }, idleMs);
  }

  #say(message: ClientMessage & { id: number }): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
