import type { Answer } from '../api/shapes.ts';
import { microsOf } from './price.ts';

export type Arbitrage = Answer<'/api/market/arbitrage', 'post'>;
export type Waterfall = Arbitrage['mid'];

export interface WaterfallBar {
  name: string;
  /** From top to bottom, as shares of the height: 0 is the top. */
  top: number;
  bottom: number;
  kind: 'begins' | 'adds' | 'takes' | 'margin';
}

const places = 1_000_000n;

/** The bars of a waterfall and its margin as shares of the height, with the zero line. */
export function waterfallBars({ steps, margin }: Pick<Waterfall, 'steps' | 'margin'>): {
  zero: number;
  bars: WaterfallBar[];
} {
  let before = 0n;
  const spans = steps.map(({ name, amount, running }, index) => {
    const after = microsOf(running.decimal);
    const span = { name, from: before, to: after, kind: kindOf(index, microsOf(amount.decimal)) };
    before = after;
    return span;
  });
  const all = [...spans, { name: 'margin', from: 0n, to: microsOf(margin.decimal), kind: 'margin' as const }];
  const levels = [0n, ...all.flatMap(({ from, to }) => [from, to])].sort((a, b) => Number(a - b));
  const [low = 0n, high = 0n] = [levels[0], levels.at(-1)];
  const span = high - low === 0n ? 1n : high - low;
  const share = (level: bigint) => Number(((high - level) * places) / span) / Number(places);
  return {
    zero: share(0n),
    bars: all.map(({ name, from, to, kind }) => {
      const [a, b] = [share(from), share(to)];
      return { name, kind, top: Math.min(a, b), bottom: Math.max(a, b) };
    }),
  };
}

function kindOf(index: number, amount: bigint): WaterfallBar['kind'] {
  if (index === 0) return 'begins';
  return amount < 0n ? 'takes' : 'adds';
}

export const waterfallWords: Record<string, string> = {
  destination: 'Sold at the destination',
  vat: 'Value-added tax',
  freight: 'Freight',
  insurance: 'Insurance',
  duty: 'Duty',
  finance: 'Finance',
  conversion: 'Conversion',
  origin: 'Bought at the origin',
  margin: 'What is left',
};
