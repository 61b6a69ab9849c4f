import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './people.ts';

const all = process.env.CRASH_POINTS === 'all';
/**
 * Which points kill: a death before a commit is a rollback, and the transaction's own tests prove those; it costs as much as
 * one after it, where somebody has to find what is there. `npm run test:deep` dies at all of them.
 */
const spared = all ? /^$/ : /:before-commit$/;

// Reads and leases change nothing; a start passes them before any deal does.
const harmless = /(\.read|\.relay-read|\.relay-lease|\.watch-|Watch|\.seal|Seal)/;

/** The named crash points of running processes: which are passed, and which are to kill whoever comes there next. */
export interface CrashPoints {
  /** For the environment of every process. */
  env: Record<string, string>;
  /** Forgets what was passed so far. */
  forget(): void;
  /** The points passed since that are to kill, by service, in a fixed order. */
  passed<Service extends string>(services: readonly Service[]): Record<Service, string[]>;
  arm(points: readonly string[]): void;
  /** Waits until each armed point has killed a process; throws naming one that was not reached. */
  untilSprung(points: readonly string[]): Promise<void>;
  remove(): void;
}

/**
 * Every second point, the first or the second of each pair by chance, which is said: whole markets with a death at each take
 * longer than a run may. All of them where all are asked for.
 */
export function atRandomHalf<Service extends string>(points: Record<Service, string[]>): Record<Service, string[]> {
  if (all) return points;
  const half = Math.random() < 0.5 ? 0 : 1;
  console.log(`dying at every second point, from the ${half === 0 ? 'first' : 'second'}`);
  const entries = Object.entries<string[]>(points).map(([service, names]) => [
    service,
    names.filter((_, index) => index % 2 === half),
  ]);
  return Object.fromEntries(entries) as Record<Service, string[]>;
}

/** Keeps the crash points of one platform in a temporary folder. */
export function keepCrashPoints(): CrashPoints {
  const folder = mkdtempSync(join(tmpdir(), 'clearlot-crash-points-'));
  const log = join(folder, 'passed.log');
  writeFileSync(log, '');
  return {
    env: { CLEARLOT_CRASH_LOG: log, CLEARLOT_CRASH_DIR: folder },
    forget: () => writeFileSync(log, ''),
    passed(services) {
      const names = [...new Set(readFileSync(log, 'utf8').split('\n'))].filter(
        (name) => name && !harmless.test(name) && !spared.test(name),
      );
      const of = (service: string) =>
        names.filter((name) => name.startsWith(`${service}.`) || name.startsWith(`${service}__`)).sort();
      return Object.fromEntries(services.map((service) => [service, of(service)])) as Record<
        (typeof services)[number],
        string[]
      >;
    },
    arm(points) {
      for (const point of points) writeFileSync(join(folder, point), '');
    },
    async untilSprung(points) {
      for (const point of points) {
        await until(`a death at ${point}`, async () => !existsSync(join(folder, point)));
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
