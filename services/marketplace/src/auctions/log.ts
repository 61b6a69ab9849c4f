import { createHash } from 'node:crypto';
import { canonicalJson, unkeepable } from '../sealing/canonical-json.ts';
import {
  type AuctionState,
  apply,
  type Command,
  type Decision,
  decide,
  earlierEntry,
  nextWakeAt,
  openAuction,
} from './auction.ts';
import { type LogEntry, readRow, readTerms, toJson } from './log-json.ts';
import type { AuctionTerms } from './terms.ts';

/** A log as far as the next entry depends on it. */
export interface AuctionLog {
  state: AuctionState;
  /** Of the last entry, or of the terms. Who holds it can tell any other log of the auction from this one. */
  headHash: string;
}

export interface Appended {
  log: AuctionLog;
  /** To be stored, in order: none for a retry, and the clock's own before a command that found something due. */
  entries: readonly LogEntry[];
  decision: Decision;
  /** Of the entry with the decision; null when there is none. */
  sequence: number | null;
}

/** A log without entries. Its first one is chained to the terms. Errors: MARKETPLACE_AUCTION_TERMS_INVALID. */
export function openLog(terms: AuctionTerms): AuctionLog {
  return { state: openAuction(terms), headHash: sha256(canonicalJson(toJson(terms))) };
}

/**
 * Decides a command and appends what is to be recorded of it, accepted or refused. Time does not go back in a log: an
 * instant before the last entry's counts as that one. A retry of a key answers as before and appends nothing, nor does an
 * advance with nothing due.
 */
export function appendEntry(log: AuctionLog, command: Command, at: Date): Appended {
  const earlier = earlierEntry(log.state, command);
  if (earlier) return { log, entries: [], decision: earlier.decision, sequence: earlier.sequence };
  const now = log.state.at && at < log.state.at ? log.state.at : at;
  const due = nextWakeAt(log.state);
  const clock = due && due <= now ? append(log, { type: 'advance' }, now) : undefined;
  if (clock && command.type === 'advance') return clock;
  if (command.type === 'advance') {
    return { log, entries: [], decision: decide(log.state, command, now), sequence: null };
  }
  const appended = append(clock?.log ?? log, command, now);
  return clock ? { ...appended, entries: [...clock.entries, ...appended.entries] } : appended;
}

function append({ state, headHash }: AuctionLog, command: Command, at: Date): Appended {
  const sequence = state.sequence + 1;
  const decision = decide(state, command, at);
  const unhashed = { ...toJson({ sequence, at, command, decision }), previousHash: headHash };
  const entry = { ...unhashed, hash: hashOf(unhashed) };
  const log = { state: apply(state, { sequence, at, command, decision }), headHash: entry.hash };
  return { log, entries: [entry], decision, sequence };
}

/** Plays a log again from its commands. The log it gives ends with the same state, result and hash if it is whole. */
export function replay(terms: AuctionTerms, entries: readonly LogEntry[]) {
  let log = openLog(terms);
  const replayed: LogEntry[] = [];
  for (const entry of entries) {
    const read = readRow(entry);
    if (!read.readable) throw new TypeError(`Entry ${entry.sequence} is not readable`);
    const appended = appendEntry(log, read.row.command, read.row.at);
    log = appended.log;
    replayed.push(...appended.entries);
  }
  return { log, result: log.state.result, entries: replayed };
}

export type Verdict =
  | { whole: true; terms: AuctionTerms; entries: readonly LogEntry[] }
  | {
      whole: false;
      /** Counted from 1; 0 for the terms. */
      row: number;
      fault: 'terms' | 'unreadable' | 'hash' | 'order' | 'chain' | 'time' | 'clock' | 'decision';
      why: string;
    };

/**
 * Checks an exported log without trusting it, and names the first row that was altered, is missing or out of order. What
 * no log can show of itself is that its last rows are missing or that it was written anew: compare `headHash` for that.
 */
export function verifyLog(termsJson: unknown, rows: readonly unknown[]): Verdict {
  const opened = openExported(termsJson);
  if ('why' in opened) return { whole: false, row: 0, fault: 'terms', why: opened.why };
  let log = opened.log;
  for (const [index, json] of rows.entries()) {
    const checked = checkRow(log, json, rows);
    if (!('log' in checked)) return { whole: false, row: index + 1, ...checked };
    log = checked.log;
  }
  return { whole: true, terms: opened.terms, entries: rows as readonly LogEntry[] };
}

function openExported(termsJson: unknown): { terms: AuctionTerms; log: AuctionLog } | { why: string } {
  const terms = unkeepable(termsJson) ? undefined : readTerms(termsJson);
  if (!terms) return { why: 'the terms are not those of an auction' };
  try {
    return { terms, log: openLog(terms) };
  } catch (error) {
    return { why: (error as Error).message };
  }
}

type Fault = Omit<Extract<Verdict, { whole: false }>, 'whole' | 'row'>;

function checkRow(log: AuctionLog, json: unknown, rows: readonly unknown[]): { log: AuctionLog } | Fault {
  const { state, headHash } = log;
  const sequence = state.sequence + 1;
  const kept = unkeepable(json);
  if (kept) return { fault: 'unreadable', why: `it ${kept}` };
  const read = readRow(json);
  if (!hasItsHash(json)) return { fault: 'hash', why: 'its hash is not that of what it says' };
  if (!read.readable) return { fault: 'unreadable', why: `${read.field} is not of an entry` };
  const { row } = read;
  if (row.sequence !== sequence) {
    const elsewhere = rows.some((each) => (each as { sequence?: unknown } | null)?.sequence === sequence);
    const why = `entry ${row.sequence} stands where entry ${sequence} belongs, which ${elsewhere ? 'stands elsewhere' : 'is missing'}`;
    return { fault: 'order', why };
  }
  if (row.previousHash !== headHash) {
    const before = sequence === 1 ? 'the terms' : `entry ${sequence - 1}`;
    return { fault: 'chain', why: `it does not follow from ${before}: one of the two was altered` };
  }
  if (state.at && row.at < state.at) return { fault: 'time', why: 'it is earlier than the entry before it' };
  const due = nextWakeAt(state);
  if (due && due <= row.at && row.command.type !== 'advance') {
    return { fault: 'clock', why: `what the clock did at ${due.toISOString()} is not recorded before it` };
  }
  const appended = appendEntry(log, row.command, row.at);
  if (canonicalJson(appended.entries[0]) !== canonicalJson(json)) {
    return { fault: 'decision', why: `the rules decide otherwise: ${canonicalJson(toJson(appended.decision))}` };
  }
  return { log: appended.log };
}

function hasItsHash(json: unknown): boolean {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return false;
  const { hash, ...unhashed } = json as Record<string, unknown>;
  return hash === hashOf(unhashed);
}

function hashOf(unhashed: object): string {
  return sha256(canonicalJson(unhashed));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
