import type { Timer } from '@clearlot/service';
import type { Clients } from '../clients.ts';
import { listCommitments } from '../commitments/store.ts';
import { findDeal } from '../deals/store.ts';
import { listParticipations } from '../participations/store.ts';
import { raiseIncident } from './store.ts';

/**
 * A settlement past its deadline gets an incident that operators see, and those it waits for are reminded, once per
 * deadline. Rows are claimed, so replicas do not repeat each other.
 */
export const watchDeadlines: Timer<Clients> = {
  name: 'watch-deadlines',
  everyMs: 5_000,
  run: (ctx) =>
    ctx.transaction('WatchDeadlines', async (tx) => {
      const late = await tx.sql<{ deal_id: string; state: string }[]>`
        select deal_id, state from settlement where deadline_at < ${tx.now}
        order by deadline_at limit 20 for update skip locked`;
      for (const { deal_id: dealId, state } of late) {
        await raiseIncident(tx, dealId, 'deadline_missed', `The settlement has been ${state} past its deadline.`);
        await tx.sql`update settlement set deadline_at = null, updated_at = ${tx.now} where deal_id = ${dealId}`;
        tx.audit({
          action: 'settlement.deadline_missed',
          entityType: 'settlement',
          entityId: dealId,
          after: { state },
        });
        const { deal } = await findDeal(tx, dealId);
        const waitingFor = [
          ...(await listParticipations(tx, { dealId })).filter(
            (row) => row.status === 'allocated' && state === 'signing',
          ),
          ...(await listCommitments(tx, { dealId })).filter(
            (row) =>
              (row.status === 'allocated' && state === 'signing') ||
              (row.status === 'docs_signed' && state === 'funding'),
          ),
        ];
        const people = new Set(waitingFor.map((row) => ('sellerId' in row ? row.sellerId : row.buyerId)));
        for (const userId of people) tx.notify(userId, 'settlement_overdue', { dealId, dealName: deal.name });
      }
    }),
};
