import { isOperator } from '@clearlot/service';
import { documentTypes, type SignerRole } from '../agreements/agreement.ts';
import { type AgreementRow, holdAgreement, insertEvents, listEvents, type PdfVersion } from '../agreements/store.ts';
import type { DocumentsContext } from '../clients.ts';
import { isShownInline } from '../files/file.ts';
import { type Content, findDocument, readFile, readPdf } from './find-document.ts';

export interface OpenedDocument extends Content {
  mediaType: string;
  fileName: string;
  /** Whether a browser may show it in place rather than download it. */
  inline: boolean;
}

/**
 * The bytes of a document. Of an agreement the final PDF once both have signed, before that (or when asked for) the
 * original that is signed. The first time each signer opens each version goes into its trail; an operator's access is
 * audited before the bytes are handed out. Errors: DOCUMENTS_NOT_FOUND.
 */
export async function openDocument(
  ctx: DocumentsContext,
  id: string,
  asked: PdfVersion | undefined,
): Promise<OpenedDocument> {
  const found = await ctx.read((work) => findDocument(ctx, work, id));
  if (isOperator(ctx.actor)) await auditAccess(ctx, id);
  if ('file' in found) {
    const { file, bytes, sha256 } = await readFile(ctx, id);
    const { mediaType, fileName } = file;
    return { bytes, sha256, mediaType, fileName, inline: isShownInline(mediaType) };
  }
  const { agreement, role } = found;
  const version = asked ?? (agreement.completedAt ? 'final' : 'original');
  const content = await readPdf(ctx, agreement, version);
  if (role) await recordView(ctx, agreement, role, content.sha256);
  const type = documentTypes[agreement.kind].replaceAll('_', '-');
  const fileName = `${type}-${agreement.agreementId.slice(0, 8)}${version === 'final' ? '-signed' : ''}.pdf`;
  return { ...content, mediaType: 'application/pdf', fileName, inline: true };
}

async function auditAccess(ctx: DocumentsContext, id: string): Promise<void> {
  await ctx.transaction('ViewDocument', async (tx) => {
    tx.audit({ action: 'document.viewed_by_operator', entityType: 'document', entityId: id });
  });
}

async function recordView(ctx: DocumentsContext, row: AgreementRow, role: SignerRole, sha256: string): Promise<void> {
  const { id: actorId, ip } = ctx.actor;
  const trail = await ctx.read(async (work) => listEvents(work, row.id));
  const seen = (each: { kind: string; actorId: string; sha256: Buffer | null }) =>
    each.kind === 'viewed' && each.actorId === actorId && each.sha256?.toString('hex') === sha256;
  if (trail.some(seen)) return;
  await ctx.transaction('ViewDocument', async (tx) => {
    if (!(await holdAgreement(tx, row.id))) return;
    const view = { kind: 'viewed' as const, at: tx.now, actorId, actorRole: role, ip: ip ?? null };
    await insertEvents(tx, row, [{ ...view, sha256: Buffer.from(sha256, 'hex') }]);
  });
}
