import { basisOf, dated, givenOf } from '../conversion/conversion.fixture.ts';
import { readMicros } from '../conversion/decimal.ts';
import type { Basis } from '../instruments/instrument.ts';
import type { ArbitrageInput, Assumptions, QuotedPrice, StatedCost } from './arbitrage.ts';

export const quoted = (
  [low, mid, high]: readonly [string, string, string],
  fields: Partial<Basis>,
  date: string,
): QuotedPrice => ({
  basis: basisOf(fields),
  ...{ lowMicros: readMicros(low), midMicros: readMicros(mid), highMicros: readMicros(high), date, source: 'SMM' },
});

export const cost = (value: string, currency = 'USD', unit: Basis['unit'] = 't'): StatedCost => ({
  ...{ ...dated(value, '2026-11-20', 'forwarder'), currency, unit },
});

export const assumed = (fields: Partial<Assumptions> = {}): Assumptions => ({
  ...{ freight: cost('0'), insurance: cost('0'), duty: { rate: dated('0') } },
  finance: { annualRate: dated('0.06', '2026-11-01', 'bank'), days: 45, dayCount: 360 },
  ...fields,
});

/** Carbonate bought CIF China in dollars on 10 October and sold there in yuan, tax included, 45 days later. */
export const importOf = (fields: Partial<ArbitrageInput> = {}): ArbitrageInput => ({
  origin: quoted(['9.1', '9.2', '9.3'], {}, '2026-10-10'),
  destination: quoted(
    ['78847', '80456', '82065'],
    { currency: 'CNY', unit: 't', taxBasis: 'including_vat', incoterm: 'EXW' },
    '2026-11-24',
  ),
  ...{ lagDays: 45, allowUncoveredLag: false, assumptions: assumed(), given: givenOf() },
  ...fields,
});
