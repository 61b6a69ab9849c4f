import type { Ctx } from '../clients.ts';
import { diffTerms, type TermsChange } from './diff-terms.ts';
import { findRfq, listVersions } from './store.ts';
import type { RfqVersion } from './tables.ts';

/** Every version of an RFQ with what it changed; the first changed nothing. Errors: MARKETPLACE_RFQ_NOT_FOUND. */
export async function listChanges(ctx: Ctx, rfqId: string): Promise<{ version: RfqVersion; changes: TermsChange[] }[]> {
  const versions = await ctx.read(async (work) => {
    await findRfq(work, rfqId);
    return listVersions(work, rfqId);
  });
  return versions.map((version, at) => {
    const before = versions[at - 1];
    return { version, changes: before ? diffTerms(before.terms, version.terms) : [] };
  });
}
