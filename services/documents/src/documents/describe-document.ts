import { createHash } from 'node:crypto';
import type { SignatureProof, TrailEntry } from '../agreements/render.ts';
import {
  type AgreementRow,
  findPdf,
  listEvents,
  listSignatures,
  openParties,
  type PdfVersion,
  placeOfPdf,
  proofOf,
  trailEntryOf,
} from '../agreements/store.ts';
import type { DocumentsContext } from '../clients.ts';
import { type FileEntry, findFile, placeOfFile } from '../files/store.ts';
import { findDocument } from './find-document.ts';

/** Everything about a document but its bytes. */
export interface DocumentDescription {
  subject:
    | { agreement: AgreementRow; parties: { sellerName: string; buyerName: string }; finalSha256: string | null }
    | { file: FileEntry };
  signatures: SignatureProof[];
  trail: TrailEntry[];
}

/** A document with its signatures and its trail. Errors: DOCUMENTS_NOT_FOUND. */
export function describeDocument(ctx: DocumentsContext, id: string): Promise<DocumentDescription> {
  const { vault } = ctx.clients;
  return ctx.read(async (work) => {
    const found = await findDocument(ctx, work, id);
    if ('file' in found) {
      return { subject: found, signatures: [], trail: (await listEvents(work, id)).map(trailEntryOf) };
    }
    const { agreement } = found;
    const [signatures, trail, final] = await Promise.all([
      listSignatures(work, [id]),
      listEvents(work, id),
      findPdf(work, id, 'final'),
    ]);
    const parties = openParties(vault, agreement);
    return {
      subject: { agreement, parties, finalSha256: final?.sha256.toString('hex') ?? null },
      signatures: signatures.map((each) => proofOf(vault, each, parties)),
      trail: trail.map(trailEntryOf),
    };
  });
}

/** Whether the stored bytes of a version are those recorded when it was stored. */
export interface VersionCheck {
  version: PdfVersion | 'file';
  sha256: string;
  matches: boolean;
}

export interface Verification {
  /** Of what is signed, or of the file. */
  sha256: string;
  matches: boolean;
  versions: VersionCheck[];
  signatures: { signerId: string; role: string; signedAt: Date; documentSha256: string; matches: boolean }[];
}

/**
 * Opens the stored bytes again and recomputes their fingerprints; `matches` when every version is unchanged and every
 * signature was given on exactly the stored original. Errors: DOCUMENTS_NOT_FOUND.
 */
export function verifyDocument(ctx: DocumentsContext, id: string): Promise<Verification> {
  return ctx.read(async (work) => {
    const found = await findDocument(ctx, work, id);
    if ('file' in found) {
      const stored = await findFile(work, id);
      const sha256 = found.file.sha256.toString('hex');
      const matches = fingerprint(ctx, stored?.sealed, placeOfFile(id)) === sha256;
      return { sha256, matches, versions: [{ version: 'file', sha256, matches }], signatures: [] };
    }
    const { agreement } = found;
    const [original, final, given] = await Promise.all([
      findPdf(work, id, 'original'),
      findPdf(work, id, 'final'),
      listSignatures(work, [id]),
    ]);
    const sha256 = agreement.originalSha256.toString('hex');
    const versions: VersionCheck[] = [
      {
        version: 'original',
        sha256,
        matches: fingerprint(ctx, original?.sealed, placeOfPdf(id, 'original')) === sha256,
      },
    ];
    if (final) {
      const recorded = final.sha256.toString('hex');
      const matches = fingerprint(ctx, final.sealed, placeOfPdf(id, 'final')) === recorded;
      versions.push({ version: 'final', sha256: recorded, matches });
    }
    const signatures = given.map((each) => {
      const documentSha256 = each.documentSha256.toString('hex');
      const { signerId, signerRole: role, signedAt } = each;
      return { signerId, role, signedAt, documentSha256, matches: documentSha256 === sha256 };
    });
    const matches = [...versions, ...signatures].every((each) => each.matches);
    return { sha256, matches, versions, signatures };
  });
}

/** The sha256 of sealed bytes, or undefined when they no longer open. */
function fingerprint(ctx: DocumentsContext, sealed: Buffer | undefined, place: string): string | undefined {
  if (!sealed) return undefined;
  try {
    return createHash('sha256').update(ctx.clients.vault.open(sealed, place)).digest('hex');
  } catch {
    return undefined;
  }
}
