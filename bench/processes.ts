// What processes cost, from /proc: Linux only, like the machines the goals are for.
import { readdirSync, readFileSync } from 'node:fs';

const TICK_MS = 10;

/** Processor time spent so far by processes and the processes they started, in milliseconds. */
export function processorMs(pids: readonly number[]): number {
  return family(pids).reduce((total, pid) => total + (stat(pid)?.processorMs ?? 0), 0);
}

/** Memory of processes and the processes they started, in MiB; what several share is counted once. */
export function memoryMiB(pids: readonly number[]): number {
  const kib = family(pids).map((pid) => Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0));
  return kib.reduce((total, each) => total + each, 0) / 1024;
}

function family(pids: readonly number[]): number[] {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (stat(Number(name)) ?? []) : []));
  const found = new Set(pids);
  // Children come after their parents often enough; a few passes find the rest.
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  }
  return [...found];
}

function stat(pid: number): { pid: number; parent: number; processorMs: number } | undefined {
  const fields = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');
  if (fields.length < 20) return undefined;
  return { pid, parent: Number(fields[1]), processorMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS };
}

/** Processes end while one looks at them. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
