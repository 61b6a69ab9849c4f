import type { Incoterm, Unit } from '../instruments/instrument.ts';
import type { StatedBasis } from '../quality/figure.ts';

/*
 * What of Fastmarkets' Physical Prices API is public (help.fastmarkets.com, "Physical Prices API" and "Technical
 * information"): tokens by service name and key with scope fastmarkets.physicalprices.api; Prices and Prices/history answer
 * `{ instruments: [{ symbol, prices: [{ date, assessmentDate, revision, low, mid, high }] }] }`; instrument data includes
 * location, currency, unit of measure and Incoterm and is asked for by field names.
 *
 * Not verifiable without an account: whether those fields come as text or as objects with a name, how units are spelt, and
 * the token endpoint's exact answer (taken to be OAuth's `access_token`, `expires_in`). Therefore both forms are read, an
 * unknown spelling is passed on as it is, and the quality rules then keep the figure back: nothing is guessed.
 */

/** Their symbols of what we price, by our instrument codes; replaced by the source's own settings. */
export type SymbolMap = Readonly<Record<string, string>>;

const units: Readonly<Record<string, Unit>> = {
  kg: 'kg',
  kilogram: 'kg',
  kilogramme: 'kg',
  t: 't',
  mt: 't',
  tonne: 't',
  'metric tonne': 't',
  lb: 'lb',
  pound: 'lb',
  dmt: 'dmt',
  'dry metric tonne': 'dmt',
  wmt: 'wmt',
  'wet metric tonne': 'wmt',
  g: 'g',
  gram: 'g',
};

const incoterms: Readonly<Record<string, Incoterm>> = {
  cif: 'CIF',
  cfr: 'CFR',
  fob: 'FOB',
  exw: 'EXW',
  'ex-works': 'EXW',
  fca: 'FCA',
  cip: 'CIP',
  dap: 'DAP',
  ddp: 'DDP',
};

/** The stated basis of their instrument data; what is not there is left out. */
export function statedBasis(instrument: Record<string, unknown>): StatedBasis {
  const currency = nameOf(instrument.currency);
  const unit = nameOf(instrument.unitOfMeasure);
  const incoterm = nameOf(instrument.incoterm);
  return {
    ...(currency ? { currency: currency.toUpperCase() } : {}),
    ...(unit ? { unit: units[unit.toLowerCase()] ?? (unit as Unit) } : {}),
    ...(incoterm ? { incoterm: incoterms[incoterm.toLowerCase()] ?? (incoterm as Incoterm) } : {}),
  };
}

function nameOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim() || undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  const { code, name } = value as { code?: unknown; name?: unknown };
  return nameOf(typeof code === 'string' ? code : name);
}
