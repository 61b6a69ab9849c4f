import { listAccreditationsOf, listDocumentsOf } from '../accreditations/store.ts';
import { openDetails } from '../accreditations/submit-accreditation.ts';
import { identityErrors } from '../errors.ts';
import { listMailOf } from '../mail/store.ts';
import { listMembershipsOf } from '../organizations/store.ts';
import type { IdentityContext } from '../ports.ts';
import { listSessionsOf } from '../sessions/store.ts';
import { openProfile } from './profile.ts';
import { findAccount, listConsents } from './store.ts';

/** Everything identity holds about me, in clear (GDPR articles 15 and 20). Hashes and sealed forms are left out. */
export async function exportMyData(ctx: IdentityContext) {
  const { vault } = ctx.clients;
  const userId = ctx.actor.id;
  return ctx.read(async (work) => {
    const [account, consents, sessions, accreditations, documents, memberships, mails] = await Promise.all([
      findAccount(work, userId),
      listConsents(work, userId),
      listSessionsOf(work, userId),
      listAccreditationsOf(work, userId),
      listDocumentsOf(work, userId),
      listMembershipsOf(work, userId),
      listMailOf(work, userId),
    ]);
    if (!account) throw identityErrors.error('IDENTITY_USER_NOT_FOUND');
    return {
      profile: openProfile(vault, account),
      consents,
      sessions: sessions.map(({ secretHash: _secretHash, ...rest }) => rest),
      accreditations: accreditations.map((row) => ({ ...row, details: openDetails(vault, row) })),
      accreditationDocuments: documents.map((row) => ({ ...row, sizeBytes: Number(row.sizeBytes) })),
      memberships,
      mails,
    };
  });
}
