import type postgres from 'postgres';
import { comparedColumns, type Table } from './catalogue.ts';
import type { Roles } from './session.ts';

/** What the catalogue must never show, and a query that finds it. Each answers the names of what is wrong. */
export interface Rule {
  guarantee: string;
  find(sql: postgres.Sql, roles: Roles, tables: readonly Table[]): Promise<string[]>;
}

const ours = `n.nspname <> 'information_schema' and n.nspname !~ '^pg_'`;
const stored = `c.relkind in ('r', 'p')`;

async function names(sql: postgres.Sql, query: string, parameters: string[] = []): Promise<string[]> {
  const rows = await sql.unsafe<{ name: string }[]>(query, parameters);
  return rows.map((row) => row.name).sort();
}

export const rules: readonly Rule[] = [
  {
    guarantee: 'row-level security is enabled and forced on every table',
    find: (sql) =>
      names(
        sql,
        `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where ${ours} and ${stored} and not (c.relrowsecurity and c.relforcerowsecurity)`,
      ),
  },
  {
    guarantee: 'rows are shown by tables and views only: what else holds rows has no row-level security',
    find: async (_sql, _roles, tables) => tables.filter(({ kind }) => kind === 'other').map(({ name }) => name),
  },
  {
    guarantee: 'views run with the rights of whoever asks, and are read only',
    find: (sql, { app }) =>
      names(
        sql,
        `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where ${ours} and c.relkind = 'v' and (has_any_column_privilege($1, c.oid, 'insert, update')
           or has_table_privilege($1, c.oid, 'delete') or not 'security_invoker=true' = any (coalesce(c.reloptions, '{}')))`,
        [app],
      ),
  },
  {
    guarantee: 'the application role owns nothing, is a member of nothing, and cannot create anything',
    find: (sql, { app }) =>
      names(
        sql,
        `select c.oid::regclass::text as name from pg_class c where c.relowner = $1::regrole
         union all select p.oid::regprocedure::text from pg_proc p where p.proowner = $1::regrole
         union all select n.nspname from pg_namespace n where has_schema_privilege($1, n.oid, 'create')
         union all select roleid::regrole::text from pg_auth_members where member = $1::regrole
         union all select datname from pg_database where datname = current_database()
           and has_database_privilege($1, oid, 'create, temporary')`,
        [app],
      ),
  },
  {
    guarantee: 'neither the application role nor the owner escapes row-level security',
    find: (sql, { app, owner }) =>
      names(
        sql,
        `select rolname as name from pg_roles where rolname in ($1, $2)
           and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
         union all select $2 from pg_roles where rolname = $2 and rolcanlogin
         union all select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where ${ours} and c.relowner <> $2::regrole`,
        [app, owner],
      ),
  },
  {
    guarantee:
      'the application role cannot truncate, reference, put triggers on or maintain a table, nor set a sequence',
    find: (sql, { app }) =>
      names(
        sql,
        `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where ${ours} and case when c.relkind = 'S' then has_sequence_privilege($1, c.oid, 'update')
           when c.relkind in ('r', 'p', 'v', 'm', 'f') then has_table_privilege($1, c.oid, 'truncate, trigger, maintain')
             or has_any_column_privilege($1, c.oid, 'references') end`,
        [app],
      ),
  },
  {
    guarantee: 'nothing is granted to everybody',
    find: (sql) =>
      names(
        sql,
        `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace,
           aclexplode(c.relacl) g where ${ours} and g.grantee = 0
         union all select a.attrelid::regclass || '.' || a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
           join pg_namespace n on n.oid = c.relnamespace, aclexplode(a.attacl) g where ${ours} and g.grantee = 0
         union all select n.nspname from pg_namespace n, aclexplode(n.nspacl) g where ${ours} and g.grantee = 0`,
      ),
  },
  {
    guarantee:
      'functions that run as the owner pin their search_path, temporary tables last, and are not for everybody',
    find: (sql) =>
      names(
        sql,
        `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
         where ${ours} and p.prosecdef and (
           not exists (select 1 from unnest(p.proconfig) setting where setting ~ '^search_path=.*pg_temp"?$')
           or exists (select 1 from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g where g.grantee = 0))`,
      ),
  },
  {
    guarantee: 'policies read no other table and ask for each setting once per statement',
    find: async (sql) => [
      ...(await names(
        sql,
        `select distinct p.polname as name from pg_policy p join pg_depend d on d.classid = 'pg_policy'::regclass
           and d.objid = p.oid and d.refclassid = 'pg_class'::regclass and d.refobjid <> p.polrelid`,
      )),
      // A bare call is made for every row; within (select …) once.
      ...(await names(
        sql,
        `select p.polname as name from pg_policy p,
           concat_ws(' ', pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) as text
         where regexp_count(text, 'app\\.\\w+\\(\\)') <> regexp_count(text, 'SELECT app\\.\\w+\\(\\)')`,
      )),
    ],
  },
  {
    guarantee: 'columns that policies compare with the actor are indexed',
    find: unindexed,
  },
];

async function unindexed(sql: postgres.Sql, _roles: unknown, tables: readonly Table[]): Promise<string[]> {
  const leading = new Set(
    await names(
      sql,
      `select c.oid::regclass || '.' || a.attname as name from pg_index i join pg_class c on c.oid = i.indrelid
         join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0] where i.indpred is null`,
    ),
  );
  return tables.flatMap((table) =>
    table.policies.flatMap(({ name, using }) => {
      const compared = comparedColumns(using ?? '');
      const calls = [...(using ?? '').matchAll(/\bapp\.(\w+)\(\)/g)].filter((match) => match[1] !== 'role');
      if (calls.length !== compared.length) return [`${name} is written in a way this check does not read: ${using}`];
      return compared.map(({ column }) => `${table.name}.${column}`).filter((column) => !leading.has(column));
    }),
  );
}
