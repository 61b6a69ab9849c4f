import { describe, expect, it } from 'vitest';
import { fromMinor, outOfLimits, readAmount, sumOf, timesCount, toMinor } from './amount.ts';

describe('an entered amount', () => {
  it.each([
    ['1,250,000.00', 'en-US', '1250000.00'],
    ['1250000', 'en-US', '1250000'],
    [' USD 1,250,000.5 ', 'en-US', '1250000.5'],
    ['$1,250', 'en-US', '1250'],
    ['1,250', 'de-DE', undefined],
    ['1.250.000,00', 'de-DE', '1250000.00'],
    ['1.250', 'de-DE', '1250'],
    ['12,5', 'de-DE', '12.5'],
    ['12.5', 'de-DE', '12.5'],
    ['1 250 000,50', 'fr-FR', '1250000.50'],
    ['1\u202f250\u202f000,50', 'fr-FR', '1250000.50'],
    ['1’250’000.50', 'de-CH', '1250000.50'],
    ['1,250,000.00', 'de-DE', '1250000.00'],
    ['12,50,000', 'en-IN', undefined],
    ['00012.50', 'en-US', '12.50'],
    ['90071992547409930.07', 'en-US', '90071992547409930.07'],
  ])('%j of somebody who reads %s is %s', (entered, locale, text) => {
    expect(readAmount(entered, 'USD', locale).text).toBe(text);
  });

  it.each([
    ['', 'Enter an amount.'],
    ['0.00', 'The amount must be more than zero.'],
    ['-5', 'The amount must be more than zero.'],
    ['12.345', 'USD has 2 decimals; this has 3.'],
    ['twelve', 'Use digits, such as 1250000.00.'],
    ['1,2,3', 'The commas and points do not fit. Write it as 1250000.00.'],
    ['1.250,00.0', 'The commas and points do not fit. Write it as 1250000.00.'],
    ['1,25,000.00', 'The commas and points do not fit. Write it as 1250000.00.'],
  ])('%j is refused with the reason, never rounded', (entered, problem) => {
    expect(readAmount(entered, 'USD', 'en-US')).toEqual({ problem });
  });

  it('has as many decimals as its currency', () => {
    expect(readAmount('1250.5', 'JPY', 'en-US').problem).toBe('JPY has no decimals; this has 1.');
    expect(readAmount('1.234', 'KWD', 'en-US').text).toBe('1.234');
  });

  it('says its limits', () => {
    const limits = { min: 25_000, max: '500000', say: (amount: number | string) => `USD ${amount}` };
    expect(outOfLimits('24999.99', 'USD', limits)).toBe('The smallest amount is USD 25000.');
    expect(outOfLimits('500000.01', 'USD', limits)).toBe('The largest amount is USD 500000.');
    expect(outOfLimits('25000', 'USD', limits)).toBeUndefined();
  });
});

describe('reckoning with amounts', () => {
  it('goes through whole smallest units and back without losing a digit', () => {
    expect(toMinor(12.5, 'USD')).toBe(1250n);
    expect(toMinor('90071992547409930.07', 'USD')).toBe(9007199254740993007n);
    expect(fromMinor(5n, 'USD')).toBe('0.05');
    expect(fromMinor(-1250n, 'USD')).toBe('-12.50');
    expect(fromMinor(1250n, 'JPY')).toBe('1250');
  });

  it('refuses digits that the currency does not have', () => {
    expect(() => toMinor(12.345, 'USD')).toThrow(RangeError);
    expect(toMinor('12.300', 'USD')).toBe(1230n);
  });

  it('adds and multiplies exactly where binary fractions would not', () => {
    expect(sumOf([0.1, 0.2], 'USD')).toBe('0.30');
    expect(timesCount(1.1, 3, 'USD')).toBe('3.30');
    expect(timesCount('12.34', 7_777, 'USD')).toBe('95968.18');
  });
});
