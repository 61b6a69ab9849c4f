import { prepared, type Tx, type Work } from '@clearlot/service';
import { asc, eq, sql } from 'drizzle-orm';
import { company } from '../schema.ts';

export type Company = typeof company.$inferSelect;

const selectById = prepared((db) =>
  db
    .select()
    .from(company)
    .where(eq(company.id, sql.placeholder('id'))),
);

export async function listCompanies(work: Work): Promise<Company[]> {
  return work.db.select().from(company).orderBy(asc(company.name));
}

export async function findCompany(work: Work, id: string): Promise<Company | undefined> {
  const [row] = await selectById(work, { id });
  return row;
}

/** False when the name is taken. */
export async function insertCompany(tx: Tx, row: Company): Promise<boolean> {
  const inserted = await tx.db.insert(company).values(row).onConflictDoNothing().returning({ id: company.id });
  return inserted.length === 1;
}
