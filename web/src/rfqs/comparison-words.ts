import type { RankedOffer } from './rfq.ts';

export type CostTerm = RankedOffer['terms'][number]['name'];

/** What a landed cost is made of, and why each part is there. */
export const costTermWords: Record<CostTerm, { label: string; because: string }> = {
  price: { label: 'Price', because: 'As the supplier offered it.' },
  moisture: { label: 'Moisture', because: 'A wet price restated for a tonne without water.' },
  grade: { label: 'Grade', because: 'What the promised assay is better (−) or worse (+) than the reference.' },
  freight: { label: 'Freight', because: 'Your freight from that origin, where the Incoterm leaves it to you.' },
  insurance: { label: 'Insurance', because: 'Your rate on price and freight, where the Incoterm leaves it to you.' },
  duty: { label: 'Duty', because: 'Your rate for that origin, where the Incoterm leaves it to you.' },
  finance: { label: 'Money in escrow', because: 'Your yearly rate on the price for the days until delivery.' },
  other: { label: 'Life-cycle costs', because: 'As the supplier stated them.' },
};

/** Terms of a line that are nothing for every offer say nothing, and are left out of its table. */
export function termsShown(offers: readonly RankedOffer[]): CostTerm[] {
  return (Object.keys(costTermWords) as CostTerm[]).filter((name) =>
    offers.some(({ terms }) => terms.some((term) => term.name === name && Number(term.amount) !== 0)),
  );
}

const gates: Record<string, string> = {
  stale: 'It answers an earlier version of the terms and was not let stand.',
  unfit: 'It does not fit the amended terms',
  indicative: 'It is indicative, not firm.',
  expired: 'It is no longer valid.',
  unknown_line: 'The line is not asked for',
  incoterm: 'Its Incoterm is not accepted',
  limits: 'It breaks the limits of the assay',
  assay_unstated: 'It does not state what its price is adjusted for',
  cost_unstated: 'It does not state a life-cycle cost',
  minimum_above_line: 'The least it delivers is more than the line asks for.',
};

/** Why an offer is not ranked: `It breaks the limits of the assay: Na.` */
export function exclusionWords({ gate, of }: { gate: string; of: readonly string[] }): string {
  const words = gates[gate] ?? gate;
  return of.length > 0 ? `${words.replace(/\.$/, '')}: ${of.join(', ')}.` : `${words.replace(/\.$/, '')}.`;
}
