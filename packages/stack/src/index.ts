export { type Postgres, type PostgresOptions, startPostgres } from './postgres/postgres.ts';
export type { Log } from './process/managed-process.ts';
export { freePort, freePorts, isPortFree } from './process/ports.ts';
