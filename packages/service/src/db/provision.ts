import postgres from 'postgres';

/** The three ways into one service's database. Only tests and operators use the admin one. */
export type DatabaseUrls = { appUrl: string; migratorUrl: string; adminUrl: string };

/** Passwords of the two login roles of a service, and optionally another database name (tests, blue/green). */
export type ProvisionOptions = { migratorPassword: string; appPassword: string; database?: string };

/** Role and database name of a service: `market-data` → `market_data`. */
export function databaseName(service: string): string {
  const name = service.replaceAll('-', '_');
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(name)) throw new Error(`Not a usable service or database name: ${service}`);
  return name;
}

/**
 * Creates, or brings back in line, the database and roles of one service. Idempotent and safe to run from several
 * processes at once.
 *
 * `<name>_owner` (NOLOGIN) owns everything, `<name>_migrator` may become it, `<name>_app` can only connect: its table
 * privileges come from the grants in the migrations, so a forgotten grant is a refused query and never a leak.
 */
export async function provisionDatabase(
  adminUrl: string,
  service: string,
  options: ProvisionOptions,
): Promise<DatabaseUrls> {
  const roles = databaseName(service);
  const database = databaseName(options.database ?? service);
  const owner = `${roles}_owner`;
  const migrator = `${roles}_migrator`;
  const app = `${roles}_app`;

  await withConnection(adminUrl, async (sql) => {
    // Roles are shared by all databases of the server, hence one lock per service and not per database.
    await sql`select pg_advisory_lock(hashtextextended(${`provision:${roles}`}, 0))`;
    const existing = new Set(
      (await sql`select rolname from pg_roles where rolname in ${sql([owner, migrator, app])}`).map(
        (row) => row.rolname,
      ),
    );
    const ensureRole = (role: string, attributes: string) =>
      sql.unsafe(`${existing.has(role) ? 'alter' : 'create'} role ${role} with ${attributes}`);
    const weak = 'nosuperuser nobypassrls nocreatedb nocreaterole noreplication';
    await ensureRole(owner, `nologin ${weak}`);
    await ensureRole(migrator, `login ${weak} password ${literal(options.migratorPassword)}`);
    await ensureRole(app, `login ${weak} password ${literal(options.appPassword)}`);
    await sql.unsafe(`grant ${owner} to ${migrator}`);

    const [found] = await sql`select pg_get_userbyid(datdba) as owner from pg_database where datname = ${database}`;
    if (!found) await sql.unsafe(`create database ${database} owner ${owner}`);
    else if (found.owner !== owner) await sql.unsafe(`alter database ${database} owner to ${owner}`);
    await sql.unsafe(`revoke all on database ${database} from public`);
    await sql.unsafe(`grant connect on database ${database} to ${migrator}, ${app}`);
  });

  const inDatabase = withPath(adminUrl, database);
  await withConnection(inDatabase, async (sql) => {
    await sql.unsafe(`
      alter schema public owner to ${owner};
      revoke all on schema public from public;
      grant usage on schema public to ${app};
    `);
  });

  return {
    adminUrl: inDatabase,
    migratorUrl: withUser(inDatabase, migrator, options.migratorPassword),
    appUrl: withUser(inDatabase, app, options.appPassword),
  };
}

/** Drops a database with every connection to it. The roles stay: other databases of the server may use them. */
export async function dropDatabase(adminUrl: string, database: string): Promise<void> {
  await withConnection(adminUrl, async (sql) => {
    await sql.unsafe(`drop database if exists ${databaseName(database)} with (force)`);
  });
}

async function withConnection(url: string, work: (sql: postgres.Sql) => Promise<void>): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Utility statements take no parameters. Refusing the two dangerous characters is simpler than escaping them. */
function literal(secret: string): string {
  if (/['\\\0]/.test(secret)) throw new Error('A database password may not contain quotes, backslashes or NUL');
  return `'${secret}'`;
}

function withPath(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

function withUser(url: string, user: string, password: string): string {
  const changed = new URL(url);
  changed.username = user;
  changed.password = encodeURIComponent(password);
  return changed.href;
}
