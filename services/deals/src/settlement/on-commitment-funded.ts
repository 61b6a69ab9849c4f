import { events } from '@clearlot/proto/events';
import { reaction } from '@clearlot/service';
import type { Clients } from '../clients.ts';
import { moveCommitment } from '../commitments/commitment.ts';
import { lockCommitment, saveCommitment } from '../commitments/store.ts';
import { fetchStandings, requestRelease, type Standings } from './request-release.ts';
import { lockSettlement } from './store.ts';

type CommitmentFunded = ReturnType<typeof events.commitmentFunded.codec.decode>;

/** A buyer's whole amount is held in escrow. The last one opens the way to the release. */
export const onCommitmentFunded = reaction<CommitmentFunded, Clients, Standings>({
  name: 'on-commitment-funded',
  type: events.commitmentFunded,
  prepare: (ctx, event) => fetchStandings(ctx, event.dealId),
  handle: async (tx, event, standings) => {
    const settlement = await lockSettlement(tx, event.dealId);
    const before = await lockCommitment(tx, event.commitmentId);
    if (settlement?.state !== 'funding' || before?.status !== 'docs_signed') return;
    await saveCommitment(tx, before, { status: moveCommitment(before.status, 'funded') }, event.currency);
    await requestRelease(tx, event.dealId, standings);
  },
});
