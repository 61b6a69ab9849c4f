import { serviceErrors } from '@clearlot/service';
import { type Dispatcher, Pool } from 'undici';

const PATIENCE_MS = 5_000;
const RETRY_MS = 50;

type Options = Omit<Dispatcher.RequestOptions, 'origin'>;

/** One service with all its replicas. */
export interface Upstream {
  /**
   * Sends a request to a replica. One that cannot be connected to has not seen it, and a read changes nothing, so
   * another is tried for up to five seconds (a restart is invisible). A write whose connection broke may have acted:
   * COMMIT_UNKNOWN, to be repeated with its Idempotency-Key.
   */
  request(options: Options): Promise<Dispatcher.ResponseData>;
  close(): Promise<void>;
}

/** Keeps connections to the replicas of one service, in turn. */
export function createUpstream(urls: readonly string[]): Upstream {
  const pools = urls.map(
    (url) =>
      new Pool(url, { connections: 64, connect: { timeout: 2_000 }, headersTimeout: 30_000, bodyTimeout: 30_000 }),
  );
  let turn = 0;
  return {
    async request(options) {
      const deadline = Date.now() + PATIENCE_MS;
      for (let attempt = 1; ; attempt++) {
        const pool = pools[turn++ % pools.length];
        if (!pool) throw serviceErrors.error('UNAVAILABLE');
        try {
          return await pool.request(options);
        } catch (error) {
          const repeatable = options.method === 'GET' || neverSent(error);
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

function neverSent(error: unknown): boolean {
  const code = (error as { code?: string }).code;
  return code === 'ECONNREFUSED' || code === 'UND_ERR_CONNECT_TIMEOUT';
}
