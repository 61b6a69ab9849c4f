import { createHash } from 'node:crypto';
import type { Timer } from '@clearlot/service';
import type { Clients, DocumentsContext } from '../clients.ts';
import { renderFinal } from './render.ts';
import {
  type AgreementRow,
  claimUnfinished,
  contractOf,
  findAgreement,
  insertPdf,
  listEvents,
  listSignatures,
  openParties,
  placeOfPdf,
  proofOf,
  trailEntryOf,
  updateAgreements,
} from './store.ts';

const CLAIM_MS = 30_000;
const BATCH = 10;

/** Gives completed agreements their final PDF, whoever crashed between the last signature and here. */
export const finishAgreements: Timer<Clients> = {
  name: 'finish-agreements',
  everyMs: 1_000,
  async run(ctx) {
    for (;;) {
      const ids = await ctx.transaction('ClaimUnfinished', (tx) =>
        claimUnfinished(tx, tx.now, new Date(tx.now.getTime() + CLAIM_MS), BATCH),
      );
      for (const id of ids) {
        const row = await ctx.read((work) => findAgreement(work, id));
        if (row) await finishAgreement(ctx, row);
      }
      if (ids.length < BATCH) return;
    }
  },
};

/**
 * The final PDF of a completed agreement: the agreement and its certificate. It follows from the stored evidence alone,
 * so whoever draws it, and however often, gets the same bytes.
 */
export async function drawFinal(ctx: DocumentsContext, row: AgreementRow, completedAt: Date): Promise<Buffer> {
  const { vault } = ctx.clients;
  const [signatures, trail] = await ctx.read((work) =>
    Promise.all([listSignatures(work, [row.id]), listEvents(work, row.id)]),
  );
  const parties = openParties(vault, row);
  // What came after completion is on the record of the document, not on its certificate.
  const end = trail.findIndex(({ kind }) => kind === 'completed');
  return renderFinal(contractOf(row, parties), {
    completedAt,
    originalSha256: row.originalSha256.toString('hex'),
    signatures: signatures.map((each) => proofOf(vault, each, parties)),
    trail: trail.slice(0, end + 1).map(trailEntryOf),
  });
}

async function finishAgreement(ctx: DocumentsContext, row: AgreementRow): Promise<void> {
  if (!row.completedAt || row.finalStoredAt) return;
  const pdf = await drawFinal(ctx, row, row.completedAt);
  const stored = {
    ...{ documentId: row.id, version: 'final' as const, sellerId: row.sellerId, buyerId: row.buyerId },
    sha256: createHash('sha256').update(pdf).digest(),
    sizeBytes: pdf.length,
    sealed: ctx.clients.vault.seal(pdf, placeOfPdf(row.id, 'final')),
  };
  await ctx.transaction('FinishAgreement', async (tx) => {
    await Promise.all([
      insertPdf(tx, { ...stored, createdAt: tx.now }),
      updateAgreements(tx, [row.id], { finalStoredAt: tx.now }),
    ]);
  });
}
