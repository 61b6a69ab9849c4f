import { crashPoint, type Timer, type Tx } from '@clearlot/service';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Clients, Ctx } from '../clients.ts';
import { type WebhookDelivery, webhookDelivery } from './tables.ts';
import { afterFailure, leaseUntil } from './webhook-attempts.ts';

const batch = 20;

/** Sends what is due. Runs in every replica; each delivery is leased to one of them. */
export const deliverWebhooksTimer: Timer<Clients> = { name: 'deliver-webhooks', everyMs: 500, run: deliverWebhooks };

/**
 * Sends webhooks until none is due, outside of any transaction. One is sent before it is marked, so a crash between the two
 * sends it again under the same delivery id and never loses it.
 */
export async function deliverWebhooks(ctx: Ctx): Promise<void> {
  for (;;) {
    const claimed = await ctx.transaction('ClaimWebhooks', claimDue);
    await Promise.all(claimed.map((row) => sendOne(ctx, row)));
    if (claimed.length < batch) return;
  }
}

async function claimDue(tx: Tx): Promise<WebhookDelivery[]> {
  const due = await tx.sql<{ delivery_id: string }[]>`
    select delivery_id from webhook_delivery
    where (state = 'planned' and due_at <= ${tx.now}) or (state = 'sending' and lease_until <= ${tx.now})
    order by due_at limit ${batch} for update skip locked`;
  if (due.length === 0) return [];
  return tx.db
    .update(webhookDelivery)
    .set({ state: 'sending', leaseUntil: leaseUntil(tx.now), attempts: sql`${webhookDelivery.attempts} + 1` })
    .where(
      inArray(
        webhookDelivery.deliveryId,
        due.map((row) => row.delivery_id),
      ),
    )
    .returning();
}

async function sendOne(ctx: Ctx, row: WebhookDelivery): Promise<void> {
  const { deliveryId, attempts } = row;
  try {
    crashPoint('market-data.webhook:before-send');
    await ctx.clients.webhooks.send(row, ctx.clock.now());
    crashPoint('market-data.webhook:after-send');
  } catch (error) {
    const next = afterFailure(attempts, ctx.clock.now());
    // What a receiver answers is its own; the code says enough.
    const lastError = String((error as { code?: string }).code ?? (error as Error).name);
    ctx.log.warn({ code: lastError, deliveryId, attempts }, 'webhook: not delivered');
    await ctx.transaction('MarkWebhookFailed', (tx) => mark(tx, deliveryId, { ...next, lastError }));
    return;
  }
  await ctx.transaction('MarkWebhookDelivered', (tx) =>
    mark(tx, deliveryId, { state: 'delivered', deliveredAt: tx.now, lastError: null }),
  );
}

/** A delivery that another sender got through meanwhile stays delivered. */
async function mark(tx: Tx, deliveryId: string, change: Partial<WebhookDelivery>): Promise<void> {
  await tx.db
    .update(webhookDelivery)
    .set({ ...change, leaseUntil: null })
    .where(and(eq(webhookDelivery.deliveryId, deliveryId), eq(webhookDelivery.state, 'sending')));
}
