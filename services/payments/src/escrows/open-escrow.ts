import { currencyDigits, newId } from '@clearlot/kernel';
import type { Tx } from '@clearlot/service';
import { paymentsErrors } from '../errors.ts';
import { openAccounts } from '../ledger/store.ts';
import type { EscrowRow } from '../schema.ts';
import { insertEscrow } from './store.ts';

/** Whose escrow, and in which currency (ISO 4217). */
export interface OpenEscrow {
  dealId: string;
  currency: string;
  dealName?: string;
}

/**
 * Opens the escrow of a deal with its bank account, or answers the one that is open. The escrow stays locked to the end of
 * the transaction. Errors: PAYMENTS_CURRENCY_MISMATCH, CURRENCY_UNKNOWN.
 */
export async function openEscrow(tx: Tx, input: OpenEscrow): Promise<EscrowRow> {
  currencyDigits(input.currency);
  const { row, inserted } = await insertEscrow(tx, {
    id: newId(),
    dealId: input.dealId,
    dealName: input.dealName ?? null,
    currency: input.currency,
    status: 'open',
    openedAt: tx.now,
    releasedAt: null,
    cancelledAt: null,
  });
  if (row.currency !== input.currency) throw paymentsErrors.error('PAYMENTS_CURRENCY_MISMATCH');
  if (inserted) {
    await openAccounts(tx.sql, row.dealId, row.currency, [{ kind: 'bank', partyId: null }]);
    tx.audit({ action: 'escrow.opened', entityType: 'escrow', entityId: row.dealId, after: row });
  }
  return row;
}
