import { connect, type JetStreamManager, type NatsConnection, RetentionPolicy, StorageType } from 'nats';

/**
 * Connects to NATS and stays connected: never gives up (the client's default is ten tries) and notices a half-open
 * link within seconds. `url` may carry credentials and several servers separated by commas.
 */
export async function connectBus(url: string, name: string): Promise<NatsConnection> {
  const servers = url.split(',').map((text) => new URL(text));
  const first = servers[0];
  return connect({
    servers: servers.map((server) => server.host),
    ...(first?.username ? { user: decodeURIComponent(first.username), pass: decodeURIComponent(first.password) } : {}),
    name,
    maxReconnectAttempts: -1,
    waitOnFirstConnect: true,
    reconnectTimeWait: 500,
    pingInterval: 5_000,
    maxPingOut: 2,
  });
}

/** Makes sure the stream of an area exists. Messages are kept: the outbox and the stream must agree. */
export async function ensureStream(manager: JetStreamManager, area: string): Promise<void> {
  const stream = streamOf(area);
  try {
    await manager.streams.info(stream);
  } catch {
    await manager.streams.add({
      name: stream,
      subjects: [`${area}.>`],
      retention: RetentionPolicy.Limits,
      storage: StorageType.File,
      duplicate_window: 120_000_000_000,
    });
  }
}

/** `market-data` → `MARKET_DATA`. */
export function streamOf(area: string): string {
  return area.replaceAll('-', '_').toUpperCase();
}
