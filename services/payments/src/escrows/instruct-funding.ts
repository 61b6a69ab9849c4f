import { displayMoney } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import type { Tx } from '@clearlot/service';
import type { EscrowBank } from '../config.ts';
import { openAccounts } from '../ledger/store.ts';
import { insertPayments } from '../payments/store.ts';
import { openEscrow } from './open-escrow.ts';

/** Who is to wire what to the escrow of a deal; amounts in minor units. */
export interface InstructFunding {
  dealId: string;
  dealName: string;
  currency: string;
  /** How long the money stays in escrow, in words that follow "until"; absent, as people who settle a deal know it. */
  heldUntil?: string;
  /** `coveredMinor` is what the same transaction brings in otherwise: nobody is asked to wire that. */
  items: readonly { commitmentId: string; buyerId: string; amountMinor: bigint; coveredMinor?: bigint }[];
}

/**
 * Opens the deal's escrow and creates one pending payment with a wire instruction for each buyer, who is told by e-mail what
 * they are to wire, if anything.
 * A commitment that has its payment keeps it; an escrow that has ended is left alone.
 * Errors: PAYMENTS_CURRENCY_MISMATCH.
 */
export async function instructFunding(tx: Tx, bank: EscrowBank, input: InstructFunding): Promise<void> {
  const { dealId, dealName, currency, items } = input;
  const escrow = await openEscrow(tx, { dealId, currency, dealName });
  if (escrow.status !== 'open') return;
  const accounts = items.flatMap(({ commitmentId }) => [
    { kind: 'escrow' as const, partyId: commitmentId },
    { kind: 'refundable' as const, partyId: commitmentId },
  ]);
  const drafts = items.map(({ commitmentId, buyerId, amountMinor }) => ({
    dealId,
    userId: buyerId,
    purpose: 'funding' as const,
    commitmentId,
    amountMinor,
    currency,
  }));
  const [, payments] = await Promise.all([
    openAccounts(tx.sql, dealId, currency, accounts),
    insertPayments(tx, drafts),
  ]);
  if (payments.length === 0) return;
  const covered = new Map(items.map(({ commitmentId, coveredMinor }) => [commitmentId, coveredMinor]));
  for (const payment of payments) {
    const toWireMinor = payment.amountMinor - (covered.get(payment.commitmentId ?? '') ?? 0n);
    if (toWireMinor === 0n) continue;
    tx.notify(payment.userId, 'payment_instructions', {
      dealId,
      dealName,
      amount: displayMoney(toWireMinor, currency),
      currency,
      reference: payment.reference,
      ...(input.heldUntil ? { heldUntil: input.heldUntil } : {}),
      ...bank,
    });
  }
  tx.emit(events.fundingInstructed, dealId, {
    dealId,
    instructions: payments.map((payment) => ({
      paymentId: payment.id,
      commitmentId: payment.commitmentId ?? '',
      buyerId: payment.userId,
      reference: payment.reference,
      amountMinor: payment.amountMinor,
      currency,
    })),
  });
}
