import type { Basis } from '../instruments/instrument.ts';
import type { Kind } from '../observations/observation.ts';
import { type Figure, microsMax, type Reason, sameValues } from './figure.ts';
import { type Gap, missingDays } from './gaps.ts';
import { differ, isOutlier } from './outlier.ts';
import type { QualityRules } from './rules.ts';

type Values = Pick<Figure, 'lowMicros' | 'midMicros' | 'highMicros'>;

/** One version of a figure that is recorded already. */
export interface Version extends Values {
  edition: string;
}

/** What is known of one instrument when a source's figures come in. */
export interface Known {
  basis: Basis;
  /** The source's newest mids, oldest first. */
  mids: readonly { validAt: Date; midMicros: bigint }[];
  /** The source's recorded versions at instants of this batch, by time in ms, oldest version first. */
  versions: ReadonlyMap<number, readonly Version[]>;
  /** The newest figures of other sources. */
  others: readonly { validAt: Date; midMicros: bigint; kind: Kind }[];
}

export interface ScreenState {
  now: Date;
  instruments: ReadonlyMap<string, Known>;
  isBusinessDay(day: Date): boolean;
}

/** A figure of an instrument we know. */
export type Accepted = Figure & { instrumentId: string };

/** What became of each figure of a batch: accepted, dropped as known, or kept back with every reason for it. */
export interface Screened {
  accepted: Accepted[];
  duplicates: Figure[];
  kept: { figure: Figure; reasons: Reason[] }[];
  gaps: Gap[];
}

/**
 * Holds a source's figures against its rules, in the order of their valid times, each against what was accepted before it.
 * Pure: the same state and figures in any order give the same outcome, and no figure is lost. At most one figure of an
 * instrument and instant is accepted.
 */
export function screen(state: ScreenState, figures: readonly Figure[], rules: QualityRules): Screened {
  const outcome: Screened = { accepted: [], duplicates: [], kept: [], gaps: [] };
  const tracks = new Map([...state.instruments].map(([id, known]) => [id, new Track(known)]));
  for (const { figure, track, contradicted } of credible(figures.toSorted(byTime), tracks, rules, outcome)) {
    const found = doubts(figure, track, state.now, rules);
    const reasons: Reason[] = contradicted ? ['contradicted', ...found] : found;
    if (reasons.length > 0) {
      outcome.kept.push({ figure, reasons });
      continue;
    }
    if (rules.everyBusinessDay) {
      const days = missingDays(track.newestBefore(figure.validAt), figure.validAt, state.isBusinessDay);
      if (days.length > 0) outcome.gaps.push({ instrumentId: figure.instrumentId, days });
    }
    track.add(figure);
    outcome.accepted.push(figure);
  }
  return outcome;
}

interface Candidate {
  figure: Accepted;
  track: Track;
  /** The same delivery states another figure for the same instant, and nobody knows which holds. */
  contradicted: boolean;
}

/** Puts aside what is no price of an instrument and what is known; the rest is left to be doubted. */
function credible(
  figures: readonly Figure[],
  tracks: ReadonlyMap<string, Track>,
  rules: QualityRules,
  outcome: Screened,
): Candidate[] {
  const instants = new Map<string, Candidate[]>();
  const candidates: Candidate[] = [];
  for (const each of figures) {
    const track = each.instrumentId === null ? undefined : tracks.get(each.instrumentId);
    if (!track) {
      outcome.kept.push({ figure: each, reasons: ['instrument_unknown'] });
      continue;
    }
    const figure = each as Accepted;
    // Before it may count as known: the same number in another unit is not the same figure.
    const wrong = wrongAsPrice(figure, track.known.basis, rules);
    const key = `${figure.instrumentId} ${figure.validAt.getTime()}`;
    const beside = instants.get(key) ?? [];
    if (wrong.length > 0) outcome.kept.push({ figure, reasons: wrong });
    else if (isRecorded(figure, track) || beside.some((other) => sameValues(other.figure, figure))) {
      outcome.duplicates.push(figure);
    } else {
      const candidate = { figure, track, contradicted: beside.length > 0 };
      for (const other of beside) other.contradicted = true;
      instants.set(key, [...beside, candidate]);
      candidates.push(candidate);
    }
  }
  return candidates;
}

function wrongAsPrice(figure: Figure, basis: Basis, rules: QualityRules): Reason[] {
  const found = [...malformed(figure), ...basisReasons(figure, basis, rules)];
  if (rules.citationRequired && figure.citationUrl === null) found.push('citation_missing');
  return found;
}

