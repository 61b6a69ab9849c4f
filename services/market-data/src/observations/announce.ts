import type { Clients } from '../clients.ts';
import { showMicros } from './micros.ts';
import type { Latest } from './observation.ts';

/** A figure as it travels live; prices are decimal text. */
export interface LiveFigure {
  sourceId: string;
  low: string;
  mid: string;
  high: string;
  kind: string;
  edition: string;
  validAt: Date;
  recordedAt: Date;
}

/** What is said on `live.price.<instrumentId>` after a commit. Of a figure that may not be displayed it only rings. */
export interface PriceMessage {
  instrumentId: string;
  sequence: string;
  figure?: LiveFigure;
}

export function priceMessage(latest: Latest): PriceMessage {
  const rung = { instrumentId: latest.instrumentId, sequence: String(latest.sequence) };
  return latest.licence.display ? { ...rung, figure: liveFigure(latest) } : rung;
}

export function liveFigure(latest: Latest): LiveFigure {
  const { sourceId, lowMicros, midMicros, highMicros, kind, edition, validAt, recordedAt } = latest;
  const prices = { low: showMicros(lowMicros), mid: showMicros(midMicros), high: showMicros(highMicros) };
  return { sourceId, ...prices, kind, edition, validAt, recordedAt };
}

/** Tells every replica and whoever watches, right after the commit that changed newest figures. Kept by nobody. */
export function announce({ clients }: { clients: Pick<Clients, 'ticker'> }, changed: readonly Latest[]): void {
  for (const latest of changed) clients.ticker.publish(latest.instrumentId, JSON.stringify(priceMessage(latest)));
}
