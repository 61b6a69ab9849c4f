import { parsePositiveMoney } from '@clearlot/kernel';
import { defaultIncrements } from './increments.ts';
import { appendEntry, openLog } from './log.ts';

/** A record of a table with a header, and the line it is on. */
export interface HistoryRow {
  line: number;
  record: Readonly<Record<string, string>>;
}

interface HistoryBid {
  atMs: number;
  bidderId: string;
  amountMinor: bigint;
}

interface History {
  auctionId: string;
  line: number;
  openingMinor: bigint;
  timeKind: 'days' | 'instants';
  bids: HistoryBid[];
}

export interface Recomputed {
  auctionId: string;
  bids: number;
  /** Bids that the rules do not accept. */
  refused: number;
  winnerId: string | null;
  priceMinor: bigint | null;
}

/** The currency the public histories are in. */
export const historyCurrency = 'USD';

const columns = {
  auction: ['auction', 'auctionid'],
  bid: ['bid'],
  time: ['time', 'bidtime'],
  bidder: ['bidder'],
  opening: ['opening price', 'openbid'],
} as const;
const msPerDay = 86_400_000;

/**
 * Reads bid histories: one row for each maximum a bidder gave, columns auction, bid, time (decimal days or an instant),
 * bidder and opening price, or as the public eBay sets name them; in any case and order, others are ignored. Nothing is
 * read past an error: each is one text with the line it is on.
 */
export function readHistories(rows: readonly HistoryRow[]): { histories: History[]; errors: string[] } {
  const histories = new Map<string, History>();
  const errors: string[] = [];
  for (const { line, record } of rows) {
    const problem = addRow(histories, line, record);
    if (problem) errors.push(`line ${line}: ${problem}`);
  }
  return { histories: [...histories.values()], errors };
}

function addRow(histories: Map<string, History>, line: number, record: HistoryRow['record']): string | undefined {
  const auctionId = cell(record, 'auction');
  const bidderId = cell(record, 'bidder');
  if (!auctionId) return 'the auction is missing';
  if (!bidderId) return 'the bidder is missing';
  const amountMinor = readMoney(cell(record, 'bid'));
  if (amountMinor === undefined) return `the bid "${cell(record, 'bid')}" is no amount above zero`;
  const openingMinor = readMoney(cell(record, 'opening'));
  if (openingMinor === undefined) return `the opening price "${cell(record, 'opening')}" is no amount above zero`;
  const time = readTime(cell(record, 'time'));
  if (!time) return `the time "${cell(record, 'time')}" is neither decimal days nor an instant`;
  const { atMs, timeKind } = time;
  const history = histories.get(auctionId) ?? { auctionId, line, openingMinor, timeKind, bids: [] };
  if (history.openingMinor !== openingMinor) return `the opening price is not the one of line ${history.line}`;
  if (history.timeKind !== timeKind) return `the time is not written as on line ${history.line}`;
  history.bids.push({ atMs, bidderId, amountMinor });
  histories.set(auctionId, history);
  return undefined;
}

/** The text of a column; empty when there is none. */
function cell(record: HistoryRow['record'], column: keyof typeof columns): string {
  for (const name of columns[column]) if (Object.hasOwn(record, name)) return record[name] ?? '';
  return '';
}

/** Columns that a header (lower case, trimmed) lacks. */
export function missingColumns(header: readonly string[]): string[] {
  return Object.values(columns)
    .filter((names) => !names.some((name) => header.includes(name)))
    .map(([name]) => name);
}

function readMoney(text: string): bigint | undefined {
  try {
    return parsePositiveMoney(text, historyCurrency);
  } catch {
    return undefined;
  }
}

function readTime(text: string): { atMs: number; timeKind: History['timeKind'] } | undefined {
  const days = /^\d{1,7}(\.\d+)?$/.test(text);
  // To the millisecond, as instants are; bids within the same one keep the order of the file.
  const atMs = days ? Math.round(Number(text) * msPerDay) : Date.parse(/^\d{4}-\d\d-\d\d/.test(text) ? text : '');
  return Number.isNaN(atMs) ? undefined : { atMs, timeKind: days ? 'days' : 'instants' };
}

/** Holds the auction again: English, with the default increments, without reserve; bids in order of time, then of rows. */
export function recompute({ auctionId, openingMinor, bids }: History): Recomputed {
  const ordered = bids.toSorted((a, b) => a.atMs - b.atMs);
  const [first = 0, last = 0] = [ordered[0]?.atMs, ordered.at(-1)?.atMs];
  const [opensAt, closesAt] = [new Date(first), new Date(last + 1)];
  let log = openLog({
    ...{ format: 'english', auctionId, ownerId: '', currency: historyCurrency, opensAt, closesAt },
    ...{ startingMinor: openingMinor, increments: defaultIncrements },
  });
  let refused = 0;
  for (const [index, { atMs, bidderId, amountMinor }] of ordered.entries()) {
    const bid = { type: 'bid', bidderId, key: `${index}`, amountMinor, standing: 'eligible' } as const;
    const appended = appendEntry(log, bid, new Date(atMs));
    log = appended.log;
    if (appended.decision.outcome === 'refused') refused += 1;
  }
  const { result } = appendEntry(log, { type: 'advance' }, closesAt).log.state;
  const sold = result?.outcome === 'sold' ? result : undefined;
  return {
    ...{ auctionId, bids: bids.length, refused },
    winnerId: sold?.winnerId ?? null,
    priceMinor: sold?.priceMinor ?? null,
  };
}
