import { moneyToJson } from '@clearlot/kernel';
import { z } from 'zod';
import { documentTypes } from '../agreements/agreement.ts';
import type { AgreementRow } from '../agreements/store.ts';
import { readTerms } from '../agreements/supply-terms.ts';
import { purposes } from '../files/file.ts';
import type { DocumentDescription, Verification } from './describe-document.ts';
import type { ListedDocument, MyDocument } from './list-documents.ts';
import type { OpenedDocument } from './open-document.ts';

const type = z.enum([...Object.values(documentTypes), ...purposes]);
const status = z.enum(['sent', 'signed', 'voided', 'stored']);
const money = z.union([z.number(), z.string()]);
const instant = z.string();

export const myDocument = z.object({
  documentId: z.string(),
  dealId: z.string().nullable(),
  type,
  title: z.string(),
  status,
  mySignature: z.enum(['pending', 'signed']).nullable(),
  needsMySignature: z.boolean(),
  counterpartySigned: z.boolean().nullable(),
  createdAt: instant,
  /** When I signed. */
  signedAt: instant.nullable(),
  completedAt: instant.nullable(),
});

export const listedDocument = z.object({
  documentId: z.string(),
  type: z.string(),
  title: z.string(),
  status: z.string(),
  dealId: z.string().nullable(),
  ownerId: z.string().nullable(),
  sellerId: z.string().nullable(),
  buyerId: z.string().nullable(),
  createdAt: instant,
  completedAt: instant.nullable(),
  signatures: z.array(z.object({ signerId: z.string(), role: z.string(), signedAt: instant })),
});

const party = z.object({ userId: z.string(), name: z.string() });

/** What a supply agreement says of the goods. */
const supply = z.object({
  supplierName: z.string(),
  incoterm: z.string(),
  place: z.string(),
  quantityTolerancePpm: z.number(),
  inspectionDays: z.number(),
  lines: z.array(
    z.object({
      lineId: z.string(),
      title: z.string(),
      productType: z.string(),
      grade: z.string(),
      specification: z.string(),
      quantityKg: z.number(),
      basis: z.string(),
      pricePerTonne: money,
      amount: money,
      deliverFrom: instant,
      deliverTo: instant,
    }),
  ),
});

export const details = z.object({
  documentId: z.string(),
  type,
  title: z.string(),
  status,
  createdAt: instant,
  retentionUntil: instant,
  sha256: z.string(),
  agreement: z
    .object({
      agreementId: z.string(),
      dealId: z.string(),
      dealName: z.string(),
      seller: party,
      buyer: party,
      // Of a purchase agreement; null of others.
      companyName: z.string().nullable(),
      shareType: z.string().nullable(),
      shares: z.number().nullable(),
      pricePerShare: money.nullable(),
      supply: supply.nullable(),
      amount: money,
      currency: z.string(),
      completedAt: instant.nullable(),
      finalSha256: z.string().nullable(),
      voidedAt: instant.nullable(),
      voidReason: z.string().nullable(),
    })
    .nullable(),
  file: z
    .object({
      ownerId: z.string(),
      subjectId: z.string(),
      fileName: z.string(),
      mediaType: z.string(),
      sizeBytes: z.number(),
    })
    .nullable(),
  signatures: z.array(
    z.object({
      signerId: z.string(),
      role: z.string(),
      legalName: z.string(),
      typedName: z.string(),
      consentText: z.string(),
      signedAt: instant,
      ip: z.string(),
      userAgent: z.string(),
      documentSha256: z.string(),
    }),
  ),
  trail: z.array(
    z.object({
      event: z.string(),
      at: instant,
      actorId: z.string(),
      actorRole: z.string(),
      ip: z.string().nullable(),
      sha256: z.string().nullable(),
    }),
  ),
});

export const verification = z.object({
  sha256: z.string(),
  matches: z.boolean(),
  versions: z.array(z.object({ version: z.string(), sha256: z.string(), matches: z.boolean() })),
  signatures: z.array(
    z.object({
      signerId: z.string(),
      role: z.string(),
      signedAt: instant,
      documentSha256: z.string(),
      matches: z.boolean(),
    }),
  ),
});

