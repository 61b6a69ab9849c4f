import { isDomainError } from '@clearlot/kernel';
import { Agent, request } from 'undici';
import { lookupPublic } from '../alerts/public-address.ts';
import { sourceFailures } from './errors.ts';

/** What a source's answer may cost us at most. */
export interface ExchangeLimits {
  /** From the first byte sent to the last received. */
  timeoutMs: number;
  bytesMax: number;
}

export interface Exchange {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  /** Connects to public addresses only: somebody else than the environment chose where to. */
  publicOnly?: boolean;
}

const limits: ExchangeLimits = { timeoutMs: 30_000, bytesMax: 8 * 1024 * 1024 };

/**
 * One exchange with a source: its whole body as text. No redirects, so that a key never goes to another host. Errors:
 * MARKET_SOURCE_ADDRESS_REFUSED, MARKET_SOURCE_UNREACHABLE, MARKET_SOURCE_TIMEOUT, MARKET_SOURCE_RATE_LIMITED (with `retryAfterSeconds`),
 * MARKET_SOURCE_REFUSED, MARKET_SOURCE_FAILED, MARKET_SOURCE_TOO_LARGE.
 */
export async function exchange(
  { url, method = 'GET', headers = {}, body, publicOnly = false }: Exchange,
  { timeoutMs, bytesMax }: ExchangeLimits = limits,
): Promise<string> {
  // Of its own and thrown away: sources are asked minutes apart, and a connection kept that long is dead more often than not.
  const connect = { timeout: timeoutMs, ...(publicOnly ? { lookup: lookupPublic } : {}) };
  const agent = new Agent({ connect, maxResponseSize: bytesMax, pipelining: 0 });
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const answer = await request(url, { dispatcher: agent, method, headers, body: body ?? null, signal });
    checkStatus(answer.statusCode, answer.headers['retry-after']);
    return await answer.body.text();
  } catch (error) {
    throw failureOf(error);
  } finally {
    agent.destroy().catch(() => {});
  }
}

/** {@link exchange} for JSON. Errors: also MARKET_SOURCE_MALFORMED, for a truncated answer too. */
export async function exchangeJson(ask: Exchange, within?: ExchangeLimits): Promise<unknown> {
  const text = await exchange({ ...ask, headers: { accept: 'application/json', ...ask.headers } }, within);
  try {
    return JSON.parse(text);
  } catch {
    throw sourceFailures.error('MARKET_SOURCE_MALFORMED', 'The answer is not JSON.');
  }
}

function checkStatus(status: number, retryAfter: string | string[] | undefined): void {
  if (status >= 200 && status < 300) return;
  if (status === 429) {
    const seconds = secondsOf(Array.isArray(retryAfter) ? retryAfter[0] : retryAfter);
    const params = seconds === undefined ? undefined : { retryAfterSeconds: seconds.toString() };
    throw sourceFailures.error('MARKET_SOURCE_RATE_LIMITED', undefined, undefined, params);
  }
  const code = status === 401 || status === 403 ? 'MARKET_SOURCE_REFUSED' : 'MARKET_SOURCE_FAILED';
  throw sourceFailures.error(code, `The source answered ${status}.`);
}

/** Retry-After in seconds; its date form is not used by our sources and reads as nothing. */
function secondsOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[0-9]{1,6}$/.test(text) ? Number(text) : undefined;
}

const timeouts = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

function failureOf(error: unknown): unknown {
  if (isDomainError(error)) return error;
  const { name, code } = error as { name?: string; code?: unknown };
  if (name === 'TimeoutError' || timeouts.has(String(code))) return sourceFailures.error('MARKET_SOURCE_TIMEOUT');
  if (code === 'ADDRESS_NOT_PUBLIC') return sourceFailures.error('MARKET_SOURCE_ADDRESS_REFUSED');
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return sourceFailures.error('MARKET_SOURCE_TOO_LARGE');
  return sourceFailures.error('MARKET_SOURCE_UNREACHABLE', `The connection failed (${String(code)}).`);
}
