import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { binariesIn, type PostgresBinaries } from './binaries.ts';

/** Where PostgreSQL runs and as whom. `uid`/`gid` are set only when we are root, as which it refuses to run. */
export type Placement = {
  dataDir: string;
  binaries: PostgresBinaries;
  uid: number | undefined;
  gid: number | undefined;
};

/**
 * Decides where the data lies. As a plain user: exactly at `wanted`. As root the server runs as an unprivileged user
 * who may not be able to reach the clone (say, below /root): then data and binaries go to a folder of their own, and
 * a `.location` file beside `wanted` remembers which, so that a new clone at an old path never finds foreign data.
 */
export function placePostgres(wanted: string, binaries: PostgresBinaries): Placement {
  mkdirSync(dirname(wanted), { recursive: true });
  if (process.getuid?.() !== 0) return { dataDir: resolve(wanted), binaries, uid: undefined, gid: undefined };

  const locationFile = `${wanted}.location`;
  const user = existsSync(wanted) ? ownerOf(wanted) : unprivilegedUser();
  if (!existsSync(locationFile) && canUse(dirname(wanted), binaries, user)) {
    return { dataDir: resolve(wanted), binaries, ...user };
  }

  const place = existsSync(locationFile) ? readFileSync(locationFile, 'utf8').trim() : newOutsidePlace(wanted);
  mkdirSync(place, { recursive: true, mode: 0o711 });
  writeFileSync(locationFile, `${place}\n`);
  const dataDir = join(place, 'data');
  return {
    dataDir,
    binaries: copyBinaries(binaries, dirname(place)),
    ...(existsSync(dataDir) ? ownerOf(dataDir) : user),
  };
}

/** Creates a directory that the server's user owns and nobody else can read. */
export function makePrivateDirectory(path: string, { uid, gid }: Pick<Placement, 'uid' | 'gid'>): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700);
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}

type User = { uid: number; gid: number };

/** Prefers a `postgres` user, who has no other job, to `nobody`. */
function unprivilegedUser(): User {
  const lines = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8').split('\n') : [];
  for (const name of ['postgres', 'nobody']) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  return { uid: 65_534, gid: 65_534 };
}

/** A data directory keeps its user, even when a better one appears later on the machine. */
function ownerOf(directory: string): User {
  const { uid, gid } = statSync(directory);
  return uid === 0 ? unprivilegedUser() : { uid, gid };
}

/** Tried for real instead of computed from modes: access lists and mount options count too. */
function canUse(directory: string, binaries: PostgresBinaries, { uid, gid }: User): boolean {
  const runs = spawnSync(binaries.postgres, ['--version'], { uid, gid, cwd: '/' });
  const reaches = spawnSync('/bin/sh', ['-c', 'cd "$0"', directory], { uid, gid, cwd: '/' });
  return runs.status === 0 && reaches.status === 0;
}

function newOutsidePlace(wanted: string): string {
  const name = `${createHash('sha256').update(resolve(wanted)).digest('hex').slice(0, 12)}-${randomBytes(4).toString('hex')}`;
  for (const parent of ['/var/lib/clearlot', '/var/tmp/clearlot']) {
    try {
      mkdirSync(parent, { recursive: true, mode: 0o711 });
      const { uid } = statSync(parent);
      if (uid === 0) return join(parent, name);
    } catch {
      // Read-only file system: the next one.
    }
  }
  throw new Error('PostgreSQL cannot run as root and found no folder for an unprivileged user in /var/lib or /var/tmp');
}

function copyBinaries(binaries: PostgresBinaries, parent: string): PostgresBinaries {
  const version = basename(dirname(dirname(dirname(dirname(binaries.home)))));
  const home = join(parent, `postgres-${version.replaceAll(/[^\w.-]/g, '_')}`);
  if (!existsSync(home)) {
    const partial = `${home}.${randomBytes(4).toString('hex')}`;
    cpSync(binaries.home, partial, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(partial, home);
    } catch {
      // Another process copied it first.
      rmSync(partial, { recursive: true, force: true });
    }
  }
  return binariesIn(home);
}
