import { fraction } from '@clearlot/kernel';
import { reviewErrors } from './errors.ts';

/** What a buyer gives, 1 to 5 each. */
export interface Marks {
  rating: number;
  quality: number;
  delivery: number;
  communication: number;
}

/** The marks of all reviews of a supplier, added up. */
export interface MarkSums {
  count: bigint;
  rating: bigint;
  quality: bigint;
  delivery: bigint;
  communication: bigint;
}

export const noMarks: MarkSums = { count: 0n, rating: 0n, quality: 0n, delivery: 0n, communication: 0n };

/** `4.33`: the average mark from its sum, exactly, then half-even to two decimals. Null when there is none. */
export function averageMark(sum: bigint, count: bigint): string | null {
  if (count === 0n) return null;
  const hundredths = fraction.roundHalfEven(fraction.of(sum * 100n, count));
  return `${hundredths / 100n}.${(hundredths % 100n).toString().padStart(2, '0')}`;
}

/** Errors: MARKETPLACE_REVIEW_NOT_DELIVERED. */
export function checkReviewable(orderStatus: string): void {
  if (orderStatus !== 'released') throw reviewErrors.error('MARKETPLACE_REVIEW_NOT_DELIVERED');
}
