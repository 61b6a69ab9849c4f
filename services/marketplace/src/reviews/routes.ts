import { pageOf, pageQuery, type Route, readCursor, route, toPage } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { idParams } from '../shapes.ts';
import { changeReview } from './change-review.ts';
import { reviewErrors } from './errors.ts';
import { findReview, listReviews } from './store.ts';
import type { Review } from './tables.ts';
import { writeReview } from './write-review.ts';

const mark = z.number().int().min(1).max(5);
const marks = { rating: mark, quality: mark, delivery: mark, communication: mark };
const written = z.object({ ...marks, text: z.string().trim().max(4000).default('') });
const reviewShape = z.object({
  reviewId: z.string(),
  supplierId: z.string(),
  ...marks,
  text: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
});

/** As anybody may read it: not who wrote it, nor of which order. */
function present({ id, supplierId, rating, quality, delivery, communication, text, createdAt, updatedAt }: Review) {
  const times = { createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
  return { reviewId: id, supplierId, rating, quality, delivery, communication, text, ...times };
}

export const reviewRoutes: Route<Clients>[] = [
  route({
    method: 'POST',
    path: '/api/reviews',
    access: { roles: ['buyer'] },
    summary: 'Review a delivered order of yours',
    status: 201,
    body: written.extend({ orderId: z.uuid() }),
    response: reviewShape,
    action: (ctx, { body }) => writeReview(ctx, body),
    present,
  }),
  route({
    method: 'PUT',
    path: '/api/reviews/:id',
    access: { roles: ['buyer'] },
    summary: 'Change a review of yours',
    params: idParams,
    body: written,
    response: reviewShape,
    action: (ctx, { params, body }) => changeReview(ctx, { reviewId: params.id, ...body }),
    present,
  }),
  route({
    method: 'GET',
    path: '/api/reviews',
    access: 'public',
    summary: 'Reviews of a supplier, newest first',
    query: pageQuery.extend({ supplierId: z.uuid() }),
    response: pageOf(reviewShape),
    action: async (ctx, { query: { supplierId, limit, cursor } }) => {
      const filter = { supplierId, before: readCursor(cursor), limit: limit + 1 };
      return toPage(await ctx.read((work) => listReviews(work, filter)), limit);
    },
    present: (page) => ({ items: page.items.map(present), nextCursor: page.nextCursor }),
  }),
  route({
    method: 'GET',
    path: '/api/reviews/:id',
    access: 'public',
    summary: 'One review',
    params: idParams,
    response: reviewShape,
    action: async (ctx, { params }) => {
      const found = await ctx.read((work) => findReview(work, params.id));
      if (!found) throw reviewErrors.error('MARKETPLACE_REVIEW_NOT_FOUND');
      return found;
    },
    present,
  }),
];
