import { getTableColumns, QueryPromise, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Connection } from './database.ts';
import type { Work } from './transaction.ts';

interface Statement<T> {
  execute(values: Record<string, unknown>): Promise<T>;
}

let connection: Connection | undefined;
const db = drizzle({
  options: { parsers: {}, serializers: {} },
  unsafe(text: string, parameters: never[]) {
    if (!connection) throw new Error('drizzle did not run a prepared statement at once');
    return connection.unsafe(text, parameters, { prepare: true }).execute();
  },
} as unknown as Connection);

/**
 * A typed query that is built once, for statements of nearly every request: building one takes drizzle longer than all
 * else that Node does for it. Values come in as `sql.placeholder(name)`. Like drizzle's own queries it is sent when it is
 * awaited, so statements in one Promise.all go out in their order.
 */
export function prepared<T>(build: (db: PostgresJsDatabase) => { prepare(name: string): Statement<T> }) {
  let statement: Statement<T> | undefined;
  return (work: Pick<Work, 'sql'>, values: Record<string, unknown>): QueryPromise<T> => {
    statement ??= build(db).prepare('');
    return new Run(work.sql, statement, values);
  };
}

/** An insert of whole rows, built once. Not for tables with instants that may be null: drizzle cannot bind those late. */
export function preparedInsert<T extends PgTable>(table: T) {
  const columns = Object.keys(getTableColumns(table)).map((name) => [name, sql.placeholder(name)]);
  const insert = prepared((database) => database.insert(table).values(Object.fromEntries(columns)));
  return (work: Pick<Work, 'sql'>, row: Required<T['$inferInsert']>) => insert(work, row);
}

class Run<T> extends QueryPromise<T> {
  readonly #target: Connection;
  readonly #statement: Statement<T>;
  readonly #values: Record<string, unknown>;
  constructor(target: Connection, statement: Statement<T>, values: Record<string, unknown>) {
    super();
    this.#target = target;
    this.#statement = statement;
    this.#values = values;
  }
  execute(): Promise<T> {
    // The statement reaches the driver before this returns, so nobody else can come between.
    connection = this.#target;
    try {
      return this.#statement.execute(this.#values);
    } finally {
      connection = undefined;
    }
  }
}
