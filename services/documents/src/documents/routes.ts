import { operators, pageOf, pageQuery, type Route, route, signedIn } from '@clearlot/service';
import { z } from 'zod';
import { signAgreement } from '../agreements/sign-agreement.ts';
import type { Clients } from '../clients.ts';
import { describeDocument, verifyDocument } from './describe-document.ts';
import { listDocuments, listMyDocuments } from './list-documents.ts';
import { openDocument } from './open-document.ts';
import {
  contentDisposition,
  details,
  listedDocument,
  myDocument,
  presentDetails,
  presentListed,
  presentMine,
  presentVerification,
  verification,
} from './present.ts';

const byId = z.object({ id: z.uuid() });

/** Signing binds a person: their session must be alive at that moment. */
const signersLive = { roles: ['*'], live: true } as const;

export const documentRoutes: Route<Clients>[] = [
  route({
    method: 'GET',
    path: '/api/documents/my',
    access: signedIn,
    summary: 'My agreements and uploads, newest first',
    response: z.array(myDocument),
    action: listMyDocuments,
    present: (items) => items.map(presentMine),
  }),
  route({
    method: 'GET',
    path: '/api/documents/:id',
    access: signedIn,
    summary:
      'The document itself: the signed PDF once complete, before that (or with version=original) the one to sign',
    params: byId,
    query: z.object({ version: z.enum(['original', 'final']).optional() }),
    async action(ctx, { params, query, request, reply }) {
      const document = await openDocument(ctx, params.id, query.version);
      const etag = `"${document.sha256}"`;
      reply.headers({
        etag,
        'cache-control': 'private, no-cache',
        'content-type': document.mediaType,
        'content-disposition': contentDisposition(document),
        'x-content-type-options': 'nosniff',
        // Whatever is in the bytes, nothing of it runs as ours.
        'content-security-policy': "default-src 'none'; sandbox",
      });
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      return document.bytes;
    },
    present: (result) => result,
  }),
  route({
    method: 'GET',
    path: '/api/documents/:id/details',
    access: signedIn,
    summary: 'What a document is, who signed it and what happened to it',
    params: byId,
    response: details,
    action: (ctx, { params }) => describeDocument(ctx, params.id),
    present: presentDetails,
  }),
  route({
    method: 'GET',
    path: '/api/documents/:id/verify',
    access: signedIn,
    summary: 'Recomputes the fingerprints of the stored bytes and compares them with what was recorded and signed',
    params: byId,
    response: verification,
    action: (ctx, { params }) => verifyDocument(ctx, params.id),
    present: presentVerification,
  }),
  route({
    method: 'POST',
    path: '/api/documents/:id/sign',
    access: signersLive,
    summary: 'Sign an agreement with my legal name; signing again answers my first signature',
    params: byId,
    body: z.object({ fullName: z.string().trim().min(1).max(200), consent: z.literal(true) }),
    response: z.object({
      documentId: z.string(),
      status: z.enum(['sent', 'signed', 'voided']),
      signedAt: z.string(),
      complete: z.boolean(),
    }),
    action: (ctx, { params, body, request }) =>
      signAgreement(ctx, {
        documentId: params.id,
        fullName: body.fullName,
        userAgent: request.headers['user-agent'] ?? '',
      }),
    present: (signed) => ({ ...signed, signedAt: signed.signedAt.toISOString() }),
  }),
  route({
    method: 'GET',
    path: '/api/admin/documents',
    access: operators,
    summary: 'All documents, newest first, with who has signed',
    query: pageQuery.extend({
      dealId: z.uuid().optional(),
      status: z.enum(['sent', 'signed', 'voided', 'stored']).optional(),
    }),
    response: pageOf(listedDocument),
    action: (ctx, { query }) => listDocuments(ctx, query),
    present: ({ items, nextCursor }) => ({ items: items.map(presentListed), nextCursor }),
  }),
];
