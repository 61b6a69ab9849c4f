import { deadEnds, unreachableStates } from '@clearlot/kernel';
import { expect, it } from 'vitest';
import { moveProduct, productTransitions } from './product.ts';

it('a product is listed or not, and can always be taken off', () => {
  expect(unreachableStates(productTransitions, 'listed')).toEqual([]);
  expect(deadEnds(productTransitions, ['unlisted'])).toEqual([]);
});

it('a product that is listed or taken off twice is refused', () => {
  const wrong = expect.objectContaining({ code: 'MARKETPLACE_PRODUCT_WRONG_STATUS' });
  expect(moveProduct('listed', 'unlisted')).toBe('unlisted');
  expect(moveProduct('unlisted', 'listed')).toBe('listed');
  expect(() => moveProduct('listed', 'listed')).toThrow(wrong);
  expect(() => moveProduct('unlisted', 'unlisted')).toThrow(wrong);
});
