import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { Log } from '../process/managed-process.ts';

/** `.clearlot/toolchain` of this clone, shared by every command that runs in it. */
const toolchain = resolve(import.meta.dirname, '../../../../.clearlot/toolchain');

/**
 * Path of a nats-server: CLEARLOT_NATS_SERVER, else the one on PATH, else the one fetched before, else the Debian or
 * Ubuntu package unpacked below `.clearlot` without installing it.
 *
 * There is no download of the official release: a binary fetched without a checksum pinned in this file would be run
 * unverified, and the people who wrote this had no way to look the checksum up. apt verifies signatures by itself.
 */
export function findNatsServer(log: Log = () => {}, cacheDir = toolchain): string {
  const named = process.env.CLEARLOT_NATS_SERVER;
  if (named) {
    if (!isExecutable(named)) throw new Error(`CLEARLOT_NATS_SERVER is not an executable file: ${named}`);
    return named;
  }
  // Debian installs it in /usr/sbin, which plain users often do not have on PATH.
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']) {
    const candidate = join(folder, 'nats-server');
    if (folder && isExecutable(candidate)) return candidate;
  }
  const cached = join(cacheDir, 'nats-server', 'usr', 'sbin', 'nats-server');
  if (isExecutable(cached)) return cached;
  const problem = unpackDebianPackage(cacheDir, log);
  if (problem === undefined && isExecutable(cached)) return cached;
  throw new Error(
    `No nats-server was found (${problem ?? 'the package holds none'}). Three ways to get one:\n` +
      '  1. put a nats-server >= 2.9 on PATH (or name it in CLEARLOT_NATS_SERVER),\n' +
      '  2. on Debian or Ubuntu: have working apt sources, it is fetched from them without root and without installing,\n' +
      '  3. set NATS_URL to a running NATS with JetStream.',
  );
}

/** Returns what went wrong, or undefined. Needs no root and leaves the system's package lists alone. */
function unpackDebianPackage(cacheDir: string, log: Log): string | undefined {
  if (spawnSync('apt-get', ['--version']).error || spawnSync('dpkg-deb', ['--version']).error) return 'no apt here';
  log('nats: fetching the nats-server package (once)');
  mkdirSync(cacheDir, { recursive: true });
  const work = join(cacheDir, `apt-${process.pid}`);
  for (const folder of ['lists/partial', 'cache/archives/partial', 'download']) {
    mkdirSync(join(work, folder), { recursive: true });
  }
  const own = ['-o', `Dir::Cache=${join(work, 'cache')}`, '-o', 'APT::Sandbox::User='];
  const ownLists = [...own, '-o', `Dir::State::lists=${join(work, 'lists')}`];
  const run = (command: string, args: string[]) => {
    const result = spawnSync(command, args, { cwd: join(work, 'download'), encoding: 'utf8', timeout: 120_000 });
    return result.status === 0 ? undefined : `${command} ${args.at(-1)}: ${lastLine(result.stderr)}`;
  };
  try {
    // The system's lists save the update when they are there and fresh enough.
    let problem = run('apt-get', [...own, 'download', 'nats-server']);
    if (problem !== undefined) {
      problem = run('apt-get', [...ownLists, 'update']) ?? run('apt-get', [...ownLists, 'download', 'nats-server']);
    }
    const archive = readdirSync(join(work, 'download')).find((file) => file.endsWith('.deb'));
    if (problem !== undefined || !archive) return problem ?? 'apt-get downloaded nothing';
    const unpacked = join(work, 'unpacked');
    problem = run('dpkg-deb', ['-x', archive, unpacked]);
    if (problem !== undefined) return problem;
    const target = join(cacheDir, 'nats-server');
    // Renamed as a whole, so that a half unpacked one is never found; another process may have been faster.
    if (!existsSync(target)) renameSync(unpacked, target);
    return undefined;
  } catch (error) {
    return String(error);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
