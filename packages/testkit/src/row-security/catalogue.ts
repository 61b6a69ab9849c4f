import type postgres from 'postgres';

export interface Column {
  name: string;
  /** Of a domain, the type it is made of. */
  type: string;
  required: boolean;
  /** Computed or numbered by the server: cannot be given. */
  generated: boolean;
  /** The first of the values a CHECK lists. */
  choice: string | null;
  /** The application role may update it. */
  updatable: boolean;
}

export interface Policy {
  name: string;
  using: string | null;
  check: string | null;
}

export interface Table {
  /** With its schema if that is not `public`. */
  name: string;
  kind: 'table' | 'view' | 'other';
  columns: Column[];
  policies: Policy[];
}

/** Every relation that holds or shows rows, in every schema that is not the server's own. */
export async function readTables(sql: postgres.Sql, appRole: string): Promise<Table[]> {
  const rows = await sql<
    (Omit<Table, 'policies' | 'columns'> & { columns: Column[] | null; policies: Policy[] | null })[]
  >`
    select case when n.nspname = 'public' then '' else n.nspname || '.' end || c.relname as name,
      case when c.relkind in ('r', 'p') then 'table' when c.relkind = 'v' then 'view' else 'other' end as kind,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(coalesce(nullif(d.typbasetype, 0), d.oid), null),
          'required', a.attnotnull and not a.atthasdef, 'generated', a.attgenerated <> '' or a.attidentity <> '',
          'choice', (select min(substring(pg_get_constraintdef(k.oid) from 'ANY \\(\\(?ARRAY\\[''([^'']*)'''))
            from pg_constraint k where k.contype = 'c' and (k.contypid = d.oid or k.conrelid = c.oid and k.conkey = array[a.attnum])),
          'updatable', has_column_privilege(${appRole}, c.oid, a.attnum, 'update')) order by a.attnum)
        from pg_attribute a join pg_type d on d.oid = a.atttypid
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      (select json_agg(json_build_object('name', p.polname, 'using', pg_get_expr(p.polqual, c.oid),
          'check', pg_get_expr(p.polwithcheck, c.oid)) order by p.polname)
        from pg_policy p where p.polrelid = c.oid) as policies
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
    order by 1`;
  return rows.map((row) => ({ ...row, columns: row.columns ?? [], policies: row.policies ?? [] }));
}

/** The columns of a table that name a person: compared with the acting user by a policy, or called like it. */
export function ownerColumns(table: Table): string[] {
  const compared = expressions(table).flatMap((text) =>
    comparedColumns(text).filter((each) => each.setting === 'user_id'),
  );
  const called = table.columns.filter(({ name }) => /^(user|owner|seller|buyer|signer|holder)_id$/.test(name));
  return [...new Set([...compared.map(({ column }) => column), ...called.map(({ name }) => name)])].sort();
}

/** The settings a table's policies read beyond who is acting and as what. */
export function claimsRead(table: Table): string[] {
  const names = expressions(table).flatMap((text) =>
    [...text.matchAll(/\bapp\.(\w+)\(\)/g)].map((match) => match[1] ?? ''),
  );
  return [...new Set(names)].filter((name) => name !== 'user_id' && name !== 'role').sort();
}

/** The comparisons of a column with a setting in a policy's expression as the server writes it. */
export function comparedColumns(expression: string): { column: string; setting: string }[] {
  const setting = String.raw`\(+ ?SELECT app\.(\w+)\(\)`;
  const forwards = [...expression.matchAll(new RegExp(String.raw`(\w+) = (?:ANY )?${setting}`, 'g'))];
  return forwards.map((match) => ({ column: match[1] ?? '', setting: match[2] ?? '' }));
}

function expressions(table: Table): string[] {
  return table.policies.flatMap(({ using, check }) => [using, check]).filter((text) => text !== null);
}
