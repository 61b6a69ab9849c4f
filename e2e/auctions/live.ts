import { randomUUID } from 'node:crypto';
import { until } from '../program/people.ts';

export interface LiveState {
  sequence: number;
  status: string;
  price: number | null;
  leader: number | null;
  closesAt: string;
  extensions: number;
  bids: number;
  result: { outcome: string; winner?: number; price?: number; reason?: string } | null;
}

export interface LiveUpdate {
  sequence: number;
  at: string;
  kind: string;
  outcome: string;
}

interface Said {
  type: string;
  id?: string;
  status?: number;
  body?: Record<string, unknown>;
  from?: number;
  to?: number;
  state?: LiveState;
  updates?: LiveUpdate[] | null;
  serverTime?: string;
}

/** What a screen of an auction shows, and what somebody in front of it does. */
export interface Screen {
  state(): LiveState;
  /** Every sequence since it was opened, in the order it came. */
  sequences: number[];
  /** When each sequence came, on this machine's clock. */
  seenAt: Map<number, number>;
  outbids: number;
  reconnects: number;
  /** The server's clock less ours, in milliseconds, by the last ping. */
  offsetMs(): Promise<number>;
  bid(body: Record<string, unknown>): Promise<{ status: number; body: Record<string, unknown> }>;
  untilStatus(status: string, patienceMs?: number): Promise<LiveState>;
  close(): void;
}

/**
 * Opens a screen on an auction at one of the gateways and keeps it open: after a broken connection it goes to the next one
 * and resumes where it was, and a bid without an answer is sent again with its key.
 */
export async function openScreen(
  urls: readonly string[],
  auctionId: string,
  token?: () => Promise<string>,
): Promise<Screen> {
  const topic = `auction:${auctionId}`;
  const waiting = new Map<string, { resolve(said: Said): void; reject(error: Error): void }>();
  let state: LiveState | undefined;
  let socket: WebSocket | undefined;
  let ready: Promise<void> = Promise.resolve();
  let closed = false;
  let turn = 0;

  const screen: Screen = {
    sequences: [],
    seenAt: new Map(),
    outbids: 0,
    reconnects: 0,
    state() {
      if (!state) throw new Error('nothing is shown yet');
      return state;
    },
    async offsetMs() {
      const sentAt = Date.now();
      const { serverTime = '' } = await ask({ type: 'ping' });
      return Date.parse(serverTime) - (sentAt + Date.now()) / 2;
    },
    async bid(body) {
      const keyed = { key: randomUUID(), ...body };
      const deadline = Date.now() + 20_000;
      for (;;) {
        const said = await ask({ type: 'bid', auctionId, body: keyed }).catch(() => undefined);
        const isOpen = !said || said.status === 503;
        if (!isOpen || Date.now() > deadline) return { status: said?.status ?? 0, body: said?.body ?? {} };
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    untilStatus: (status, patienceMs = 30_000) =>
      until(`the screen to show ${status}`, async () => (state?.status === status ? state : undefined), patienceMs),
    close() {
      closed = true;
      socket?.close();
    },
  };

  async function ask(message: Record<string, unknown>): Promise<Said> {
    await ready;
    const id = randomUUID();
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ ...message, id }));
      else forgetAsked();
    });
  }

  /** Nothing that was asked of a socket that is gone will be answered. */
  function forgetAsked(): void {
    for (const { reject } of waiting.values()) reject(new Error('the socket closed'));
    waiting.clear();
  }

  function take(said: Said): void {
    if (said.id) {
      waiting.get(said.id)?.resolve(said);
      waiting.delete(said.id);
    }
    if (said.type === 'outbid') screen.outbids += 1;
    if (said.state) state = said.state;
    for (const { sequence } of said.updates ?? []) {
      screen.sequences.push(sequence);
      screen.seenAt.set(sequence, Date.now());
    }
  }

  async function connect(): Promise<void> {
    const url = (urls[turn++ % urls.length] ?? '').replace(/^http/, 'ws');
    const opening = new WebSocket(`${url}/api/live`);
    socket = opening;
    opening.addEventListener('message', ({ data }) => take(JSON.parse(String(data)) as Said));
    await new Promise<void>((resolve, reject) => {
      opening.addEventListener('open', () => resolve(), { once: true });
      opening.addEventListener('close', () => reject(new Error('not connected')), { once: true });
    });
    opening.addEventListener('close', () => {
      forgetAsked();
      if (closed) return;
      screen.reconnects += 1;
      ready = reconnect();
      ready.catch(() => {});
    });
    ready = Promise.resolve();
    if (token) await ask({ type: 'authenticate', token: await token() });
    const said = await ask({ type: 'subscribe', topic, ...(state ? { after: state.sequence } : {}) });
    if (said.type !== 'subscribed') throw new Error(`not subscribed: ${JSON.stringify(said)}`);
  }

  async function reconnect(): Promise<void> {
    for (;;) {
      try {
        return await connect();
      } catch {
        if (closed) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  await reconnect();
  return screen;
}

/** Why what a screen showed is not every sequence once and in order, or undefined. */
export function gapIn(sequences: readonly number[]): string | undefined {
  for (let at = 1; at < sequences.length; at++) {
    const [before = 0, next = 0] = [sequences[at - 1], sequences[at]];
    if (next !== before + 1) return `${next} came after ${before}`;
  }
  return undefined;
}
