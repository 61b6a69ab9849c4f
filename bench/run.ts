// npm run bench: what we promise about speed (ARCHITECTURE.md, "Speed") beside what this machine does now. Everything
// is compared within one run; absolute figures of a busy or small machine say little. `npm run bench -- journey events`
// runs only what is named.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { measureAuctionLive } from './auction-live.ts';
import { measureAuctionWriter } from './auction-writer.ts';
import { measureEvaluation } from './evaluation.ts';
import { measureEvents } from './events.ts';
import { measureJourney } from './journey.ts';
import { measureMarketData } from './market-data.ts';
import { measureProductSearch } from './product-search.ts';
import { measureRequestCost } from './request-cost.ts';
import { asTable, type Result } from './results.ts';
import { measureRowSecurity } from './row-security.ts';
import { measureStartUp } from './start-up.ts';
import { createWorld, type World } from './world.ts';

const inWorld: Record<string, (world: World) => Promise<Result[]>> = {
  journey: measureJourney,
  requests: measureRequestCost,
  'row-security': measureRowSecurity,
  events: measureEvents,
  search: measureProductSearch,
  'market-data': measureMarketData,
  'auction-writer': measureAuctionWriter,
};
/** Benches that print for themselves and run alone as well. */
const alone: Record<string, string[]> = {
  ledger: ['ledger.ts', '2', '32', '2'],
  allocation: ['allocation.ts', '100000', '3'],
};

const named = process.argv.slice(2);
const wanted = (name: string) => named.length === 0 || named.includes(name);
const startedAt = performance.now();
const results: Result[] = [];

/** Adds what a bench measured, and says how far the run is. */
async function add(name: string, measure: () => Promise<Result[]>): Promise<void> {
  if (!wanted(name)) return;
  console.error(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${name} …`);
  results.push(...(await measure()));
}

function runAlone([file = '', ...args]: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, file), ...args], { stdio: 'inherit' });
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${file} failed`))));
  });
}

await add('start', measureStartUp);
if (Object.keys(inWorld).some(wanted)) {
  const world = await createWorld(600, () => {});
  try {
    for (const [name, measure] of Object.entries(inWorld)) await add(name, () => measure(world));
  } finally {
    await world.close();
  }
}
await add('auction-live', measureAuctionLive);
await add('evaluation', measureEvaluation);
for (const [name, command] of Object.entries(alone)) {
  await add(name, async () => {
    await runAlone(command);
    return [];
  });
}
if (results.length > 0) console.log(`\n${asTable(results)}`);
console.log(`\nbench: ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
