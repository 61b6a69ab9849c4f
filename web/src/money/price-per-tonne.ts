import { fromMinor, toMinor } from './amount.ts';

const kgPerTonne = 1_000n;

/**
 * What a mass comes to at a price per tonne, as the platform reckons it: exact, then half-even to the smallest unit.
 * Undefined when the price is no amount of the currency.
 */
export function amountOf(massKg: number, pricePerTonne: number | string, currency: string): string | undefined {
  if (!Number.isSafeInteger(massKg) || massKg < 0) return undefined;
  try {
    return fromMinor(halfEven(BigInt(massKg) * toMinor(pricePerTonne, currency)), currency);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function halfEven(thousandths: bigint): bigint {
  const whole = thousandths / kgPerTonne;
  const twice = 2n * (thousandths % kgPerTonne);
  return twice > kgPerTonne || (twice === kgPerTonne && whole % 2n === 1n) ? whole + 1n : whole;
}
