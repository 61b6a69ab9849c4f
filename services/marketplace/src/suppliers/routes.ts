import { pageOf, pageQuery, type Route, readCursor, route, signedIn, toPage } from '@clearlot/service';
import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { grade, incoterm, productType } from '../commodity/shapes.ts';
import { presentProduct, productShape } from '../products/shapes.ts';
import { country, idParams } from '../shapes.ts';
import { addCertificate } from './add-certificate.ts';
import { addSupplierDocument } from './add-supplier-document.ts';
import { applyAsSupplier } from './apply-as-supplier.ts';
import { changeSupplier } from './change-supplier.ts';
import {
  certificateKind,
  certificateShape,
  companyShape,
  documentShape,
  fileShape,
  marksShape,
  presentCertificate,
  presentCompany,
  presentDocument,
  presentFile,
  presentMarks,
  presentStatus,
  profile,
  statusShape,
  supplierStatus,
} from './shapes.ts';
import { listDirectory, mySupplier, showSupplier } from './show-suppliers.ts';
import { submitSupplier } from './submit-supplier.ts';
import { onboarding } from './supplier.ts';

const suppliers = { roles: ['supplier'] };

const step = z.enum(['company', 'regions', 'incoterms', 'evidence', 'submitted', 'verified']);
const onboardingShape = z.object({
  steps: z.array(z.object({ name: step, done: z.boolean() })),
  completePercent: z.number(),
  nextStep: step.nullable(),
});

const certificateBody = z
  .object({
    kind: certificateKind,
    number: z.string().trim().min(1).max(100),
    issuedBy: z.string().trim().min(1).max(200),
    validFrom: z.iso.date(),
    expiresOn: z.iso.date(),
    documentId: z.uuid().nullable().default(null),
  })
  .refine(({ validFrom, expiresOn }) => validFrom < expiresOn, {
    path: ['expiresOn'],
    message: 'must be after validFrom',
  });

const directoryQuery = pageQuery.extend({
  q: z.string().trim().min(1).max(200).optional(),
  country: country.optional(),
  region: country.optional(),
  productType: productType.optional(),
  grade: grade.optional(),
  certificate: certificateKind.optional(),
  incoterm: incoterm.optional(),
  minRating: z
    .string()
    .regex(/^[1-5](\.\d{1,2})?$/, 'must be a decimal from 1 to 5')
    .optional(),
});

export const supplierRoutes: Route<Clients>[] = [
  route({
    method: 'POST',
    path: '/api/suppliers',
    access: suppliers,
    summary: 'Apply as a supplier',
    status: 201,
    body: profile,
    response: statusShape,
    action: (ctx, { body }) => applyAsSupplier(ctx, body),
    present: presentStatus,
  }),
  route({
    method: 'GET',
    path: '/api/suppliers/my',
    access: suppliers,
    summary: 'Your application, what you handed in, and what is next',
    response: fileShape.extend({ onboarding: onboardingShape }),
    action: mySupplier,
    present: (file) => ({
      ...presentFile(file),
      onboarding: onboarding({
        ...file.supplier,
        evidenceCount: file.certificates.length + file.documents.length,
      }),
    }),
  }),
  route({
    method: 'PUT',
    path: '/api/suppliers/my',
    access: suppliers,
    summary: 'Change what you say of your company',
    body: profile,
    response: statusShape,
    action: (ctx, { body }) => changeSupplier(ctx, body),
    present: presentStatus,
  }),
  route({
    method: 'POST',
    path: '/api/suppliers/my/certificates',
    access: suppliers,
    summary: 'Add a certificate',
    status: 201,
    body: certificateBody,
    response: certificateShape,
    action: (ctx, { body }) => addCertificate(ctx, body),
    present: presentCertificate,
  }),
  route({
    method: 'POST',
    path: '/api/suppliers/my/documents',
    access: suppliers,
    summary: 'Upload a document that proves what you say',
    status: 201,
    query: z.object({ kind: z.string().trim().min(1).max(40) }),
    multipart: true,
    response: documentShape.extend({ sizeBytes: z.number() }),
    action: (ctx, { query, upload }) => addSupplierDocument(ctx, { kind: query.kind, upload }),
    present: (row) => ({ ...presentDocument(row), sizeBytes: row.sizeBytes }),
  }),
  route({
    method: 'POST',
    path: '/api/suppliers/my/submit',
    access: suppliers,
    summary: 'Hand your application in for review',
    response: statusShape,
    action: submitSupplier,
    present: presentStatus,
  }),
  route({
    method: 'GET',
    path: '/api/suppliers',
    access: signedIn,
    summary: 'Verified suppliers, newest first',
    query: directoryQuery,
    response: pageOf(companyShape.extend({ reviews: marksShape })),
    action: async (ctx, { query: { limit, cursor, ...query } }) => {
      const rows = await listDirectory(ctx, { ...query, before: readCursor(cursor), limit: limit + 1 });
      return toPage(
        rows.map((row) => ({ ...row, id: row.supplier.id })),
        limit,
      );
    },
    present: (page) => ({
      items: page.items.map(({ supplier, marks }) => ({ ...presentCompany(supplier), reviews: presentMarks(marks) })),
      nextCursor: page.nextCursor,
    }),
  }),
  route({
    method: 'GET',
    path: '/api/suppliers/:id',
    access: signedIn,
    summary: 'A supplier, what it proves and sells, and what its buyers say',
    params: idParams,
    response: companyShape.extend({
      status: supplierStatus,
      certificates: z.array(certificateShape),
      products: z.array(productShape),
      reviews: marksShape,
    }),
    action: (ctx, { params }) => showSupplier(ctx, params.id),
    present: ({ supplier, certificates, products, marks }) => ({
      ...presentCompany(supplier),
      status: supplier.status,
      certificates: certificates.map(presentCertificate),
      products: products.map(presentProduct),
      reviews: presentMarks(marks),
    }),
  }),
];
