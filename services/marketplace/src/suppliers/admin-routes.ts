import { operators, operatorsLive, pageOf, pageQuery, type Route, readCursor, route, toPage } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { idParams } from '../shapes.ts';
import { fileShape, presentFile, presentStatus, statusShape, supplierStatus } from './shapes.ts';
import { listSuppliers, withFiles } from './store.ts';
import { suspendSupplier } from './suspend-supplier.ts';
import { verifySupplier } from './verify-supplier.ts';

export const supplierAdminRoutes: Route<Clients>[] = [
  route({
    method: 'GET',
    path: '/api/admin/suppliers',
    access: operators,
    summary: 'Suppliers with what they handed in, newest first',
    query: pageQuery.extend({ status: supplierStatus.optional() }),
    response: pageOf(fileShape),
    action: async (ctx, { query: { status, limit, cursor } }) => {
      const filter = { status, before: readCursor(cursor), limit: limit + 1 };
      const files = await ctx.read(async (work) => withFiles(work, await listSuppliers(work, filter)));
      return toPage(
        files.map((file) => ({ ...file, id: file.supplier.id })),
        limit,
      );
    },
    present: (page) => ({ items: page.items.map(presentFile), nextCursor: page.nextCursor }),
  }),
  route({
    method: 'PUT',
    path: '/api/admin/suppliers/:id/verify',
    access: operatorsLive,
    summary: 'Verify or turn down an application',
    params: idParams,
    body: z.object({ verified: z.boolean(), notes: z.string().trim().max(2000).optional() }),
    response: statusShape,
    action: (ctx, { params, body }) => verifySupplier(ctx, { supplierId: params.id, ...body }),
    present: presentStatus,
  }),
  route({
    method: 'PUT',
    path: '/api/admin/suppliers/:id/suspend',
    access: operatorsLive,
    summary: 'Take a verified supplier off the market, or let it back',
    params: idParams,
    body: z.object({ suspended: z.boolean(), notes: z.string().trim().min(1).max(2000) }),
    response: statusShape,
    action: (ctx, { params, body }) => suspendSupplier(ctx, { supplierId: params.id, ...body }),
    present: presentStatus,
  }),
];
