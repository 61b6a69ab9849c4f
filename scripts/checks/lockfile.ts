import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Outcome, root, run } from './run.ts';

/** The lockfile matches the manifests and names no registry: the same file must work behind any mirror. */
export async function checkLockfile(): Promise<Outcome> {
  const lines = readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8').split('\n');
  const naming = lines.flatMap((line, index) =>
    /\b(https?|git\+?\w*):\/\/|^\s*tarball:/.test(line) ? [`pnpm-lock.yaml:${index + 1}: ${line.trim()}`] : [],
  );
  if (naming.length > 0) {
    return { ok: false, output: `The lockfile names hosts, which not everybody reaches:\n${naming.join('\n')}\n` };
  }
  const pnpm = join(root, '.clearlot', 'toolchain', 'node_modules', '.bin', 'pnpm');
  if (!existsSync(pnpm)) return { ok: true, output: '', note: 'manifests not compared: run through npm for that' };
  // pmOnFail: see scripts/bootstrap.mjs.
  process.env.pnpm_config_pm_on_fail = 'ignore';
  return run(pnpm, ['install', '--frozen-lockfile', '--lockfile-only', '--offline']);
}
