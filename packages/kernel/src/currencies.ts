import { kernelErrors } from './errors.ts';

// ISO 4217 list one, active national currencies and the two four-digit units of account, by minor-unit digits.
// Left out: funds and precious metals (XAU, XDR, …) and what has been withdrawn (HRK, ANG, ZWL, BGN since 2026-01-01).
const codesByDigits: readonly (readonly [digits: number, codes: string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [
    2,
    `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP
     CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES
     KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK
     NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB
     TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG`,
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
];

const digitsByCode: ReadonlyMap<string, number> = new Map(
  codesByDigits.flatMap(([digits, codes]) => codes.split(/\s+/).map((code) => [code, digits] as const)),
);

/** Every accepted currency code, upper case, sorted. */
export const currencies: readonly string[] = [...digitsByCode.keys()].sort();

/** How many decimal digits the currency's minor unit has (USD 2, JPY 0, KWD 3). Errors: CURRENCY_UNKNOWN. Source: ISO 4217. */
export function currencyDigits(currency: string): number {
  const digits = digitsByCode.get(currency);
  if (digits === undefined) throw kernelErrors.error('CURRENCY_UNKNOWN', `Unknown currency ${currency.slice(0, 8)}`);
  return digits;
}
