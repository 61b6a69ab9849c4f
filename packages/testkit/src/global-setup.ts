import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNats, startPostgres } from '@clearlot/stack';
import type { TestProject } from 'vitest/node';

/** What the workers of a test run need to know of its servers. */
export type TestServers = { adminUrl: string; natsUrls: string[]; rolePassword: string };

declare module 'vitest' {
  interface ProvidedContext {
    testServers: TestServers;
  }
}

const natsAccounts = 400;

/**
 * vitest globalSetup of the tiers that need servers: one PostgreSQL and one NATS per test run, in a temporary folder.
 * CLEARLOT_STACK=containers runs them in containers instead.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'clearlot-test-'));
  // PostgreSQL runs as another user when we are root and must be able to pass through.
  chmodSync(folder, 0o711);
  const log = (line: string) => console.error(line);
  const starting = [
    startPostgres({ dataDir: join(folder, 'postgres'), durable: false, logFile: join(folder, 'postgres.log'), log }),
    startNats({ storeDir: join(folder, 'nats'), accounts: natsAccounts, logFile: join(folder, 'nats.log'), log }),
  ] as const;
  const teardown = async () => {
    const started = await Promise.allSettled(starting);
    await Promise.all(started.map((server) => (server.status === 'fulfilled' ? server.value.stop() : undefined)));
    rmSync(folder, { recursive: true, force: true });
  };
  const [postgres, nats] = await Promise.all(starting).catch(async (error) => {
    await teardown();
    throw error;
  });
  project.provide('testServers', {
    adminUrl: postgres.adminUrl,
    natsUrls: Array.from({ length: natsAccounts }, (_, index) => nats.accountUrl(index + 1)),
    rolePassword: randomBytes(12).toString('hex'),
  });
  return teardown;
}
