import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveConnection } from './connection.ts';
import { reconnectAfterMs } from './messages.ts';

interface Said {
  type: string;
  id: number;
  topic?: string;
  after?: number;
  body?: { key: string };
}

/** A gateway's end of a socket, played by hand. */
class PlayedSocket extends EventTarget {
  readonly said: Said[] = [];
  readyState = 1;

  send(text: string): void {
    this.said.push(JSON.parse(text) as Said);
  }

  close(): void {
    this.readyState = 3;
  }

  says(message: object): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data: JSON.stringify(message) }));
  }

  breaks(code = 1006): void {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event('close'), { code }));
  }

  last(type: string): Said {
    const found = this.said.findLast((each) => each.type === type);
    if (!found) throw new Error(`nothing of type ${type} was said`);
    return found;
  }

  count(type: string): number {
    return this.said.filter((each) => each.type === type).length;
  }
}

const topic = 'auction:1';
const entries = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ sequence: from + index }));

let sockets: PlayedSocket[];
let live: LiveConnection;
let shown: number[];

const socket = () => {
  const newest = sockets.at(-1);
  if (!newest) throw new Error('no socket was opened');
  return newest;
};
const welcome = () => socket().says({ type: 'welcome', serverTime: new Date().toISOString(), userId: 'me' });
const begin = (sequence: number, updates: object[] | null = null) =>
  socket().says({
    ...{ type: 'subscribed', topic, id: socket().last('subscribe').id, watchers: 3 },
    ...{ state: { sequence }, updates },
  });
const update = (from: number, to: number) =>
  socket().says({ type: 'update', topic, from, to, state: { sequence: to }, updates: entries(from, to) });
const settle = () => vi.advanceTimersByTime(100);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', { OPEN: 1 });
  sockets = [];
  live = new LiveConnection(
    () => {
      sockets.push(new PlayedSocket());
      return socket() as unknown as WebSocket;
    },
    () => 1,
  );
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function watch(): () => void {
  shown = [];
  return live.watch(topic, () => {
    shown = live.view(topic).updates.map(({ sequence }) => sequence);
  });
}

