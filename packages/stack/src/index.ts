export { type Mailbox, type MailboxOptions, startMailbox } from './mailbox/mailbox.ts';
export type { MailboxMessage } from './mailbox/store.ts';
export { type Nats, type NatsOptions, startNats } from './nats/nats.ts';
export { prepareDatabase } from './platform/databases.ts';
export { type Platform, type PlatformOptions, type PlatformProcess, startPlatform } from './platform/platform.ts';
export { type ProcessName, type ServiceName, services } from './platform/topology.ts';
export { type Postgres, type PostgresOptions, startPostgres } from './postgres/postgres.ts';
export type { Log } from './process/managed-process.ts';
export { freePort, freePorts, isPortFree } from './process/ports.ts';
