import { systemClock } from '@clearlot/kernel';
import { expect, test } from 'vitest';
import type { ContextParts } from './context.ts';
import type { Sql } from './db/database.ts';
import { createLogger } from './telemetry/log.ts';
import { startTimers } from './timer.ts';

const parts: ContextParts<undefined> = {
  service: 'test',
  sql: undefined as unknown as Sql,
  clients: undefined,
  clock: systemClock,
  log: createLogger('test', 'silent'),
  kick() {},
};

test('stopping does not wait for a slow timer to come round, whatever a quick one did meanwhile', async () => {
  let ticks = 0;
  const timers = startTimers(parts, [
    { name: 'slow', everyMs: 600_000, run: async () => {} },
    {
      name: 'quick',
      everyMs: 1,
      run: async () => {
        ticks += 1;
      },
    },
  ]);
  while (ticks < 3) await new Promise((resolve) => setTimeout(resolve, 1));
  const started = performance.now();
  await timers.stop();
  expect(performance.now() - started).toBeLessThan(1_000);
  const after = ticks;
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(ticks).toBe(after);
});
