import { errorTable } from '@clearlot/kernel';

/** Every expected failure of reviewing what was kept back. */
export const qualityErrors = errorTable({
  MARKET_QUARANTINE_NOT_FOUND: ['missing', 'There is no such figure.'],
  MARKET_QUARANTINE_DECIDED: ['conflict', 'The figure has been decided already.'],
  MARKET_QUARANTINE_NOT_RECORDABLE: ['mismatch', 'The figure is no price of an instrument: it can only be rejected.'],
});
