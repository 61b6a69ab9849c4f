import { canMove } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import type { Tx } from '@clearlot/service';
import { transitions } from './agreement.ts';
import { insertEvents, lockAgreementsOf, updateAgreements, voidPackage } from './store.ts';

/**
 * Voids every agreement of a package, complete ones too: they never took effect. One that is voided before its request
 * comes leaves nothing to be issued.
 */
export async function voidAgreements(
  tx: Tx,
  { settlementId, dealId, reason }: { settlementId: string; dealId: string; reason: string },
): Promise<void> {
  if (!(await voidPackage(tx, { settlementId, dealId, at: tx.now, reason }))) return;
  const agreements = await lockAgreementsOf(tx, settlementId);
  const open = agreements.filter(({ status }) => canMove(transitions, status, 'voided'));
  if (open.length > 0) {
    const ids = open.map(({ id }) => id);
    await updateAgreements(tx, ids, { status: 'voided', voidedAt: tx.now, voidReason: reason });
    const event = { kind: 'voided' as const, at: tx.now, actorId: 'clearlot', actorRole: 'clearlot' as const };
    await Promise.all(open.map((row) => insertEvents(tx, row, [{ ...event, ip: null, sha256: null }])));
  }
  for (const { id, status } of open) {
    tx.audit({
      action: 'agreement.voided',
      entityType: 'document',
      entityId: id,
      before: { status },
      after: { status: 'voided', reason },
    });
  }
  tx.emit(events.packageVoided, dealId, { dealId, reason });
}