describe('the live connection', () => {
  it('holds one subscription for all who watch a topic and leaves when the last one does', () => {
    const leave = [watch(), watch()];
    expect(sockets).toHaveLength(1);
    welcome();
    expect(socket().count('subscribe')).toBe(1);
    begin(4);
    settle();
    expect(live.view(topic)).toMatchObject({ connection: 'live', state: { sequence: 4 }, watchers: 3 });
    leave[0]?.();
    settle();
    expect(socket().count('unsubscribe')).toBe(0);
    leave[1]?.();
    settle();
    expect(socket().count('unsubscribe')).toBe(1);
    vi.advanceTimersByTime(1_000);
    expect(socket().readyState).toBe(3);
    vi.advanceTimersByTime(60_000);
    expect(sockets).toHaveLength(1);
  });

  it('keeps the subscription when one component goes and another comes in the same turn', () => {
    const leave = watch();
    welcome();
    begin(1);
    leave();
    watch();
    vi.advanceTimersByTime(1_000);
    expect(socket().count('unsubscribe')).toBe(0);
    expect(socket().count('subscribe')).toBe(1);
  });

  it('resumes after the last entry when the connection broke, and shows every entry once', () => {
    watch();
    welcome();
    begin(4);
    update(5, 6);
    socket().breaks();
    settle();
    expect(live.view(topic).connection).toBe('resuming');
    vi.advanceTimersByTime(300);
    welcome();
    expect(socket().last('subscribe').after).toBe(6);
    begin(8, entries(7, 8));
    update(9, 9);
    settle();
    expect(shown).toEqual([5, 6, 7, 8, 9]);
    expect(live.view(topic).connection).toBe('live');
  });

  it('asks once for what is missing and takes the frames that follow', () => {
    watch();
    welcome();
    begin(0);
    update(3, 3);
    update(4, 4);
    expect(socket().count('subscribe')).toBe(2);
    expect(socket().last('subscribe').after).toBe(0);
    begin(4, entries(1, 4));
    update(5, 5);
    settle();
    expect(shown).toEqual([1, 2, 3, 4, 5]);
  });

  it('connects again at once when the gateway restarts, and waits longer each time when nothing answers', () => {
    watch();
    welcome();
    begin(4);
    socket().says({ type: 'pong', id: socket().last('ping').id, serverTime: new Date().toISOString() });
    socket().breaks(1001);
    vi.advanceTimersByTime(1);
    expect(sockets).toHaveLength(2);
    socket().breaks();
    vi.advanceTimersByTime(499);
    expect(sockets).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(sockets).toHaveLength(3);
    socket().breaks();
    vi.advanceTimersByTime(999);
    expect(sockets).toHaveLength(3);
    vi.advanceTimersByTime(1);
    expect(sockets).toHaveLength(4);
  });

  it('does not wait when the device says that it is back', () => {
    watch();
    socket().breaks();
    live.wake();
    expect(sockets).toHaveLength(2);
  });

  it('gives up a socket that says nothing any more', () => {
    watch();
    welcome();
    begin(1);
    vi.advanceTimersByTime(31_000);
    expect(sockets.length).toBeGreaterThan(1);
    expect(sockets[0]?.readyState).toBe(3);
  });

  it('sends a bid without an answer again with its key after a broken connection, and takes one answer', async () => {
    watch();
    welcome();
    const answer = live.ask({ type: 'bid', auctionId: '1', body: { key: 'mine', type: 'bid', amount: '10' } });
    expect(socket().last('bid').body?.key).toBe('mine');
    socket().breaks();
    vi.advanceTimersByTime(300);
    welcome();
    const { id, body } = socket().last('bid');
    expect(body?.key).toBe('mine');
    socket().says({ type: 'answer', id, status: 201, body: { sequence: 9 } });
    await expect(answer).resolves.toEqual({ sequence: 9 });
    socket().breaks();
    vi.advanceTimersByTime(20_000);
    welcome();
    expect(socket().count('bid')).toBe(0);
  });

  it('sends a bid again when the platform could not say what became of it, and tells a refusal by its code', async () => {
    watch();
    welcome();
    const answer = live.ask({ type: 'bid', auctionId: '1', body: { key: 'mine' } });
    const { id } = socket().last('bid');
    socket().says({ type: 'answer', id, status: 503, body: { code: 'UNAVAILABLE' } });
    vi.advanceTimersByTime(500);
    expect(socket().count('bid')).toBe(2);
    const refused = expect(answer).rejects.toMatchObject({ code: 'MARKETPLACE_BID_TOO_LOW', status: 422 });
    socket().says({ type: 'answer', id, status: 422, body: { code: 'MARKETPLACE_BID_TOO_LOW', detail: 'Too low.' } });
    await refused;
  });

  it('says after a while that no answer came', async () => {
    const answer = live.ask({ type: 'bid', auctionId: '1', body: { key: 'mine' } });
    const unanswered = expect(answer).rejects.toMatchObject({ code: 'BID_UNANSWERED' });
    vi.advanceTimersByTime(31_000);
    await unanswered;
  });

  it('tells why a topic cannot be watched, and asks again when the platform was only away', () => {
    watch();
    welcome();
    const refuse = (status: number, code: string) =>
      socket().says({ type: 'error', id: socket().last('subscribe').id, status, code, detail: 'No.' });
    refuse(503, 'UNAVAILABLE');
    vi.advanceTimersByTime(500);
    expect(socket().count('subscribe')).toBe(2);
    refuse(404, 'MARKETPLACE_AUCTION_NOT_FOUND');
    vi.advanceTimersByTime(500);
    expect(socket().count('subscribe')).toBe(2);
    expect(live.view(topic).problem?.code).toBe('MARKETPLACE_AUCTION_NOT_FOUND');
  });

  it('learns how far the clock of the platform is ahead', () => {
    watch();
    welcome();
    const ahead = () => new Date(Date.now() + 3_000).toISOString();
    socket().says({ type: 'pong', id: socket().last('ping').id, serverTime: ahead() });
    expect(live.offsetMs).toBe(3_000);
  });

  it('tells of being outbid', () => {
    const told: unknown[] = [];
    live.onOutbid((...args) => void told.push(args));
    watch();
    welcome();
    socket().says({ type: 'outbid', topic, sequence: 12 });
    expect(told).toEqual([[topic, 12]]);
  });
});

it('waits at random, at least half of the longest and never more than ten seconds', () => {
  expect(reconnectAfterMs(0, 1001, () => 1)).toBe(0);
  expect(reconnectAfterMs(3, 1001, () => 0)).toBe(1_000);
  expect(reconnectAfterMs(0, 1006, () => 0)).toBe(125);
  expect(reconnectAfterMs(50, undefined, () => 1)).toBe(10_000);
});
