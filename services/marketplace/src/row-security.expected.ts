import { auctionRowSecurity } from './auctions/row-security.expected.ts';
import { awardRowSecurity } from './awards/row-security.expected.ts';
import { orderRowSecurity } from './orders/row-security.expected.ts';
import { productRowSecurity } from './products/row-security.expected.ts';
import { quoteRowSecurity } from './quotes/row-security.expected.ts';
import { reviewRowSecurity } from './reviews/row-security.expected.ts';
import { rfqRowSecurity } from './rfqs/row-security.expected.ts';
import { supplierRowSecurity } from './suppliers/row-security.expected.ts';

/** Who may do what to the tables of marketplace, proven by row-security.int.test.ts. */
export const rowSecurity = {
  ...supplierRowSecurity,
  ...productRowSecurity,
  ...reviewRowSecurity,
  ...rfqRowSecurity,
  ...awardRowSecurity,
  ...quoteRowSecurity,
  ...orderRowSecurity,
  ...auctionRowSecurity,
};
