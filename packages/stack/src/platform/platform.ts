import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseUrls } from '@clearlot/service/provision';
import { type Mailbox, startMailbox } from '../mailbox/mailbox.ts';
import { type Nats, startNats } from '../nats/nats.ts';
import { type Postgres, startPostgres } from '../postgres/postgres.ts';
import { type Log, ManagedProcess } from '../process/managed-process.ts';
import { isPortFree } from '../process/ports.ts';
import { prepareDatabase, repository } from './databases.ts';
import { loadSecrets } from './secrets.ts';
import { StateLock } from './state-lock.ts';
import {
  choosePlaces,
  entries,
  environmentOf,
  type Place,
  type ProcessName,
  processNames,
  type Replicas,
  type ServiceName,
  services,
} from './topology.ts';

export type PlatformOptions = {
  /** Everything that must survive a restart, and the logs. */
  stateDir: string;
  gatewayPort: number;
  mailboxPort?: number | undefined;
  /** Of every process, or per process (default 1). */
  replicas?: Replicas;
  /** Extra environment by process name (`deals`, all its replicas) or replica (`deals-2`). */
  env?: Record<string, Record<string, string>>;
  /** Answers the folder of the built web app, which the gateway then serves; made while the servers start. */
  webRoot?: () => Promise<string>;
  /** Bring processes back when they die (default true). */
  restart?: boolean;
  /** Other entry files, for tests of this package. */
  entries?: Partial<Record<ProcessName, string>>;
  /** Aborting stops what was started so far. */
  signal?: AbortSignal;
  log?: Log;
};

export type PlatformProcess = {
  /** `deals-1`. */
  id: string;
  name: ProcessName;
  replica: number;
  readonly pid: number | undefined;
  httpUrl: string;
  grpcAddress: string | undefined;
  /** What it was started with, for commands that act beside it (create an operator). */
  environment: NodeJS.ProcessEnv;
  /** Deaths nobody asked for. */
  readonly exits: number;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when it answers ready, for instance after a kill. */
  ready(): Promise<void>;
  /** `extraEnv` holds until it dies or is restarted the next time. */
  restart(extraEnv?: Record<string, string>): Promise<void>;
};

export type Platform = {
  gatewayUrl: string;
  mailboxUrl: string | undefined;
  mailbox: Mailbox | undefined;
  natsUrl: string;
  databases: Record<ServiceName, DatabaseUrls>;
  processes: PlatformProcess[];
  /** The embedded servers, to inject faults; undefined when real ones are used. */
  postgres: Postgres | undefined;
  nats: Nats | undefined;
  stop(): Promise<void>;
};

const logFileBytesMax = 20 * 1024 * 1024;

/**
 * Raises the whole platform on this machine and resolves when every process is ready. CLEARLOT_POSTGRES_URL (a
 * superuser), NATS_URL and SMTP_URL replace the embedded PostgreSQL, NATS and mail catcher.
 */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const log = options.log ?? (() => {});
  // First: it ends leftovers of a killed run, which may still hold the port.
  const lock = await StateLock.acquire(options.stateDir, log);
  const started = new Started(lock);
  const onAbort = () => void started.stop();
  options.signal?.addEventListener('abort', onAbort);
  try {
    if (!(await isPortFree(options.gatewayPort))) throw new Error(`Port ${options.gatewayPort} is already in use.`);
    return await raise(options, lock, started, log);
  } catch (error) {
    await started.stop();
    throw options.signal?.aborted ? new Error('Stopped before the platform was up') : error;
  } finally {
    options.signal?.removeEventListener('abort', onAbort);
  }
}

async function raise(options: PlatformOptions, lock: StateLock, started: Started, log: Log): Promise<Platform> {
  const logs = join(options.stateDir, 'logs');
  mkdirSync(logs, { recursive: true });
  const server = (name: string) => ({
    logFile: logFile(logs, name),
    log,
    onSpawn: (child: string, pid: number) => lock.addChild(child, pid),
    restart: options.restart ?? true,
  });
  const secrets = loadSecrets(join(options.stateDir, 'secrets.json'), [...services], [...processNames]);

  const externalPostgres = process.env.CLEARLOT_POSTGRES_URL;
  const externalNats = process.env.NATS_URL;
  const externalSmtp = process.env.SMTP_URL;
  const prepareDatabases = async (adminUrl: string) => {
    const prepared = services.map(async (name) => {
      const passwords = secrets.databases[name];
      if (!passwords) throw new Error(`No secrets for ${name}`);
      return [name, await prepareDatabase(adminUrl, name, passwords)] as const;
    });
    return Object.fromEntries(await Promise.all(prepared)) as Record<ServiceName, DatabaseUrls>;
  };
  const [places, [postgres, databases], nats, mailbox, webRoot] = await started.all([
    choosePlaces(options.gatewayPort, options.replicas ?? 1),
    (async (): Promise<[Postgres | undefined, Record<ServiceName, DatabaseUrls>]> => {
      const own = externalPostgres
        ? undefined
        : await started.server(startPostgres({ dataDir: join(options.stateDir, 'postgres'), ...server('postgres') }));
      return [own, await prepareDatabases(own?.adminUrl ?? externalPostgres ?? '')];
    })(),
    externalNats
      ? undefined
      : started.server(startNats({ storeDir: join(options.stateDir, 'nats'), ...server('nats') })),
    externalSmtp
      ? undefined
      : started.server(startMailbox({ httpPort: options.mailboxPort, file: join(options.stateDir, 'mailbox.jsonl') })),
    options.webRoot?.(),
  ]);

  const gatewayUrl = `http://localhost:${options.gatewayPort}`;
  const natsUrl = nats?.url ?? externalNats ?? '';
  const infrastructure = {
    natsUrl,
    smtpUrl: mailbox?.smtpUrl ?? externalSmtp ?? '',
    publicUrl: process.env.PUBLIC_URL ?? gatewayUrl,
    webRoot,
    appUrls: Object.fromEntries(services.map((name) => [name, databases[name].appUrl])) as Record<ServiceName, string>,
  };
  const running = places.map((place) => {
    const id = `${place.name}-${place.replica}`;
    const env = {
      ...inheritedEnvironment(),
      ...environmentOf(place, places, secrets, infrastructure),
      ...options.env?.[place.name],
      ...options.env?.[id],
    };
    const entry = options.entries?.[place.name] ?? entries[place.name];
    return { place, env, managed: serviceProcess(id, entry, env, place, server(id)) };
  });
  await started.all(running.map(({ managed }) => started.process(managed)));

  return {
    gatewayUrl,
    mailboxUrl: mailbox?.url,
    mailbox,
    natsUrl,
    databases,
    postgres,
    nats,
    processes: running.map(({ place, env, managed }) => platformProcess(place, env, managed)),
    stop: () => started.stop(),
  };
}

