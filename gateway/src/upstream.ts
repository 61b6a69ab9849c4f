import { Readable } from 'node:stream';
import { serviceErrors } from '@clearlot/service';
import { type Dispatcher, Pool } from 'undici';

const PATIENCE_MS = 5_000;
const RETRY_MS = 50;
/** An answer up to this size is taken whole before a byte of it goes on; a larger one streams through. */
const WHOLE_BYTES_MAX = 256 * 1024;

/** How long a replica may think about something that another one can be asked just as well. */
const REPEATABLE_MS = 2_000;
/** A replica that did not answer is not asked what others can be asked for this long. */
const SUSPECT_MS = 3_000;

type Options = Omit<Dispatcher.RequestOptions, 'origin'> & {
  /** Asking twice is asking once, whatever became of the first: a write with a key of its own. */
  repeatable?: boolean;
};

/** What a service answered. */
export interface Answer {
  statusCode: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer | Readable;
}

/** One service with all its replicas. */
export interface Upstream {
  /**
   * Sends a request to a replica. One that cannot be connected to has not seen it, and a read changes nothing, so
   * another is tried for up to five seconds (a restart is invisible). A write whose connection broke may have acted:
   * COMMIT_UNKNOWN, to be repeated with its Idempotency-Key; what is repeatable is repeated here, also when a replica is
   * silent.
   */
  request(options: Options): Promise<Answer>;
  close(): Promise<void>;
}

/** Keeps connections to the replicas of one service, in turn. */
export function createUpstream(urls: readonly string[]): Upstream {
  const pools = urls.map(
    (url) =>
      new Pool(url, { connections: 64, connect: { timeout: 2_000 }, headersTimeout: 30_000, bodyTimeout: 30_000 }),
  );
  let turn = 0;
  const suspects = new Map<Pool, number>();
  const next = (repeatable: boolean): Pool | undefined => {
    const now = Date.now();
    for (let tries = 0; repeatable && tries < pools.length - 1; tries++) {
      const pool = pools[turn % pools.length];
      if (pool && (suspects.get(pool) ?? 0) < now) break;
      turn += 1;
    }
    return pools[turn++ % pools.length];
  };
  return {
    async request({ repeatable: isRepeatable = false, ...options }) {
      const deadline = Date.now() + PATIENCE_MS;
      for (let attempt = 1; ; attempt++) {
        const pool = next(isRepeatable);
        if (!pool) throw serviceErrors.error('UNAVAILABLE');
        try {
          return await ask(pool, isRepeatable ? { ...options, headersTimeout: REPEATABLE_MS } : options);
        } catch (error) {
          if (isRepeatable) suspects.set(pool, Date.now() + SUSPECT_MS);
          const repeatable = isRepeatable || options.method === 'GET' || neverSent(error);
          if (!repeatable || Date.now() > deadline)
            throw serviceErrors.error(repeatable ? 'UNAVAILABLE' : 'COMMIT_UNKNOWN');
          if (attempt % pools.length === 0) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        }
      }
    },
    async close() {
      await Promise.all(pools.map((pool) => pool.close()));
    },
  };
}

/** The body of an answer that is JSON. */
export async function readJson<T>({ body }: Answer): Promise<T> {
  const bytes = body instanceof Readable ? Buffer.concat(await body.toArray()) : body;
  return JSON.parse(bytes.toString()) as T;
}

/**
 * One exchange with one replica. Straight on undici's dispatcher: its `request` builds a stream for every answer, which
 * took 40 % of what the gateway does for a small one.
 */
function ask(pool: Pool, options: Omit<Options, 'repeatable'>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const answer: Answer = { statusCode: 0, headers: {}, body: Buffer.of() };
    const chunks: Buffer[] = [];
    let stream: Readable | undefined;
    pool.dispatch(options, {
      onRequestStart() {},
      onResponseStart(controller, statusCode, headers) {
        Object.assign(answer, { statusCode, headers });
        if (isSmall(headers)) return;
        stream = new Readable({
          read: () => controller.resume(),
          destroy(error, done) {
            controller.abort(error ?? new Error('the client left'));
            done(error);
          },
        });
        resolve({ ...answer, body: stream });
      },
      onResponseData(controller, chunk) {
        if (!stream) chunks.push(chunk);
        else if (!stream.push(chunk)) controller.pause();
      },
      onResponseEnd() {
        if (stream) stream.push(null);
        else resolve({ ...answer, body: Buffer.concat(chunks) });
      },
      onResponseError(_controller, error) {
        if (stream) stream.destroy(error);
        else reject(error);
      },
    });
  });
}

function isSmall(headers: Answer['headers']): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= WHOLE_BYTES_MAX;
}

function neverSent(error: unknown): boolean {
  const code = (error as { code?: string }).code;
  return code === 'ECONNREFUSED' || code === 'UND_ERR_CONNECT_TIMEOUT';
}
