import { formatCount, formatInstant } from '../money/format.ts';
import { sparklinePoints } from './sparkline.ts';

const width = 104;
const height = 28;

/** The last figures of one source as a line, oldest at the left. In words for who cannot see it. */
export function Sparkline({ figures }: { figures: readonly { mid: string; validAt: string }[] }) {
  const [newest, oldest] = [figures[0], figures.at(-1)];
  if (!newest || !oldest || figures.length < 2) return <span className="text-muted">–</span>;
  const points = sparklinePoints(figures.map(({ mid }) => mid).reverse(), { width, height, inset: 2 });
  const last = points.at(-1);
  const label = `${figures.length} figures, from ${formatCount(oldest.mid)} on ${formatInstant(oldest.validAt)} to ${formatCount(newest.mid)}`;
  return (
    <svg role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <title>{label}</title>
      <polyline
        points={points.map(({ x, y }) => `${x},${y}`).join(' ')}
        fill="none"
        stroke="var(--muted)"
        strokeWidth="1.4"
        strokeLinejoin="round"
      />
      {last && <circle cx={last.x} cy={last.y} r="2" fill="var(--accent)" />}
    </svg>
  );
}
