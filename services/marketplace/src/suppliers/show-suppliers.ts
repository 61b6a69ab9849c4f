import type { Ctx } from '../clients.ts';
import { listVisibleProducts } from '../products/store.ts';
import type { Product } from '../products/tables.ts';
import type { MarkSums } from '../reviews/review.ts';
import { sumMarks } from '../reviews/store.ts';
import { type DirectorySearch, findSupplier, listValidCertificates, searchSuppliers } from './directory.ts';
import { supplierErrors } from './errors.ts';
import { findSupplierOf, type SupplierFile, withFiles } from './store.ts';
import type { Supplier, SupplierCertificate } from './tables.ts';

/** Beyond these, search for the supplier's products. */
const PRODUCTS_SHOWN = 200;

/** A supplier with the sums of its marks. */
interface Rated {
  supplier: Supplier;
  marks: MarkSums;
}

/** The actor's own application with what was handed in. Errors: MARKETPLACE_SUPPLIER_NOT_FOUND. */
export async function mySupplier(ctx: Ctx): Promise<SupplierFile> {
  return ctx.read(async (work) => {
    const own = await findSupplierOf(work, ctx.actor.id);
    const [file] = own ? await withFiles(work, [own]) : [];
    if (!file) throw supplierErrors.error('MARKETPLACE_SUPPLIER_NOT_FOUND');
    return file;
  });
}

/** A page of the directory. */
export async function listDirectory(ctx: Ctx, search: Omit<DirectorySearch, 'today'>): Promise<Rated[]> {
  return ctx.read(async (work) => {
    const rows = await searchSuppliers(work, { ...search, today: todayOf(ctx) });
    const marks = await sumMarks(
      work,
      rows.map(({ id }) => id),
    );
    return rows.map((supplier) => ({ supplier, marks: marks(supplier.id) }));
  });
}

/** One supplier as its visitors see it; others than verified ones only for themselves and operators. Errors: MARKETPLACE_SUPPLIER_NOT_FOUND. */
export async function showSupplier(
  ctx: Ctx,
  id: string,
): Promise<Rated & { certificates: SupplierCertificate[]; products: Product[] }> {
  return ctx.read(async (work) => {
    const [supplier, certificates, products, marks] = await Promise.all([
      findSupplier(work, id),
      listValidCertificates(work, id, todayOf(ctx)),
      listVisibleProducts(work, id, PRODUCTS_SHOWN),
      sumMarks(work, [id]),
    ]);
    if (!supplier) throw supplierErrors.error('MARKETPLACE_SUPPLIER_NOT_FOUND');
    return { supplier, certificates, products, marks: marks(id) };
  });
}

function todayOf(ctx: Ctx): string {
  return ctx.clock.now().toISOString().slice(0, 10);
}
