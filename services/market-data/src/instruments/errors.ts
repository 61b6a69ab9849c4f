import { errorTable } from '@clearlot/kernel';

/** Expected failures around instruments. */
export const instrumentErrors = errorTable({
  MARKET_INSTRUMENT_NOT_FOUND: ['missing', 'There is no such instrument.'],
  MARKET_INSTRUMENT_EXISTS: ['conflict', 'There is an instrument of this basis already.'],
});
