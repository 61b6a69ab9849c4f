import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currencies, currencyDigits } from './currencies.ts';
import { displayMoney, formatMoney, moneyMinorLimit, moneyToJson, parseMoney, parsePositiveMoney } from './money.ts';

const invalid = expect.objectContaining({ code: 'MONEY_INVALID' });
const tooPrecise = expect.objectContaining({ code: 'MONEY_TOO_PRECISE' });
const unknown = expect.objectContaining({ code: 'CURRENCY_UNKNOWN' });

const currency = fc.constantFrom(...currencies);
const minor = fc.oneof(
  fc.bigInt({ min: -moneyMinorLimit + 1n, max: moneyMinorLimit - 1n }),
  fc.bigInt({ min: -100_000n, max: 100_000n }),
  fc.bigInt({ min: 10n ** 15n - 100n, max: 10n ** 15n + 100n }),
);

describe('currencies', () => {
  test.each([
    ['JPY', 0],
    ['KRW', 0],
    ['ISK', 0],
    ['CLP', 0],
    ['USD', 2],
    ['EUR', 2],
    ['GBP', 2],
    ['CHF', 2],
    ['CNY', 2],
    ['KWD', 3],
    ['BHD', 3],
    ['TND', 3],
    ['CLF', 4],
  ])('%s has %i digits', (code, digits) => {
    expect(currencyDigits(code)).toBe(digits);
  });

  test('every code is listed once and is three upper-case letters', () => {
    expect(new Set(currencies).size).toBe(currencies.length);
    for (const code of currencies) expect(code).toMatch(/^[A-Z]{3}$/);
  });

  test.each(['usd', 'XXX', 'HRK', 'BGN', '', 'USDX', 'constructor', '__proto__'])('%s is not a currency', (code) => {
    expect(() => currencyDigits(code)).toThrow(unknown);
    expect(() => parseMoney('1', code)).toThrow(unknown);
    expect(() => formatMoney(1n, code)).toThrow(unknown);
  });
});

