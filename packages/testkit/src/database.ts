import { randomBytes } from 'node:crypto';
import { type DatabaseUrls, databaseName, dropDatabase, provisionDatabase } from '@clearlot/service/provision';
import { prepareDatabase } from '@clearlot/stack';
import postgres from 'postgres';
import { inject } from 'vitest';
import type {} from './global-setup.ts';

export type TestDatabase = DatabaseUrls & { name: string; drop(): Promise<void> };

/**
 * A database of its own for one test file, with the service's roles and all its migrations. Cloned from a template
 * that the first caller of a run migrates, so it costs some tens of milliseconds.
 */
export async function createTestDatabase(service: string): Promise<TestDatabase> {
  const { adminUrl, rolePassword } = inject('testServers');
  const template = `${databaseName(service)}_template`;
  const name = `${databaseName(service)}_${randomBytes(5).toString('hex')}`;
  const passwords = { migratorPassword: rolePassword, appPassword: rolePassword };
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(hashtextextended(${`template:${template}`}, 0))`;
    // Marked only after its migrations: a template that failed half way is built again.
    const [ready] = await sql`select 1 from pg_database where datname = ${template} and datistemplate`;
    if (!ready) {
      await dropDatabase(adminUrl, template);
      await prepareDatabase(adminUrl, service, { ...passwords, database: template });
      await sql.unsafe(`alter database ${template} is_template true`);
    }
    await sql`select pg_advisory_unlock_all()`;
    await sql.unsafe(`create database ${name} template ${template}`);
  } finally {
    await sql.end();
  }
  // Ownership and grants on the database itself are not copied from a template.
  const urls = await provisionDatabase(adminUrl, service, { ...passwords, database: name });
  return { ...urls, name, drop: () => dropDatabase(adminUrl, name) };
}
