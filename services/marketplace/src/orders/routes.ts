import {
  operators,
  operatorsLive,
  pageOf,
  pageQuery,
  type Route,
  readCursor,
  route,
  signedIn,
  toPage,
} from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { findReviewOf } from '../reviews/store.ts';
import { idParams } from '../shapes.ts';
import { addOrderDocument } from './add-order-document.ts';
import { cancelOrder } from './cancel-order.ts';
import { deliveryRoutes } from './delivery-routes.ts';
import { disputeRoutes } from './dispute-routes.ts';
import { listOpenIncidents } from './incidents.ts';
import {
  documentShape,
  orderDetailShape,
  orderShape,
  orderStatus,
  presentDocument,
  presentOrder,
  presentOrderDetail,
} from './present-order.ts';
import { listOrders, readOrder } from './store.ts';

const parties = { roles: ['buyer', 'supplier'] };
const listQuery = pageQuery.extend({ status: orderStatus.optional() });
const reasonBody = z.object({ reason: z.string().trim().min(1).max(2000) });

const kind = z.enum([
  'bill_of_lading',
  'certificate_of_analysis',
  'packing_list',
  'invoice',
  'inspection_report',
  'evidence',
  'other',
]);

export const orderRoutes: Route<Clients>[] = [
  route({
    method: 'GET',
    path: '/api/orders',
    access: signedIn,
    summary: 'Your orders, as buyer or supplier',
    query: listQuery,
    response: pageOf(orderShape),
    action: async (ctx, { query }) => {
      const filter = { partyId: ctx.actor.id, status: query.status, before: readCursor(query.cursor) };
      const rows = await ctx.read((work) => listOrders(work, { ...filter, limit: query.limit + 1 }));
      return toPage(rows, query.limit);
    },
    present: (page) => ({ items: page.items.map(presentOrder), nextCursor: page.nextCursor }),
  }),
  route({
    method: 'GET',
    path: '/api/orders/:id',
    access: signedIn,
    summary: 'An order with its deliveries, documents, disputes, steps and money',
    params: idParams,
    response: orderDetailShape,
    action: (ctx, { params }) =>
      ctx.read(async (work) => {
        const [view, reviewId] = await Promise.all([
          readOrder(work, params.id),
          findReviewOf(work, params.id, ctx.actor.id),
        ]);
        return { view, reviewId };
      }),
    present: presentOrderDetail,
  }),
  route({
    method: 'POST',
    path: '/api/orders/:id/cancel',
    access: parties,
    summary: 'Call an order off before anything is shipped',
    params: idParams,
    body: reasonBody,
    response: orderShape,
    action: (ctx, { params, body }) => cancelOrder(ctx, { orderId: params.id, ...body, by: 'side' }),
    present: presentOrder,
  }),
  route({
    method: 'POST',
    path: '/api/orders/:id/documents',
    access: parties,
    summary: 'Upload a document of an order or of a delivery, for both sides',
    status: 201,
    params: idParams,
    query: z.object({ kind, deliveryId: z.uuid().optional() }),
    multipart: true,
    response: documentShape.extend({ sizeBytes: z.number() }),
    action: (ctx, { params, query, upload }) => addOrderDocument(ctx, { orderId: params.id, ...query, upload }),
    present: (row) => ({ ...presentDocument(row), sizeBytes: row.sizeBytes }),
  }),
  ...deliveryRoutes,
  ...disputeRoutes,
  route({
    method: 'GET',
    path: '/api/admin/orders',
    access: operators,
    summary: 'All orders, with what is overdue in them',
    query: listQuery,
    response: pageOf(
      orderShape.extend({
        incidents: z.array(
          z.object({ kind: z.string(), deliveryId: z.string().nullable(), detail: z.string(), at: z.string() }),
        ),
      }),
    ),
    action: (ctx, { query }) =>
      ctx.read(async (work) => {
        const filter = { status: query.status, before: readCursor(query.cursor), limit: query.limit + 1 };
        const page = toPage(await listOrders(work, filter), query.limit);
        const ids = page.items.map((each) => each.id);
        return { page, incidents: await listOpenIncidents(work, ids) };
      }),
    present: ({ page, incidents }) => ({
      items: page.items.map((order) => ({
        ...presentOrder(order),
        incidents: incidents
          .filter((each) => each.orderId === order.id)
          .map(({ kind, deliveryId, detail, at }) => ({ kind, deliveryId, detail, at: at.toISOString() })),
      })),
      nextCursor: page.nextCursor,
    }),
  }),
  route({
    method: 'POST',
    path: '/api/admin/orders/:id/cancel',
    access: operatorsLive,
    summary: 'Call an order off before anything is shipped, or between deliveries',
    params: idParams,
    body: reasonBody,
    response: orderShape,
    action: (ctx, { params, body }) => cancelOrder(ctx, { orderId: params.id, ...body, by: 'operator' }),
    present: presentOrder,
  }),
];
