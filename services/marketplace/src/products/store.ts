import { events } from '@clearlot/proto/events';
import type { Tx, Work } from '@clearlot/service';
import { and, desc, eq, sql } from 'drizzle-orm';
import { supplierIdsWith } from '../suppliers/directory.ts';
import { type Product, product } from './tables.ts';

/** What a buyer looks for; what is absent is not asked for. */
export interface ProductSearch {
  q?: string | undefined;
  productType?: string | undefined;
  grade?: string | undefined;
  originCountry?: string | undefined;
  supplierId?: string | undefined;
  /** Its supplier delivers to this country. */
  region?: string | undefined;
  /** Its supplier has a certificate of this kind, valid today. */
  certificate?: string | undefined;
  /** The least lot of the product is not above this. */
  quantityKg?: number | undefined;
  /** The day, `2026-11-24`. */
  today: string;
  before?: string | undefined;
  limit: number;
}

/** Adds a product with its audit row and event. */
export async function insertProduct(tx: Tx, row: Product): Promise<void> {
  await tx.db.insert(product).values(row);
  tx.audit({ action: 'product.added', entityType: 'product', entityId: row.id, after: row });
  announce(tx, row);
}

/** Saves a changed product, with its audit row and event. */
export async function saveProduct(tx: Tx, before: Product, change: Partial<Product>, action: string): Promise<Product> {
  const set = { ...change, updatedAt: tx.now };
  await tx.db.update(product).set(set).where(eq(product.id, before.id));
  const after = { ...before, ...set };
  const changed = (row: Product) =>
    Object.fromEntries(Object.keys(change).map((key) => [key, row[key as keyof Product]]));
  const entity = { entityType: 'product', entityId: before.id };
  tx.audit({ action, ...entity, before: changed(before), after: changed(after) });
  announce(tx, after);
  return after;
}

/** A product of the actor's, locked. Undefined when it is somebody else's: only its owner may change it. */
export async function lockProduct(tx: Tx, id: string): Promise<Product | undefined> {
  const [row] = await tx.db.select().from(product).where(eq(product.id, id)).for('update');
  return row;
}

export async function findProduct(work: Work, id: string): Promise<Product | undefined> {
  const [row] = await work.db.select().from(product).where(eq(product.id, id));
  return row;
}

/** All products of a person, newest first. */
export async function listProductsOf(work: Work, ownerId: string): Promise<Product[]> {
  return work.db.select().from(product).where(eq(product.ownerId, ownerId)).orderBy(desc(product.id));
}

/** What a supplier shows to everybody, newest first. */
export async function listVisibleProducts(work: Work, supplierId: string, limit: number): Promise<Product[]> {
  const shown = and(
    eq(product.supplierId, supplierId),
    eq(product.status, 'listed'),
    eq(product.supplierVerified, true),
  );
  return work.db.select().from(product).where(shown).orderBy(desc(product.id)).limit(limit);
}

/**
 * Visible products that match all of it, newest first. The database's search_products() finds them; the rows themselves
 * are read under the policies of whoever asks.
 */
export async function searchProducts(work: Work, search: ProductSearch): Promise<Product[]> {
  const facets = [search.productType, search.grade, search.originCountry].filter((each) => each !== undefined);
  const found = sql`any (array(select search_products(${search.q ?? null}::text, ${`{${facets.join(',')}}`}::text[],
    ${suppliersOf(search)}, ${search.quantityKg ?? null}::bigint, ${search.before ?? null}::uuid, ${search.limit}::int)))`;
  return work.db.select().from(product).where(sql`${product.id} = ${found}`).orderBy(desc(product.id));
}

/** The suppliers asked for as an array; null for all. */
function suppliersOf({ supplierId, region, certificate, today }: ProductSearch) {
  if (region === undefined && certificate === undefined) {
    return supplierId === undefined ? sql`null::uuid[]` : sql`array[${supplierId}::uuid]`;
  }
  return sql`array(${supplierIdsWith({ supplierId, region, certificate, today })})`;
}

function announce(tx: Tx, { id, supplierId, productType, grade, status }: Product): void {
  tx.emit(events.productChanged, id, { productId: id, supplierId, productType, grade, status });
}