function serviceProcess(
  id: string,
  entry: string,
  env: NodeJS.ProcessEnv,
  place: Place,
  server: { restart: boolean; log: Log; logFile: string; onSpawn: (name: string, pid: number) => void },
): ManagedProcess {
  return new ManagedProcess({
    name: id,
    command: process.execPath,
    args: ['--max-old-space-size=256', '--max-semi-space-size=8', '--disable-warning=ExperimentalWarning', entry],
    env,
    cwd: repository,
    isReady: async () => {
      const response = await fetch(`http://127.0.0.1:${place.httpPort}/readyz`, { signal: AbortSignal.timeout(2_000) });
      await response.arrayBuffer();
      return response.ok;
    },
    ...server,
  });
}

function platformProcess(place: Place, environment: NodeJS.ProcessEnv, managed: ManagedProcess): PlatformProcess {
  return {
    id: managed.name,
    name: place.name,
    replica: place.replica,
    httpUrl: `http://127.0.0.1:${place.httpPort}`,
    grpcAddress: place.grpcPort === undefined ? undefined : `127.0.0.1:${place.grpcPort}`,
    environment,
    get pid() {
      return managed.pid;
    },
    get exits() {
      return managed.exits;
    },
    kill: (signal) => managed.kill(signal),
    ready: () => managed.ready(),
    restart: (extraEnv) => managed.restart(extraEnv),
  };
}

/** What was started so far, to be stopped in the right order whenever that is asked: clients first, then servers. */
class Started {
  readonly #lock: StateLock;
  readonly #processes: ManagedProcess[] = [];
  readonly #servers: Promise<{ stop(): Promise<void> }>[] = [];
  #stopping: Promise<void> | undefined;

  constructor(lock: StateLock) {
    this.#lock = lock;
  }

  /** Like Promise.all, but waits for the rest before failing with the first error: nothing may start after clean-up. */
  async all<T extends readonly unknown[]>(work: [...T]): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
    let firstFailure: { error: unknown } | undefined;
    const note = (error: unknown) => {
      firstFailure ??= { error };
    };
    await Promise.all(work.map((item) => Promise.resolve(item).catch(note)));
    if (this.#stopping) throw new Error('Stopped');
    if (firstFailure) throw firstFailure.error;
    return Promise.all(work);
  }

  server<T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> {
    this.#servers.push(starting);
    return starting;
  }

  process(managed: ManagedProcess): Promise<void> {
    if (this.#stopping) return Promise.reject(new Error('Stopped'));
    this.#processes.push(managed);
    return managed.start().catch((error) => {
      // One that cannot start makes waiting for the others pointless.
      for (const other of this.#processes) void other.stop();
      throw error;
    });
  }

  stop(): Promise<void> {
    this.#stopping ??= (async () => {
      await Promise.all(this.#processes.map((managed) => managed.stop()));
      const servers = await Promise.allSettled(this.#servers);
      await Promise.all(servers.map((server) => (server.status === 'fulfilled' ? server.value.stop() : undefined)));
      this.#lock.release();
    })();
    return this.#stopping;
  }
}

/** Keeps one former log file when the current one has grown large. */
function logFile(folder: string, name: string): string {
  const file = join(folder, `${name}.log`);
  if (existsSync(file) && statSync(file).size > logFileBytesMax) renameSync(file, `${file}.old`);
  return file;
}

/** Vendor keys and the like pass through; what would confuse a child or name the superuser does not. */
function inheritedEnvironment(): NodeJS.ProcessEnv {
  const { CLEARLOT_POSTGRES_URL: _admin, NODE_OPTIONS: _options, NODE_ENV: _mode, ...rest } = process.env;
  const own = Object.entries(rest).filter(([key]) => !key.startsWith('VITEST') && !key.startsWith('npm_'));
  // Halves the time a process needs to load its modules from the second start on.
  return { ...Object.fromEntries(own), NODE_COMPILE_CACHE: join(repository, '.clearlot', 'compile-cache') };
}
