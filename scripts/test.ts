// npm test: the checks, then the tiers. `npm test -- unit` (or integration, e2e, check) runs only what is named; other
// arguments go to vitest (`npm test -- integration packages/stack`).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from './check.ts';
import { root, tool } from './checks/run.ts';

const tiers = ['unit', 'integration', 'e2e'];

type Totals = { numPassedTests: number; numFailedTests: number; success: boolean };

const named = process.argv.slice(2).filter((argument) => tiers.includes(argument) || argument === 'check');
const forVitest = process.argv.slice(2).filter((argument) => !named.includes(argument));
const wanted = named.length > 0 ? named : ['check', ...tiers];

let passed = 0;
let failed = 0;
let broken = false;
if (wanted.includes('check') && !(await check())) broken = true;
for (const tier of tiers.filter((candidate) => wanted.includes(candidate))) {
  console.log(`\n── ${tier} ──`);
  const totals = runTier(tier);
  passed += totals.numPassedTests;
  failed += totals.numFailedTests;
  if (!totals.success) broken = true;
}
console.log(`\n${broken ? 'Something failed: see above.' : 'Everything is fine.'}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(broken || failed > 0 ? 1 : 0);

/** One process per tier: the servers of one are gone before the next starts. */
function runTier(tier: string): Totals {
  const folder = mkdtempSync(join(tmpdir(), 'clearlot-results-'));
  const file = join(folder, 'results.json');
  // vitest leaves one core to itself; the tiers wait for their servers often enough to use it. e2e runs one file at a time.
  const workers = `--maxWorkers=${availableParallelism()}`;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const result = spawnSync(
    tool('vitest'),
    ['run', '--project', tier, '--passWithNoTests', workers, ...reporters, ...forVitest],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  try {
    const totals = JSON.parse(readFileSync(file, 'utf8')) as Totals;
    return { ...totals, success: totals.success && result.status === 0 };
  } catch {
    // Without results the run itself broke, which is not "no test failed".
    return { numPassedTests: 0, numFailedTests: 0, success: false };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
