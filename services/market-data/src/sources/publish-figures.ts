import type { Tx } from '@clearlot/service';
import { evaluateAlerts } from '../alerts/evaluate-alerts.ts';
import type { Latest, ObservationInput } from '../observations/observation.ts';
import { type Recorded, recordObservations } from '../observations/record-observations.ts';
import type { Source } from '../observations/tables.ts';
import { saveNewest } from './store.ts';

/** What a publication changed; the newest figures are to be announced after the commit. */
export type Published = Recorded;

/**
 * Makes figures of a source, each believed by its rules or by a person, part of the market: records them, and has everything
 * that follows from a new price follow in the same transaction. Errors: those of `recordObservations`.
 */
export async function publishFigures(
  tx: Tx,
  source: Pick<Source, 'sourceId'>,
  inputs: readonly ObservationInput[],
): Promise<Published> {
  if (inputs.length === 0) return { recorded: 0, corrected: 0, changed: [] as Latest[] };
  const published = await recordObservations(tx, source, inputs);
  await evaluateAlerts(tx, published.changed);
  const newestMs = inputs.reduce((newest, { validAt }) => Math.max(newest, validAt.getTime()), 0);
  await saveNewest(tx, source.sourceId, new Date(newestMs));
  return published;
}
