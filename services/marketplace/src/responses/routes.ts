import { type Route, route } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { asSent } from '../rfqs/as-sent.ts';
import { idParams } from '../shapes.ts';
import { acknowledgeAmendment } from './acknowledge-amendment.ts';
import { responseContent } from './content.ts';
import { listMyResponses, listResponses } from './list-responses.ts';
import { submitResponse } from './submit-response.ts';
import type { Response } from './tables.ts';
import { withdrawResponse } from './withdraw-response.ts';

const suppliers = { roles: ['supplier'] };
const rfqVersion = z.number().int().min(1);
const content = asSent(responseContent);

const mineShape = z.object({
  responseId: z.string(),
  version: z.number(),
  /** The version of the terms it was made for. */
  rfqVersion: z.number(),
  acknowledgedVersion: z.number().nullable(),
  status: z.enum(['sealed', 'replaced', 'withdrawn', 'opened', 'unreadable']),
  contentSha256: z.string(),
  receipt: z.string(),
  withdrawalReceipt: z.string().nullable(),
  submittedAt: z.string(),
  acknowledgedAt: z.string().nullable(),
  withdrawnAt: z.string().nullable(),
  openedAt: z.string().nullable(),
});

function presentMine(row: Response): z.input<typeof mineShape> {
  return {
    responseId: row.id,
    version: row.version,
    rfqVersion: row.rfqVersion,
    acknowledgedVersion: row.acknowledgedVersion,
    status: row.status,
    contentSha256: row.contentSha256.toString('hex'),
    receipt: row.receipt,
    withdrawalReceipt: row.withdrawalReceipt,
    submittedAt: row.submittedAt.toISOString(),
    acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
    withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
    openedAt: row.openedAt?.toISOString() ?? null,
  };
}

export const responseRoutes: Route<Clients>[] = [
  route({
    method: 'POST',
    path: '/api/rfqs/:id/responses',
    access: suppliers,
    summary: 'Hand in a sealed response, in place of an earlier one; the nonce and content are answered once',
    status: 201,
    // An answer kept for a repeated key would keep the content beside its envelope, in clear. Handing in again is safe: it
    // replaces what may have arrived.
    idempotent: false,
    params: idParams,
    body: z.object({ rfqVersion, content }),
    response: z.object({
      responseId: z.string(),
      version: z.number(),
      rfqVersion: z.number(),
      contentSha256: z.string(),
      nonce: z.string(),
      receipt: z.string(),
      submittedAt: z.string(),
      content,
    }),
    action: (ctx, { params, body }) => submitResponse(ctx, { rfqId: params.id, ...body }),
    present: ({ response, nonce, content }) => ({
      responseId: response.id,
      version: response.version,
      rfqVersion: response.rfqVersion,
      contentSha256: response.contentSha256.toString('hex'),
      nonce,
      receipt: response.receipt,
      submittedAt: response.submittedAt.toISOString(),
      content,
    }),
  }),
  route({
    method: 'POST',
    path: '/api/rfqs/:id/responses/withdraw',
    access: suppliers,
    summary: 'Take your response back before the deadline',
    params: idParams,
    response: mineShape,
    action: (ctx, { params }) => withdrawResponse(ctx, params.id),
    present: (row) => presentMine(row),
  }),
  route({
    method: 'POST',
    path: '/api/rfqs/:id/responses/acknowledge',
    access: suppliers,
    summary: 'Let your sealed response stand for the amended terms as it is',
    params: idParams,
    body: z.object({ rfqVersion }),
    response: mineShape,
    action: (ctx, { params, body }) => acknowledgeAmendment(ctx, { rfqId: params.id, ...body }),
    present: (row) => presentMine(row),
  }),
  route({
    method: 'GET',
    path: '/api/rfqs/:id/responses/my',
    access: suppliers,
    summary: 'Your hand-ins with their receipts; the content once it is opened',
    params: idParams,
    response: z.array(mineShape.extend({ content: content.nullable() })),
    action: (ctx, { params }) => listMyResponses(ctx, params.id),
    present: (rows) => rows.map((row) => ({ ...presentMine(row), content: row.content })),
  }),
  route({
    method: 'GET',
    path: '/api/rfqs/:id/responses',
    access: { roles: ['buyer'] },
    summary: 'The responses, once they are opened',
    params: idParams,
    response: z.array(
      z.object({
        responseId: z.string(),
        supplierId: z.string(),
        version: z.number(),
        rfqVersion: z.number(),
        /** It answers the terms as they are now; else `problems` or an amendment it does not acknowledge say why not. */
        current: z.boolean(),
        problems: z.array(z.object({ pointer: z.string(), message: z.string() })),
        contentSha256: z.string(),
        submittedAt: z.string(),
        content,
      }),
    ),
    action: (ctx, { params }) => listResponses(ctx, params.id),
    present: (rows) =>
      rows.map((row) => ({
        responseId: row.id,
        supplierId: row.supplierId,
        version: row.version,
        rfqVersion: row.rfqVersion,
        current: row.current,
        problems: row.problems,
        contentSha256: row.contentSha256.toString('hex'),
        submittedAt: row.submittedAt.toISOString(),
        content: row.contentJson,
      })),
  }),
];
