import type { Ctx } from '../clients.ts';
import { latestFigures, type Quote } from './latest-figures.ts';

/** A lost doorbell is made up for after this. */
const lookAgainMs = 2_000;

/**
 * The newest figures of instruments, and from then on each one that changes, until the caller leaves. What is heard of commits
 * only rings; what is sent is read. A slow caller misses what was superseded meanwhile, never the newest.
 * Errors: MARKET_INSTRUMENT_NOT_FOUND.
 */
export async function* watchPrices(
  ctx: Ctx,
  instrumentIds: readonly string[],
): AsyncGenerator<{ instrument: Quote['instrument']; figure: Quote['figures'][number] }> {
  const sent = new Map<string, bigint>();
  let rung = false;
  let ring = () => {
    rung = true;
  };
  const silence = ctx.clients.ticker.onChange(instrumentIds, () => ring());
  try {
    for (;;) {
      rung = false;
      for (const { instrument, figures } of await latestFigures(ctx, instrumentIds)) {
        for (const figure of figures) {
          const key = `${instrument.instrumentId} ${figure.source.sourceId}`;
          if ((sent.get(key) ?? -1n) >= figure.latest.sequence) continue;
          sent.set(key, figure.latest.sequence);
          yield { instrument, figure };
        }
      }
      if (rung) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, lookAgainMs);
        ring = () => {
          rung = true;
          clearTimeout(timer);
          resolve();
        };
      });
    }
  } finally {
    silence();
  }
}
