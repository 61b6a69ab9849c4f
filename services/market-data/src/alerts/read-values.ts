import { fraction, isDomainError } from '@clearlot/kernel';
import type { Tx } from '@clearlot/service';
import { inArray } from 'drizzle-orm';
import { compareMarkets } from '../arbitrage/compare-markets.ts';
import { pairOf } from '../arbitrage/list-opportunities.ts';
import { findTradeRoute } from '../arbitrage/store.ts';
import { showMicros } from '../conversion/decimal.ts';
import { basisIn, type NewestFigure, newestFigures, sourceNames } from '../conversion/figures.ts';
import { inBasis, sharedMeasure, subtract } from '../conversion/price.ts';
import type { Basis } from '../instruments/instrument.ts';
import { instrument } from '../instruments/tables.ts';
import { listObservations } from '../observations/store.ts';
import { movePpm } from './alert.ts';
import type { Alert, FiringDetail } from './tables.ts';

/** A newest figure with what it is of. */
interface Known {
  figure: NewestFigure;
  code: string;
  name: string;
  basis: Basis;
  sourceName: string;
}

/** What an alert is held against now, and how it is told. */
export interface Value {
  value: fraction.Fraction;
  sequence: bigint;
  otherSequence: bigint;
  per: string;
  figures: FiringDetail['figures'];
}

/** Reads what alerts are held against: the newest figures that may be shown, each once for all alerts. */
export async function readValues(
  tx: Tx,
  alerts: readonly Alert[],
): Promise<(alert: Alert) => Promise<Value | undefined>> {
  const ids = [...new Set(alerts.flatMap((each) => [each.instrumentId, each.otherInstrumentId ?? []].flat()))];
  const [figures, instruments] = await Promise.all([
    newestFigures(tx, ids),
    tx.db.select().from(instrument).where(inArray(instrument.instrumentId, ids)),
  ]);
  const names = await sourceNames(tx, [...new Set([...figures.values()].map(({ sourceId }) => sourceId))]);
  const known = new Map<string, Known>();
  for (const row of instruments) {
    const figure = figures.get(row.instrumentId);
    if (!figure) continue;
    const { code, name } = row;
    known.set(row.instrumentId, {
      figure,
      code,
      name,
      basis: basisIn(row),
      sourceName: names.get(figure.sourceId) ?? '',
    });
  }
  return (each) => valueFor(tx, each, known);
}

async function valueFor(tx: Tx, alert: Alert, known: ReadonlyMap<string, Known>): Promise<Value | undefined> {
  const of = known.get(alert.instrumentId);
  const other = alert.otherInstrumentId ? known.get(alert.otherInstrumentId) : undefined;
  if (!of || (alert.otherInstrumentId && !other)) return undefined;
  const per = `${of.basis.currency}/${of.basis.unit}`;
  const seen = { sequence: of.figure.sequence, otherSequence: other?.figure.sequence ?? 0n };
  const figures = [of, ...(other ? [other] : [])].map(tellFigure);
  const value = (measured: fraction.Fraction, unit = per): Value => ({ value: measured, ...seen, per: unit, figures });
  switch (alert.kind) {
    case 'threshold':
      return value(fraction.of(of.figure.midMicros));
    case 'spread':
      return other && value(spread(of, other));
    case 'percent_move': {
      const from = await priceBefore(tx, of, alert.windowMs ?? 0);
      return from === undefined ? undefined : value(movePpm(from, of.figure.midMicros), '%');
    }
    case 'staleness':
      return value(fraction.of(BigInt(tx.now.getTime() - of.figure.recordedAt.getTime())), 'min');
    case 'arbitrage': {
      const margin = alert.routeId ? await marginOf(tx, alert.routeId) : undefined;
      return margin && value(margin);
    }
  }
}

function spread(of: Known, other: Known): fraction.Fraction {
  return inBasis(sharedMeasure(of.basis, other.basis), (scale) => {
    const a = scale.price(of.basis, fraction.of(of.figure.midMicros));
    const b = scale.price(sharedMeasure(of.basis, other.basis), fraction.of(other.figure.midMicros));
    return subtract(a, b).micros;
  });
}

/** The mid of the same source at the beginning of a window that ends with the newest figure. */
async function priceBefore(tx: Tx, { figure }: Known, windowMs: number): Promise<bigint | undefined> {
  const { instrumentId, sourceId, validAt } = figure;
  const to = new Date(validAt.getTime() - windowMs + 1);
  const [before] = await listObservations(tx, { instrumentId, sourceId, to, limit: 1 });
  return before?.licence.display ? before.midMicros : undefined;
}

/** The margin at mid; undefined while it cannot be calculated. */
async function marginOf(tx: Tx, routeId: string): Promise<fraction.Fraction | undefined> {
  const route = await findTradeRoute(tx, routeId);
  if (!route.enabled) return undefined;
  try {
    return (await compareMarkets(tx, pairOf(route), tx.now)).arbitrage.mid.marginMicros;
  } catch (error) {
    if (isDomainError(error)) return undefined;
    throw error;
  }
}

function tellFigure({ figure, code, name, basis, sourceName }: Known): FiringDetail['figures'][number] {
  return {
    ...{ code, name, kind: figure.kind, source: `${sourceName}, ${figure.edition}` },
    ...{ mid: showMicros(fraction.of(figure.midMicros)), per: `${basis.currency}/${basis.unit}` },
    validAt: figure.validAt.toISOString(),
  };
}
