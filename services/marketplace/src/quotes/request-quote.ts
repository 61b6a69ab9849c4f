import { currencyDigits, newId } from '@clearlot/kernel';
import type { Ctx } from '../clients.ts';
import type { Basis, Grade, Incoterm, ProductType } from '../commodity/commodity.ts';
import { displayInstant } from '../rfqs/rfq.ts';
import { quoteErrors } from './errors.ts';
import { insertQuote } from './store.ts';
import type { Quote } from './tables.ts';

const DAY_MS = 86_400_000;

export interface QuoteInput {
  productId: string;
  quantityKg: bigint;
  currency: string;
  incoterm: Incoterm;
  place: string;
  deliverFrom: Date;
  deliverTo: Date;
  roundsMax: number;
  validDays: number;
  notes: string;
}

interface ProductRow {
  supplier_id: string;
  owner_id: string;
  product_type: ProductType;
  grade: Grade;
  title: string;
  basis: Basis;
  min_lot_kg: bigint;
}

/**
 * A buyer asks the supplier of a listed product for a price; the supplier has so many days to answer. Errors:
 * CURRENCY_UNKNOWN, MARKETPLACE_QUOTE_PRODUCT_NOT_FOUND, MARKETPLACE_QUOTE_OWN_PRODUCT,
 * MARKETPLACE_QUOTE_BELOW_MINIMUM_LOT, MARKETPLACE_QUOTE_DATES_INVALID.
 */
export async function requestQuote(ctx: Ctx, input: QuoteInput): Promise<Quote> {
  currencyDigits(input.currency);
  return ctx.transaction('RequestQuote', async (tx) => {
    const [product] = await tx.sql<ProductRow[]>`
      select supplier_id, owner_id, product_type, grade, title, basis, min_lot_kg from product
      where id = ${input.productId} and status = 'listed'`;
    if (!product) throw quoteErrors.error('MARKETPLACE_QUOTE_PRODUCT_NOT_FOUND');
    if (product.owner_id === ctx.actor.id) throw quoteErrors.error('MARKETPLACE_QUOTE_OWN_PRODUCT');
    if (input.quantityKg < product.min_lot_kg) {
      const message = `is under ${product.min_lot_kg} kg`;
      throw quoteErrors.error('MARKETPLACE_QUOTE_BELOW_MINIMUM_LOT', undefined, [{ pointer: '/quantityKg', message }]);
    }
    if (input.deliverTo < input.deliverFrom) throw quoteErrors.error('MARKETPLACE_QUOTE_DATES_INVALID');
    const row: Quote = {
      id: newId(),
      buyerId: ctx.actor.id,
      supplierId: product.supplier_id,
      supplierOwnerId: product.owner_id,
      productId: input.productId,
      currency: input.currency,
      quantityKg: input.quantityKg,
      status: 'requested',
      round: 0,
      roundsMax: input.roundsMax,
      turn: 'supplier',
      expiresAt: new Date(tx.now.getTime() + input.validDays * DAY_MS),
      request: {
        productTitle: product.title,
        productType: product.product_type,
        grade: product.grade,
        basis: product.basis,
        incoterm: input.incoterm,
        place: input.place,
        deliverFrom: input.deliverFrom.toISOString(),
        deliverTo: input.deliverTo.toISOString(),
        notes: input.notes,
      },
      orderId: null,
      createdAt: tx.now,
      updatedAt: tx.now,
    };
    await insertQuote(tx, row);
    tx.notify(row.supplierOwnerId, 'quote_requested', {
      quoteId: row.id,
      productTitle: product.title,
      quantity: `${row.quantityKg} kg`,
      deadline: displayInstant(row.expiresAt),
    });
    return row;
  });
}
