import { errorTable } from '@clearlot/kernel';

/** Expected failures around bars and what is made of them. */
export const seriesErrors = errorTable({
  MARKET_RANGE_TOO_LONG: ['invalid', 'So many bars are not answered at once.'],
});
