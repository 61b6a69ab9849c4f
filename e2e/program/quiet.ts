import { connectBus } from '@clearlot/service';
import type { Platform } from '@clearlot/stack';
import postgres from 'postgres';
import { until } from './people.ts';

/**
 * Waits until no event and no letter is on its way: every outbox is published, every consumer has acknowledged what it was
 * given, handling it led to nothing new, and every mail is sent. Whatever happens on the platform after that comes from what is asked of it after that.
 */
export async function untilQuiet(platform: Platform): Promise<void> {
  const nats = await connectBus(platform.natsUrl, 'e2e');
  const open = ({ adminUrl }: { adminUrl: string }) => postgres(adminUrl, { max: 1, onnotice() {} });
  const databases = Object.values(platform.databases).map(open);
  const identity = open(platform.databases.identity);
  const unsent = async () => {
    const rows = await identity`select 1 from mail where state in ('planned', 'sending') limit 1`;
    return rows.length > 0;
  };
  const outboxes = async () => {
    const rows = await Promise.all(
      databases.map(
        (sql) => sql<{ last: string; waiting: string }[]>`
          select coalesce(max(id), 0)::text as last, count(*) filter (where published_at is null)::text as waiting
          from outbox`,
      ),
    );
    return rows.flatMap(([row]) => (row ? [row] : []));
  };
  const isQuiet = async () => {
    const before = await outboxes();
    if (before.some(({ waiting }) => waiting !== '0') || (await undelivered()) > 0) return false;
    if (await unsent()) return false;
    return JSON.stringify(await outboxes()) === JSON.stringify(before);
  };
  const undelivered = async () => {
    const manager = await nats.jetstreamManager();
    let count = 0;
    for await (const stream of manager.streams.list()) {
      for await (const consumer of manager.consumers.list(stream.config.name)) {
        count += consumer.num_pending + consumer.num_ack_pending;
      }
    }
    return count;
  };
  try {
    await until('a quiet platform', isQuiet);
  } finally {
    await Promise.all([nats.close(), ...[...databases, identity].map((sql) => sql.end())]);
  }
}
