import { canMove } from '@clearlot/kernel';
import type { SettlementCancelled } from '@clearlot/proto/deals/v1/events';
import { events } from '@clearlot/proto/events';
import { reaction } from '@clearlot/service';
import type { Clients } from '../clients.ts';
import { transitions } from './agreement.ts';
import { insertEvents, lockAgreementsOf, updateAgreements, voidPackage } from './store.ts';

/**
 * Voids every agreement of a settlement that was cancelled before release, complete ones too: they never took effect.
 * A cancellation that comes before its request leaves nothing to be issued.
 */
export const onSettlementCancelled = reaction<SettlementCancelled, Clients>({
  name: 'on-settlement-cancelled',
  type: events.settlementCancelled,
  async handle(tx, { settlementId, dealId, reason }) {
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
  },
});
