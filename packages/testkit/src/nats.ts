import postgres from 'postgres';
import { inject } from 'vitest';
import type {} from './global-setup.ts';

/**
 * A NATS account of its own on the run's server: streams and consumers of other test files are not visible in it.
 * The URL carries the credentials.
 */
export async function createTestNats(): Promise<{ url: string }> {
  const { adminUrl, natsUrls } = inject('testServers');
  // The database is what all workers share, so it hands out the numbers.
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(hashtextextended('test_nats_account', 0))`;
    await sql`create sequence if not exists test_nats_account`;
    const [row] = await sql`select nextval('test_nats_account')::int as account`;
    const url = natsUrls[row?.account - 1];
    if (!url) throw new Error('More NATS accounts are used than packages/testkit/src/global-setup.ts prepares');
    return { url };
  } finally {
    await sql.end();
  }
}
