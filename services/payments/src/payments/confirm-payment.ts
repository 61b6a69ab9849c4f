import { newId, parsePositiveMoney } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import type { Context, Tx } from '@clearlot/service';
import { paymentsErrors } from '../errors.ts';
import { accountKey, type Journal } from '../ledger/ledger.ts';
import { placeHold, post } from '../ledger/store.ts';
import type { PaymentRow, WireRow } from '../schema.ts';
import { bookIncoming, bookOutgoing, wireKey } from './payment.ts';
import { insertPayments, insertWire, lockPayment, type PaymentWithWires, savePayment } from './store.ts';

/** A wire an operator saw at the bank. */
export interface ConfirmPayment {
  paymentId: string;
  /** In the payment's currency, as it came in the request. */
  amount: number | string;
  wireReference: string;
  receivedAt?: Date | undefined;
}

/**
 * Books a wire against a payment, in one transaction with its journal. Incoming: fills the payment, holds the whole
 * amount when it is complete, and turns whatever is above into a refund; a reference booked here before is recorded as a
 * duplicate and moves nothing. Outgoing: confirms the payment with a wire of exactly its amount; the same wire again
 * answers the same. Errors: PAYMENTS_PAYMENT_NOT_FOUND, PAYMENTS_WIRE_REFERENCE_USED, PAYMENTS_AMOUNT_MISMATCH,
 * PAYMENTS_ALREADY_CONFIRMED, MONEY_INVALID, MONEY_TOO_PRECISE.
 */
export function confirmPayment(ctx: Context, input: ConfirmPayment): Promise<PaymentWithWires> {
  return ctx.transaction('ConfirmPayment', async (tx) => {
    const key = wireKey(input.wireReference);
    const { payment, wires, counted } = await lockPayment(tx, input.paymentId, key);
    const amountMinor = parsePositiveMoney(input.amount, payment.currency);
    if (counted && counted.paymentId !== payment.id) throw paymentsErrors.error('PAYMENTS_WIRE_REFERENCE_USED');
    const wire = {
      id: newId(),
      paymentId: payment.id,
      userId: payment.userId,
      wireReference: input.wireReference.trim(),
      wireKey: key,
      amountMinor,
      receivedAt: input.receivedAt ?? tx.now,
      recordedAt: tx.now,
      recordedBy: tx.actor.id,
    };
    if (payment.type === 'outgoing') {
      return confirmOutgoing(tx, payment, wires, { ...wire, surplusMinor: 0n, match: 'sent' }, counted !== undefined);
    }
    if (counted) return recordDuplicate(tx, payment, wires, { ...wire, surplusMinor: 0n, match: 'duplicate' });
    return bookWire(tx, payment, wires, wire);
  });
}

/**
 * Books money that came in against a payment whose deal's escrow is locked: it fills the payment, what is above becomes a
 * refund. Once a funding is complete its whole amount is held; what tops a balance up stays free.
 */
export async function bookWire(
  tx: Tx,
  payment: PaymentRow,
  wires: WireRow[],
  draft: Omit<WireRow, 'match' | 'surplusMinor'>,
): Promise<PaymentWithWires> {
  const { match, creditMinor, status, confirmedMinor, surplusMinor } = bookIncoming(payment, draft.amountMinor);
  const { dealId, currency, userId } = payment;
  const commitmentId = payment.commitmentId ?? '';
  const completed = status === 'confirmed' && payment.status !== 'confirmed';
  const funded = completed && payment.purpose === 'funding';
  const wire = { ...draft, match, surplusMinor: draft.amountMinor - creditMinor };
  const changes = { status, confirmedMinor, surplusMinor, confirmedAt: completed ? tx.now : payment.confirmedAt };

  await Promise.all([
    insertWire(tx, wire),
    savePayment(tx, payment.id, changes),
    post(tx.sql, [wireJournal(payment, wire, creditMinor)]),
  ]);
  // After the post: only what is there can be held.
  await Promise.all([
    funded
      ? placeHold(tx.sql, newId(), accountKey.escrow(dealId, commitmentId), payment.amountMinor)
      : Promise.resolve(),
    wire.surplusMinor > 0n
      ? insertPayments(tx, [
          { dealId, userId, purpose: 'refund', commitmentId, amountMinor: wire.surplusMinor, currency },
        ])
      : Promise.resolve(),
  ]);

  tx.audit({
    action: 'payment.wire_booked',
    entityType: 'payment',
    entityId: payment.id,
    before: { status: payment.status, confirmedMinor: payment.confirmedMinor, surplusMinor: payment.surplusMinor },
    after: { ...changes, wire },
  });
  tx.emit(events.wireReceived, dealId, {
    dealId,
    paymentId: payment.id,
    commitmentId,
    wireId: wire.id,
    amountMinor: wire.amountMinor,
    receivedTotalMinor: confirmedMinor + surplusMinor,
    expectedMinor: payment.amountMinor,
    currency,
    match,
  });
  if (funded) {
    tx.emit(events.commitmentFunded, dealId, {
      dealId,
      commitmentId,
      paymentId: payment.id,
      buyerId: userId,
      amountMinor: payment.amountMinor,
      currency,
      fundedAt: tx.now,
    });
  }
  return { ...payment, ...changes, wires: [...wires, wire] };
}

