import type { Tx, Work } from '@clearlot/service';
import { asc, desc, eq } from 'drizzle-orm';
import type { Candidate, Demand, Match } from './match.ts';
import { type RfqMatch, rfqMatch } from './tables.ts';

interface Row extends Omit<Candidate, 'products'> {
  products: { productType: string; grade: string; minLotKg: string; capacityKgPerMonth: string }[] | null;
}

/**
 * Verified suppliers that list the type and grade of a line, of all or of the `invited` ones; for the service. Everything
 * a match looks at comes with one statement.
 */
export async function listCandidates({ sql }: Work, demand: Demand, invited: string[] | null): Promise<Candidate[]> {
  const types = demand.lines.map(({ productType }) => productType);
  const grades = demand.lines.map(({ grade }) => grade);
  const rows = await sql<Row[]>`
    with offered as materialized (
      select p.supplier_id, json_agg(json_build_object('productType', p.product_type, 'grade', p.grade,
          'minLotKg', p.min_lot_kg::text, 'capacityKgPerMonth', p.capacity_kg_per_month::text)) as products
      from product p
      where p.status = 'listed' and (${invited}::uuid[] is null or p.supplier_id = any(${invited}::uuid[]))
        and (p.product_type, p.grade) in (select * from unnest(${types}::text[], ${grades}::text[]))
      group by p.supplier_id),
    rated as materialized (
      select supplier_id, count(*)::int as count, sum(rating)::int as sum from review
      where supplier_id in (select supplier_id from offered) group by supplier_id),
    certified as materialized (
      select supplier_id, json_agg(json_build_object('kind', kind, 'expiresOn', expires_on)) as certificates
      from supplier_certificate where supplier_id in (select supplier_id from offered) group by supplier_id)
    select s.id as "supplierId", s.owner_id as "supplierOwnerId", true as verified, s.country, s.regions, s.incoterms,
      o.products, coalesce(c.certificates, '[]') as certificates, s.delivered_orders as "deliveredOrders",
      coalesce(r.count, 0) as "reviewCount", coalesce(r.sum, 0) as "ratingSum"
    from supplier s join offered o on o.supplier_id = s.id
    left join rated r on r.supplier_id = s.id left join certified c on c.supplier_id = s.id
    where s.status = 'verified'`;
  return rows.map((row) => ({
    ...row,
    products: (row.products ?? []).map(({ minLotKg, capacityKgPerMonth, ...kind }) => ({
      ...kind,
      minLotKg: BigInt(minLotKg),
      capacityKgPerMonth: BigInt(capacityKgPerMonth),
    })),
  }));
}

/** Keeps matches of an RFQ; one that is there stays as it is. */
export async function insertMatches(tx: Tx, rfqId: string, buyerId: string, matches: readonly Match[]): Promise<void> {
  if (matches.length === 0) return;
  const rows = matches.map((match) => ({ ...match, rfqId, buyerId, matchedAt: tx.now }));
  await tx.db.insert(rfqMatch).values(rows).onConflictDoNothing();
}

export async function countMatches({ sql }: Work, rfqId: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from rfq_match where rfq_id = ${rfqId}`;
  return row?.count ?? 0;
}

/** Matches of an RFQ, the best first: all of them for its buyer, a supplier's own for the supplier. */
export async function listMatches(work: Work, rfqId: string): Promise<(RfqMatch & { legalName: string })[]> {
  const rows = await work.db
    .select()
    .from(rfqMatch)
    .where(eq(rfqMatch.rfqId, rfqId))
    .orderBy(desc(rfqMatch.score), asc(rfqMatch.supplierId));
  const ids = rows.map((row) => row.supplierId);
  // A supplier that was suspended since is matched still, but has no name for others.
  const names = await work.sql<{ id: string; legal_name: string }[]>`
    select id, legal_name from supplier where id = any(${ids}::uuid[])`;
  const nameOf = new Map(names.map((row) => [row.id, row.legal_name]));
  return rows.map((row) => ({ ...row, legalName: nameOf.get(row.supplierId) ?? '' }));
}