function doubts(figure: Figure, track: Track, now: Date, rules: QualityRules): Reason[] {
  const found: Reason[] = [];
  if (figure.validAt.getTime() > now.getTime() + rules.futureToleranceMs) found.push('valid_in_future');
  if (track.newestMs - figure.validAt.getTime() > rules.backdatedMsMax) found.push('backdated');
  if (track.versionsAt(figure.validAt).some(({ edition }) => edition === figure.edition)) {
    found.push('changed_without_edition');
  }
  if (isOutlier(figure.midMicros, track.midsBefore(figure.validAt, rules.referenceCount), rules)) found.push('outlier');
  if (track.known.others.some((other) => isAtOdds(figure, other, rules))) found.push('sources_differ');
  if (rules.reviewAlways) found.push('needs_review');
  return found;
}

function malformed({ lowMicros, midMicros, highMicros }: Values): Reason[] {
  const found: Reason[] = [];
  if (lowMicros <= 0n || midMicros <= 0n || highMicros <= 0n || highMicros > microsMax) found.push('out_of_range');
  if (lowMicros > midMicros || midMicros > highMicros) found.push('range_inverted');
  return found;
}

function basisReasons({ stated }: Figure, basis: Basis, rules: QualityRules): Reason[] {
  const found: Reason[] = [];
  const entries = Object.entries(stated) as [keyof Basis, string][];
  if (entries.some(([name, value]) => basis[name] !== value)) found.push('basis_changed');
  if (rules.statedRequired.some((name) => stated[name] === undefined)) found.push('basis_unstated');
  return found;
}

/** The same figure of the same publication, at any time, or what is recorded as the newest already. */
function isRecorded(figure: Figure, track: Track): boolean {
  const versions = track.versionsAt(figure.validAt);
  const newest = versions.at(-1);
  if (newest && sameValues(newest, figure)) return true;
  return versions.some((version) => version.edition === figure.edition && sameValues(version, figure));
}

/** A simulation says nothing about a market, and an average over a year nothing about a day. */
function isAtOdds(figure: Figure, other: Known['others'][number], rules: QualityRules): boolean {
  if (figure.kind !== other.kind || figure.kind === 'simulated') return false;
  const apartMs = Math.abs(figure.validAt.getTime() - other.validAt.getTime());
  return apartMs <= rules.comparedWithinMs && differ(figure.midMicros, other.midMicros, rules.sourcesDifferPpmMax);
}

/** What is recorded of an instrument, and the mids this delivery adds. */
class Track {
  readonly known: Known;
  /** The newest figure there was before this delivery. */
  readonly newestMs: number;
  readonly #mids: { ms: number; midMicros: bigint }[];

  constructor(known: Known) {
    this.known = known;
    this.#mids = known.mids.map(({ validAt, midMicros }) => ({ ms: validAt.getTime(), midMicros }));
    this.newestMs = this.#mids.at(-1)?.ms ?? Number.NEGATIVE_INFINITY;
  }

  versionsAt(validAt: Date): readonly Version[] {
    return this.known.versions.get(validAt.getTime()) ?? [];
  }

  /** The mids right before an instant; a figure older than all of them is held against the oldest. */
  midsBefore(validAt: Date, count: number): bigint[] {
    const end = this.#mids.findLastIndex(({ ms }) => ms < validAt.getTime()) + 1;
    const reference = end > 0 ? this.#mids.slice(Math.max(0, end - count), end) : this.#mids.slice(0, 1);
    return reference.map(({ midMicros }) => midMicros);
  }

  newestBefore(validAt: Date): Date | undefined {
    const before = this.#mids.findLast(({ ms }) => ms < validAt.getTime());
    return before && new Date(before.ms);
  }

  add(figure: Accepted): void {
    const ms = figure.validAt.getTime();
    const at = this.#mids.findLastIndex((each) => each.ms <= ms);
    const isCorrection = this.#mids[at]?.ms === ms;
    this.#mids.splice(isCorrection ? at : at + 1, isCorrection ? 1 : 0, { ms, midMicros: figure.midMicros });
  }
}

/** By valid time; at one instant editions and values decide, so that the order they came in never does. */
function byTime(a: Figure, b: Figure): number {
  return (
    a.validAt.getTime() - b.validAt.getTime() ||
    compare(a.symbol, b.symbol) ||
    compare(a.edition, b.edition) ||
    compare(a.midMicros, b.midMicros) ||
    compare(a.lowMicros, b.lowMicros) ||
    compare(a.highMicros, b.highMicros)
  );
}

function compare<T extends string | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
