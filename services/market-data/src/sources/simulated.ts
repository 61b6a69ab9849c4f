import type { FetchedFigure, SourcePort } from './source-port.ts';

/** What a simulation walks around. */
export interface Simulation {
  /** Its first figure; a published one, so that the demonstration is not absurd. */
  startMicros: bigint;
  seed: number;
}

const tickMs = 60_000;
const epochMs = Date.UTC(2025, 0, 1);
/** Each minute of the last hour; of what is before it and not known yet, one figure every six hours. */
const minutesMax = 60;
const coarseTicks = 6 * 60;
/** So much of a past a first fetch brings, and no longer time without a process is made up for. */
const historyTicks = 180 * 24 * 60;
const ppm = 1_000_000n;

/**
 * A random walk for demonstrations, the same for the same seed and minute on every machine. Nothing of it is a price, and
 * every figure says so by its kind.
 */
export function simulated(instruments: Readonly<Record<string, Simulation>>, now: () => Date): SourcePort {
  return {
    async fetch(since) {
      const last = tickAt(now());
      const first = Math.max(since ? tickAt(since) + 1 : 0, last - historyTicks, 0);
      const figures = Object.entries(instruments).flatMap(([code, simulation]) =>
        walk(simulation.seed, first, last)
          .map((offsetPpm, index) => ({ tick: first + index, offsetPpm }))
          .filter(({ tick }) => tick > last - minutesMax || tick % coarseTicks === 0)
          .map(({ tick, offsetPpm }) => figureOf(code, simulation, tick, offsetPpm)),
      );
      return { edition: `simulated minute ${last}`, figures };
    },
  };
}

function figureOf(code: string, { startMicros }: Simulation, tick: number, offsetPpm: number): FetchedFigure {
  const midMicros = startMicros + (startMicros * BigInt(offsetPpm)) / ppm;
  const half = midMicros / 200n;
  return {
    ...{ instrumentCode: code, symbol: code, edition: `simulated minute ${tick}` },
    validAt: new Date(epochMs + tick * tickMs),
    ...{ lowMicros: midMicros - half, midMicros, highMicros: midMicros + half },
    ...{ kind: 'simulated', stated: {}, citationUrl: null },
  };
}

function tickAt(at: Date): number {
  return Math.floor((at.getTime() - epochMs) / tickMs);
}

/** Offsets from the start in ppm at ticks first…last: steps of up to 0.05 % that are drawn back and stay within 30 %. */
function walk(seed: number, first: number, last: number): number[] {
  const offsets: number[] = [];
  let state = seed >>> 0 || 1;
  let offset = 0;
  for (let tick = 0; tick <= last; tick++) {
    // xorshift32 (Marsaglia 2003): integers only, so that machines agree.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    const step = (state % 1_001) - 500;
    offset = Math.max(-300_000, Math.min(300_000, offset + step - Math.trunc(offset / 2_000)));
    if (tick >= first) offsets.push(offset);
  }
  return offsets;
}
