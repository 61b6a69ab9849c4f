import type { Tx } from '@clearlot/service';
import { lockRfq, saveRfq } from '../rfqs/store.ts';
import type { Rfq } from '../rfqs/tables.ts';
import { moveAward } from './award.ts';
import { outcomeOf } from './contract.ts';
import { listContracts } from './contract-store.ts';
import { lockStandingAward, revokeNotices, saveAward } from './store.ts';
import type { Award } from './tables.ts';

/** Takes an award back: its RFQ can be awarded again, and whoever was told of it is told so. RFQ and award are locked. */
export async function withdrawAward(tx: Tx, rfq: Rfq, before: Award, reason: string): Promise<Award> {
  const change = { status: moveAward(before.status, 'cancelled'), endedAt: tx.now };
  const award = await saveAward(tx, before, change, { reason });
  await saveRfq(tx, rfq, { status: 'evaluated' }, { awardId: award.id, reason });
  for (const { supplierOwnerId } of await revokeNotices(tx, award.id)) {
    tx.notify(supplierOwnerId, 'award_cancelled', { rfqId: rfq.id, title: rfq.title, reason });
  }
  return award;
}

/** Locks what moves together with the contracts of an RFQ: the RFQ, then its award; undefined if none stands. */
export async function lockAwardOf(tx: Tx, rfqId: string): Promise<{ rfq: Rfq; award: Award } | undefined> {
  const { rfq } = await lockRfq(tx, rfqId);
  const award = await lockStandingAward(tx, rfqId);
  return award && { rfq, award };
}

/**
 * Ends an award whose contracts are all decided: contracted if any was signed, else taken back. Does nothing while one is
 * still open.
 */
export async function endAward(tx: Tx, { rfq, award }: { rfq: Rfq; award: Award }): Promise<void> {
  const contracts = await listContracts(tx, award.id);
  const outcome = outcomeOf(contracts.map(({ status }) => status));
  if (outcome === 'open') return;
  if (outcome === 'cancelled') {
    await withdrawAward(tx, rfq, award, 'No contract was concluded in time.');
    return;
  }
  await saveAward(tx, award, { status: moveAward(award.status, 'contracted'), endedAt: tx.now });
  await saveRfq(tx, rfq, { status: 'contracted' }, { awardId: award.id });
}
