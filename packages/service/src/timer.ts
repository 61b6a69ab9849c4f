import { systemActor } from './actor.ts';
import { type Context, type ContextParts, createContext } from './context.ts';
import { withTrace } from './telemetry/trace.ts';

/**
 * Work that looks at the database for what is due. It runs in every replica, so `run` must claim rows (skip locked)
 * or be harmless twice; what is due lives in rows, never in memory.
 */
export interface Timer<Clients> {
  name: string;
  everyMs: number;
  run(context: Context<Clients>): Promise<void>;
}

/** Runs timers until stopped; a run that fails is logged and comes again. */
export function startTimers<Clients>(
  parts: ContextParts<Clients>,
  timers: readonly Timer<Clients>[],
): { stop(): Promise<void> } {
  let stopped = false;
  const wakes = new Set<() => void>();
  const loop = async (timer: Timer<Clients>) => {
    const context = createContext(parts, systemActor(`${parts.service}.${timer.name}`));
    while (!stopped) {
      try {
        await withTrace(undefined, () => timer.run(context));
      } catch (error) {
        parts.log.warn({ err: error, timer: timer.name }, 'timer: will run again');
      }
      if (stopped) return;
      await new Promise<void>((resolve) => {
        const wake = () => {
          clearTimeout(handle);
          wakes.delete(wake);
          resolve();
        };
        const handle = setTimeout(wake, timer.everyMs);
        wakes.add(wake);
      });
    }
  };
  const running = timers.map(loop);
  return {
    async stop() {
      stopped = true;
      for (const wake of wakes) wake();
      await Promise.all(running);
    },
  };
}
