import { appendFileSync } from 'node:fs';

const armed = process.env.CLEARLOT_CRASH_AT;
const visits = process.env.CLEARLOT_CRASH_LOG;

/**
 * A named place where a fault test kills this process with SIGKILL: around every commit, publish, acknowledgement and
 * vendor call. Does nothing unless `CLEARLOT_CRASH_AT` names it; `CLEARLOT_CRASH_LOG` collects the names passed.
 */
export function crashPoint(name: string): void {
  if (visits) appendFileSync(visits, `${name}\n`);
  if (armed === name) process.kill(process.pid, 'SIGKILL');
}
