import { pageOf, pageQuery, type Route, readCursor, route, signedIn, toPage } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { productType } from '../commodity/shapes.ts';
import { idParams } from '../shapes.ts';
import { addAttachment } from './add-attachment.ts';
import { amendRfq } from './amend-rfq.ts';
import { cancelRfq } from './cancel-rfq.ts';
import { createRfq } from './create-rfq.ts';
import { editRfq } from './edit-rfq.ts';
import { listChanges } from './list-changes.ts';
import { publishRfq } from './publish-rfq.ts';
import {
  attachmentShape,
  detailShape,
  draftBody,
  presentAttachment,
  presentDetail,
  presentStatus,
  presentSummary,
  rfqStatus,
  statusShape,
  summaryShape,
  termsBody,
} from './shapes.ts';
import { showRfq } from './show-rfq.ts';
import { listRfqs } from './store.ts';

const buyers = { roles: ['buyer'] };
const reason = z.string().trim().min(1).max(2000);

export const rfqRoutes: Route<Clients>[] = [
  route({
    method: 'POST',
    path: '/api/rfqs',
    access: buyers,
    summary: 'Draft a request for quotation',
    status: 201,
    body: draftBody,
    response: statusShape,
    action: (ctx, { body }) => createRfq(ctx, body),
    present: presentStatus,
  }),
  route({
    method: 'PUT',
    path: '/api/rfqs/:id',
    access: buyers,
    summary: 'Write a draft anew',
    params: idParams,
    body: draftBody,
    response: statusShape,
    action: (ctx, { params, body }) => editRfq(ctx, params.id, body),
    present: presentStatus,
  }),
  route({
    method: 'POST',
    path: '/api/rfqs/:id/publish',
    access: buyers,
    summary: 'Send an RFQ out; responses stay sealed until its deadline',
    params: idParams,
    response: statusShape,
    action: (ctx, { params }) => publishRfq(ctx, params.id),
    present: presentStatus,
  }),
  route({
    method: 'POST',
    path: '/api/rfqs/:id/amend',
    access: buyers,
    summary: 'Change the terms of a published RFQ before its deadline',
    params: idParams,
    body: z.object({ terms: termsBody, reason }),
    response: statusShape,
    action: (ctx, { params, body }) => amendRfq(ctx, { rfqId: params.id, ...body }),
    present: presentStatus,
  }),
  route({
    method: 'POST',
    path: '/api/rfqs/:id/cancel',
    access: buyers,
    summary: 'Cancel an RFQ that is not awarded',
    params: idParams,
    body: z.object({ reason }),
    response: statusShape,
    action: (ctx, { params, body }) => cancelRfq(ctx, { rfqId: params.id, ...body }),
    present: presentStatus,
  }),
  route({
    method: 'POST',
    path: '/api/rfqs/:id/attachments',
    access: buyers,
    summary: 'Attach a file for everybody the RFQ is sent to',
    status: 201,
    params: idParams,
    multipart: true,
    response: attachmentShape,
    action: (ctx, { params, upload }) => addAttachment(ctx, { rfqId: params.id, upload }),
    present: presentAttachment,
  }),
  route({
    method: 'GET',
    path: '/api/rfqs',
    access: signedIn,
    summary: 'RFQs you may see, newest first',
    query: pageQuery.extend({
      status: rfqStatus.optional(),
      productType: productType.optional(),
      q: z.string().max(200).optional(),
      mine: z.enum(['true', 'false']).optional(),
    }),
    response: pageOf(summaryShape),
    action: async (ctx, { query }) => {
      const { status, productType, q, limit } = query;
      const buyerId = query.mine === 'true' ? ctx.actor.id : undefined;
      const filter = { status, productType, q, buyerId, before: readCursor(query.cursor) };
      return toPage(await ctx.read((work) => listRfqs(work, { ...filter, limit: limit + 1 })), limit);
    },
    present: (page) => ({ items: page.items.map(presentSummary), nextCursor: page.nextCursor }),
  }),
  route({
    method: 'GET',
    path: '/api/rfqs/:id',
    access: signedIn,
    summary: 'An RFQ with its terms, files and questions',
    params: idParams,
    response: detailShape,
    action: (ctx, { params }) => showRfq(ctx, params.id),
    present: presentDetail,
  }),
  route({
    method: 'GET',
    path: '/api/rfqs/:id/versions',
    access: signedIn,
    summary: 'Every version of the terms with what it changed',
    params: idParams,
    response: z.array(
      z.object({
        version: z.number(),
        reason: z.string().nullable(),
        createdAt: z.string(),
        terms: termsBody,
        changes: z.array(z.object({ path: z.string(), before: z.unknown(), after: z.unknown() })),
      }),
    ),
    action: (ctx, { params }) => listChanges(ctx, params.id),
    present: (versions) =>
      versions.map(({ version: { version, reason, createdAt, terms }, changes }) => ({
        ...{ version, reason, terms, changes },
        createdAt: createdAt.toISOString(),
      })),
  }),
];
