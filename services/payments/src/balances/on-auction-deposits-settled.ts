import { events } from '@clearlot/proto/events';
import { reaction, type Tx } from '@clearlot/service';
import { paymentsErrors } from '../errors.ts';
import { accountKey } from '../ledger/ledger.ts';
import { openAccounts, post, releaseHold } from '../ledger/store.ts';
import { insertPayments } from '../payments/store.ts';
import { endedBy } from './deposit.ts';
import { endDeposit, findDeposits, lockDeposit } from './store.ts';
import type { Deposit } from './tables.ts';

/**
 * An auction is over for these deposits of it, all or none: each is given back, or goes to whoever held the auction. One that
 * ended this way already is left alone, as is one that was never placed: a join that failed is ended before it is known to
 * have failed. Errors: PAYMENTS_DEPOSIT_MISMATCH for one of another auction, STATE_TRANSITION_ILLEGAL for one that ended
 * otherwise, PAYMENTS_REQUEST_INVALID for an outcome that is neither.
 */
export const onAuctionDepositsSettled = reaction({
  name: 'on-auction-deposits-settled',
  type: events.auctionDepositsSettled,
  async handle(tx, { auctionId, settlements }) {
    const known = await findDeposits(
      tx,
      settlements.map(({ depositId }) => depositId),
    );
    const balanceOf = new Map(known.map(({ id, balanceId }) => [id, balanceId]));
    // Balances are locked in one order, so that messages of two auctions with the same bidders never deadlock.
    const placedOnes = settlements
      .map((each) => ({ ...each, balanceId: balanceOf.get(each.depositId) ?? '' }))
      .filter(({ balanceId }) => balanceId !== '')
      .toSorted((a, b) => (a.balanceId < b.balanceId ? -1 : 1));
    for (const { depositId, outcome, payeeId } of placedOnes) {
      const placed = await lockDeposit(tx, depositId);
      if (placed.auctionId !== auctionId) throw paymentsErrors.error('PAYMENTS_DEPOSIT_MISMATCH');
      const status = endedBy(outcome);
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
