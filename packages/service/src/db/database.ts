import postgres from 'postgres';

export type Sql = postgres.Sql<{ bigint: bigint }>;
/** One connection of the pool, held for one transaction. */
export type Connection = postgres.ReservedSql<{ bigint: bigint }>;

/** Opens the pool a service uses as its application role. bigint columns arrive as bigint, timestamps as text. */
export function openDatabase(url: string, options: { max?: number } = {}): Sql {
  const text = (value: unknown) => (value instanceof Date ? value.toISOString() : String(value));
  return postgres(url, {
    max: options.max ?? 8,
    connect_timeout: 10,
    max_lifetime: 60 * 30,
    // A quiet service gives its connections back: each is a server process of some megabytes.
    idle_timeout: 60,
    // Seconds between attempts of a connection; the driver's own backoff is shared by the pool and grows to twenty.
    backoff: () => 0.2,
    onnotice() {},
    connection: {
      application_name: 'clearlot',
      statement_timeout: 30_000,
      // Nothing outside is waited for in a transaction: one that stands still is of a process that does, and lets go.
      idle_in_transaction_session_timeout: 3_000,
    },
    types: {
      bigint: postgres.BigInt,
      // drizzle maps dates itself and expects the driver to hand them over as text.
      json: {
        to: 114,
        from: [114, 3802],
        // drizzle hands over encoded text, raw statements hand over values.
        serialize: (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)),
        parse: (value: string) => JSON.parse(value) as unknown,
      },
      date: { to: 1184, from: [1082, 1114, 1184], serialize: text, parse: (value: string) => value },
    },
  }) as unknown as Sql;
}
