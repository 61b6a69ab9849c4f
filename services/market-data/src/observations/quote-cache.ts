import type { Quote } from './latest-figures.ts';

/** Nothing is remembered longer than this, whatever was missed. */
export const rememberedMsMax = 5 * 60_000;
const instrumentsMax = 20_000;

/** The newest figures of instruments, remembered in the process until they change. */
export interface QuoteCache {
  /**
   * Quotes by instrument; what is not remembered is loaded. `audience` names who may see the
   * same: what was loaded for one is never given to another.
   */
  read(
    audience: string,
    instrumentIds: readonly string[],
    load: (instrumentIds: readonly string[]) => Promise<readonly Quote[]>,
  ): Promise<ReadonlyMap<string, Quote>>;
  /** Forgets an instrument, also what is being loaded of it now. */
  drop(instrumentId: string): void;
  /** Forgets everything and, while suspended, remembers nothing. */
  suspend(suspended: boolean): void;
}

/** `nowMs` is a clock that only runs forwards. */
export function createQuoteCache(nowMs: () => number = () => performance.now()): QuoteCache {
  const remembered = new Map<string, Map<string, { quote: Quote; untilMs: number }>>();
  /** How often an instrument was dropped: what was loaded before a drop may be older than it. */
  const drops = new Map<string, number>();
  let era = 0;
  let suspended = false;

  return {
    async read(audience, instrumentIds, load) {
      const answer = new Map<string, Quote>();
      const missing: string[] = [];
      const now = nowMs();
      for (const id of instrumentIds) {
        const found = remembered.get(id)?.get(audience);
        if (found && found.untilMs > now) answer.set(id, found.quote);
        else missing.push(id);
      }
      if (missing.length === 0) return answer;
      const [beganIn, before] = [era, new Map(missing.map((id) => [id, drops.get(id)]))];
      for (const quote of await load(missing)) {
        const id = quote.instrument.instrumentId;
        answer.set(id, quote);
        if (suspended || era !== beganIn || drops.get(id) !== before.get(id)) continue;
        if (remembered.size >= instrumentsMax) remembered.clear();
        const ofInstrument = remembered.get(id) ?? new Map();
        remembered.set(id, ofInstrument.set(audience, { quote, untilMs: now + rememberedMsMax }));
      }
      return answer;
    },
    drop(instrumentId) {
      remembered.delete(instrumentId);
      drops.set(instrumentId, (drops.get(instrumentId) ?? 0) + 1);
    },
    suspend(now) {
      suspended = now;
      era += 1;
      remembered.clear();
      drops.clear();
    },
  };
}
