import { canMove, type Transitions } from '@clearlot/kernel';
import { productErrors } from './errors.ts';

export type ProductStatus = 'listed' | 'unlisted';

/** Its supplier takes a product off and lists it again as it likes; everybody sees it only while the supplier is verified. */
export const productTransitions: Transitions<ProductStatus> = {
  listed: ['unlisted'],
  unlisted: ['listed'],
};

/** Errors: MARKETPLACE_PRODUCT_WRONG_STATUS. */
export function moveProduct(from: ProductStatus, to: ProductStatus): ProductStatus {
  if (!canMove(productTransitions, from, to)) {
    throw productErrors.error('MARKETPLACE_PRODUCT_WRONG_STATUS', `It is ${from} already.`);
  }
  return to;
}
