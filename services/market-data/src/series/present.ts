import { fraction } from '@clearlot/kernel';
import { z } from 'zod';
import { instrumentShape, presentInstrument } from '../instruments/shapes.ts';
import { showMicros } from '../observations/micros.ts';
import { presentSource, sourceShape } from '../observations/present.ts';
import type { Line, Series } from './read-series.ts';
import { type Bar, exponentialAverage, type Period, periods, simpleAverage, trends, volatility } from './series.ts';

/** Prices are decimal text per unit of the instrument. */
const barShape = z.object({
  /** The first day of the period, UTC. */
  day: z.string(),
  open: z.string(),
  high: z.string(),
  low: z.string(),
  close: z.string(),
  /** When the close was valid. */
  lastValidAt: z.string(),
  observations: z.number(),
  kinds: z.array(z.string()),
});

const head = z.object({
  instrument: instrumentShape,
  period: z.enum(periods),
  from: z.string(),
  to: z.string(),
  knownAt: z.string().nullable(),
});

export const barsShape = head.extend({ lines: z.array(z.object({ source: sourceShape, bars: z.array(barShape) })) });

const average = z.string().nullable();

export const seriesShape = head.extend({
  lines: z.array(
    z.object({
      source: sourceShape,
      bars: z.array(barShape.extend({ simpleAverage: average, exponentialAverage: average })),
      /** Over how many bars the averages are. */
      averagedOver: z.number(),
      /** Of the last day against days before it, whatever the period. */
      trend: z.array(
        z.object({
          days: z.number(),
          from: z.string(),
          fromValidAt: z.string(),
          change: z.string(),
          /** In percent, to four decimals. */
          changePercent: z.string(),
        }),
      ),
      volatility: z
        .object({ annualised: z.number(), returns: z.number(), periodsPerYear: z.number() })
        .nullable()
        .describe('Standard deviation of log returns × √ periods per year, as a share; null with too few returns'),
    }),
  ),
});

function presentHead({ instrument, period, from, to, knownAt }: Series) {
  return { instrument: presentInstrument(instrument), period, from, to, knownAt: knownAt?.toISOString() ?? null };
}

function presentBar(bar: Bar): z.input<typeof barShape> {
  return {
    day: bar.day,
    open: showMicros(bar.openMicros),
    high: showMicros(bar.highMicros),
    low: showMicros(bar.lowMicros),
    close: showMicros(bar.closeMicros),
    lastValidAt: bar.lastValidAt.toISOString(),
    observations: bar.observations,
    kinds: [...bar.kinds],
  };
}

export function presentBars(series: Series): z.input<typeof barsShape> {
  const lines = series.lines.map(({ source, bars }) => ({ source: presentSource(source), bars: bars.map(presentBar) }));
  return { ...presentHead(series), lines };
}

export function presentSeries(series: Series, averagedOver: number): z.input<typeof seriesShape> {
  return { ...presentHead(series), lines: series.lines.map((line) => presentLine(line, series.period, averagedOver)) };
}

function presentLine({ source, days, bars }: Line, period: Period, averagedOver: number) {
  const show = (micros: bigint | null | undefined) =>
    micros === null || micros === undefined ? null : showMicros(micros);
  const simple = simpleAverage(bars, averagedOver);
  const exponential = exponentialAverage(bars, averagedOver);
  return {
    source: presentSource(source),
    bars: bars.map((bar, index) => ({
      ...presentBar(bar),
      ...{ simpleAverage: show(simple[index]), exponentialAverage: show(exponential[index]) },
    })),
    averagedOver,
    trend: trends(days).map(({ days, fromMicros, fromValidAt, changeMicros, change }) => ({
      ...{
        days,
        from: showMicros(fromMicros),
        fromValidAt: fromValidAt.toISOString(),
        change: showMicros(changeMicros),
      },
      // A share's millionths are a percent's ten-thousandths, and those a hundred of its millionths.
      changePercent: showMicros(fraction.roundHalfEven(fraction.mul(change, fraction.of(1_000_000n))) * 100n),
    })),
    volatility: volatility(bars, source.calendar, period),
  };
}
