import type { Answer } from '../api/shapes.ts';
import { Instant } from '../design/figures.tsx';
import { type Basis, gradeWords, incotermWords, per, productWords, regionWords, taxWords, unitWords } from './basis.ts';
import { ageText } from './price.ts';

export type Quote = Answer<'/api/market/latest'>['items'][number];
export type Figure = Quote['figures'][number];
type Kind = Figure['kind'];

const kindWords: Record<Kind, { label: string; means: string }> = {
  assessment: { label: 'Assessment', means: 'What a price reporter holds the market to be' },
  trade: { label: 'Trades', means: 'An anonymous average of trades on LithiumBuy' },
  annual_average: { label: 'Annual average', means: 'The average of a year, not a price of today' },
  simulated: { label: 'SIMULATED', means: 'A random walk for demonstration, not a price of anything' },
};

/** What a figure is. Whatever is simulated says so in capitals, wherever it stands. */
export function KindBadge({ kind }: { kind: string }) {
  const { label, means } = kindWords[kind as Kind] ?? { label: kind, means: kind };
  const look =
    kind === 'simulated'
      ? 'border-dashed border-line-strong font-semibold tracking-wide text-ink'
      : 'border-line text-muted';
  return (
    <abbr title={means} className={`rounded border px-1.5 py-px text-xs whitespace-nowrap no-underline ${look}`}>
      {label}
    </abbr>
  );
}

/** What a price means: product, grade, delivery, tax, currency and unit. */
export function BasisBadge({
  basis,
  withProduct = true,
  short = false,
}: {
  basis: Basis;
  withProduct?: boolean;
  /** Beside a name that says product and grade. */
  short?: boolean;
}) {
  const { product, grade, form, region, incoterm, taxBasis, unit } = basis;
  const parts = [
    ...(withProduct && !short ? [[productWords[product]]] : []),
    ...(short ? [] : [[gradeWords[grade]]]),
    ...(form === 'any' ? [] : [[form]]),
    [`${incoterm} ${regionWords(region)}`, incotermWords[incoterm]],
    [taxWords[taxBasis]],
    [per(basis), `per ${unitWords[unit]}`],
  ] as const;
  return (
    <span className="text-xs text-muted">
      {parts.map(([text, means], index) => (
        <span key={text}>
          {index > 0 && <span aria-hidden> · </span>}
          {means ? (
            <abbr title={means} className="whitespace-nowrap decoration-line-strong underline-offset-2">
              {text}
            </abbr>
          ) : (
            <span className="whitespace-nowrap">{text}</span>
          )}
        </span>
      ))}
    </span>
  );
}

/** How old a figure is, and whether that is older than its source ought to be. */
export function AgeBadge({ validAt, stale, now }: { validAt: string; stale: boolean; now: number }) {
  return (
    <span className="grid justify-items-start gap-0.5">
      <span className="flex items-center gap-1.5 whitespace-nowrap">
        <span aria-hidden className={`size-1.5 rounded-full ${stale ? 'bg-amber' : 'bg-green'}`} />
        {ageText(now - Date.parse(validAt))}
        {stale && <span className="font-semibold text-amber">stale</span>}
      </span>
      <span className="text-xs text-muted">
        <Instant at={validAt} />
      </span>
    </span>
  );
}

/** Told once on a page that shows figures of nothing. */
export function hasSimulated(quotes: readonly Quote[]): boolean {
  return quotes.some(({ figures }) => figures.some(({ kind }) => kind === 'simulated'));
}
