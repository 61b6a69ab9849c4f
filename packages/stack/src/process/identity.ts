import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A pid alone may be somebody else's by now; with its start time it is certain. */
export type ProcessIdentity = { pid: number; startedAt: string };

/** Identity of a running process, or undefined when there is none. */
export function identify(pid: number): ProcessIdentity | undefined {
  if (!isAlive(pid)) return undefined;
  try {
    if (process.platform === 'linux') {
      // Field 22 counts from after the command name, which is in parentheses and may contain spaces.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z') return undefined;
      return { pid, startedAt: fields[19] ?? '' };
    }
    const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return started ? { pid, startedAt: started } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether exactly this process still runs. */
export function isStillRunning(known: ProcessIdentity): boolean {
  return identify(known.pid)?.startedAt === known.startedAt;
}

/** Ends processes of a former run: politely, then for sure. */
export async function endProcesses(known: ProcessIdentity[], signal: NodeJS.Signals, timeoutMs: number): Promise<void> {
  const left = () => known.filter(isStillRunning);
  for (const { pid } of left()) sendSignal(pid, signal);
  const deadline = Date.now() + timeoutMs;
  while (left().length > 0 && Date.now() < deadline) await sleep(50);
  for (const { pid } of left()) sendSignal(pid, 'SIGKILL');
  while (left().length > 0) await sleep(50);
}

/** Pids whose working directory is `directory`: how a server that moved into its data directory is recognised. */
export function processesWorkingIn(directory: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((entry) => {
      try {
        return readlinkSync(`/proc/${entry}/cwd`) === directory;
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Whether any process has this pid. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself in the meantime.
  }
}
