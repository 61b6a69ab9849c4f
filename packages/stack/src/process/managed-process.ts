import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

/** Receives one line at a time, already prefixed with the name of the process it concerns. */
export type Log = (line: string) => void;

export type ManagedProcessOptions = {
  name: string;
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  uid?: number | undefined;
  gid?: number | undefined;
  /** Runs before every life of the process, also before automatic restarts. */
  beforeStart?: () => Promise<void>;
  /** Polled after the process started; may throw while the process is not there yet. */
  isReady: () => Promise<boolean>;
  readyTimeoutMs?: number;
  /** How often it may die before it was ever ready until waiting for it is given up. */
  exitsBeforeReadyMax?: number;
  /** Start it again when it dies without being asked to. */
  restart: boolean;
  stopSignal?: NodeJS.Signals;
  stopTimeoutMs?: number;
  /** All output goes here; `log` only hears of starts, exits and restarts. */
  logFile?: string | undefined;
  log?: Log | undefined;
  onSpawn?: ((name: string, pid: number) => void) | undefined;
};

const backoffFirstMs = 100;
const backoffMaxMs = 1_000;
const livedLongEnoughMs = 10_000;
const tailLines = 15;

const living = new Set<ManagedProcess>();
// A crash or process.exit() of the parent must not leave servers behind. SIGKILL does; the platform's lock handles that.
process.on('exit', () => {
  for (const managed of living) managed.kill('SIGKILL');
});

/** One child process with readiness, supervised restarts and an orderly stop. */
export class ManagedProcess {
  readonly name: string;
  /** Deaths nobody asked for through `stop` or `restart`. */
  exits = 0;
  readonly #options: ManagedProcessOptions;
  #child: ChildProcess | undefined;
  #output: WriteStream | undefined;
  #tail: string[] = [];
  #wanted = false;
  #wasReady = false;
  #backoffMs = backoffFirstMs;
  #starting: Promise<void> = Promise.resolve();

  constructor(options: ManagedProcessOptions) {
    this.#options = options;
    this.name = options.name;
    if (options.logFile) this.#output = createWriteStream(options.logFile, { flags: 'a', mode: 0o600 });
  }

  /** Changes with every life; undefined while it is down. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** The last lines it printed, to explain a failure. */
  get tail(): string {
    return this.#tail.join('\n');
  }

  /** Starts it and resolves when it is ready. */
  async start(extraEnv: NodeJS.ProcessEnv = {}): Promise<void> {
    this.#wanted = true;
    await this.#spawn(extraEnv);
    await this.ready();
  }

  /** Resolves when it answers as ready; rejects with its last output if it does not in time or keeps dying. */
  async ready(): Promise<void> {
    const deadline = Date.now() + (this.#options.readyTimeoutMs ?? 60_000);
    const exitsAllowed = this.exits + (this.#options.exitsBeforeReadyMax ?? 3);
    for (;;) {
      if (this.#child?.exitCode === null) {
        const answered = await this.#options.isReady().catch(() => false);
        if (answered) {
          this.#wasReady = true;
          return;
        }
      }
      if (!this.#wanted) throw new Error(`${this.name} was stopped before it was ready`);
      const gone = !this.#child && !this.#options.restart;
      if (gone || this.exits >= exitsAllowed) throw this.#failure('keeps exiting before it is ready');
      if (Date.now() > deadline) throw this.#failure('did not become ready in time');
      await sleep(40);
    }
  }

  /** Sends a signal as a fault would; a supervised process then comes back by itself. */
  kill(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /**
   * Stops it in order and starts it again. `extraEnv` holds for this one life: if it dies in it (a crash point in a
   * fault test, say) the supervisor brings it back without.
   */
  async restart(extraEnv: NodeJS.ProcessEnv = {}): Promise<void> {
    await this.stop();
    await this.start(extraEnv);
  }

  /** Asks it to stop, waits, and kills it when it does not. Safe to call twice. */
  async stop(): Promise<void> {
    this.#wanted = false;
    await this.#starting.catch(() => {});
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(this.#options.stopSignal ?? 'SIGTERM');
    const timeoutMs = this.#options.stopTimeoutMs ?? 15_000;
    const timer = setTimeout(() => {
      this.#say(`did not stop within ${timeoutMs} ms, killing it`);
      child.kill('SIGKILL');
    }, timeoutMs);
    await exited;
    clearTimeout(timer);
  }

  async #spawn(extraEnv: NodeJS.ProcessEnv): Promise<void> {
    this.#starting = this.#spawnOnce(extraEnv);
    await this.#starting;
  }

  async #spawnOnce(extraEnv: NodeJS.ProcessEnv): Promise<void> {
    const { command, args, cwd, env, uid, gid } = this.#options;
    await this.#options.beforeStart?.();
    if (!this.#wanted) return;
    const child = spawn(command, args, {
      env: { ...(env ?? process.env), ...extraEnv },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Own process group: Ctrl-C in a terminal must reach only us, or the database would stop before its clients.
      detached: true,
      ...(cwd === undefined ? {} : { cwd }),
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
    });
    const startedAt = Date.now();
    this.#child = child;
    living.add(this);
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => this.#keep(line));
    }
    child.on('error', (error) => {
      this.#keep(String(error));
      if (child.pid === undefined) this.#onExit(child, startedAt, 'could not be started');
    });
    child.on('exit', (code, signal) => this.#onExit(child, startedAt, signal ?? `exit code ${code}`));
    if (child.pid !== undefined) this.#options.onSpawn?.(this.name, child.pid);
  }

  #onExit(child: ChildProcess, startedAt: number, reason: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    living.delete(this);
    if (!this.#wanted) return;
    this.exits += 1;
    if (Date.now() - startedAt > livedLongEnoughMs || this.#wasReady) this.#backoffMs = backoffFirstMs;
    this.#wasReady = false;
    if (!this.#options.restart) {
      this.#say(`ended (${reason})`);
      return;
    }
    this.#say(`ended (${reason}), starting it again in ${this.#backoffMs} ms`);
    const backoffMs = this.#backoffMs;
    this.#backoffMs = Math.min(this.#backoffMs * 2, backoffMaxMs);
    this.#starting = sleep(backoffMs).then(() => (this.#wanted ? this.#spawnOnce({}) : undefined));
    this.#starting.catch((error: unknown) => this.#say(`could not be started again: ${error}`));
  }

  #failure(what: string): Error {
    return new Error(`${this.name} ${what}. Its last output:\n${this.tail || '(none)'}`);
  }

  #keep(line: string): void {
    this.#tail.push(line);
    if (this.#tail.length > tailLines) this.#tail.shift();
    this.#output?.write(`${line}\n`);
  }

  #say(text: string): void {
    this.#options.log?.(`${this.name}: ${text}`);
  }
}
