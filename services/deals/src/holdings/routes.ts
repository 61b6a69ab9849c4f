import { operators, pageOf, pageQuery, type Route, readCursor, route, signedIn, toPage } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import type { Holding } from '../schema.ts';
import { idParams, shareCount } from '../shapes.ts';
import { addHolding } from './add-holding.ts';
import { addHoldingDocument } from './add-holding-document.ts';
import { availableShares } from './holding.ts';
import { type HoldingView, listHoldings } from './store.ts';
import { verifyHolding } from './verify-holding.ts';

const status = z.enum(['pending', 'verified', 'rejected']);

const documentShape = z.object({
  documentId: z.string(),
  fileName: z.string(),
  sha256: z.string(),
  createdAt: z.string(),
});
const holdingShape = z.object({
  holdingId: z.string(),
  ownerId: z.string(),
  companyId: z.string(),
  companyName: z.string(),
  shareType: z.string(),
  quantity: z.number(),
  reservedQuantity: z.number(),
  availableQuantity: z.number(),
  status,
  notes: z.string().nullable(),
  acquiredInDealId: z.string().nullable(),
  createdAt: z.string(),
  documents: z.array(documentShape),
});

function present({ holding, companyName, documents }: HoldingView) {
  return {
    holdingId: holding.id,
    ownerId: holding.ownerId,
    companyId: holding.companyId,
    companyName,
    shareType: holding.shareType,
    quantity: Number(holding.quantity),
    reservedQuantity: Number(holding.reserved),
    availableQuantity: Number(availableShares(holding)),
    status: holding.status,
    notes: holding.notes,
    acquiredInDealId: holding.originDealId,
    createdAt: holding.createdAt.toISOString(),
    documents: documents.map(({ documentId, fileName, sha256, createdAt }) => ({
      documentId,
      fileName,
      sha256,
      createdAt: createdAt.toISOString(),
    })),
  };
}

const presentStatus = (row: Holding) => ({ holdingId: row.id, status: row.status });

export const holdingRoutes: Route<Clients>[] = [
  route({
    method: 'POST',
    path: '/api/holdings',
    access: { roles: ['seller', 'buyer'] },
    summary: 'Add shares you own',
    status: 201,
    body: z.object({ companyId: z.uuid(), shareType: z.string().trim().min(1).max(60), quantity: shareCount }),
    response: z.object({ holdingId: z.string(), status }),
    action: (ctx, { body }) => addHolding(ctx, body),
    present: presentStatus,
  }),
  route({
    method: 'GET',
    path: '/api/holdings/my',
    access: signedIn,
    summary: 'Your holdings',
    response: z.array(holdingShape),
    action: (ctx) => ctx.read((work) => listHoldings(work, { ownerId: ctx.actor.id, limit: 1000 })),
    present: (rows) => rows.map(present),
  }),
  route({
    method: 'POST',
    path: '/api/holdings/:id/documents',
    access: signedIn,
    summary: 'Upload a proof of ownership',
    status: 201,
    params: idParams,
    multipart: true,
    response: z.object({ documentId: z.string(), fileName: z.string(), sha256: z.string(), sizeBytes: z.number() }),
    action: (ctx, { params, upload }) => addHoldingDocument(ctx, { holdingId: params.id, upload }),
    present: ({ documentId, fileName, sha256, sizeBytes }) => ({ documentId, fileName, sha256, sizeBytes }),
  }),
  route({
    method: 'GET',
    path: '/api/admin/holdings',
    access: operators,
    summary: 'Holdings to review',
    query: pageQuery.extend({ status: status.optional() }),
    response: pageOf(holdingShape),
    action: async (ctx, { query }) => {
      const filter = { ...(query.status ? { status: query.status } : {}), before: readCursor(query.cursor) };
      const rows = await ctx.read((work) => listHoldings(work, { ...filter, limit: query.limit + 1 }));
      return toPage(
        rows.map((row) => ({ ...row, id: row.holding.id })),
        query.limit,
      );
    },
    present: (page) => ({ items: page.items.map(present), nextCursor: page.nextCursor }),
  }),
  route({
    method: 'PUT',
    path: '/api/admin/holdings/:id/verify',
    access: operators,
    summary: 'Verify or turn down a holding',
    params: idParams,
    body: z.object({ verified: z.boolean(), notes: z.string().max(2000).optional() }),
    response: z.object({ holdingId: z.string(), status }),
    action: (ctx, { params, body }) => verifyHolding(ctx, { holdingId: params.id, ...body }),
    present: presentStatus,
  }),
];
