import { deriveId } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import type { Tx } from '@clearlot/service';
import { eq, sql } from 'drizzle-orm';
import { lockHolding } from '../holdings/store.ts';
import { saveParticipation } from '../participations/store.ts';
import { type Agreement, type Holding, holding, type Participation } from '../schema.ts';
import { insertShareMovement, listAgreements } from './store.ts';

/**
 * Moves the shares of every agreement from the seller's holding to one of the buyer's (per class and deal), each once.
 * What leaves sellers is exactly what arrives at buyers; the sellers' reservations end.
 */
export async function moveShares(tx: Tx, dealId: string, paid: readonly Participation[]): Promise<void> {
  const sellers = new Map(paid.map((row) => [row.id, row]));
  // The reservations end first and in the same transaction: what leaves is then simply the quantity.
  for (const row of paid) await saveParticipation(tx, row, { reservedShares: 0n });
  for (const each of await listAgreements(tx, dealId)) {
    const seller = sellers.get(each.participationId);
    const source = seller && (await lockHolding(tx, seller.holdingId));
    if (!source) throw new Error(`agreement ${each.id} has no paid seller`);
    await moveOne(tx, each, source);
  }
}

async function moveOne(tx: Tx, agreement: Agreement, source: Holding): Promise<void> {
  const { id, dealId, buyerId, sellerId, shares } = agreement;
  const target = deriveId(dealId, `${buyerId}:${source.shareType}`);
  const moved = {
    agreementId: id,
    dealId,
    fromHoldingId: source.id,
    toHoldingId: target,
    sellerId,
    buyerId,
    shares,
    at: tx.now,
  };
  const fresh = { ownerId: buyerId, companyId: source.companyId, shareType: source.shareType, originDealId: dealId };
  await tx.db
    .insert(holding)
    .values({ id: target, ...fresh, quantity: 0n, status: 'verified', createdAt: tx.now, updatedAt: tx.now })
    .onConflictDoNothing();
  if (!(await insertShareMovement(tx, moved))) return;
  await tx.db
    .update(holding)
    .set({ quantity: sql`${holding.quantity} - ${shares}`, updatedAt: tx.now })
    .where(eq(holding.id, source.id));
  await tx.db
    .update(holding)
    .set({ quantity: sql`${holding.quantity} + ${shares}`, updatedAt: tx.now })
    .where(eq(holding.id, target));
  const entity = { entityType: 'holding', entityId: source.id };
  tx.audit({ action: 'holding.shares_moved', ...entity, after: { agreementId: id, to: target, shares } });
  announce(tx, source, source.quantity - shares);
}

function announce(tx: Tx, row: Holding, quantity: bigint): void {
  const { id, ownerId, companyId, shareType, status } = row;
  tx.emit(events.holdingChanged, id, { holdingId: id, ownerId, companyId, shareType, quantity, status });
}
