import { PostgreSqlContainer } from '@testcontainers/postgresql';
import type { Postgres, PostgresOptions } from './postgres.ts';

/** PostgreSQL in a container, for continuous integration. Its data ends with it and it has no process to signal. */
export async function startContainerPostgres(options: PostgresOptions): Promise<Postgres> {
  const settings = { max_connections: '300', fsync: options.durable === false ? 'off' : 'on', ...options.settings };
  const container = await new PostgreSqlContainer('postgres:18')
    .withUsername('postgres')
    .withCommand(['postgres', ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])])
    .start();
  const url = new URL(container.getConnectionUri());
  url.pathname = '/postgres';
  return {
    adminUrl: url.href,
    port: container.getPort(),
    pid: undefined,
    kill: () => {
      throw new Error('A containerised PostgreSQL has no process to signal; use the embedded stack for fault tests');
    },
    ready: async () => {},
    stop: async () => {
      await container.stop();
    },
  };
}
