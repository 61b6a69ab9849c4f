import { alertRowSecurity } from './alerts/row-security.expected.ts';
import { arbitrageRowSecurity } from './arbitrage/row-security.expected.ts';
import { conversionRowSecurity } from './conversion/row-security.expected.ts';
import { observationRowSecurity } from './observations/row-security.expected.ts';
import { sourceRowSecurity } from './sources/row-security.expected.ts';
import { summaryRowSecurity } from './summaries/row-security.expected.ts';
import { tradeRowSecurity } from './trades/row-security.expected.ts';

/** Who may do what to the tables of market-data, proven by row-security.int.test.ts. */
export const rowSecurity = {
  ...observationRowSecurity,
  ...sourceRowSecurity,
  ...conversionRowSecurity,
  ...arbitrageRowSecurity,
  ...alertRowSecurity,
  ...summaryRowSecurity,
  ...tradeRowSecurity,
};
