import type { Answer } from '../../api/shapes.ts';
import { sumOf, timesCount, toMinor } from '../../money/amount.ts';

export type Allocation = Answer<'/api/admin/deals/{id}/allocate', 'post'>;

/** What both sides of an allocation add up to in the order shown, and whether that is what the platform said. */
export interface AllocationTotals {
  soldShares: number;
  boughtShares: number;
  proceeds: string;
  payments: string;
  /** Shares on both sides are those allocated, money on both sides is shares times price, to the smallest unit. */
  exact: boolean;
}

/** Adds an allocation up anew: an operator applies it only when every column gives the sum below it. */
export function totalsOf(allocation: Allocation): AllocationTotals {
  const { currency, price, totalShares, totalAmount, participations, commitments } = allocation;
  const soldShares = participations.reduce((sum, { allocatedShares }) => sum + allocatedShares, 0);
  const boughtShares = commitments.reduce((sum, { allocatedShares }) => sum + allocatedShares, 0);
  const proceeds = sumOf(
    participations.map((each) => each.proceeds),
    currency,
  );
  const payments = sumOf(
    commitments.map((each) => each.allocatedAmount),
    currency,
  );
  const due = toMinor(timesCount(price, totalShares, currency), currency);
  const said = [proceeds, payments, totalAmount].map((amount) => toMinor(amount, currency));
  return {
    soldShares,
    boughtShares,
    proceeds,
    payments,
    exact: soldShares === totalShares && boughtShares === totalShares && said.every((amount) => amount === due),
  };
}

/** What buyers offered and do not spend at this price. */
export function unusedOf({ commitments, currency }: Allocation): string {
  return sumOf(
    commitments.map(({ unusedAmount }) => unusedAmount),
    currency,
  );
}
