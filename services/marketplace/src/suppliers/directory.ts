import type { Work } from '@clearlot/service';
import { and, asc, desc, eq, gte, lt, lte, type SQL, sql } from 'drizzle-orm';
import { product } from '../products/tables.ts';
import { review } from '../reviews/tables.ts';
import { type Supplier, type SupplierCertificate, supplier, supplierCertificate } from './tables.ts';

/** Whom a buyer looks for; what is absent is not asked for. */
export interface DirectorySearch {
  q?: string | undefined;
  country?: string | undefined;
  /** Delivers to this country. */
  region?: string | undefined;
  productType?: string | undefined;
  grade?: string | undefined;
  /** Has a certificate of this kind, valid today. */
  certificate?: string | undefined;
  incoterm?: string | undefined;
  /** The average rating is at least this decimal; nobody without a review. */
  minRating?: string | undefined;
  /** The day, `2026-11-24`. */
  today: string;
  before?: string | undefined;
  limit: number;
}

const isVerified = eq(supplier.status, 'verified');

/** Verified suppliers that match all of it, newest first. */
export async function searchSuppliers(work: Work, search: DirectorySearch): Promise<Supplier[]> {
  const { q, country, region, productType, grade, certificate, incoterm, minRating, today, before } = search;
  return work.db
    .select()
    .from(supplier)
    .where(
      and(
        isVerified,
        q ? sql`search @@ websearch_to_tsquery('english', ${q})` : undefined,
        country ? eq(supplier.country, country) : undefined,
        region ? deliversTo(region) : undefined,
        productType || grade ? sells(productType, grade) : undefined,
        certificate ? isCertified(certificate, today) : undefined,
        incoterm ? sql`${incoterm}::text = any (${supplier.incoterms})` : undefined,
        minRating ? isRated(minRating) : undefined,
        before ? lt(supplier.id, before) : undefined,
      ),
    )
    .orderBy(desc(supplier.id))
    .limit(search.limit);
}

/** A subquery of the ids of verified suppliers that match. */
export function supplierIdsWith(
  search: Pick<DirectorySearch, 'region' | 'certificate' | 'today'> & { supplierId?: string | undefined },
): SQL {
  const { supplierId, region, certificate, today } = search;
  const matches = and(
    isVerified,
    supplierId ? eq(supplier.id, supplierId) : undefined,
    region ? deliversTo(region) : undefined,
    certificate ? isCertified(certificate, today) : undefined,
  );
  return sql`select ${supplier.id} from ${supplier} where ${matches}`;
}

export async function findSupplier(work: Work, id: string): Promise<Supplier | undefined> {
  const [row] = await work.db.select().from(supplier).where(eq(supplier.id, id));
  return row;
}

/** Certificates of a supplier that are valid on a day, its last one included. */
export async function listValidCertificates(
  work: Work,
  supplierId: string,
  today: string,
): Promise<SupplierCertificate[]> {
  return work.db
    .select()
    .from(supplierCertificate)
    .where(and(eq(supplierCertificate.supplierId, supplierId), isValid(today)))
    .orderBy(asc(supplierCertificate.kind), asc(supplierCertificate.id));
}

const isValid = (today: string) =>
  and(lte(supplierCertificate.validFrom, today), gte(supplierCertificate.expiresOn, today));

const deliversTo = (region: string) => sql`${region}::text = any (${supplier.regions})`;

function isCertified(kind: string, today: string): SQL {
  const its = and(eq(supplierCertificate.supplierId, supplier.id), eq(supplierCertificate.kind, kind), isValid(today));
  return sql`exists (select 1 from ${supplierCertificate} where ${its})`;
}

function sells(productType: string | undefined, grade: string | undefined): SQL {
  const its = and(
    sql`${product.supplierId} = ${supplier.id} and visible`,
    productType ? sql`${product.productType} = ${productType}` : undefined,
    grade ? sql`${product.grade} = ${grade}` : undefined,
  );
  return sql`exists (select 1 from ${product} where ${its})`;
}

function isRated(minRating: string): SQL {
  const its = eq(review.supplierId, supplier.id);
  return sql`(select sum(${review.rating}) >= ${minRating}::numeric * count(*) from ${review} where ${its})`;
}
