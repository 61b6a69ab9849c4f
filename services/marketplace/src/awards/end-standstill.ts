import { newId } from '@clearlot/kernel';
import type { Timer, Tx } from '@clearlot/service';
import type { Clients } from '../clients.ts';
import { supplierNames } from '../evaluation/load-evaluation.ts';
import type { NewOrder } from '../orders/new-order.ts';
import { findRfq, type RfqView } from '../rfqs/store.ts';
import { moveAward } from './award.ts';
import { readLine, storeOrder } from './contract.ts';
import { insertContract } from './contract-store.ts';
import { claimEndedStandstills, listItems, saveAward } from './store.ts';
import type { Award, AwardItem } from './tables.ts';

const daysToSign = 14;
const dayMs = 86_400_000;

/**
 * Awards whose standstill is over become contracts: one for each supplier and Incoterm, which both sides have two weeks to
 * sign. Rows are claimed, so replicas do not repeat each other.
 */
export const endStandstill: Timer<Clients> = {
  name: 'end-standstill',
  everyMs: 1_000,
  run: (ctx) =>
    ctx.transaction('EndStandstill', async (tx) => {
      for (const before of await claimEndedStandstills(tx)) {
        const award = await saveAward(tx, before, { status: moveAward(before.status, 'contracting') });
        const view = await findRfq(tx, award.rfqId);
        const items = await listItems(tx, award.id);
        const names = await supplierNames(tx, [...new Set(items.map(({ supplierId }) => supplierId))]);
        // An order has one Incoterm.
        for (const group of Map.groupBy(items, ({ supplierId, incoterm }) => `${supplierId} ${incoterm}`).values()) {
          await requestContract(tx, view, award, group, names);
        }
      }
    }),
};

async function requestContract(
  tx: Tx,
  { rfq, terms }: RfqView,
  award: Award,
  items: readonly AwardItem[],
  names: ReadonlyMap<string, string>,
): Promise<void> {
  const [first] = items;
  if (!first) return;
  const { supplierId, supplierOwnerId, incoterm } = first;
  const parties = { buyerId: award.buyerId, supplierId, supplierOwnerId };
  const id = newId();
  const order: NewOrder = {
    source: 'rfq',
    sourceId: id,
    rfqId: rfq.id,
    title: rfq.title,
    ...parties,
    currency: award.currency,
    incoterm,
    place: terms.place,
    quantityTolerancePpm: terms.quantityTolerancePpm,
    inspectionDays: terms.inspectionDays,
    lines: items.map(({ line }) => readLine(line)),
  };
  const contract = {
    id,
    awardId: award.id,
    rfqId: rfq.id,
    ...parties,
    status: 'requested' as const,
    currency: award.currency,
    amountMinor: items.reduce((sum, item) => sum + item.amountMinor, 0n),
    incoterm,
    terms: storeOrder(order),
    documentId: null,
    buyerSignedAt: null,
    sellerSignedAt: null,
    deadlineAt: new Date(tx.now.getTime() + daysToSign * dayMs),
    createdAt: tx.now,
    updatedAt: tx.now,
  };
  await insertContract(tx, contract, names.get(supplierId) ?? '');
}
