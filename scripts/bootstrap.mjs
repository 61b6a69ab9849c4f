// Runs a TypeScript script of this repository on the pinned Node, whatever Node (>= 18) the system has.
// Plain JavaScript without dependencies on purpose: it runs before anything is installed.
//   node scripts/bootstrap.mjs scripts/start.ts [args]
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const state = join(root, '.clearlot');
const stampFile = join(state, 'install.stamp');
const pinnedNode = join(root, 'node_modules', '.bin', 'node');

function fail(message) {
  console.error(`\nclearlot: ${message}`);
  process.exit(1);
}

/** Everything that decides what `pnpm install` would produce; a change in any of it makes the stamp stale. */
function installFingerprint() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  const add = (file) => {
    if (existsSync(file)) hash.update(`\0${file.slice(root.length)}\0`).update(readFileSync(file));
  };
  for (const name of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc']) add(join(root, name));
  const folders = ['gateway', 'proto', 'web'];
  for (const parent of ['packages', 'services', 'patches']) {
    if (!existsSync(join(root, parent))) continue;
    for (const entry of readdirSync(join(root, parent), { withFileTypes: true })) {
      if (entry.isDirectory()) folders.push(join(parent, entry.name));
      else add(join(root, parent, entry.name));
    }
  }
  for (const folder of folders.sort()) add(join(root, folder, 'package.json'));
  return hash.digest('hex');
}

/** Runs an installer quietly; its output appears only if it fails. */
function runInstaller(command, args, what) {
  const result = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    // CI=1 keeps pnpm from asking questions when it wants to replace node_modules; with pmOnFail=ignore it does not
    // try to manage its own version, which this file already does (and which a frozen lockfile would refuse).
    env: { ...process.env, CI: '1', pnpm_config_pm_on_fail: 'ignore' },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.error?.code === 'ENOENT')
    fail(`${what} failed: '${command}' was not found on PATH. Install Node >= 18 with npm.`);
  if (result.status === 0) return;
  console.error(`${result.stdout ?? ''}${result.stderr ?? ''}`);
  fail(`${what} failed (${result.signal ?? `exit ${result.status}`}). The output above is the installer's own.`);
}

function ensurePnpm() {
  const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager;
  const version = /^pnpm@([0-9][^+]*)/.exec(wanted ?? '')?.[1];
  if (!version) fail(`package.json must pin "packageManager": "pnpm@x.y.z" (found ${wanted})`);
  const toolchain = join(state, 'toolchain');
  const manifest = join(toolchain, 'node_modules', 'pnpm', 'package.json');
  const installed = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : undefined;
  if (installed !== version) {
    console.error(`clearlot: fetching pnpm ${version}`);
    mkdirSync(toolchain, { recursive: true });
    // A manifest of its own keeps npm from walking up and installing into the repository's package.json.
    writeFileSync(join(toolchain, 'package.json'), '{ "private": true }\n');
    runInstaller(
      'npm',
      ['install', '--prefix', toolchain, '--no-save', '--no-audit', '--no-fund', '--loglevel=error', `pnpm@${version}`],
      `Installing pnpm ${version}`,
    );
  }
  return join(toolchain, 'node_modules', '.bin', 'pnpm');
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Two commands started at once (say `npm start` and `npm test`) must not install over each other. */
async function withInstallLock(work) {
  const lock = join(state, 'install.lock');
  mkdirSync(state, { recursive: true });
  for (let told = false; ; ) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code === 'EACCES')
        fail(`cannot write to ${state}: it belongs to another user. Remove it or run as its owner.`);
      if (error.code !== 'EEXIST') throw error;
      let holder = 0;
      try {
        holder = Number(readFileSync(lock, 'utf8'));
      } catch {}
      if (holder > 0 && !isAlive(holder)) rmSync(lock, { force: true });
      if (holder > 0 && isAlive(holder) && !told) {
        console.error(`clearlot: waiting for the installation that process ${holder} is running`);
        told = true;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function isInstalled() {
  return existsSync(pinnedNode) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === installFingerprint();
}

async function ensureInstalled() {
  if (isInstalled()) return;
  await withInstallLock(() => {
    if (isInstalled()) return;
    const pnpm = ensurePnpm();
    console.error('clearlot: installing dependencies (first run or changed lockfile)');
    runInstaller(pnpm, ['install', '--frozen-lockfile', '--prefer-offline'], 'pnpm install --frozen-lockfile');
    if (!existsSync(pinnedNode)) fail('pnpm install did not produce node_modules/.bin/node; is "node" in allowBuilds?');
    writeFileSync(stampFile, installFingerprint());
  });
}

const [script, ...args] = process.argv.slice(2);
const major = Number(process.versions.node.split('.')[0]);
if (major < 18) fail(`Node >= 18 is needed to start (this is ${process.version}); the rest runs on the pinned Node.`);
if (!script) fail('usage: node scripts/bootstrap.mjs <script.ts> [args]');
await ensureInstalled();
if (!existsSync(join(root, script))) fail(`${script} does not exist in this repository`);

// The real binary, not the link: signals and pids then belong to the process that runs the script.
// Start-up garbage would otherwise stay resident for as long as the platform runs.
const flags = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=8'];
const child = spawn(realpathSync(pinnedNode), [...flags, join(root, script), ...args], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: `${dirname(pinnedNode)}:${process.env.PATH ?? ''}` },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
if (process.env.npm_lifecycle_event) {
  // npm that is killed, or whose shell does not pass signals on, must not leave a platform running behind it.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 1_000).unref();
}
child.on('error', (error) => fail(`could not run the pinned Node: ${error.message}`));
child.on('exit', (code, signal) => {
  if (!signal) process.exit(code ?? 1);
  // Dying of the same signal tells the shell the truth; the handlers above would otherwise swallow it.
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
});
