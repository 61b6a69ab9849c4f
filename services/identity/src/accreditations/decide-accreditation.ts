import { move } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import { identityErrors } from '../errors.ts';
import type { IdentityContext } from '../ports.ts';
import { transitions, verificationExpiry } from './accreditation.ts';
import { type AccreditationRow, lockAccreditation, saveDecision } from './store.ts';

/**
 * An operator verifies an accreditation for twelve months, or rejects it, also after it was verified. Errors:
 * IDENTITY_ACCREDITATION_NOT_FOUND, STATE_TRANSITION_ILLEGAL.
 */
export async function decideAccreditation(
  ctx: IdentityContext,
  input: { accreditationId: string; status: 'verified' | 'rejected'; notes: string | undefined },
): Promise<AccreditationRow> {
  const { accreditationId } = input;
  return ctx.transaction('DecideAccreditation', async (tx) => {
    const row = await lockAccreditation(tx, accreditationId);
    if (!row) throw identityErrors.error('IDENTITY_ACCREDITATION_NOT_FOUND');
    const status = move(transitions, row.status, input.status);
    const expiresAt = status === 'verified' ? verificationExpiry(tx.now) : null;
    const decision = { status, decidedAt: tx.now, decidedBy: tx.actor.id, notes: input.notes ?? null, expiresAt };
    await saveDecision(tx, accreditationId, decision);
    tx.audit({
      action: `accreditation.${status}`,
      entityType: 'accreditation',
      entityId: accreditationId,
      before: { status: row.status },
      after: { status, expiresAt, notes: decision.notes },
    });
    tx.emit(events.accreditationDecided, accreditationId, {
      accreditationId,
      userId: row.userId,
      status,
      expiresAt: expiresAt ?? undefined,
    });
    return { ...row, ...decision };
  });
}
