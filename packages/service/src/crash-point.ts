import { appendFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';

const armed = process.env.CLEARLOT_CRASH_DIR;
const visits = process.env.CLEARLOT_CRASH_LOG;

/**
 * A named place where a fault test kills this process with SIGKILL: around every commit, publish, acknowledgement and
 * vendor call. `CLEARLOT_CRASH_DIR` names a folder; a file in it arms the point of its name, once, for whichever process
 * comes there first. `CLEARLOT_CRASH_LOG` collects the names passed. Without them it does nothing.
 */
export function crashPoint(name: string): void {
  if (visits) appendFileSync(visits, `${name}\n`);
  if (!armed) return;
  try {
    unlinkSync(join(armed, name));
  } catch {
    return;
  }
  process.kill(process.pid, 'SIGKILL');
}
