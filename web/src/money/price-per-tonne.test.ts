import { describe, expect, it } from 'vitest';
import { amountOf } from './price-per-tonne.ts';

describe('what a mass comes to', () => {
  it('is the price of each tonne, to the cent', () => {
    expect(amountOf(20_000, 12_800, 'USD')).toBe('256000.00');
    expect(amountOf(1, '13500.55', 'USD')).toBe('13.50');
  });

  it('goes to the even cent from exactly between two', () => {
    expect(amountOf(1, '0.05', 'USD')).toBe('0.00');
    expect(amountOf(100, '0.05', 'USD')).toBe('0.00');
    expect(amountOf(300, '0.05', 'USD')).toBe('0.02');
    expect(amountOf(301, '0.05', 'USD')).toBe('0.02');
    expect(amountOf(500, '0.05', 'USD')).toBe('0.02');
    expect(amountOf(501, '0.05', 'USD')).toBe('0.03');
  });

  it('keeps every digit of what no binary fraction could hold', () => {
    expect(amountOf(1_000_000_000, '90071992547.33', 'USD')).toBe('90071992547330000.00');
  });

  it('is not said for what is no price or no mass', () => {
    expect(amountOf(1_000, '12.345', 'USD')).toBeUndefined();
    expect(amountOf(1_000, 'twelve', 'USD')).toBeUndefined();
    expect(amountOf(1.5, '12', 'USD')).toBeUndefined();
    expect(amountOf(Number.NaN, '12', 'USD')).toBeUndefined();
  });
});
