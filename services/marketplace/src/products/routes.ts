import { pageOf, pageQuery, type Route, readCursor, route, signedIn, toPage } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { grade, productType } from '../commodity/shapes.ts';
import { country, idParams } from '../shapes.ts';
import { certificateKind } from '../suppliers/shapes.ts';
import { addProduct } from './add-product.ts';
import { changeProduct } from './change-product.ts';
import { productErrors } from './errors.ts';
import { listProduct } from './list-product.ts';
import type { ProductStatus } from './product.ts';
import { presentProduct, productBody, productShape, readProduct } from './shapes.ts';
import { findProduct, listProductsOf, searchProducts } from './store.ts';

const suppliers = { roles: ['supplier'] };

const searchQuery = pageQuery.extend({
  q: z.string().trim().min(1).max(200).optional(),
  productType: productType.optional(),
  grade: grade.optional(),
  originCountry: country.optional(),
  supplierId: z.uuid().optional(),
  region: country.optional(),
  certificate: certificateKind.optional(),
  quantityKg: z.coerce.number().int().min(1).max(1_000_000_000).optional(),
});

const move = (name: 'list' | 'unlist', to: ProductStatus, summary: string) =>
  route<Clients, Awaited<ReturnType<typeof listProduct>>, typeof idParams, undefined, undefined, typeof productShape>({
    method: 'POST',
    path: `/api/products/:id/${name}`,
    access: suppliers,
    summary,
    params: idParams,
    response: productShape,
    action: (ctx, { params }) => listProduct(ctx, params.id, to),
    present: presentProduct,
  });

export const productRoutes: Route<Clients>[] = [
  route({
    method: 'POST',
    path: '/api/products',
    access: suppliers,
    summary: 'List a product of yours',
    status: 201,
    body: productBody,
    response: productShape,
    action: async (ctx, { body }) => addProduct(ctx, readProduct(body)),
    present: presentProduct,
  }),
  route({
    method: 'GET',
    path: '/api/products',
    access: signedIn,
    summary: 'Search listed products of verified suppliers',
    query: searchQuery,
    response: pageOf(productShape),
    action: async (ctx, { query: { limit, cursor, ...query } }) => {
      const today = ctx.clock.now().toISOString().slice(0, 10);
      const search = { ...query, today, before: readCursor(cursor), limit: limit + 1 };
      return toPage(await ctx.read((work) => searchProducts(work, search)), limit);
    },
    present: (page) => ({ items: page.items.map(presentProduct), nextCursor: page.nextCursor }),
  }),
  route({
    method: 'GET',
    path: '/api/products/my',
    access: suppliers,
    summary: 'Your products',
    response: z.array(productShape),
    action: (ctx) => ctx.read((work) => listProductsOf(work, ctx.actor.id)),
    present: (rows) => rows.map(presentProduct),
  }),
  route({
    method: 'GET',
    path: '/api/products/:id',
    access: signedIn,
    summary: 'One product',
    params: idParams,
    response: productShape,
    action: async (ctx, { params }) => {
      const found = await ctx.read((work) => findProduct(work, params.id));
      if (!found) throw productErrors.error('MARKETPLACE_PRODUCT_NOT_FOUND');
      return found;
    },
    present: presentProduct,
  }),
  route({
    method: 'PUT',
    path: '/api/products/:id',
    access: suppliers,
    summary: 'Change a product of yours',
    params: idParams,
    body: productBody,
    response: productShape,
    action: async (ctx, { params, body }) => changeProduct(ctx, params.id, readProduct(body)),
    present: presentProduct,
  }),
  move('list', 'listed', 'List a product of yours again'),
  move('unlist', 'unlisted', 'Take a product of yours off the market'),
];
