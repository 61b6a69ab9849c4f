import { expect, it } from 'vitest';
import { splitOf } from './split.ts';

it('gives both sides exactly what is there, to the cent', () => {
  expect(splitOf(259010.3, '240000.1', 'USD')).toEqual({ release: '240000.10', refund: '19010.20' });
  expect(splitOf(100, '0', 'USD')).toEqual({ release: '0.00', refund: '100.00' });
  expect(splitOf('90071992547409930.07', '90071992547409930.06', 'USD')?.refund).toBe('0.01');
});

it('releases no more than there is', () => {
  expect(splitOf(100, '100.00', 'USD')?.refund).toBe('0.00');
  expect(splitOf(100, '100.01', 'USD')).toBeUndefined();
});
