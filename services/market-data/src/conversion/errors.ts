import { errorTable } from '@clearlot/kernel';

/** Every expected failure of comparing and converting prices. */
export const conversionErrors = errorTable({
  MARKET_BASES_DIFFER: ['mismatch', 'The prices do not mean the same thing and cannot be compared as they are.'],
  MARKET_NOT_CONVERTIBLE: ['mismatch', 'No conversion leads from one of these bases to the other.'],
  MARKET_FACTOR_UNKNOWN: ['mismatch', 'The lithium content of this product is not known.'],
  MARKET_MOISTURE_REQUIRED: ['mismatch', 'Wet and dry tonnes convert only with a stated moisture.'],
  MARKET_CHARGE_REQUIRED: ['mismatch', 'Incoterms convert only with what they differ by stated.'],
  MARKET_FX_RATE_MISSING: ['mismatch', 'There is no exchange rate of this pair for this day.'],
  MARKET_FX_RATE_STALE: ['mismatch', 'The newest exchange rate of this pair is too old.'],
  MARKET_VAT_RATE_MISSING: ['mismatch', 'There is no value-added tax rate of this country for this day.'],
  MARKET_RATE_INVALID: ['mismatch', 'An exchange rate is above zero, between two currencies, of a day that has begun.'],
  MARKET_NO_PRICE: ['mismatch', 'There is no price of this instrument for this day.'],
  MARKET_PRICE_NOT_POSITIVE: ['mismatch', 'What is left of the price is not above zero.'],
  MARKET_DECIMAL_INVALID: ['invalid', 'This is not plain decimal text in range.'],
});
