import type { Fact } from './fact.ts';

/** Battery-grade carbonate at 12.345 USD/kg, 2.5 % above the figure before, with what `fields` say otherwise. */
export const factOf = (fields: Partial<Fact> = {}): Fact => ({
  ...{ marker: 1, observationId: '1', instrumentId: 'i1', code: 'CARBONATE-BATTERY-CJK-CIF-USD-KG' },
  ...{ name: 'Lithium carbonate, battery grade, CIF China, Japan and Korea', currency: 'USD', unit: 'kg' },
  ...{ kind: 'assessment', lowMicros: 12_300_000n, midMicros: 12_345_000n, highMicros: 12_390_000n },
  ...{ day: '2026-11-24', source: 'Fastmarkets', edition: 'Daily' },
  ...{ previous: { midMicros: 12_043_902n, day: '2026-11-23' }, llm: true },
  ...fields,
});

/** Spodumene at 1,234 USD/dmt, down 1.28 %. */
export const spodumeneFact = (fields: Partial<Fact> = {}): Fact =>
  factOf({
    ...{ marker: 2, observationId: '2', instrumentId: 'i2', code: 'SPODUMENE-CONCENTRATE-CN-CIF-USD-DMT' },
    ...{ name: 'Spodumene concentrate, 6 % Li2O, CIF China', unit: 'dmt' },
    ...{ lowMicros: 1_200_000_000n, midMicros: 1_234_000_000n, highMicros: 1_268_000_000n },
    previous: { midMicros: 1_250_000_000n, day: '2026-11-20' },
    ...fields,
  });
