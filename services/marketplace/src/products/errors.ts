import { errorTable } from '@clearlot/kernel';

/** Expected failures around products. */
export const productErrors = errorTable({
  MARKETPLACE_PRODUCT_NOT_FOUND: ['missing', 'There is no such product.'],
  MARKETPLACE_PRODUCT_NO_SUPPLIER: ['conflict', 'Apply as a supplier first.'],
  MARKETPLACE_PRODUCT_WRONG_STATUS: ['conflict', 'The product is in a status that does not allow this.'],
});
