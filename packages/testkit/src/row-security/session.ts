import postgres from 'postgres';
import type { TestDatabase } from '../database.ts';
import { literal } from './sample.ts';

/** Who asks: a database role and the settings of its transaction (`role` is `app.role`). */
export interface Asker {
  databaseRole: keyof Roles;
  settings: Readonly<Record<string, string>>;
}

/** The roles of one service: of its application, and the one everything belongs to. */
export interface Roles {
  app: string;
  owner: string;
}

/** One statement as somebody. */
export interface Attempt {
  asker: Asker;
  statement: string;
}

/** A way to arrange rows past all rules, and to try statements as somebody and undo them. */
export interface Session {
  /** As superuser, without triggers and foreign keys. Answers the first row. */
  arrange(statement: string): Promise<Record<string, string | null>>;
  /** For each: true if it touched or answered a row, false if it was refused or found nothing. Each is undone. */
  tryAll(attempts: readonly Attempt[]): Promise<boolean[]>;
}

type Connection = Pick<postgres.Sql, 'unsafe'>;

/** Connections of the roles themselves: what is tried is what the application would get. */
export async function openSession(database: TestDatabase, roles: Roles): Promise<Session & AsyncDisposable> {
  const connect = (url: string) => postgres(url, { max: 1, onnotice: () => {} });
  const [admin, app, migrator] = [connect(database.adminUrl), connect(database.appUrl), connect(database.migratorUrl)];
  await admin`set session_replication_role = replica`;
  return {
    arrange: async (statement) => (await send(admin, statement))[0] ?? {},
    async tryAll(attempts) {
      const of = (role: keyof Roles) => attempts.filter(({ asker }) => asker.databaseRole === role);
      const [asApp, asOwner] = await Promise.all([
        run(app, 'begin', of('app'), 'rollback'),
        run(migrator, `begin; set local role ${roles.owner}`, of('owner'), 'rollback'),
      ]);
      return attempts.map(({ asker }) => (asker.databaseRole === 'app' ? asApp : asOwner).shift() ?? false);
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([admin.end(), app.end(), migrator.end()]);
    },
  };
}

/** Runs `work` in one superuser transaction after `change`, with roles put on by SET ROLE, and undoes all of it. */
export async function withChange<T>(
  admin: postgres.Sql,
  roles: Roles,
  change: string,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const connection = await admin.reserve();
  const triggers = (mode: string) => `set local session_replication_role = ${mode}`;
  try {
    await send(connection, `begin; ${change}`);
    return await work({
      async arrange(statement) {
        const steps = [triggers('replica'), statement, triggers('origin')].map((text) => send(connection, text));
        const [, rows] = await Promise.all(steps);
        return rows?.[0] ?? {};
      },
      tryAll: (attempts) => run(connection, 'savepoint attempts', attempts, 'rollback to savepoint attempts', roles),
    });
  } finally {
    await send(connection, 'rollback');
    connection.release();
  }
}

/** Without execute() a query waits until somebody awaits it, and order would be lost. */
function send(sql: Connection, text: string) {
  return sql.unsafe<Record<string, string | null>[]>(text).execute();
}

/** All in one statement of PL/pgSQL, each in a block that undoes it: a round trip for each would take minutes. */
async function run(
  sql: Connection,
  opening: string,
  attempts: readonly Attempt[],
  closing: string,
  roles?: Roles,
): Promise<boolean[]> {
  if (attempts.length === 0) return [];
  const blocks = attempts.map(({ asker, statement }) => {
    const role = roles ? `execute 'set local role ${roles[asker.databaseRole]}';` : '';
    return `begin
      ${role} ${assign(asker.settings)} execute ${literal(statement)};
      get diagnostics touched = row_count;
      raise exception using errcode = 'UNDO1', message = touched;
    exception when others then
      outcomes := outcomes || json_build_array(json_build_object('code', sqlstate, 'message', sqlerrm))::jsonb;
    end;`;
  });
  const program = `do $attempts$ declare touched bigint; outcomes jsonb := '[]'; begin ${blocks.join('\n')}
    perform set_config('attempts.outcomes', outcomes::text, true); end $attempts$`;
  const [, , [result]] = await Promise.all([
    send(sql, opening),
    send(sql, program),
    send(sql, `select current_setting('attempts.outcomes') as outcomes`),
    send(sql, closing),
  ]);
  const outcomes = JSON.parse(result?.outcomes ?? '[]') as { code: string; message: string }[];
  return outcomes.map((outcome, index) => succeeded(outcome, attempts[index]?.statement ?? ''));
}

function assign(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `perform set_config('app.${name}', ${literal(value)}, true);`)
    .join(' ');
}

function succeeded({ code, message }: { code: string; message: string }, statement: string): boolean {
  if (code === 'UNDO1') return message !== '0';
  // Foreign keys are checked after row-level security: a dangling one means that the row was let in.
  if (code === '23503') return true;
  // Refused by privileges or policies, or by a trigger of ours.
  if (code === '42501' || /^CL\d{3}$/.test(code)) return false;
  throw new Error(`The sample row does not work: ${statement}: ${message}`);
}
