import { operatorsLive, pageOf, pageQuery, type Route, readCursor, route, signedIn, toPage } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { basisShape, currency } from '../instruments/shapes.ts';
import { type ConvertedPrice, type ConvertPrice, convertPrice } from './convert-price.ts';
import { readDecimal, readMicros, showDecimal } from './decimal.ts';
import { enterFxRate, enterVatRate } from './enter-rates.ts';
import { charges } from './incoterm.ts';
import {
  amountText,
  day,
  exactShape,
  figureShape,
  presentFigure,
  presentMicros,
  presentStep,
  priceText,
  shareText,
  sourceText,
  stepShape,
} from './shapes.ts';
import { listFxRates, listVatRates } from './store.ts';
import type { FxRateRow, VatRateRow } from './tables.ts';

const country = z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code');
const to = basisShape.omit({ region: true });

/** `instrumentId`, or all of a basis and a price; what is to differ as `toUnit`, `toCurrency`, …; stated charges by name. */
const convertQuery = z
  .object({
    instrumentId: z.uuid().optional(),
    price: priceText.optional(),
    on: day.optional(),
    ...basisShape.partial().shape,
    ...{ toProduct: to.shape.product.optional(), toGrade: to.shape.grade.optional(), toForm: to.shape.form.optional() },
    ...{ toIncoterm: to.shape.incoterm.optional(), toCurrency: to.shape.currency.optional() },
    ...{ toUnit: to.shape.unit.optional(), toTaxBasis: to.shape.taxBasis.optional() },
    moisture: shareText.optional(),
    ...(Object.fromEntries(charges.map((charge) => [charge, amountText.optional()])) as Record<
      (typeof charges)[number],
      z.ZodOptional<typeof amountText>
    >),
    /** Of which day, and whose, the stated moisture and charges are. */
    statedOn: day.optional(),
    statedBy: sourceText.optional(),
    fxAgeDaysMax: z.coerce.number().int().min(0).max(3650).default(7),
    allowStale: z.stringbool().default(false),
  })
  .transform((query, ctx): ConvertPrice => {
    const basis = basisShape.safeParse(query);
    const fail = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message });
    if (!query.instrumentId && !basis.success) fail('instrumentId', 'is needed, or every part of a basis');
    if (!query.instrumentId && query.price === undefined) fail('price', 'is needed where no instrument is named');
    const stated = charges.flatMap((charge) => (query[charge] === undefined ? [] : [[charge, query[charge]] as const]));
    const { statedOn, statedBy } = query;
    if ((stated.length > 0 || query.moisture) && !(statedOn && statedBy)) {
      fail('statedBy', 'moisture and charges need statedOn and statedBy');
    }
    const dated = (text: string) => ({ value: readDecimal(text), date: statedOn ?? '', source: statedBy ?? '' });
    const parts = {
      ...{ product: query.toProduct, grade: query.toGrade, form: query.toForm, incoterm: query.toIncoterm },
      ...{ currency: query.toCurrency, unit: query.toUnit, taxBasis: query.toTaxBasis },
    };
    return {
      from: query.instrumentId || !basis.success ? { instrumentId: query.instrumentId ?? '' } : basis.data,
      to: Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)),
      priceMicros: query.price === undefined ? undefined : readMicros(query.price),
      ...{ on: query.on, fxAgeDaysMax: query.fxAgeDaysMax, allowStale: query.allowStale },
      moisture: query.moisture === undefined ? undefined : dated(query.moisture),
      charges: Object.fromEntries(stated.map(([charge, text]) => [charge, dated(text)])),
    };
  });

const conversionShape = z.object({
  from: basisShape,
  to: basisShape,
  on: z.string(),
  low: exactShape,
  mid: exactShape,
  high: exactShape,
  steps: z.array(stepShape),
  flags: z.array(z.string()),
  figure: figureShape.nullable(),
});

function present({ steps, figure, low, mid, high, ...rest }: ConvertedPrice): z.input<typeof conversionShape> {
  return {
    ...rest,
    ...{ low: presentMicros(low), mid: presentMicros(mid), high: presentMicros(high) },
    steps: steps.map(presentStep),
    figure: figure && presentFigure(figure),
  };
}

const entered = { recordedBy: z.string().nullable(), recordedAt: z.string(), source: z.string(), rate: z.string() };
const fxShape = z.object({ rateId: z.string(), base: z.string(), quote: z.string(), validOn: z.string(), ...entered });
const vatShape = z.object({ rateId: z.string(), country: z.string(), validFrom: z.string(), ...entered });
const plainDecimal = (text: string) => showDecimal(readDecimal(text), 12);
const presentRate = <R extends FxRateRow | VatRateRow>(row: R) => ({
  ...row,
  ...{ rate: plainDecimal(row.rate), recordedAt: row.recordedAt.toISOString() },
});
const page = <R extends { rateId: string }>(rows: R[], limit: number) =>
  toPage(
    rows.map((row) => ({ ...row, id: row.rateId })),
    limit,
  );

export const conversionRoutes: Route<Clients>[] = [
  route({
    method: 'GET',
    path: '/api/market/convert',
    access: signedIn,
    summary: 'A price in another basis, step by step',
    query: convertQuery,
    response: conversionShape,
    action: (ctx, { query }) => convertPrice(ctx, query),
    present,
  }),
  route({
    method: 'GET',
    path: '/api/market/fx-rates',
    access: signedIn,
    summary: 'Exchange rates as they were entered, newest first',
    query: pageQuery.extend({ base: currency.optional(), quote: currency.optional() }),
    response: pageOf(fxShape),
    action: async (ctx, { query: { limit, cursor, ...filter } }) =>
      page(
        await ctx.read((work) => listFxRates(work, { ...filter, before: readCursor(cursor), limit: limit + 1 })),
        limit,
      ),
    present: ({ items, nextCursor }) => ({ items: items.map(presentRate), nextCursor }),
  }),
  route({
    method: 'POST',
    path: '/api/admin/market/fx-rates',
    access: operatorsLive,
    summary: 'Enter the exchange rate of a day',
    status: 201,
    body: z.strictObject({
      ...{ base: currency, quote: currency, validOn: day, source: sourceText },
      /** What one of `base` costs in `quote`. */
      rate: z.string().regex(/^\d{1,12}(\.\d{1,12})?$/, 'must be a decimal, as text'),
    }),
    response: fxShape,
    action: (ctx, { body }) => enterFxRate(ctx, body),
    present: presentRate,
  }),
  route({
    method: 'GET',
    path: '/api/market/vat-rates',
    access: signedIn,
    summary: 'Value-added tax rates as they were entered, newest first',
    query: pageQuery.extend({ country: country.optional() }),
    response: pageOf(vatShape),
    action: async (ctx, { query: { limit, cursor, ...filter } }) =>
      page(
        await ctx.read((work) => listVatRates(work, { ...filter, before: readCursor(cursor), limit: limit + 1 })),
        limit,
      ),
    present: ({ items, nextCursor }) => ({ items: items.map(presentRate), nextCursor }),
  }),
  route({
    method: 'POST',
    path: '/api/admin/market/vat-rates',
    access: operatorsLive,
    summary: 'Enter the value-added tax rate of a country from a day on',
    status: 201,
    body: z.strictObject({
      ...{ country, validFrom: day, source: sourceText },
      /** 0.13 is 13 %. */
      rate: z.string().regex(/^0(\.\d{1,6})?$/, 'must be a share from 0 to under 1, as text'),
    }),
    response: vatShape,
    action: (ctx, { body }) => enterVatRate(ctx, body),
    present: presentRate,
  }),
];
