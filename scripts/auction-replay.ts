// npm run auction:replay -- file.csv: recomputes winner and final price of each auction in a file of bid histories.
import { readFileSync } from 'node:fs';
import { formatMoney, sumBigint } from '@clearlot/kernel';
import { CsvError, parse } from 'csv-parse/sync';
import {
  type HistoryRow,
  historyCurrency,
  missingColumns,
  type Recomputed,
  readHistories,
  recompute,
} from '../services/marketplace/src/auctions/bid-history.ts';

const errorsShown = 20;

function fail(...lines: string[]): never {
  for (const line of lines) console.error(line);
  process.exit(1);
}

function readRows(file: string): HistoryRow[] {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    fail(`${file} cannot be read: ${(error as Error).message}`);
  }
  const columns = (header: string[]) => {
    const names = header.map((name) => name.trim().toLowerCase());
    const missing = missingColumns(names);
    if (missing.length > 0) fail(`${file}, line 1: there is no column ${missing.join(', ')}`);
    return names;
  };
  try {
    const rows = parse<{ record: Record<string, string>; info: { lines: number } }>(text, {
      ...{ columns, bom: true, trim: true, skip_empty_lines: true, info: true },
    });
    return rows.map(({ record, info }) => ({ line: info.lines, record }));
  } catch (error) {
    if (error instanceof CsvError) fail(`${file}: ${error.message}`);
    throw error;
  }
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  const isText = (at: number) => at === 0 || at === 3;
  const pad = (cell: string, at: number) =>
    isText(at) ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0);
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}

function line({ auctionId, bids, refused, winnerId, priceMinor }: Recomputed): string[] {
  const price = priceMinor === null ? '-' : formatMoney(priceMinor, historyCurrency);
  return [auctionId, `${bids}`, `${refused}`, winnerId ?? '-', price];
}

const [file] = process.argv.slice(2);
if (!file) fail('usage: npm run auction:replay -- file.csv');
const { histories, errors } = readHistories(readRows(file));
const more = errors.length > errorsShown ? [`and ${errors.length - errorsShown} more`] : [];
if (errors.length > 0) fail(`${file}:`, ...errors.slice(0, errorsShown), ...more);

const results = histories.map(recompute);
const sum = (of: (each: Recomputed) => number) => results.reduce((total, each) => total + of(each), 0);
const sold = results.filter((each) => each.priceMinor !== null);
const total = formatMoney(sumBigint(sold.map((each) => each.priceMinor ?? 0n)), historyCurrency);
console.log(table([['auction', 'bids', 'refused', 'winner', 'price'], ...results.map(line)]));
console.log(`\n${results.length} auctions, ${sold.length} sold for ${total} ${historyCurrency} in all;`);
console.log(`${sum((each) => each.bids)} bids, ${sum((each) => each.refused)} of them refused by the rules.`);
