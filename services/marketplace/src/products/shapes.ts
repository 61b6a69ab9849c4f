import { moneyToJson, parsePositiveMoney } from '@clearlot/kernel';
import { z } from 'zod';
import { assayValue, assayValueOut, basis, grade, presentValue, productType } from '../commodity/shapes.ts';
import { country, massKg, money, moneyOut } from '../shapes.ts';
import type { Product } from './tables.ts';

/** A product as its supplier writes it. The price is per tonne and a hint only: what binds is a quote or a response. */
export const productBody = z
  .object({
    productType,
    grade,
    title: z.string().trim().min(1).max(200),
    description: z.string().trim().max(4000).default(''),
    assay: z.array(assayValue).max(40).default([]),
    basis: basis.default('dry'),
    packaging: z.string().trim().max(200).default(''),
    originCountry: country,
    minLotKg: massKg,
    capacityKgPerMonth: z.number().int().min(0).max(1_000_000_000),
    currency: z.string().optional(),
    indicativePrice: money.optional(),
  })
  .refine(({ assay }) => new Set(assay.map(({ analyte }) => analyte)).size === assay.length, {
    path: ['assay'],
    message: 'every analyte must be there once',
  })
  .refine(({ currency, indicativePrice }) => (currency === undefined) === (indicativePrice === undefined), {
    path: ['indicativePrice'],
    message: 'needs a currency, and a currency needs it',
  });

/** The columns a supplier writes. Errors: MONEY_INVALID, MONEY_TOO_PRECISE, CURRENCY_UNKNOWN. */
export function readProduct({ assay, currency, indicativePrice, ...body }: z.output<typeof productBody>) {
  const priced = currency !== undefined && indicativePrice !== undefined;
  return {
    ...body,
    assay: assay.map(({ analyte, ppb }) => ({ analyte, ppb: Number(ppb) })),
    minLotKg: BigInt(body.minLotKg),
    capacityKgPerMonth: BigInt(body.capacityKgPerMonth),
    currency: priced ? currency : null,
    indicativePriceMinorPerTonne: priced ? parsePositiveMoney(indicativePrice, currency) : null,
  };
}
export type ProductFields = ReturnType<typeof readProduct>;

export const productShape = z.object({
  productId: z.string(),
  supplierId: z.string(),
  supplierName: z.string(),
  productType,
  grade,
  title: z.string(),
  description: z.string(),
  assay: z.array(assayValueOut),
  basis,
  packaging: z.string(),
  originCountry: z.string(),
  minLotKg: z.number(),
  capacityKgPerMonth: z.number(),
  currency: z.string().nullable(),
  indicativePrice: moneyOut.nullable(),
  status: z.enum(['listed', 'unlisted']),
  /** Everybody who is signed in sees it: it is listed and its supplier verified. */
  visible: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

export function presentProduct(row: Product): z.input<typeof productShape> {
  const { supplierId, supplierName, productType, grade, title, description, basis, packaging, originCountry } = row;
  const { currency, indicativePriceMinorPerTonne: price, status } = row;
  return {
    ...{ productId: row.id, supplierId, supplierName, productType, grade, title, description, basis, packaging },
    originCountry,
    assay: row.assay.map(({ analyte, ppb }) => presentValue({ analyte, ppb: BigInt(ppb) })),
    minLotKg: Number(row.minLotKg),
    capacityKgPerMonth: Number(row.capacityKgPerMonth),
    currency,
    indicativePrice: currency === null || price === null ? null : moneyToJson(price, currency),
    status,
    visible: status === 'listed' && row.supplierVerified,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