describe('parseMoney', () => {
  test.each([
    ['1250000.00', 'USD', 125_000_000n],
    ['0.1', 'USD', 10n],
    ['0.10', 'USD', 10n],
    ['19.99000000', 'USD', 1999n],
    ['-3', 'USD', -300n],
    ['-0.00', 'USD', 0n],
    ['100.000', 'JPY', 100n],
    ['1.234', 'KWD', 1234n],
    ['1.2345', 'CLF', 12345n],
    ['9999999999999999.99', 'USD', 999_999_999_999_999_999n],
    ['-999999999999999999', 'JPY', -999_999_999_999_999_999n],
    [1250000.5, 'USD', 125_000_050n],
    [0.29, 'USD', 29n],
    [1.15, 'USD', 115n],
    [4.35, 'USD', 435n],
    [-0, 'USD', 0n],
    [-19.99, 'USD', -1999n],
    [9999999999999.99, 'USD', 999_999_999_999_999n],
    [1e6, 'JPY', 1_000_000n],
  ])('%s %s is exact', (value, code, expected) => {
    expect(parseMoney(value, code)).toBe(expected);
  });

  test.each([
    ['0.001', 'USD'],
    ['0.5', 'JPY'],
    ['1.2345', 'KWD'],
    [0.005, 'USD'],
    [0.1 + 0.2, 'USD'],
    [1e-7, 'USD'],
    [Number.MIN_VALUE, 'CLF'],
  ])('%s %s is refused, not rounded', (value, code) => {
    expect(() => parseMoney(value, code)).toThrow(tooPrecise);
  });

  test.each([
    '',
    ' ',
    '+1',
    ' 1',
    '1 ',
    '1\n',
    '1,000',
    '1_000',
    '01',
    '1.',
    '.5',
    '-',
    '--1',
    '1e3',
    '0x10',
    '1/2',
    'NaN',
    'Infinity',
    '١',
    '1.0.0',
    '$1',
    `1.${'0'.repeat(100)}`,
    '9'.repeat(50),
  ])('the text %j is refused', (text) => {
    expect(() => parseMoney(text, 'USD')).toThrow(invalid);
  });

  test.each([Number.NaN, Infinity, -Infinity, 1e21, 1e15, -1e15, 10_000_000_000_000, Number.MAX_SAFE_INTEGER])(
    'the number %s is refused as USD',
    (value) => {
      expect(() => parseMoney(value, 'USD')).toThrow(invalid);
    },
  );

  test.each([null, undefined, true, {}, ['1'], 1n])('%s is refused even when types are bypassed', (value) => {
    expect(() => parseMoney(value as unknown as string, 'USD')).toThrow(invalid);
  });

  test('the bound holds at both ends', () => {
    expect(parseMoney('999999999999999999', 'JPY')).toBe(moneyMinorLimit - 1n);
    expect(() => parseMoney('1000000000000000000', 'JPY')).toThrow(invalid);
    expect(() => parseMoney('-1000000000000000000', 'JPY')).toThrow(invalid);
    expect(moneyMinorLimit).toBeLessThan(2n ** 63n);
  });

  test('a number whose cents JSON.parse may have changed is refused, the same text is exact', () => {
    expect(JSON.parse('90071992547409.93')).toBe(90071992547409.94);
    expect(() => parseMoney(JSON.parse('90071992547409.93'), 'USD')).toThrow(invalid);
    expect(parseMoney('90071992547409.93', 'USD')).toBe(9_007_199_254_740_993n);
  });

  test('parsePositiveMoney refuses zero and below', () => {
    expect(parsePositiveMoney('0.01', 'USD')).toBe(1n);
    for (const value of [0, '0.00', -0, '-0.01', -5]) expect(() => parsePositiveMoney(value, 'USD')).toThrow(invalid);
  });

  test('any decimal text of a money number is read exactly through JSON', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }), currency, (amount, code) => {
        expect(parseMoney(JSON.parse(formatMoney(amount, code)), code)).toBe(amount);
      }),
      { numRuns: 2000 },
    );
  });

  test('never answers anything but an exact amount or a money error', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.double(), fc.string(), fc.stringMatching(/^-?\d{0,20}\.?\d{0,6}$/)),
        currency,
        (v, code) => {
          let parsed: bigint;
          try {
            parsed = parseMoney(v, code);
          } catch (error) {
            expect(error).toMatchObject({ code: expect.stringMatching(/^MONEY_/) });
            return;
          }
          expect(Number(formatMoney(parsed, code)) + 0).toBe(Number(v) + 0);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('writing money', () => {
  test.each([
    [125_000_000n, 'USD', '1250000.00', 'USD 1,250,000.00', 1250000],
    [5n, 'USD', '0.05', 'USD 0.05', 0.05],
    [-5n, 'USD', '-0.05', 'USD -0.05', -0.05],
    [0n, 'USD', '0.00', 'USD 0.00', 0],
    [-123_456_789n, 'USD', '-1234567.89', 'USD -1,234,567.89', -1234567.89],
    [100_000n, 'JPY', '100000', 'JPY 100,000', 100000],
    [999n, 'JPY', '999', 'JPY 999', 999],
    [1n, 'KWD', '0.001', 'KWD 0.001', 0.001],
    [12_345n, 'CLF', '1.2345', 'CLF 1.2345', 1.2345],
    [9_007_199_254_740_993n, 'USD', '90071992547409.93', 'USD 90,071,992,547,409.93', '90071992547409.93'],
  ])('%s %s', (amount, code, plain, display, json) => {
    expect(formatMoney(amount, code)).toBe(plain);
    expect(displayMoney(amount, code)).toBe(display);
    expect(moneyToJson(amount, code)).toBe(json);
  });

  test('what is written is read back, as text, as JSON and through a JSON document', () => {
    fc.assert(
      fc.property(minor, currency, (amount, code) => {
        expect(parseMoney(formatMoney(amount, code), code)).toBe(amount);
        expect(parseMoney(moneyToJson(amount, code), code)).toBe(amount);
        expect(parseMoney(JSON.parse(JSON.stringify(moneyToJson(amount, code))), code)).toBe(amount);
        expect(parseMoney(displayMoney(amount, code).slice(4).replaceAll(',', ''), code)).toBe(amount);
      }),
      { numRuns: 2000 },
    );
  });
});
