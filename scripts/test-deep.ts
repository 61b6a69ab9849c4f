// npm run test:deep: the properties of auctions and splits over many more cases (10,200 schedules of writers for 300), from
// one seed, which it prints; `npm run test:deep -- <seed>` plays them again. Then kill -9 at every crash point of both markets.
import { spawnSync } from 'node:child_process';
import { root, tool } from './checks/run.ts';

const seed = process.argv[2] ?? `${Date.now() % 1_000_000_000}`;
console.log(`Seed ${seed}`);
const env = { ...process.env, PROPERTY_TIMES: '34', PROPERTY_SEED: seed, SPLIT_RUNS: '20000' };
const files = ['services/marketplace/src/auctions/', 'services/marketplace/src/awards/split.test.ts'];
const { status } = spawnSync(tool('vitest'), ['run', '--project', 'unit', '--testTimeout', '1800000', ...files], {
  ...{ cwd: root, env, stdio: 'inherit' },
});
console.log(`Seed ${seed}`);
const faults = ['e2e/faults', 'e2e/lithium-faults'];
const { status: killed } = spawnSync(tool('vitest'), ['run', '--project', 'e2e', ...faults], {
  ...{ cwd: root, env: { ...process.env, CRASH_POINTS: 'all' }, stdio: 'inherit' },
});
process.exit(status || killed ? 1 : 0);
