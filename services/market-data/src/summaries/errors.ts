import { errorTable } from '@clearlot/kernel';

/** Every expected failure of summaries. */
export const summaryErrors = errorTable({
  MARKET_SUMMARY_NOT_FOUND: ['missing', 'There is no such summary.'],
  MARKET_SUMMARY_RETRACTED: ['conflict', 'The summary is retracted already.'],
});
