import { operators, operatorsLive, pageOf, pageQuery, type Route, route, signedIn } from '@clearlot/service';
import { z } from 'zod';
import type { IdentityContext, Ports } from '../ports.ts';
import { standing } from './accreditation.ts';
import { decideAccreditation } from './decide-accreditation.ts';
import {
  type AccreditationView,
  listAllAccreditations,
  listMyAccreditations,
  type OwnedAccreditationView,
} from './list-accreditations.ts';
import type { AccreditationRow } from './store.ts';
import { submitAccreditation } from './submit-accreditation.ts';
import { uploadEvidence } from './upload-evidence.ts';

const buyers = { roles: ['buyer'] } as const;
const byId = z.object({ id: z.uuid() });
const DETAILS_CHARACTERS_MAX = 10_000;

const evidence = z.object({ documentId: z.string(), fileName: z.string(), sha256: z.string(), sizeBytes: z.number() });
const accreditationResponse = z.object({
  accreditationId: z.string(),
  basis: z.string(),
  /** submitted, verified, rejected or expired. */
  status: z.string(),
  details: z.unknown(),
  submittedAt: z.string(),
  decidedAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
  notes: z.string().nullable(),
  documents: z.array(evidence),
});

const iso = (instant: Date | null) => instant?.toISOString() ?? null;

function presentAccreditation({ row, details, documents }: AccreditationView, now: Date) {
  return {
    accreditationId: row.id,
    basis: row.basis,
    status: standing(row, now),
    details,
    submittedAt: row.attestedAt.toISOString(),
    decidedAt: iso(row.decidedAt),
    expiresAt: iso(row.expiresAt),
    notes: row.notes,
    documents: documents.map(({ documentId, fileName, sha256, sizeBytes }) => ({
      documentId,
      fileName,
      sha256,
      sizeBytes: Number(sizeBytes),
    })),
  };
}

const presentOwned = (view: OwnedAccreditationView, now: Date) => ({
  ...presentAccreditation(view, now),
  userId: view.row.userId,
  fullName: view.fullName,
  email: view.email,
});

const presentDecision = (row: AccreditationRow) => ({
  accreditationId: row.id,
  status: row.status,
  decidedAt: iso(row.decidedAt),
  expiresAt: iso(row.expiresAt),
  notes: row.notes,
});

/** Accreditations of buyers and their decision by operators. */
export const accreditationRoutes: Route<Ports>[] = [
  route({
    method: 'POST',
    path: '/api/accreditations',
    access: buyers,
    summary: 'Attest that I am an accredited investor',
    status: 201,
    body: z.object({
      basis: z.enum(['income', 'net_worth', 'professional', 'entity']),
      attestation: z.literal(true, { error: 'Attest that the statement is true: send true.' }),
      details: z
        .union([z.string(), z.record(z.string(), z.unknown())])
        .refine((value) => JSON.stringify(value).length <= DETAILS_CHARACTERS_MAX, { error: 'is too long' })
        .nullish()
        .transform((value) => value ?? undefined),
    }),
    response: z.object({ accreditationId: z.string(), status: z.string() }),
    action: (ctx: IdentityContext, { body }) => submitAccreditation(ctx, { basis: body.basis, details: body.details }),
    present: (result) => result,
  }),
  route({
    method: 'POST',
    path: '/api/accreditations/:id/documents',
    access: buyers,
    summary: 'Add a file that proves it, in the multipart field "file"',
    status: 201,
    multipart: true,
    params: byId,
    response: evidence,
    action: (ctx: IdentityContext, { params, upload }) => uploadEvidence(ctx, { accreditationId: params.id, upload }),
    present: (result) => result,
  }),
  route({
    method: 'GET',
    path: '/api/accreditations/my',
    access: signedIn,
    summary: 'My accreditations, newest first',
    response: z.array(accreditationResponse),
    action: async (ctx: IdentityContext) => ({ views: await listMyAccreditations(ctx), now: ctx.clock.now() }),
    present: ({ views, now }) => views.map((view) => presentAccreditation(view, now)),
  }),
  route({
    method: 'GET',
    path: '/api/admin/accreditations',
    access: operators,
    summary: 'Accreditations, newest first',
    query: pageQuery.extend({ status: z.enum(['submitted', 'verified', 'rejected']).optional() }),
    response: pageOf(accreditationResponse.extend({ userId: z.string(), fullName: z.string(), email: z.string() })),
    action: async (ctx: IdentityContext, { query }) => ({
      page: await listAllAccreditations(ctx, query),
      now: ctx.clock.now(),
    }),
    present: ({ page, now }) => ({ ...page, items: page.items.map((view) => presentOwned(view, now)) }),
  }),
  route({
    method: 'PUT',
    path: '/api/admin/accreditations/:id',
    access: operatorsLive,
    summary: 'Verify an accreditation for twelve months, or reject it',
    params: byId,
    body: z.object({
      status: z.enum(['verified', 'rejected']),
      notes: z.string().trim().max(2000).optional(),
    }),
    response: z.object({
      accreditationId: z.string(),
      status: z.string(),
      decidedAt: z.string().nullable(),
      expiresAt: z.string().nullable(),
      notes: z.string().nullable(),
    }),
    action: (ctx: IdentityContext, { params, body }) =>
      decideAccreditation(ctx, { accreditationId: params.id, status: body.status, notes: body.notes }),
    present: presentDecision,
  }),
];
