import pino from 'pino';
import { currentTraceId } from './trace.ts';

export type Logger = pino.Logger;

/** JSON lines with the trace id; credentials and personal data never reach a line. */
export function createLogger(service: string, level: string): Logger {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: () => ({ traceId: currentTraceId() }),
    redact: {
      paths: ['*.authorization', '*.cookie', '*.password', '*.accessToken', '*.refreshToken', '*.email', 'headers'],
      censor: '[redacted]',
    },
  });
}
