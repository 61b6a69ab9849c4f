import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { SpanStatusCode, trace } from '@opentelemetry/api';

interface TraceContext {
  traceparent: string;
}

const storage = new AsyncLocalStorage<TraceContext>();
const tracer = trace.getTracer('clearlot');

/** Runs `work` under an incoming W3C traceparent, or under a new one. */
export function withTrace<T>(traceparent: string | undefined, work: () => T): T {
  return storage.run({ traceparent: continueTrace(traceparent) }, work);
}

/** An incoming traceparent when it is well formed, else the start of a new trace. */
export function continueTrace(traceparent: string | undefined): string {
  return validTraceparent(traceparent) ?? newTraceparent();
}

/** The traceparent to send on with calls and events made now. */
export function currentTraceparent(): string {
  return storage.getStore()?.traceparent ?? newTraceparent();
}

/** The id a person quotes to support: 32 hex digits, the same in logs, audit, events and error answers. */
export function currentTraceId(): string {
  return currentTraceparent().slice(3, 35);
}

/** Runs `work` in a span when tracing is exported; costs nothing otherwise. */
export async function span<T>(name: string, work: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, async (active) => {
    try {
      return await work();
    } catch (error) {
      active.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      active.end();
    }
  });
}

function validTraceparent(text: string | undefined): string | undefined {
  return text && /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(text) ? text : undefined;
}

function newTraceparent(): string {
  const bytes = randomBytes(24).toString('hex');
  return `00-${bytes.slice(0, 32)}-${bytes.slice(32)}-01`;
}
