import { CandlestickSeries, createChart, type IChartApi, LineSeries, type LineStyle } from 'lightweight-charts';
import { useEffect, useRef } from 'react';
import { tokenColours } from './chart-colours.ts';
import { type ChartLine, lineDashes, lineTokens } from './chart-lines.ts';

export interface Bar {
  day: string;
  open: string;
  high: string;
  low: string;
  close: string;
}

interface PriceChartProps {
  /** What is drawn, in words; the table behind the chart has its figures. */
  label: string;
  bars?: readonly Bar[];
  lines: readonly ChartLine[];
}

/**
 * Bars and lines over days. Pixels are all that is calculated in binary fractions here; figures are read from the table.
 * Loaded only by who looks at a chart.
 */
export default function PriceChart({ label, bars, lines }: PriceChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    let chart = draw(element, { bars, lines });
    const themes = new MutationObserver(() => {
      chart.remove();
      chart = draw(element, { bars, lines });
    });
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      themes.disconnect();
      chart.remove();
    };
  }, [bars, lines]);
  return (
    <figure className="grid gap-1">
      <div ref={frame} role="img" aria-label={label} className="h-80 w-full" />
      <figcaption className="text-right text-xs text-muted">
        Chart drawn with{' '}
        <a href="https://www.tradingview.com/" target="_blank" rel="noreferrer" className="underline">
          TradingView Lightweight Charts
        </a>
      </figcaption>
    </figure>
  );
}

function draw(element: HTMLElement, { bars, lines }: Pick<PriceChartProps, 'bars' | 'lines'>): IChartApi {
  const colours = tokenColours([...lineTokens, 'surface', 'line']);
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
    timeScale: { borderColor: colours.line },
    handleScroll: { mouseWheel: false },
    handleScale: { mouseWheel: false },
  });
  if (bars) {
    const series = chart.addSeries(CandlestickSeries, {
      ...{ upColor: colours.surface, borderUpColor: colours.accent, wickUpColor: colours.accent },
      ...{ downColor: colours.accent, borderDownColor: colours.accent, wickDownColor: colours.accent },
      priceLineVisible: false,
    });
    series.setData(
      bars.map(({ day, open, high, low, close }) => ({
        ...{ time: day, open: Number(open), high: Number(high), low: Number(low), close: Number(close) },
      })),
    );
  }
  for (const [index, { points }] of lines.entries()) {
    const style = (index + (bars ? 1 : 0)) % lineTokens.length;
    const series = chart.addSeries(LineSeries, {
      color: colours[lineTokens[style] ?? 'ink'],
      lineStyle: (lineDashes[style] ?? 0) as LineStyle,
      lineWidth: 2,
      priceLineVisible: false,
      lastValueVisible: !bars,
    });
    series.setData(points.map(({ day, close }) => ({ time: day, value: Number(close) })));
  }
  chart.timeScale().fitContent();
  return chart;
}
