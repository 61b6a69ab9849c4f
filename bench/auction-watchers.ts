// Started by auction-live.ts: so many people who watch one auction, in a process of their own. Some of them do not read. It
// keeps when each sequence came to each screen, and says how long that was after the bid was sent.
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { quantile } from './statistics.ts';

export interface Watched {
  /** Of all pairs of a bid and a screen, and of the slowest screen of each bid; milliseconds. */
  p50Ms: number;
  p99Ms: number;
  lastScreenP99Ms: number;
  /** Bids and screens they were seen on. */
  bids: number;
  pairs: number;
  /** Screens that missed a sequence or saw one twice. */
  gaps: number;
  reconnects: number;
  /** The longest that a screen was away from one gateway to the next. */
  awayMs: number;
}

export type Order =
  | { urls: string[]; auctionId: string; count: number; stalled: number }
  | { until: number }
  | { sentAt: [sequence: number, at: number][] };

const clock = () => performance.timeOrigin + performance.now();

/** More entries than any of these auctions gets. */
const sequencesMax = 8_192;
const closeFrame = 0x88;
const reconnectMs = 300;
const shared = Buffer.alloc(256 * 1024);

class Watcher {
  /** When each sequence came, by sequence; NaN for those that did not. */
  readonly seenAt = new Float64Array(sequencesMax).fill(Number.NaN);
  seen = 0;
  last = 0;
  first = 0;
  hasGap = false;
  reconnects = 0;
  closedAt = 0;
  /** The longest that it was without a subscription. */
  awayMs = 0;
  socket: Socket | undefined;
  #rest: Buffer = Buffer.of();
  /** The gateway goes away and said so. */
  #sentAway = false;

  readonly urls: string[];
  readonly auctionId: string;
  readonly isStalled: boolean;

  constructor(urls: string[], auctionId: string, isStalled: boolean) {
    this.urls = urls;
    this.auctionId = auctionId;
    this.isStalled = isStalled;
  }

  /** Resolves once subscribed; a connection that ends is made again at the next gateway. */
  async open(turn: number): Promise<void> {
    const { hostname, port, pathname } = new URL(this.urls[turn % this.urls.length] ?? '');
    let heard: (data: Buffer) => void = () => {};
    // All read into the same memory, one after the other: half of what a thousand screens in one process cost.
    const onread = {
      buffer: shared,
      callback: (length: number) => {
        heard(shared.subarray(0, length));
        return true;
      },
    };
    const socket = connect({ host: hostname, port: Number(port), noDelay: true, onread });
    this.socket = socket;
    this.#rest = Buffer.of();
    try {
      await new Promise<void>((resolve, reject) => {
        socket.on('error', reject);
        socket.on('close', () => reject(new Error('closed')));
        heard = (data) => this.#read(data, resolve);
        const key = randomBytes(16).toString('base64');
        const upgrade = [
          'Connection: Upgrade',
          'Upgrade: websocket',
          'Sec-WebSocket-Version: 13',
          `Sec-WebSocket-Key: ${key}`,
        ];
        socket.write([`GET ${pathname} HTTP/1.1`, `Host: ${hostname}:${port}`, ...upgrade, '', ''].join('\r\n'));
        const after = this.last > 0 ? { after: this.last } : {};
        socket.write(
          masked(JSON.stringify({ type: 'subscribe', id: 1, topic: `auction:${this.auctionId}`, ...after })),
        );
      });
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return this.open(turn + 1);
    }
    socket.on('close', () => {
      if (this.isStalled) return;
      this.reconnects += 1;
      this.closedAt = clock();
      // As clients do: where nobody sent them away they come all at once, and would only wait for each other.
      const waitMs = this.#sentAway ? 0 : Math.random() * reconnectMs;
      this.#sentAway = false;
      setTimeout(() => void this.open(turn + 1), waitMs);
    });
  }

