import { fromMinor, toMinor } from '../money/amount.ts';
import { formatCount, formatMoney } from '../money/format.ts';
import { exclusionWords } from './comparison-words.ts';
import type { AwardView, Line } from './rfq.ts';

type Reason = AwardView['notices'][number]['reasons'][number];

/** How one offer fared: `Carbonate: 52,000 kg awarded, rank 1 of 3.` */
export function noticeWords(
  { lineId, awardedKg, rank, of, alternate, difference, exclusions }: Reason,
  lines: readonly Pick<Line, 'lineId' | 'title'>[],
  currency: string,
): string {
  const title = lines.find((line) => line.lineId === lineId)?.title ?? lineId;
  if (exclusions) return `${title}: not ranked. ${exclusions.map(exclusionWords).join(' ')}`;
  const place = `${alternate ? 'alternate, ' : ''}rank ${rank} of ${of}`;
  const awarded = awardedKg > 0 ? `${formatCount(awardedKg)} kg awarded, ${place}` : `not awarded, ${place}`;
  return `${title}: ${awarded}${distance(difference, currency)}.`;
}

function distance(difference: Reason['difference'], currency: string): string {
  if (difference === undefined) return '';
  if (difference === null) return '; nothing of this line was awarded';
  const minor = toMinor(difference, currency);
  if (minor === 0n) return '; it was the cheapest awarded offer';
  const apart = formatMoney(fromMinor(minor < 0n ? -minor : minor, currency), currency);
  return `; compared ${apart} a tonne ${minor < 0n ? 'below' : 'above'} the cheapest awarded offer`;
}
