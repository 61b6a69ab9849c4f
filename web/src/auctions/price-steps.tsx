import {
  createChart,
  type IChartApi,
  type ISeriesApi,
  LineSeries,
  LineType,
  type UTCTimestamp,
} from 'lightweight-charts';
import { useEffect, useRef } from 'react';
import { tokenColours } from '../market/chart-colours.ts';
import type { PricePoint } from './price-points.ts';

interface Drawn {
  chart: IChartApi;
  series: ISeriesApi<'Line'>;
  points: readonly PricePoint[];
}

/**
 * The price step by step as it happens. Pixels are all that is calculated in binary fractions here; the history below has the
 * figures. Loaded only by who looks at a chart.
 */
export default function PriceSteps({ label, points }: { label: string; points: readonly PricePoint[] }) {
  const frame = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn>(undefined);
  const newest = useRef(points);
  newest.current = points;
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const draw = () => {
      drawn.current?.chart.remove();
      drawn.current = { ...begin(element), points: [] };
      show(drawn.current, newest.current);
    };
    draw();
    const themes = new MutationObserver(draw);
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      themes.disconnect();
      drawn.current?.chart.remove();
      drawn.current = undefined;
    };
  }, []);
  useEffect(() => {
    if (drawn.current) show(drawn.current, points);
  }, [points]);
  return (
    <figure className="grid gap-1">
      <div ref={frame} role="img" aria-label={label} className="h-64 w-full" />
      <figcaption className="text-right text-xs text-muted">
        Chart drawn with{' '}
        <a href="https://www.tradingview.com/" target="_blank" rel="noreferrer" className="underline">
          TradingView Lightweight Charts
        </a>
      </figcaption>
    </figure>
  );
}

/** Adds what is new; draws everything where it does not follow what is there. */
function show(drawn: Drawn, points: readonly PricePoint[]): void {
  const { chart, series, points: before } = drawn;
  const lastBefore = before.at(-1);
  const follows = lastBefore !== undefined && points[before.length - 1]?.time === lastBefore.time;
  if (follows) for (const point of points.slice(before.length - 1)) series.update(dataOf(point));
  else {
    series.setData(points.map(dataOf));
    chart.timeScale().fitContent();
  }
  drawn.points = points;
}

const dataOf = ({ time, price }: PricePoint) => ({ time: time as UTCTimestamp, value: Number(price) });

function begin(element: HTMLElement): Pick<Drawn, 'chart' | 'series'> {
  const colours = tokenColours(['surface', 'line', 'muted', 'accent']);
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const said = (time: unknown) => clock.format(new Date(Number(time) * 1_000));
  const chart = createChart(element, {
    autoSize: true,
    layout: {
      background: { color: colours.surface },
      textColor: colours.muted,
      fontFamily: 'Inter Variable, ui-sans-serif, sans-serif',
      // It would write a style of its own into the page; whoever made it is named under the chart.
      attributionLogo: false,
    },
    grid: { vertLines: { visible: false }, horzLines: { color: colours.line } },
    rightPriceScale: { borderColor: colours.line },
    timeScale: { borderColor: colours.line, timeVisible: true, secondsVisible: true, tickMarkFormatter: said },
    localization: { timeFormatter: said },
    handleScroll: { mouseWheel: false },
    handleScale: { mouseWheel: false },
  });
  const series = chart.addSeries(LineSeries, {
    ...{ color: colours.accent, lineWidth: 2 as const, lineType: LineType.WithSteps },
    priceLineVisible: false,
  });
  return { chart, series };
}
