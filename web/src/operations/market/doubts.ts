import type { Answer } from '../../api/shapes.ts';

export type Doubt = Answer<'/api/admin/market/quarantine'>['items'][number]['reasons'][number];

const doubts: Record<Doubt, string> = {
  instrument_unknown: 'no instrument of ours has this symbol',
  out_of_range: 'outside of what this source may say',
  range_inverted: 'low, mid and high are out of order',
  basis_changed: 'stated in another currency or unit than before',
  basis_unstated: 'currency or unit is not stated',
  citation_missing: 'no citation',
  valid_in_future: 'valid in the future',
  backdated: 'valid before what is recorded already',
  changed_without_edition: 'changed under the same edition',
  contradicted: 'the same edition says two things',
  outlier: 'far from its own past',
  sources_differ: 'far from other sources',
  needs_review: 'this source is always reviewed',
};

/** Why a figure is doubted, in words. */
export const doubtsInWords = (reasons: readonly Doubt[]): string => reasons.map((each) => doubts[each]).join('; ');
