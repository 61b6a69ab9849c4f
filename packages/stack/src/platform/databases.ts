import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { migrate, serviceMigrations } from '@clearlot/service/migrate';
import { type DatabaseUrls, databaseName, type ProvisionOptions, provisionDatabase } from '@clearlot/service/provision';

/** Root of the repository. */
export const repository = resolve(import.meta.dirname, '../../../..');

/** Creates or updates one service's database: roles, the migrations every service has, then its own. */
export async function prepareDatabase(
  adminUrl: string,
  service: string,
  options: ProvisionOptions,
): Promise<DatabaseUrls> {
  const urls = await provisionDatabase(adminUrl, service, options);
  const directories = [serviceMigrations, join(repository, 'services', service, 'migrations')];
  await migrate({
    url: urls.migratorUrl,
    owner: `${databaseName(service)}_owner`,
    directories: directories.filter((directory) => existsSync(directory)),
  });
  return urls;
}
