import type { Logger } from './telemetry/log.ts';

const GRACE_MS = 20_000;

/** Runs `stop` once on SIGTERM or SIGINT, then exits; a stop that hangs is cut off inside the grace period. */
export function onShutdown(log: Logger, stop: () => Promise<void>): void {
  let stopping = false;
  const handle = (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    const cut = setTimeout(() => process.exit(1), GRACE_MS);
    stop().then(
      () => {
        clearTimeout(cut);
        process.exit(0);
      },
      (error: unknown) => {
        log.error({ err: error }, 'stop failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', handle);
  process.on('SIGINT', handle);
}
