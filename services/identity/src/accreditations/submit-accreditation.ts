import { newId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import type { Vault } from '@clearlot/service';
import { identityErrors } from '../errors.ts';
import type { IdentityContext } from '../ports.ts';
import { attestationVersion } from './accreditation.ts';
import { type AccreditationRow, insertAccreditation, isPending } from './store.ts';

/**
 * Records that a buyer attests to be an accredited investor: which text they attested to, when and from where. One
 * undecided submission per basis. Errors: IDENTITY_ACCREDITATION_PENDING.
 */
export async function submitAccreditation(
  ctx: IdentityContext,
  input: { basis: AccreditationRow['basis']; details: unknown },
): Promise<{ accreditationId: string; status: 'submitted' }> {
  const { basis, details } = input;
  const { vault } = ctx.clients;
  const accreditationId = newId();
  const userId = ctx.actor.id;
  try {
    return await ctx.transaction('SubmitAccreditation', async (tx) => {
      await insertAccreditation(tx, {
        id: accreditationId,
        userId,
        basis,
        status: 'submitted',
        details: details === undefined ? null : vault.seal(JSON.stringify(details), place(accreditationId)),
        attestationVersion,
        attestedAt: tx.now,
        attestedIp: tx.actor.ip ?? null,
        decidedAt: null,
        decidedBy: null,
        notes: null,
        expiresAt: null,
      });
      tx.audit({
        action: 'accreditation.submitted',
        entityType: 'accreditation',
        entityId: accreditationId,
        after: { userId, basis, attestation: attestationVersion },
      });
      tx.emit(events.accreditationSubmitted, accreditationId, { accreditationId, userId, basis });
      return { accreditationId, status: 'submitted' as const };
    });
  } catch (error) {
    if (isPending(error)) throw identityErrors.error('IDENTITY_ACCREDITATION_PENDING');
    throw error;
  }
}

/** What the buyer said beside the attestation (income, net worth), which is sealed at rest. */
export function openDetails(vault: Vault, row: AccreditationRow): unknown {
  return row.details ? JSON.parse(vault.open(row.details, place(row.id)).toString()) : null;
}

const place = (id: string) => `accreditation.details:${id}`;