  /** Frames as they come, behind the answer to the upgrade. */
  #read(data: Buffer, subscribed: () => void): void {
    let bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, data]) : data;
    if (bytes[0] === 72) {
      const end = bytes.indexOf('\r\n\r\n');
      bytes = end < 0 ? bytes : bytes.subarray(end + 4);
    }
    while (bytes.length >= 10) {
      const short = (bytes[1] ?? 0) & 127;
      const start = short < 126 ? 2 : short === 126 ? 4 : 10;
      const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
      if (bytes.length < start + length) break;
      if (bytes[0] === closeFrame) this.#sentAway = true;
      else this.#hear(bytes.subarray(start, start + length), subscribed);
      if (this.#sentAway) this.socket?.destroy();
      bytes = bytes.subarray(start + length);
    }
    this.#rest = bytes.length > 0 ? Buffer.from(bytes) : bytes;
  }

  /** Reads only the numbers at a frame's beginning: a thousand screens in one process must not cost what one costs. */
  #hear(data: Buffer, subscribed: () => void): void {
    const head = data.toString('latin1', 0, 60);
    const update = /^\{"type":"update","from":(\d+),"to":(\d+),/.exec(head);
    if (update) this.#take(Number(update[1]), Number(update[2]));
    if (head.startsWith('{"type":"error"')) this.socket?.destroy();
    if (!head.startsWith('{"type":"subscribed"')) return;
    // Not what was missed, of which there may be much: one process reads it for hundreds who come back at once.
    const split = data.indexOf(',"updates":');
    const { state } = JSON.parse(`${data.subarray(0, split)}}`) as { state: { sequence: number } };
    const { sequence } = state;
    const missed = data.subarray(split, split + 16).toString('latin1') !== ',"updates":null}';
    if (this.last === 0) this.last = this.first = sequence;
    else if (missed) this.#take(this.last + 1, sequence);
    else {
      this.hasGap = true;
      this.last = sequence;
    }
    if (this.closedAt > 0) this.awayMs = Math.max(this.awayMs, clock() - this.closedAt);
    if (this.isStalled) this.socket?.pause();
    subscribed();
  }

  #take(from: number, to: number): void {
    if (to < from) return;
    if (from !== this.last + 1) this.hasGap = true;
    const at = clock();
    this.seenAt.fill(at, from, to + 1);
    this.seen += to - from + 1;
    this.last = to;
  }
}

/** A client's text frame, which must be masked (RFC 6455, 5.3); zeros are a mask as well. */
function masked(text: string): Buffer {
  const payload = Buffer.from(text);
  const header =
    payload.length < 126
      ? [0x81, 0x80 | payload.length]
      : [0x81, 0x80 | 126, payload.length >> 8, payload.length & 255];
  return Buffer.concat([Buffer.from([...header, 0, 0, 0, 0]), payload]);
}

let watchers: Watcher[] = [];
process.on('message', async (order: Order) => {
  if ('urls' in order) {
    const { urls, auctionId, count, stalled } = order;
    watchers = Array.from({ length: count }, (_, index) => new Watcher(urls, auctionId, index < stalled));
    for (let at = 0; at < watchers.length; at += 50) {
      await Promise.all(watchers.slice(at, at + 50).map((each, index) => each.open(index)));
    }
    process.send?.('ready');
  } else if ('until' in order) {
    const reading = watchers.filter((each) => !each.isStalled);
    while (reading.some((each) => each.last < order.until)) await new Promise((resolve) => setTimeout(resolve, 20));
    process.send?.('seen');
  } else process.send?.(measure(order.sentAt));
});

function measure(sentAt: [number, number][]): Watched {
  const reading = watchers.filter((each) => !each.isStalled);
  const pairs: number[] = [];
  const slowest: number[] = [];
  for (const [sequence, at] of sentAt) {
    let last = 0;
    for (const { seenAt } of reading) {
      const seen = seenAt[sequence] ?? Number.NaN;
      if (Number.isNaN(seen)) continue;
      pairs.push(seen - at);
      last = Math.max(last, seen - at);
    }
    slowest.push(last);
  }
  const isGap = (each: Watcher) => each.hasGap || each.seen !== each.last - each.first;
  return {
    ...{ p50Ms: quantile(pairs, 0.5), p99Ms: quantile(pairs, 0.99), lastScreenP99Ms: quantile(slowest, 0.99) },
    ...{ bids: sentAt.length, pairs: pairs.length, gaps: reading.filter(isGap).length },
    reconnects: reading.reduce((sum, each) => sum + each.reconnects, 0),
    awayMs: Math.max(...reading.map((each) => each.awayMs)),
  };
}
