import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identify } from '../process/identity.ts';
import { freePort, isPortFree } from '../process/ports.ts';
import { usesContainers } from '../variant.ts';
import { type Platform, type PlatformOptions, startPlatform } from './platform.ts';
import { processNames } from './topology.ts';

const tiny = resolve(import.meta.dirname, '../../fixtures/tiny-service.ts');
const entries = Object.fromEntries(processNames.map((name) => [name, tiny]));

describe.skipIf(usesContainers())('the platform on one machine', () => {
  let stateDir: string;
  let platform: Platform;
  let stop = async () => {};
  let options: PlatformOptions;

  beforeAll(async () => {
    stateDir = mkdtempSync(join(tmpdir(), 'clearlot-platform-'));
    chmodSync(stateDir, 0o711);
    const webRoot = async () => join(stateDir, 'web');
    options = { stateDir, gatewayPort: await freePort(), replicas: { deals: 2 }, entries, webRoot };
    platform = await startPlatform(options);
    stop = platform.stop;
  });
  afterAll(async () => {
    await stop();
    rmSync(stateDir, { recursive: true, force: true });
  });

  const deals2 = () => {
    const found = platform.processes.find(({ id }) => id === 'deals-2');
    if (!found) throw new Error('deals-2 is missing');
    return found;
  };
  const answerOf = async (url: string) =>
    (await (await fetch(url)).json()) as { crash: string | null; variables: string[] };

  test('gives every process its environment, only identity the keys to people and only the gateway the web app', async () => {
    const answers = new Map<string, string[]>();
    for (const { id, httpUrl } of platform.processes) answers.set(id, (await answerOf(httpUrl)).variables);
    expect([...answers.keys()].sort()).toEqual([
      'deals-1',
      'deals-2',
      'documents-1',
      'gateway-1',
      'identity-1',
      'market-data-1',
      'marketplace-1',
      'payments-1',
    ]);
    for (const [id, variables] of answers) {
      expect(variables).toEqual(expect.arrayContaining(['HTTP_PORT', 'JWKS_URL', 'NATS_URL', 'SERVICE_KEY']));
      expect(variables.includes('ACCESS_TOKEN_KEY')).toBe(id === 'identity-1');
      expect(variables.includes('PII_KEY')).toBe(id === 'identity-1');
      expect(variables.includes('FILE_KEY')).toBe(id === 'documents-1');
      expect(variables.includes('DATABASE_URL')).toBe(id !== 'gateway-1');
      expect(variables.includes('WEB_ROOT')).toBe(id === 'gateway-1');
    }
    expect(statSync(join(stateDir, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  test('every service has a database that its app role enters without owning anything', async () => {
    for (const { appUrl } of Object.values(platform.databases)) {
      const sql = postgres(appUrl, { max: 1 });
      await expect(sql`create table mine (x int)`).rejects.toMatchObject({ code: '42501' });
      await sql.end();
    }
  });

  test('a killed process comes back at its address', async () => {
    const killed = deals2().pid;
    deals2().kill('SIGKILL');
    await expect.poll(() => deals2().pid !== killed).toBe(true);
    await deals2().ready();
    expect(deals2().exits).toBe(1);
  });

  test('extra environment of a restart holds for one life', async () => {
    await deals2().restart({ TINY_CRASH: 'yes' });
    const crashing = deals2().pid;
    expect((await answerOf(deals2().httpUrl)).crash).toBe('yes');
    await expect.poll(() => deals2().pid !== crashing, { timeout: 5_000 }).toBe(true);
    await deals2().ready();
    expect((await answerOf(deals2().httpUrl)).crash).toBeNull();
  });

  test('refuses a second platform on the same state, and a taken port', async () => {
    await expect(startPlatform({ ...options, gatewayPort: await freePort() })).rejects.toThrow(/already runs on/);
    await expect(startPlatform({ ...options, stateDir: `${stateDir}/other` })).rejects.toThrow(/already in use/);
  });

  test('a process that cannot start fails the start with its own words and leaves nothing behind', async () => {
    const other = join(stateDir, 'failing');
    const gatewayPort = await freePort();
    const env = { payments: { TINY_REFUSE: 'the ledger is upside down' } };
    await expect(startPlatform({ ...options, stateDir: other, gatewayPort, env })).rejects.toThrow(/upside down/);
    expect(await isPortFree(gatewayPort)).toBe(true);
    // The folder is free again as well.
    await (await startPlatform({ ...options, stateDir: other, gatewayPort })).stop();
  });

  test('a web app that does not build fails the start with what it says and leaves nothing behind', async () => {
    const gatewayPort = await freePort();
    const webRoot = () => Promise.reject(new Error('the web app does not build'));
    await expect(
      startPlatform({ ...options, stateDir: join(stateDir, 'unbuilt'), gatewayPort, webRoot }),
    ).rejects.toThrow(/does not build/);
    expect(await isPortFree(gatewayPort)).toBe(true);
  });

  test('after kill -9 of the starter, the next start ends the leftovers and finds the data', async () => {
    const other = join(stateDir, 'orphaned');
    const gatewayPort = await freePort();
    // Ended ones may stay listed for a while: their new parent has not collected them yet.
    const runs = (pid: number) => identify(pid) !== undefined;
    const starter = spawn(process.execPath, [
      resolve(import.meta.dirname, '../../fixtures/start-and-wait.ts'),
      other,
      String(gatewayPort),
    ]);
    const [output] = await once(starter.stdout, 'data');
    const orphans: { pids: number[]; postgres: number } = JSON.parse(String(output));
    starter.kill('SIGKILL');
    await once(starter, 'exit');
    expect(orphans.pids.every(runs)).toBe(true);

    const next = await startPlatform({ ...options, stateDir: other, gatewayPort });
    expect([...orphans.pids, orphans.postgres].some(runs)).toBe(false);
    await next.stop();
  });
});
