import postgres from 'postgres';

/** The tables of a database in which any of the texts stands, read with all rights and every row as text. */
export async function tablesWith(adminUrl: string, texts: readonly string[]): Promise<string[]> {
  const sql = postgres(adminUrl, { max: 1, onnotice() {} });
  try {
    const tables = await sql<{ name: string }[]>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`;
    const found: string[] = [];
    for (const { name } of tables) {
      for (const text of texts) {
        // Bytes are shown as hex: a text stored in them would be missed otherwise.
        const hex = Buffer.from(text).toString('hex');
        const [hit] = await sql.unsafe(`select 1 from ${name} t where t::text like $1 or t::text like $2 limit 1`, [
          `%${text}%`,
          `%${hex}%`,
        ]);
        if (hit) found.push(`${name}: ${text}`);
      }
    }
    return found;
  } finally {
    await sql.end();
  }
}