/** The bank account is debited with the whole wire: what counts goes to escrow, the rest to what the buyer gets back. */
function wireJournal(payment: PaymentRow, wire: WireRow, creditMinor: bigint): Journal {
  const { dealId } = payment;
  const commitmentId = payment.commitmentId ?? '';
  const debit = accountKey.bank(dealId);
  const parts = [
    { debit, credit: accountKey.escrow(dealId, commitmentId), amountMinor: creditMinor },
    { debit, credit: accountKey.refundable(dealId, commitmentId), amountMinor: wire.surplusMinor },
  ];
  return {
    key: `wire:${wire.id}`,
    kind: 'wire',
    dealId,
    effectiveAt: wire.receivedAt,
    transfers: parts.filter((each) => each.amountMinor > 0n),
  };
}

/** The bank shows the same wire twice, or two operators booked it: kept for the record, without effect. */
async function recordDuplicate(
  tx: Tx,
  payment: PaymentRow,
  wires: WireRow[],
  wire: WireRow,
): Promise<PaymentWithWires> {
  await insertWire(tx, wire);
  tx.audit({ action: 'payment.wire_repeated', entityType: 'payment', entityId: payment.id, after: { wire } });
  return { ...payment, wires: [...wires, wire] };
}

async function confirmOutgoing(
  tx: Tx,
  payment: PaymentRow,
  wires: WireRow[],
  wire: WireRow,
  repeated: boolean,
): Promise<PaymentWithWires> {
  if (payment.status === 'confirmed' && !repeated) throw paymentsErrors.error('PAYMENTS_ALREADY_CONFIRMED');
  if (wire.amountMinor !== payment.amountMinor) throw paymentsErrors.error('PAYMENTS_AMOUNT_MISMATCH');
  if (repeated) return { ...payment, wires };
  const { status, confirmedMinor, surplusMinor } = bookOutgoing(payment, wire.amountMinor);
  const changes = { status, confirmedMinor, surplusMinor, confirmedAt: tx.now };
  const { dealId, currency } = payment;
  const debit =
    payment.purpose === 'payout'
      ? accountKey.payable(dealId, payment.participationId ?? '')
      : accountKey.refundable(dealId, payment.commitmentId ?? '');
  await Promise.all([
    insertWire(tx, wire),
    savePayment(tx, payment.id, changes),
    post(tx.sql, [
      {
        key: `wire:${wire.id}`,
        kind: payment.purpose === 'payout' ? 'payout' : 'refund',
        dealId,
        effectiveAt: wire.receivedAt,
        transfers: [{ debit, credit: accountKey.bank(dealId), amountMinor: wire.amountMinor }],
      },
    ]),
  ]);
  tx.audit({
    action: 'payment.confirmed',
    entityType: 'payment',
    entityId: payment.id,
    before: { status: payment.status },
    after: { ...changes, wire },
  });
  const fact = { dealId, paymentId: payment.id, amountMinor: payment.amountMinor, currency };
  if (payment.purpose === 'payout') {
    const participationId = payment.participationId ?? '';
    tx.emit(events.payoutConfirmed, dealId, {
      ...fact,
      participationId,
      sellerId: payment.userId,
      confirmedAt: tx.now,
    });
  } else {
    tx.emit(events.refundConfirmed, dealId, { ...fact, buyerId: payment.userId });
  }
  return { ...payment, ...changes, wires: [...wires, wire] };
}
