import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { endProcesses, identify, isAlive, processesWorkingIn } from '../process/identity.ts';
import { ManagedProcess } from '../process/managed-process.ts';
import { freePort, isPortFree } from '../process/ports.ts';
import { findPostgresBinaries } from './binaries.ts';
import { makePrivateDirectory, type Placement, placePostgres } from './placement.ts';
import type { Postgres, PostgresOptions } from './postgres.ts';

const passwordFile = 'clearlot.password';

/** A real PostgreSQL 18 on 127.0.0.1 with its data in `dataDir`. Survives kill -9 of itself and of its starter. */
export async function startEmbeddedPostgres(options: PostgresOptions): Promise<Postgres> {
  const place = placePostgres(options.dataDir, findPostgresBinaries());
  const log = options.log ?? (() => {});
  if (place.dataDir !== options.dataDir) log(`postgres: data in ${place.dataDir}`);
  if (!existsSync(place.dataDir)) await initialise(place);
  await endOrphans(place.dataDir, log);

  const port = options.port ?? (await freePort());
  if (!(await isPortFree(port))) throw new Error(`PostgreSQL cannot listen on port ${port}: it is taken`);
  const password = readFileSync(join(place.dataDir, passwordFile), 'utf8').trim();
  const adminUrl = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;

  const managed = new ManagedProcess({
    name: 'postgres',
    command: place.binaries.postgres,
    args: [
      '-D',
      place.dataDir,
      ...Object.entries(settings(options, port)).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ],
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    cwd: '/',
    uid: place.uid,
    gid: place.gid,
    beforeStart: async () => removeForeignLock(place.dataDir),
    isReady: () => answers(adminUrl),
    // After a kill -9 the new server refuses to start until the last old backend has noticed: that takes a few tries.
    exitsBeforeReadyMax: 20,
    restart: options.restart ?? true,
    stopSignal: 'SIGINT',
    logFile: options.logFile,
    log,
    onSpawn: options.onSpawn,
  });
  await managed.start().catch(async (error) => {
    await managed.stop();
    throw error;
  });
  return {
    adminUrl,
    port,
    get pid() {
      return managed.pid;
    },
    kill: (signal) => managed.kill(signal),
    ready: () => managed.ready(),
    stop: () => managed.stop(),
  };
}

function settings(options: PostgresOptions, port: number): Record<string, string> {
  const durable = options.durable ?? true;
  return {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '300',
    shared_buffers: '64MB',
    max_wal_size: '1GB',
    fsync: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    password_encryption: 'scram-sha-256',
    ...options.settings,
  };
}

/** Into a neighbour first: an interrupted initdb must not leave a data directory that looks complete. */
async function initialise(place: Placement): Promise<void> {
  const partial = `${place.dataDir}.partial`;
  rmSync(partial, { recursive: true, force: true });
  makePrivateDirectory(partial, place);
  const password = randomBytes(24).toString('base64url');
  const handover = `${place.dataDir}.initial-password`;
  writeFileSync(handover, password, { mode: 0o600 });
  if (place.uid !== undefined && place.gid !== undefined) chownSync(handover, place.uid, place.gid);
  try {
    await run(
      place.binaries.initdb,
      // The built-in provider sorts the same on every operating system; ICU and libc do not.
      [
        ...['-D', partial, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${handover}`, '--encoding=UTF8'],
        ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ],
      place,
    );
    renameSync(handover, join(partial, passwordFile));
    chmodSync(join(partial, passwordFile), 0o600);
    renameSync(partial, place.dataDir);
  } finally {
    rmSync(handover, { force: true });
  }
}

function run(command: string, args: string[], { uid, gid }: Placement): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: '/',
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} failed (${code}):\n${output}`)),
    );
  });
}

/** A server whose starter was killed still runs on this data. We own the folder now, so it has to go. */
async function endOrphans(dataDir: string, log: (line: string) => void): Promise<void> {
  const orphans = processesWorkingIn(dataDir).flatMap((pid) => identify(pid) ?? []);
  if (orphans.length === 0) return;
  log(`postgres: stopping ${orphans.length} processes left over from a run that was killed`);
  await endProcesses(orphans, 'SIGINT', 10_000);
}

/**
 * PostgreSQL itself clears a lock file whose process is gone, and checks shared memory while doing so. It only gives
 * up when the pid meanwhile belongs to somebody else, which a reboot or a container makes likely: only then we help.
 */
function removeForeignLock(dataDir: string): void {
  const lock = join(dataDir, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split('\n')[0]);
  if (process.platform === 'linux' && isAlive(pid) && !processesWorkingIn(dataDir).includes(pid)) unlinkSync(lock);
}

async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => {} });
  try {
    await sql`select 1`;
    return true;
  } finally {
    await sql.end({ timeout: 1 });
  }
}
