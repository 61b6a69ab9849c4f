// Sends HTTP/1.1 requests over kept-alive sockets. Written on plain sockets because a client library costs as much
// processor time as the route it measures, which would make every ratio look better than it is.
import { connect, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';

/** One request as it goes over the wire, and the status that means success. */
export interface Shot {
  wire: string;
  expects: number;
}

export interface Load {
  answered: number;
  perSecond: number;
  latenciesMs: number[];
  /** Answers with another status, by status; 0 is a broken connection. */
  failures: Record<number, number>;
}

/** A request in wire form. */
export function shot(
  method: string,
  path: string,
  options: { token?: string; body?: unknown; expects?: number; headers?: Record<string, string> } = {},
): Shot {
  const body = options.body === undefined ? '' : JSON.stringify(options.body);
  const headers = {
    host: 'localhost',
    ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
    ...(body ? { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) } : {}),
    ...options.headers,
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return { wire: `${method} ${path} HTTP/1.1\r\n${head.join('')}\r\n${body}`, expects: options.expects ?? 200 };
}

/**
 * Keeps `users` clients busy for a while, each on its own connection with one request at a time and, between two of
 * them, `thinkMs` of rest. Requests in flight at the end are waited for and counted.
 */
export async function generateLoad(options: {
  url: string;
  users: number;
  durationMs: number;
  next: (user: number) => Shot;
  thinkMs?: () => number;
  /** Ends the load after so many requests, if that comes first. */
  count?: number;
}): Promise<Load> {
  const { hostname, port } = new URL(options.url);
  const load: Load = { answered: 0, perSecond: 0, latenciesMs: [], failures: {} };
  const connections = await Promise.all(
    Array.from({ length: options.users }, () => openConnection(hostname, Number(port))),
  );
  const started = performance.now();
  const until = started + options.durationMs;
  let begun = 0;
  const live = async (user: number, connection: HttpConnection) => {
    const think = async () => {
      const ms = options.thinkMs?.() ?? 0;
      if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
    };
    // Users do not arrive in step: the first pause is a part of one.
    if (options.thinkMs)
      await new Promise((resolve) => setTimeout(resolve, Math.random() * (options.thinkMs?.() ?? 0)));
    while (performance.now() < until && begun++ < (options.count ?? Number.POSITIVE_INFINITY)) {
      const { wire, expects } = options.next(user);
      const sent = performance.now();
      const status = await connection.exchange(wire);
      load.latenciesMs.push(performance.now() - sent);
      load.answered += 1;
      if (status !== expects) load.failures[status] = (load.failures[status] ?? 0) + 1;
      if (status === 0) return;
      await think();
    }
  };
  await Promise.all(connections.map((connection, user) => live(user, connection)));
  load.perSecond = (load.answered * 1000) / (performance.now() - started);
  for (const connection of connections) connection.close();
  return load;
}

interface HttpConnection {
  /** The status of the answer; 0 when the connection broke. */
  exchange(wire: string): Promise<number>;
  close(): void;
}

async function openConnection(host: string, port: number): Promise<HttpConnection> {
  const socket: Socket = connect({ host, port, noDelay: true });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  let received = '';
  let done: (status: number) => void = () => {};
  // latin1: one character per byte, so lengths are lengths.
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    received = received ? received + chunk : chunk;
    const status = completeAnswer(received);
    if (status === undefined) return;
    received = '';
    done(status);
  });
  socket.on('error', () => done(0));
  socket.on('close', () => done(0));
  return {
    exchange: (wire) =>
      new Promise((resolve) => {
        done = resolve;
        if (!socket.write(wire) && socket.destroyed) resolve(0);
      }),
    close: () => void socket.destroy(),
  };
}

/** The status once the whole answer is there. Answers here always carry a length or come in chunks. */
function completeAnswer(text: string): number | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = text.slice(0, end).toLowerCase();
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1];
  const whole = length === undefined ? text.endsWith('0\r\n\r\n') : text.length >= end + 4 + Number(length);
  return whole ? Number(head.slice(9, 12)) : undefined;
}
