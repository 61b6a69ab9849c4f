import type { Log } from '../process/managed-process.ts';
import { usesContainers } from '../variant.ts';
import { startEmbeddedPostgres } from './embedded.ts';

export type PostgresOptions = {
  /** Created on first use; the same folder later finds the same data. */
  dataDir: string;
  port?: number | undefined;
  /** Off only for tests: no fsync. A kill -9 of the server still loses nothing, a power cut would. */
  durable?: boolean;
  settings?: Record<string, string>;
  /** Bring it back when it dies (default true). */
  restart?: boolean;
  logFile?: string | undefined;
  log?: Log | undefined;
  onSpawn?: ((name: string, pid: number) => void) | undefined;
};

export type Postgres = {
  /** Superuser, database `postgres`. */
  adminUrl: string;
  port: number;
  readonly pid: number | undefined;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when it answers, for instance after a kill. */
  ready(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts PostgreSQL: embedded, or in a container when CLEARLOT_STACK=containers. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  if (!usesContainers()) return startEmbeddedPostgres(options);
  const { startContainerPostgres } = await import('./container.ts');
  return startContainerPostgres(options);
}
