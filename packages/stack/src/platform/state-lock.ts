import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endProcesses, identify, isStillRunning, type ProcessIdentity } from '../process/identity.ts';
import type { Log } from '../process/managed-process.ts';

type Child = ProcessIdentity & { name: string };

/** One platform per state folder, and no leftovers of one that was killed. */
export class StateLock {
  readonly #lockFile: string;
  readonly #childrenFile: string;
  #children: Child[] = [];

  private constructor(stateDir: string) {
    this.#lockFile = join(stateDir, 'run.lock');
    this.#childrenFile = join(stateDir, 'run.children.json');
  }

  /** Takes the folder, or throws saying who has it. Ends the processes of an owner that died without cleaning up. */
  static async acquire(stateDir: string, log: Log): Promise<StateLock> {
    // Others may pass through (PostgreSQL runs as another user when we are root) but not look; secrets inside are 0600.
    mkdirSync(stateDir, { recursive: true, mode: 0o711 });
    const lock = new StateLock(stateDir);
    const self = identify(process.pid);
    for (;;) {
      try {
        writeFileSync(lock.#lockFile, JSON.stringify(self), { flag: 'wx' });
        break;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        const owner = readJson<ProcessIdentity>(lock.#lockFile);
        if (owner && isStillRunning(owner)) {
          throw new Error(`The platform already runs on ${stateDir} (process ${owner.pid}). Stop that one first.`);
        }
        // Renamed and not removed: of two starters that see the same dead owner only one takes it away.
        const taken = `${lock.#lockFile}.${process.pid}`;
        try {
          renameSync(lock.#lockFile, taken);
          rmSync(taken);
        } catch {}
      }
    }
    await lock.#endLeftovers(log);
    return lock;
  }

  /** Remembers a child, so that a later start can end it if this process is killed. */
  addChild(name: string, pid: number): void {
    const child = identify(pid);
    if (!child) return;
    this.#children = [...this.#children.filter(isStillRunning), { name, ...child }];
    writeFileSync(`${this.#childrenFile}.new`, JSON.stringify(this.#children));
    renameSync(`${this.#childrenFile}.new`, this.#childrenFile);
  }

  release(): void {
    rmSync(this.#childrenFile, { force: true });
    rmSync(this.#lockFile, { force: true });
  }

  async #endLeftovers(log: Log): Promise<void> {
    const left = (readJson<Child[]>(this.#childrenFile) ?? []).filter(isStillRunning);
    if (left.length === 0) return;
    log(`ending ${left.length} processes left over from a run that was killed`);
    // Clients before servers; PostgreSQL looks after its own when it starts.
    await endProcesses(
      left.filter(({ name }) => name !== 'postgres' && name !== 'nats'),
      'SIGTERM',
      5_000,
    );
    await endProcesses(
      left.filter(({ name }) => name === 'nats'),
      'SIGTERM',
      5_000,
    );
  }
}

function readJson<T>(file: string): T | undefined {
  try {
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;
  } catch {
    return undefined;
  }
}
