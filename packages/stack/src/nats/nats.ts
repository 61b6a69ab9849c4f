import type { Log } from '../process/managed-process.ts';
import { usesContainers } from '../variant.ts';
import { startEmbeddedNats } from './embedded.ts';

export type NatsOptions = {
  /** Streams live here and are found again by the next start. */
  storeDir: string;
  port?: number | undefined;
  /** As many isolated accounts with streams of their own, for tests that share one server. */
  accounts?: number;
  /** Bring it back when it dies (default true). */
  restart?: boolean;
  logFile?: string | undefined;
  log?: Log | undefined;
  onSpawn?: ((name: string, pid: number) => void) | undefined;
};

export type Nats = {
  /** With its credentials. */
  url: string;
  /** The same server seen from the n-th isolated account, counted from one. */
  accountUrl(account: number): string;
  port: number;
  readonly pid: number | undefined;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when it answers, for instance after a kill. */
  ready(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts NATS with JetStream: embedded, or in a container when CLEARLOT_STACK=containers. */
export async function startNats(options: NatsOptions): Promise<Nats> {
  if (!usesContainers()) return startEmbeddedNats(options);
  const { startContainerNats } = await import('./container.ts');
  return startContainerNats(options);
}
