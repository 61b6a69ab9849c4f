import { events } from '@clearlot/proto/events';
import { reaction, type Tx } from '@clearlot/service';
import { lockEscrow } from '../escrows/store.ts';
import { accountKey } from '../ledger/ledger.ts';
import { openAccounts, post, releaseHold } from '../ledger/store.ts';
import { insertPayments } from '../payments/store.ts';
import { endDeposit, findDeposit } from './store.ts';
import type { Deposit } from './tables.ts';

/**
 * An auction is over for these deposits: each is given back, or goes to whoever held the auction. One that ended this way
 * already is left alone, as is one that was never placed: a join that failed is ended before it is known to have failed.
 */
export const onAuctionDepositsSettled = reaction({
  name: 'on-auction-deposits-settled',
  type: events.auctionDepositsSettled,
  async handle(tx, { settlements }) {
    // In one order for all, so that two messages do not wait for each other.
    const ordered = settlements.toSorted((a, b) => (a.depositId < b.depositId ? -1 : 1));
    for (const { depositId, outcome, payeeId } of ordered) {
      const seen = await findDeposit(tx, depositId);
      if (!seen) continue;
      await lockEscrow(tx, seen.balanceId);
      const placed = (await findDeposit(tx, depositId)) ?? seen;
      const status = outcome === 'forfeit' ? 'forfeited' : 'released';
      if (placed.status === status) continue;
      await endDeposit(tx, placed, status);
      await (status === 'forfeited' ? forfeit(tx, placed, payeeId) : releaseHold(tx.sql, placed.holdId));
    }
  },
});

/** What was held is owed to the payee from here on, in a payout that an operator wires. */
async function forfeit(tx: Tx, { id, balanceId, holdId, amountMinor, currency }: Deposit, payeeId: string) {
  await openAccounts(tx.sql, balanceId, currency, [{ kind: 'payable', partyId: id }]);
  const debit = accountKey.escrow(balanceId, balanceId);
  const transfers = [{ debit, credit: accountKey.payable(balanceId, id), amountMinor, holdId }];
  const payout = { dealId: balanceId, userId: payeeId, purpose: 'payout' as const, participationId: id };
  await Promise.all([
    post(tx.sql, [{ key: `forfeit:${id}`, kind: 'capture', dealId: balanceId, effectiveAt: tx.now, transfers }]),
    insertPayments(tx, [{ ...payout, amountMinor, currency }]),
  ]);
}
