import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type NatsConnection } from 'nats';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { usesContainers } from '../variant.ts';
import { type Nats, startNats } from './nats.ts';

let folder: string;
let server: Nats | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clearlot-nats-'));
});
afterEach(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function withConnection<T>(url: string, work: (connection: NatsConnection) => Promise<T>): Promise<T> {
  const { host, username, password } = new URL(url);
  const connection = await connect({ servers: host, user: username, pass: password, maxReconnectAttempts: 0 });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

describe.skipIf(usesContainers())('embedded NATS', () => {
  test('stored messages survive kill -9, and it comes back at the same address', async () => {
    server = await startNats({ storeDir: folder });
    await withConnection(server.url, async (connection) => {
      const manager = await connection.jetstreamManager();
      await manager.streams.add({ name: 'DEALS', subjects: ['deals.>'] });
      await connection.jetstream().publish('deals.kept', 'x');
    });
    const killed = server.pid;
    server.kill('SIGKILL');
    await expect.poll(() => server?.pid !== killed).toBe(true);
    await server.ready();
    await withConnection(server.url, async (connection) => {
      const manager = await connection.jetstreamManager();
      expect((await manager.streams.info('DEALS')).state.messages).toBe(1);
    });
  });

  test('refuses strangers and keeps its password to its owner', async () => {
    server = await startNats({ storeDir: folder });
    await expect(connect({ servers: `127.0.0.1:${server.port}`, maxReconnectAttempts: 0 })).rejects.toMatchObject({
      code: 'AUTHORIZATION_VIOLATION',
    });
    expect(statSync(join(folder, 'nats.conf')).mode & 0o777).toBe(0o600);
  });

  test('accounts do not see each other', async () => {
    server = await startNats({ storeDir: folder, accounts: 2 });
    const names = async (connection: NatsConnection) =>
      (await (await connection.jetstreamManager()).streams.names().next()).length;
    await withConnection(server.accountUrl(1), async (connection) => {
      await (await connection.jetstreamManager()).streams.add({ name: 'DEALS', subjects: ['deals.>'] });
      expect(await names(connection)).toBe(1);
    });
    await withConnection(server.accountUrl(2), async (connection) => expect(await names(connection)).toBe(0));
  });
});
