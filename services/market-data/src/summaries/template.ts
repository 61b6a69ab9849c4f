import { fraction } from '@clearlot/kernel';
import { showMicros } from '../conversion/decimal.ts';
import { changePercent, type Fact, roundedDigits } from './fact.ts';
import { type Locale, writeNumber } from './language.ts';

/** A day's prices in plain sentences, the same for the same facts. What it says passes checkText. */
export function writeTemplate(facts: readonly Fact[], locale: Locale): string {
  return facts.map((fact) => sentences[locale](fact, figures(fact, locale))).join('\n');
}

/** What a figure is where it is no assessment. */
const kinds: Record<Locale, Record<Fact['kind'], string>> = {
  en: { assessment: '', trade: ' (trade)', annual_average: ' (annual average)', simulated: ' (simulated)' },
  de: { assessment: '', trade: ' (Abschluss)', annual_average: ' (Jahresdurchschnitt)', simulated: ' (simuliert)' },
};

interface Figures {
  low: string;
  mid: string;
  high: string;
  per: string;
  before: string;
  percent: string;
  sign: number;
}

const sentences: Record<Locale, (fact: Fact, figures: Figures) => string> = {
  en: (fact, { low, mid, high, per, before, percent, sign }) => {
    const range = low === high ? '' : `, in a range of ${low} to ${high}`;
    const kind = kinds.en[fact.kind];
    const simulated = fact.kind === 'simulated' ? kind : '';
    const first = `${fact.name}: ${mid} ${per} on ${fact.day}${range}${kind} [${fact.marker}].`;
    if (!fact.previous) return first;
    const since = `${before} ${per} on ${fact.previous.day}${simulated} [${fact.marker}].`;
    return sign === 0
      ? `${first} It is unchanged from ${since}`
      : `${first} It ${sign > 0 ? 'rose' : 'fell'} by ${percent} % from ${since}`;
  },
  de: (fact, { low, mid, high, per, before, percent, sign }) => {
    const range = low === high ? '' : `, in einer Spanne von ${low} bis ${high}`;
    const kind = kinds.de[fact.kind];
    const simulated = fact.kind === 'simulated' ? kind : '';
    const first = `${fact.name}: ${mid} ${per} am ${fact.day}${range}${kind} [${fact.marker}].`;
    if (!fact.previous) return first;
    const since = `${before} ${per} am ${fact.previous.day}${simulated} [${fact.marker}].`;
    return sign === 0
      ? `${first} Das ist unverändert gegenüber ${since}`
      : `${first} Der Preis ${sign > 0 ? 'stieg' : 'fiel'} um ${percent} % gegenüber ${since}`;
  },
};

function figures(fact: Fact, locale: Locale): Figures {
  const write = (micros: bigint) => writeNumber(showMicros(fraction.of(micros)), locale);
  const change = changePercent(fact) ?? fraction.of(0n);
  return {
    ...{ low: write(fact.lowMicros), mid: write(fact.midMicros), high: write(fact.highMicros) },
    ...{ per: `${fact.currency}/${fact.unit}`, before: write(fact.previous?.midMicros ?? 0n) },
    ...{
      percent: writeNumber(tenths(roundedDigits(change, 1)), locale),
      sign: Number(fraction.cmp(change, fraction.of(0n))),
    },
  };
}

/** A whole number of tenths as decimal text: 35 is "3.5". */
function tenths(value: bigint): string {
  return `${value / 10n}.${value % 10n}`;
}
