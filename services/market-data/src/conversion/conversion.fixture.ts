import type { Basis } from '../instruments/instrument.ts';
import type { Given } from './conversion.ts';
import { readDecimal } from './decimal.ts';

/** Battery-grade carbonate, CIF China, Japan and Korea, USD/kg, with what `fields` say otherwise. */
export const basisOf = (fields: Partial<Basis> = {}): Basis => ({
  ...{ product: 'lithium_carbonate', grade: 'battery', form: 'powder', region: 'CN', incoterm: 'CIF' },
  ...{ currency: 'USD', unit: 'kg', taxBasis: 'excluding_vat', ...fields },
});

export const dated = (value: string, date = '2026-11-24', source = 'stated') => ({
  ...{ value: readDecimal(value), date, source },
});

/** Rates a test may use on 24 November 2026: a dollar costs 7.12 yuan, China adds 13 %. */
export const givenOf = (fields: Partial<Given> = {}): Given => ({
  on: '2026-11-24',
  fxRates: [{ base: 'USD', quote: 'CNY', ...dated('7.12', '2026-11-23', 'PBOC') }],
  vatRates: [{ country: 'CN', ...dated('0.13', '2019-04-01', 'Announcement 39 of 2019') }],
  fxAgeDaysMax: 7,
  allowStale: false,
  ...fields,
});
