import createClient from 'openapi-fetch';
import createQueryHooks from 'openapi-react-query';
import { Problem, problemOf } from './problem.ts';
import type { paths } from './schema.d.ts';

const triesMax = 4;
const waitMs = 400;

/**
 * Sends a request. A write carries a key, so it is sent again, as the same write, when the connection broke or the platform
 * could not say what became of it. Throws {@link Problem}.
 */
async function send(request: Request): Promise<Response> {
  const isWrite = request.method !== 'GET';
  if (isWrite && !request.headers.has('idempotency-key')) {
    request.headers.set('idempotency-key', crypto.randomUUID());
  }
  for (let tries = 1; ; tries++) {
    const response = await fetch(request.clone()).catch((error: unknown) => {
      if (request.signal.aborted) throw error;
      return undefined;
    });
    if (response?.ok) return response;
    if (response && response.status !== 503) throw await problemOf(response);
    if (tries === triesMax) {
      if (response) throw await problemOf(response);
      throw new Problem({
        code: 'OFFLINE',
        detail: 'Clearlot cannot be reached. Check your connection; what you entered is kept on this page.',
      });
    }
    await new Promise((resolve) => setTimeout(resolve, waitMs * tries));
  }
}

/** Calls by path and method, typed by the platform's own description of itself. They throw {@link Problem}. */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  fetch: send,
  querySerializer: { array: { style: 'form', explode: true } },
});

/** The same as queries and mutations of TanStack Query. */
export const server = createQueryHooks(api);

/** Sends files as multipart: the platform's description does not tell their fields. Throws {@link Problem}. */
export async function upload<Answer>(path: string, body: FormData): Promise<Answer> {
  const response = await send(new Request(new URL(path, window.location.origin), { method: 'POST', body }));
  return (await response.json()) as Answer;
}
