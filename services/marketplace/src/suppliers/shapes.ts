import { z } from 'zod';
import { incoterms } from '../commodity/commodity.ts';
import { incoterm } from '../commodity/shapes.ts';
import { averageMark, type MarkSums } from '../reviews/review.ts';
import { country } from '../shapes.ts';
import type { SupplierFile } from './store.ts';
import type { Supplier, SupplierCertificate, SupplierDocument } from './tables.ts';

const once = <T>(items: T[]) => [...new Set(items)];

/** What a supplier says of itself; lists hold each value once. */
export const profile = z.object({
  legalName: z.string().trim().min(1).max(200),
  country,
  about: z.string().trim().max(4000).default(''),
  website: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .nullable()
    .default(null),
  regions: z.array(country).max(250).default([]).transform(once),
  incoterms: z.array(incoterm).max(50).default([]).transform(once),
  capabilities: z.array(z.string().trim().min(1).max(80)).max(50).default([]).transform(once),
});
export type Profile = z.output<typeof profile>;

export const supplierStatus = z.enum(['draft', 'submitted', 'verified', 'rejected', 'suspended']);
export const certificateKind = z.string().trim().min(1).max(40);

/** The company as everybody may see it. */
export const companyShape = z.object({
  supplierId: z.string(),
  legalName: z.string(),
  country: z.string(),
  about: z.string(),
  website: z.string().nullable(),
  regions: z.array(z.string()),
  incoterms: z.array(z.enum(incoterms)),
  capabilities: z.array(z.string()),
  deliveredOrders: z.number(),
});

export function presentCompany(row: Supplier): z.input<typeof companyShape> {
  const { legalName, country, about, website, regions, incoterms, capabilities, deliveredOrders } = row;
  return { supplierId: row.id, legalName, country, about, website, regions, incoterms, capabilities, deliveredOrders };
}

/** Averages have two decimals, as text; null without a review. */
export const marksShape = z.object({
  count: z.number(),
  rating: z.string().nullable(),
  quality: z.string().nullable(),
  delivery: z.string().nullable(),
  communication: z.string().nullable(),
});

export function presentMarks({ count, ...sums }: MarkSums): z.input<typeof marksShape> {
  return {
    count: Number(count),
    rating: averageMark(sums.rating, count),
    quality: averageMark(sums.quality, count),
    delivery: averageMark(sums.delivery, count),
    communication: averageMark(sums.communication, count),
  };
}

/** A certificate as everybody may see it. */
export const certificateShape = z.object({
  certificateId: z.string(),
  kind: z.string(),
  number: z.string(),
  issuedBy: z.string(),
  validFrom: z.string(),
  expiresOn: z.string(),
});

export function presentCertificate(row: SupplierCertificate): z.input<typeof certificateShape> {
  const { kind, number, issuedBy, validFrom, expiresOn } = row;
  return { certificateId: row.id, kind, number, issuedBy, validFrom, expiresOn };
}

export const documentShape = z.object({
  documentId: z.string(),
  kind: z.string(),
  fileName: z.string(),
  sha256: z.string(),
  createdAt: z.string(),
});

export function presentDocument(row: SupplierDocument): z.input<typeof documentShape> {
  const { documentId, kind, fileName, sha256, createdAt } = row;
  return { documentId, kind, fileName, sha256, createdAt: createdAt.toISOString() };
}

export const statusShape = z.object({ supplierId: z.string(), status: supplierStatus });

export function presentStatus({ id, status }: Supplier): z.input<typeof statusShape> {
  return { supplierId: id, status };
}

/** The application with everything handed in, for its owner and operators. */
export const fileShape = companyShape.extend({
  ownerId: z.string(),
  status: supplierStatus,
  notes: z.string().nullable(),
  submittedAt: z.string().nullable(),
  decidedAt: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  certificates: z.array(certificateShape.extend({ documentId: z.string().nullable() })),
  documents: z.array(documentShape),
});

export function presentFile({ supplier, certificates, documents }: SupplierFile): z.input<typeof fileShape> {
  const { ownerId, status, notes, submittedAt, decidedAt, createdAt, updatedAt } = supplier;
  return {
    ...presentCompany(supplier),
    ...{ ownerId, status, notes },
    submittedAt: submittedAt?.toISOString() ?? null,
    decidedAt: decidedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    certificates: certificates.map((row) => ({ ...presentCertificate(row), documentId: row.documentId })),
    documents: documents.map(presentDocument),
  };
}
