// What a person waits for, and what the machine gives: `npm start` cold (empty state) and warm, and the memory of
// everything it started once it is at rest.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@clearlot/stack';
import { memoryMiB } from './processes.ts';
import type { Result } from './results.ts';

const root = join(import.meta.dirname, '..');
const REST_MS = 5_000;

/** Goals: serving in 10 s when started before, the whole stack under 1.2 GB at rest. */
export async function measureStartUp(): Promise<Result[]> {
  const stateDir = mkdtempSync(join(tmpdir(), 'clearlot-bench-start-'));
  chmodSync(stateDir, 0o711);
  try {
    const cold = await start(stateDir);
    await stop(cold.process);
    const warm = await start(stateDir);
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    const memory = memoryMiB([warm.process.pid ?? 0]);
    await stop(warm.process);
    return [
      {
        what: 'npm start, empty state → serving',
        measured: seconds(cold.tookMs),
        goal: '< 90 s',
        met: cold.tookMs < 90_000,
      },
      { what: 'npm start, warm → serving', measured: seconds(warm.tookMs), goal: '< 10 s', met: warm.tookMs < 10_000 },
      {
        what: 'memory of the whole stack at rest',
        measured: `${memory.toFixed(0)} MiB`,
        goal: '< 1.2 GB',
        met: memory * 1024 ** 2 < 1.2e9,
      },
    ];
  } finally {
    rmSync(stateDir, { recursive: true, force: true });
  }
}

async function start(stateDir: string): Promise<{ process: ChildProcess; tookMs: number }> {
  const [gatewayPort, mailboxPort] = [await freePort(), await freePort()];
  const started = performance.now();
  const child = spawn('node', ['scripts/bootstrap.mjs', 'scripts/start.ts'], {
    cwd: root,
    env: {
      ...process.env,
      CLEARLOT_STATE: stateDir,
      CLEARLOT_PORT: String(gatewayPort),
      CLEARLOT_MAILBOX_PORT: String(mailboxPort),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const chunk of child.stdout ?? []) {
    output += chunk;
    if (output.includes('Clearlot is up')) return { process: child, tookMs: performance.now() - started };
  }
  throw new Error(`npm start did not come up:\n${output}`);
}

async function stop(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

const seconds = (tookMs: number) => `${(tookMs / 1000).toFixed(1)} s`;
