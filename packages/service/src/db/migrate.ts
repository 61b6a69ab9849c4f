import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';

/** The migrations every service starts with: actor settings, outbox, inbox, audit, idempotency. */
export const serviceMigrations = fileURLToPath(new URL('../../migrations', import.meta.url));

interface Migration {
  version: string;
  text: string;
  checksum: string;
}

/**
 * Brings a service's database up to date, one transaction per file, under one lock so that concurrent runners wait.
 * `directories` are applied in order; files are named `NNNN_what.sql`. Refuses an applied file that was edited and a
 * new file older than the newest applied one in its directory (a tool that skips it silently loses tables).
 */
export async function migrate(options: { url: string; owner: string; directories: string[] }): Promise<void> {
  const sql = postgres(options.url, { max: 1, onnotice() {} });
  try {
    await sql`select pg_advisory_lock(hashtext('clearlot.migrate'))`;
    await sql.unsafe(`set role ${identifier(options.owner)}`);
    await createHistory(sql);
    await grantByDefault(sql, options.owner);
    for (const [index, directory] of options.directories.entries()) {
      await migrateDirectory(sql, options.owner, index, directory);
    }
  } finally {
    await sql.end();
  }
}

/** What was applied, known to the owner only; like every table it is under row-level security from the start. */
async function createHistory(sql: postgres.Sql): Promise<void> {
  const [found] = await sql`select where to_regclass('public.schema_migration') is not null`;
  if (found) return;
  await sql.unsafe(`begin;
    create table schema_migration (
      version text primary key, checksum text not null, applied_at timestamptz not null default now());
    alter table schema_migration enable row level security;
    alter table schema_migration force row level security;
    create policy schema_migration_owner on schema_migration to current_role using (true);
    commit`);
}

/** New tables are readable and writable by the application role, through row-level security; nothing may be deleted. */
async function grantByDefault(sql: postgres.Sql, owner: string): Promise<void> {
  const app = identifier(applicationRole(owner));
  await sql.unsafe(`alter default privileges in schema public grant select, insert, update on tables to ${app}`);
  await sql.unsafe(`alter default privileges in schema public grant usage on sequences to ${app}`);
}

async function migrateDirectory(sql: postgres.Sql, owner: string, index: number, directory: string): Promise<void> {
  const applied = await sql<{ version: string; checksum: string }[]>`
    select version, checksum from schema_migration where version like ${`${index}/%`} order by version`;
  const checksums = new Map(applied.map((row) => [row.version, row.checksum]));
  const newest = applied.at(-1)?.version ?? '';
  for (const migration of await readMigrations(directory, index)) {
    const known = checksums.get(migration.version);
    if (known === migration.checksum) continue;
    if (known) throw new Error(`migration ${migration.version} was edited after it was applied`);
    if (migration.version < newest) throw new Error(`migration ${migration.version} is older than applied ${newest}`);
    await sql.begin(async (tx) => {
      await tx.unsafe(migration.text.replaceAll(':app_role', identifier(applicationRole(owner))));
      await tx`insert into schema_migration (version, checksum) values (${migration.version}, ${migration.checksum})`;
    });
  }
}

async function readMigrations(directory: string, index: number): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(directory, name), 'utf8');
      return { version: `${index}/${name}`, text, checksum: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

function applicationRole(owner: string): string {
  return owner.replace(/_owner$/, '_app');
}

function identifier(name: string): string {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error(`not a plain identifier: ${name}`);
  return `"${name}"`;
}