export function presentMine(document: MyDocument): z.input<typeof myDocument> {
  return {
    ...document,
    createdAt: document.createdAt.toISOString(),
    signedAt: document.signedAt?.toISOString() ?? null,
    completedAt: document.completedAt?.toISOString() ?? null,
  };
}

export function presentListed(document: ListedDocument): z.input<typeof listedDocument> {
  return {
    ...document,
    createdAt: document.createdAt.toISOString(),
    completedAt: document.completedAt?.toISOString() ?? null,
    signatures: document.signatures.map((each) => ({ ...each, signedAt: each.signedAt.toISOString() })),
  };
}

export function presentDetails({ subject, signatures, trail }: DocumentDescription): z.input<typeof details> {
  return {
    ...presentSubject(subject),
    signatures: signatures.map((each) => ({ ...each, signedAt: each.signedAt.toISOString() })),
    trail: trail.map(({ kind, ...rest }) => ({ ...rest, event: kind, at: rest.at.toISOString() })),
  };
}

function presentSubject(subject: DocumentDescription['subject']) {
  if ('file' in subject) {
    const { file } = subject;
    return {
      documentId: file.id,
      type: file.purpose,
      title: file.fileName,
      status: 'stored' as const,
      createdAt: file.createdAt.toISOString(),
      retentionUntil: file.retentionUntil.toISOString(),
      sha256: file.sha256.toString('hex'),
      agreement: null,
      file,
    };
  }
  const { agreement, parties, finalSha256 } = subject;
  return {
    documentId: agreement.id,
    type: documentTypes[agreement.kind],
    title: agreement.title,
    status: agreement.status,
    createdAt: agreement.issuedAt.toISOString(),
    retentionUntil: agreement.retentionUntil.toISOString(),
    sha256: agreement.originalSha256.toString('hex'),
    agreement: {
      agreementId: agreement.agreementId,
      dealId: agreement.dealId,
      dealName: agreement.dealName,
      seller: { userId: agreement.sellerId, name: parties.sellerName },
      buyer: { userId: agreement.buyerId, name: parties.buyerName },
      ...presentKind(agreement),
      amount: moneyToJson(agreement.amountMinor, agreement.currency),
      currency: agreement.currency,
      completedAt: agreement.completedAt?.toISOString() ?? null,
      finalSha256,
      voidedAt: agreement.voidedAt?.toISOString() ?? null,
      voidReason: agreement.voidReason,
    },
    file: null,
  };
}

function presentKind(row: AgreementRow) {
  const json = (minor: bigint) => moneyToJson(minor, row.currency);
  if (row.kind === 'share_purchase') {
    const { companyName, shareType, shares, priceMinor } = row;
    return { companyName, shareType, shares: Number(shares), pricePerShare: json(priceMinor), supply: null };
  }
  const { lines, ...terms } = readTerms(row.terms);
  const supply = {
    ...terms,
    lines: lines.map(({ quantityKg, priceMinorPerTonne, amountMinor, deliverFrom, deliverTo, ...line }) => ({
      ...line,
      quantityKg: Number(quantityKg),
      pricePerTonne: json(priceMinorPerTonne),
      amount: json(amountMinor),
      deliverFrom: deliverFrom.toISOString(),
      deliverTo: deliverTo.toISOString(),
    })),
  };
  return { companyName: null, shareType: null, shares: null, pricePerShare: null, supply };
}

export function presentVerification(result: Verification): z.input<typeof verification> {
  return {
    ...result,
    signatures: result.signatures.map((each) => ({ ...each, signedAt: each.signedAt.toISOString() })),
  };
}

/** RFC 6266: a plain name for old clients and the exact one in UTF-8. */
export function contentDisposition({ inline, fileName }: Pick<OpenedDocument, 'inline' | 'fileName'>): string {
  const plain = fileName.replaceAll(/[^\w. -]/g, '_');
  const exact = encodeURIComponent(fileName).replaceAll(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
  return `${inline ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${exact}`;
}
