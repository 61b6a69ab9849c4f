import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { usesContainers } from '../variant.ts';
import { type Postgres, startPostgres } from './postgres.ts';

let folder: string;
let server: Postgres | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clearlot-postgres-'));
  chmodSync(folder, 0o711);
});
afterEach(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function query(sql: string, url = server?.adminUrl ?? ''): Promise<Record<string, unknown>[]> {
  const client = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await client.unsafe(sql);
  } finally {
    await client.end();
  }
}

describe.skipIf(usesContainers())('embedded PostgreSQL', () => {
  test('committed rows survive kill -9, and it comes back at the same address', async () => {
    server = await startPostgres({ dataDir: join(folder, 'data') });
    await query('create table kept (x int); insert into kept values (1)');
    const killed = server.pid;
    server.kill('SIGKILL');
    await expect.poll(() => server?.pid !== killed).toBe(true);
    await server.ready();
    expect(await query('select x from kept')).toEqual([{ x: 1 }]);
  });

  test('rows survive a stop and a start, also with a lock file whose pid belongs to somebody else now', async () => {
    const dataDir = join(folder, 'data');
    server = await startPostgres({ dataDir });
    await query('create table kept (x int); insert into kept values (1)');
    await server.stop();
    writeFileSync(join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n`);
    server = await startPostgres({ dataDir });
    expect(await query('select x from kept')).toEqual([{ x: 1 }]);
  });

  test('is durable, asks for the password and keeps it to its owner', async () => {
    const dataDir = join(folder, 'data');
    server = await startPostgres({ dataDir });
    const [row] = await query(
      `select current_setting('fsync') || current_setting('synchronous_commit') as durable,
              current_setting('listen_addresses') as listen`,
    );
    expect(row).toEqual({ durable: 'onon', listen: '127.0.0.1' });
    expect(statSync(join(dataDir, 'clearlot.password')).mode & 0o777).toBe(0o600);
    const wrong = new URL(server.adminUrl);
    wrong.password = 'wrong';
    await expect(query('select 1', wrong.href)).rejects.toMatchObject({ code: '28P01' });
  });

  test.runIf(process.getuid?.() === 0)(
    'as root in a folder only root can enter, it moves its data and finds it again',
    async () => {
      const closed = join(folder, 'closed');
      mkdirSync(closed, { mode: 0o700 });
      const dataDir = join(closed, 'data');
      server = await startPostgres({ dataDir });
      const place = readFileSync(`${dataDir}.location`, 'utf8').trim();
      try {
        await query('create table kept (x int); insert into kept values (1)');
        await server.stop();
        server = await startPostgres({ dataDir });
        expect(await query('select x from kept')).toEqual([{ x: 1 }]);
        expect(existsSync(dataDir)).toBe(false);
      } finally {
        await server.stop();
        rmSync(place, { recursive: true });
      }
    },
  );
});
