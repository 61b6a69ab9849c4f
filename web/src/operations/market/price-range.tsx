import { formatCount } from '../../money/format.ts';

/** Low, mid and high of a figure in what they are per; the mid stands out. */
export function PriceRange({ low, mid, high, per }: { low: string; mid: string; high: string; per: string }) {
  return (
    <span className="figures">
      <span className="font-semibold">{formatCount(mid)}</span>
      <span className="block text-xs whitespace-nowrap text-muted">
        {formatCount(low)} to {formatCount(high)}
        {per && `, ${per}`}
      </span>
    </span>
  );
}
