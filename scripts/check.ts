// npm run check: everything that can be said about the code without running it. All checks in parallel, all reported.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { compareContracts, compareGenerated, lintContracts } from './checks/contracts.ts';
import { checkLockfile } from './checks/lockfile.ts';
import { checkPurity } from './checks/purity.ts';
import { checkRoutes } from './checks/routes.ts';
import { type Outcome, root, run, tool } from './checks/run.ts';
import { checkWeb } from './checks/web.ts';

const folders = ['packages', 'services', 'gateway', 'web/src', 'scripts', 'bench', 'e2e'].filter((name) =>
  existsSync(join(root, name)),
);

const checks: Record<string, () => Promise<Outcome>> = {
  types: () => run(tool('tsc'), []),
  'types of the web app': () => run(tool('tsc'), ['--noEmit', '-p', 'web']),
  'web app: build and weight': checkWeb,
  'web app: pages apart from routes': checkRoutes,
  'lint and format': () => run(tool('biome'), ['ci', '--colors=off', '--max-diagnostics=30']),
  'contracts: style': lintContracts,
  'contracts: compatibility': compareContracts,
  'contracts: generated code': compareGenerated,
  'layer rules': () => run(tool('depcruise'), ['--config', '.dependency-cruiser.mjs', ...folders]),
  'pure rule files': checkPurity,
  'unused files and exports': () => run(tool('knip'), ['--no-progress']),
  lockfile: checkLockfile,
};

/** Runs all checks and prints one line each; true when all passed. */
export async function check(): Promise<boolean> {
  const startedAt = performance.now();
  const outcomes = await Promise.all(
    Object.entries(checks).map(async ([name, work]) => {
      const outcome = await work().catch((error: unknown): Outcome => ({ ok: false, output: String(error) }));
      console.log(`${outcome.ok ? '✓' : '✗'} ${name}${outcome.note ? ` (${outcome.note})` : ''}`);
      return { name, ...outcome };
    }),
  );
  const failed = outcomes.filter(({ ok }) => !ok);
  for (const { name, output } of failed) console.log(`\n── ${name} ──\n${output.trimEnd()}`);
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  console.log(`\ncheck: ${outcomes.length - failed.length} passed, ${failed.length} failed (${seconds} s)`);
  return failed.length === 0;
}

if (import.meta.main) process.exit((await check()) ? 0 : 1);
