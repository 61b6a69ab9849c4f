import { z } from 'zod';
import { productType } from '../commodity/shapes.ts';
import { presentQuestion, questionShape } from '../questions/shapes.ts';
import { asSent } from './as-sent.ts';
import type { RfqDetail } from './show-rfq.ts';
import type { Rfq, RfqAttachment } from './tables.ts';
import { rfqTerms } from './terms.ts';

export const rfqStatus = z.enum([
  'draft',
  'published',
  'closed',
  'evaluated',
  'awarded',
  'contracted',
  'cancelled',
  'expired',
]);
export const termsBody = asSent(rfqTerms);
export const draftBody = z.object({
  title: z.string().trim().min(1).max(200),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code'),
  visibility: z.enum(['open', 'invited']),
  terms: termsBody,
  invitedSupplierIds: z.array(z.uuid()).max(200).default([]),
});

export const statusShape = z.object({ rfqId: z.string(), status: rfqStatus, version: z.number() });
export const presentStatus = ({ id, status, version }: Rfq) => ({ rfqId: id, status, version });

export const summaryShape = statusShape.extend({
  title: z.string(),
  buyerId: z.string(),
  visibility: z.enum(['open', 'invited']),
  currency: z.string(),
  productTypes: z.array(productType),
  deadlineAt: z.string(),
  decideBy: z.string(),
  createdAt: z.string(),
  publishedAt: z.string().nullable(),
  closedAt: z.string().nullable(),
  openedAt: z.string().nullable(),
  cancelReason: z.string().nullable(),
});

export function presentSummary(row: Rfq): z.input<typeof summaryShape> {
  return {
    ...presentStatus(row),
    title: row.title,
    buyerId: row.buyerId,
    visibility: row.visibility,
    currency: row.currency,
    productTypes: row.productTypes as z.input<typeof productType>[],
    deadlineAt: row.deadlineAt.toISOString(),
    decideBy: row.decideBy.toISOString(),
    createdAt: row.createdAt.toISOString(),
    publishedAt: row.publishedAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    openedAt: row.openedAt?.toISOString() ?? null,
    cancelReason: row.cancelReason,
  };
}

export const attachmentShape = z.object({
  documentId: z.string(),
  fileName: z.string(),
  sha256: z.string(),
  createdAt: z.string(),
});

export function presentAttachment({ documentId, fileName, sha256, createdAt }: RfqAttachment) {
  return { documentId, fileName, sha256, createdAt: createdAt.toISOString() };
}

/** `buyers` is for the RFQ's buyer; `responses` in it is null until they are opened. */
export const detailShape = summaryShape.extend({
  terms: termsBody,
  attachments: z.array(attachmentShape),
  questions: z.array(questionShape),
  buyers: z
    .object({ invitedSupplierIds: z.array(z.string()), matched: z.number(), responses: z.number().nullable() })
    .nullable(),
});

export function presentDetail({ rfq, termsJson, attachments, questions, buyers }: RfqDetail) {
  return {
    ...presentSummary(rfq),
    terms: termsJson,
    attachments: attachments.map(presentAttachment),
    questions: questions.map(presentQuestion),
    buyers,
  };
}
