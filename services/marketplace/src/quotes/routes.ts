import { moneyToJson, parsePositiveMoney } from '@clearlot/kernel';
import { pageOf, pageQuery, type Route, readCursor, route, signedIn, toPage } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { amountMinor } from '../commodity/commodity.ts';
import { basis, grade, incoterm, productType } from '../commodity/shapes.ts';
import { idParams, instant, massKg, money, moneyOut } from '../shapes.ts';
import { acceptQuote } from './accept-quote.ts';
import { cancelQuote, declineQuote } from './end-quote.ts';
import { makeOffer } from './make-offer.ts';
import { type QuoteStatus, quoteNextSteps } from './quote.ts';
import { requestQuote } from './request-quote.ts';
import { listQuotes, type QuoteView, readQuote } from './store.ts';
import type { Quote, QuoteOffer } from './tables.ts';

const parties = { roles: ['buyer', 'supplier'] };
const status = z.enum([
  'requested',
  'quoted',
  'countered',
  'accepted',
  'declined',
  'cancelled',
  'expired',
] satisfies QuoteStatus[]);
const kilograms = massKg.transform(BigInt);
const place = z.string().trim().min(1).max(200);

const quoteShape = z.object({
  quoteId: z.string(),
  productId: z.string(),
  productTitle: z.string(),
  productType,
  grade,
  basis,
  buyerId: z.string(),
  supplierId: z.string(),
  supplierOwnerId: z.string(),
  status,
  currency: z.string(),
  quantityKg: z.number(),
  incoterm,
  place: z.string(),
  deliverFrom: z.string(),
  deliverTo: z.string(),
  notes: z.string(),
  round: z.number(),
  roundsMax: z.number(),
  turn: z.enum(['buyer', 'supplier', 'nobody']),
  expiresAt: z.string(),
  orderId: z.string().nullable(),
  nextStep: z.object({ buyer: z.string(), supplier: z.string() }),
  createdAt: z.string(),
  updatedAt: z.string(),
});

const offerShape = z.object({
  round: z.number(),
  madeBy: z.enum(['buyer', 'supplier']),
  price: moneyOut,
  quantityKg: z.number(),
  amount: moneyOut,
  incoterm,
  place: z.string(),
  deliverFrom: z.string(),
  deliverTo: z.string(),
  notes: z.string(),
  validUntil: z.string(),
  madeAt: z.string(),
});
const quoteViewShape = quoteShape.extend({ offers: z.array(offerShape) });
const outcomeShape = z.object({ quoteId: z.string(), status });

function present(row: Quote): z.input<typeof quoteShape> {
  return {
    quoteId: row.id,
    productId: row.productId,
    ...row.request,
    buyerId: row.buyerId,
    supplierId: row.supplierId,
    supplierOwnerId: row.supplierOwnerId,
    status: row.status,
    currency: row.currency,
    quantityKg: Number(row.quantityKg),
    round: row.round,
    roundsMax: row.roundsMax,
    turn: row.turn,
    expiresAt: row.expiresAt.toISOString(),
    orderId: row.orderId,
    nextStep: quoteNextSteps[row.status],
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function presentOffer(row: QuoteOffer, currency: string): z.input<typeof offerShape> {
  return {
    round: row.round,
    madeBy: row.madeBy,
    price: moneyToJson(row.priceMinorPerTonne, currency),
    quantityKg: Number(row.quantityKg),
    amount: moneyToJson(amountMinor(row.quantityKg, row.priceMinorPerTonne), currency),
    ...row.terms,
    validUntil: row.validUntil.toISOString(),
    madeAt: row.madeAt.toISOString(),
  };
}

function presentView({ quote, offers }: QuoteView): z.input<typeof quoteViewShape> {
  return { ...present(quote), offers: offers.map((each) => presentOffer(each, quote.currency)) };
}

const presentOutcome = ({ id, status }: Quote) => ({ quoteId: id, status });

export const quoteRoutes: Route<Clients>[] = [
  route({
    method: 'POST',
    path: '/api/quotes',
    access: { roles: ['buyer'] },
    summary: 'Ask the supplier of a product for a price',
    status: 201,
    body: z.object({
      productId: z.uuid(),
      quantityKg: kilograms,
      currency: z.string().regex(/^[A-Z]{3}$/),
      incoterm,
      place,
      deliverFrom: instant,
      deliverTo: instant,
      roundsMax: z.number().int().min(1).max(10).default(3),
      validDays: z.number().int().min(1).max(90).default(14),
      notes: z.string().max(4000).default(''),
    }),
    response: outcomeShape,
    action: (ctx, { body }) => requestQuote(ctx, body),
    present: presentOutcome,
  }),
  route({
    method: 'GET',
    path: '/api/quotes',
    access: signedIn,
    summary: 'Your quotes, as buyer or supplier',
    query: pageQuery.extend({ status: status.optional() }),
    response: pageOf(quoteShape),
    action: async (ctx, { query }) => {
      const filter = { partyId: ctx.actor.id, status: query.status, before: readCursor(query.cursor) };
      const rows = await ctx.read((work) => listQuotes(work, { ...filter, limit: query.limit + 1 }));
      return toPage(rows, query.limit);
    },
    present: (page) => ({ items: page.items.map(present), nextCursor: page.nextCursor }),
  }),
  route({
    method: 'GET',
    path: '/api/quotes/:id',
    access: signedIn,
    summary: 'A quote with all its offers',
    params: idParams,
    response: quoteViewShape,
    action: (ctx, { params }) => ctx.read((work) => readQuote(work, params.id)),
    present: presentView,
  }),
  route({
    method: 'POST',
    path: '/api/quotes/:id/offers',
    access: parties,
    summary: 'Make a firm offer when it is your turn',
    status: 201,
    params: idParams,
    body: z.object({
      price: money,
      quantityKg: kilograms.optional(),
      validUntil: instant,
      incoterm: incoterm.optional(),
      place: place.optional(),
      deliverFrom: instant.optional(),
      deliverTo: instant.optional(),
      notes: z.string().max(4000).optional(),
    }),
    response: quoteViewShape,
    action: (ctx, { params, body: { price, ...terms } }) =>
      makeOffer(ctx, {
        quoteId: params.id,
        ...terms,
        priceMinorPerTonne: (currency) => parsePositiveMoney(price, currency),
      }),
    present: presentView,
  }),
  route({
    method: 'POST',
    path: '/api/quotes/:id/accept',
    access: parties,
    summary: 'Accept the newest offer; it becomes an order',
    params: idParams,
    body: z.object({ round: z.number().int().min(1).max(10) }),
    response: outcomeShape.extend({ orderId: z.string().nullable() }),
    action: (ctx, { params, body }) => acceptQuote(ctx, { quoteId: params.id, round: body.round }),
    present: (row) => ({ ...presentOutcome(row), orderId: row.orderId }),
  }),
  route({
    method: 'POST',
    path: '/api/quotes/:id/decline',
    access: parties,
    summary: 'Decline when it is your turn',
    params: idParams,
    response: outcomeShape,
    action: (ctx, { params }) => declineQuote(ctx, params.id),
    present: presentOutcome,
  }),
  route({
    method: 'POST',
    path: '/api/quotes/:id/cancel',
    access: { roles: ['buyer'] },
    summary: 'Take your request back before anything is accepted',
    params: idParams,
    response: outcomeShape,
    action: (ctx, { params }) => cancelQuote(ctx, params.id),
    present: presentOutcome,
  }),
];
