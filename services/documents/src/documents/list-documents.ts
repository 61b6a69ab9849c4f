import { serviceErrors } from '@clearlot/service';
import {
  type AgreementKind,
  type AgreementStatus,
  documentTypes,
  roleOf,
  type SignerRole,
  signedAtOf,
} from '../agreements/agreement.ts';
import { type AgreementRow, listAgreementsOf, listSignatures } from '../agreements/store.ts';
import type { DocumentsContext } from '../clients.ts';
import type { FilePurpose } from '../files/file.ts';
import { type FileEntry, listFilesOf } from '../files/store.ts';

/** A document as one of its people sees it in a list. */
export interface MyDocument {
  documentId: string;
  dealId: string | null;
  type: (typeof documentTypes)[AgreementKind] | FilePurpose;
  title: string;
  status: AgreementStatus | 'stored';
  mySignature: 'pending' | 'signed' | null;
  needsMySignature: boolean;
  counterpartySigned: boolean | null;
  createdAt: Date;
  /** When I signed. */
  signedAt: Date | null;
  completedAt: Date | null;
}

/** The caller's agreements and uploads, newest first. */
export async function listMyDocuments(ctx: DocumentsContext): Promise<MyDocument[]> {
  const me = ctx.actor.id;
  const [agreements, files] = await ctx.read((work) =>
    Promise.all([listAgreementsOf(work, me), listFilesOf(work, me)]),
  );
  return [...agreements.map((row) => myAgreement(row, me)), ...files.map(myFile)].sort(
    (one, other) => other.createdAt.getTime() - one.createdAt.getTime(),
  );
}

function myAgreement(row: AgreementRow, me: string): MyDocument {
  const role = roleOf(row, me) ?? 'buyer';
  const signedAt = signedAtOf(row, role);
  const unsigned = row.status === 'voided' ? null : 'pending';
  return {
    documentId: row.id,
    dealId: row.dealId,
    type: documentTypes[row.kind],
    title: row.title,
    status: row.status,
    mySignature: signedAt ? 'signed' : unsigned,
    needsMySignature: row.status === 'sent' && !signedAt,
    counterpartySigned: signedAtOf(row, role === 'seller' ? 'buyer' : 'seller') !== null,
    createdAt: row.issuedAt,
    signedAt,
    completedAt: row.completedAt,
  };
}

function myFile(row: FileEntry): MyDocument {
  return {
    documentId: row.id,
    dealId: null,
    type: row.purpose,
    title: row.fileName,
    status: 'stored',
    mySignature: null,
    needsMySignature: false,
    counterpartySigned: null,
    createdAt: row.createdAt,
    signedAt: null,
    completedAt: null,
  };
}

export interface DocumentFilter {
  dealId?: string | undefined;
  status?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** A document as operators see it in a list. */
export interface ListedDocument {
  documentId: string;
  type: string;
  title: string;
  status: string;
  dealId: string | null;
  ownerId: string | null;
  sellerId: string | null;
  buyerId: string | null;
  createdAt: Date;
  completedAt: Date | null;
  signatures: { signerId: string; role: SignerRole; signedAt: Date }[];
}

interface ListedRow {
  id: string;
  type: string;
  title: string;
  status: string;
  deal_id: string | null;
  owner_id: string | null;
  seller_id: string | null;
  buyer_id: string | null;
  created_at: string;
  completed_at: string | null;
}

/** All documents, newest first, with who has signed. Errors: CURSOR_INVALID. */
export async function listDocuments(
  ctx: DocumentsContext,
  filter: DocumentFilter,
): Promise<{ items: ListedDocument[]; nextCursor: string | null }> {
  const after = readPosition(filter.cursor);
  const [dealId, status] = [filter.dealId ?? null, filter.status ?? null];
  return ctx.read(async (work) => {
    const rows = await work.sql<ListedRow[]>`
      select * from (
        select id, case kind when 'supply' then ${documentTypes.supply} else ${documentTypes.share_purchase} end as type,
          title, status, deal_id, null::uuid as owner_id, seller_id, buyer_id, issued_at as created_at, completed_at
          from agreement
        union all
        select id, purpose, file_name, 'stored', null, owner_id, null, null, created_at, null from file) document
      where (${dealId}::uuid is null or deal_id = ${dealId}::uuid)
        and (${status}::text is null or status = ${status}::text)
        and (${after?.at ?? null}::timestamptz is null
          or (created_at, id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
      order by created_at desc, id desc limit ${filter.limit + 1}`;
    const page = rows.slice(0, filter.limit);
    const ids = page.filter(({ seller_id }) => seller_id !== null).map(({ id }) => id);
    const signatures = ids.length > 0 ? await listSignatures(work, ids) : [];
    const bySubject = Map.groupBy(signatures, ({ documentId }) => documentId);
    const last = rows.length > filter.limit ? page.at(-1) : undefined;
    return {
      items: page.map((row) => ({
        documentId: row.id,
        type: row.type,
        title: row.title,
        status: row.status,
        dealId: row.deal_id,
        ownerId: row.owner_id,
        sellerId: row.seller_id,
        buyerId: row.buyer_id,
        createdAt: new Date(row.created_at),
        completedAt: row.completed_at ? new Date(row.completed_at) : null,
        signatures: (bySubject.get(row.id) ?? []).map(({ signerId, signerRole, signedAt }) => ({
          signerId,
          role: signerRole,
          signedAt,
        })),
      })),
      nextCursor: last ? Buffer.from(`${last.created_at} ${last.id}`).toString('base64url') : null,
    };
  });
}

/** A page starts after an instant and an id; agreements' ids do not sort by time. */
function readPosition(cursor: string | undefined): { at: string; id: string } | undefined {
  if (cursor === undefined) return undefined;
  const text = Buffer.from(cursor, 'base64url').toString();
  const match = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?[+-]\d\d(?::?\d\d)?) ([0-9a-f-]{36})$/.exec(text);
  if (!match?.[1] || !match[2]) throw serviceErrors.error('CURSOR_INVALID');
  return { at: match[1], id: match[2] };
}
