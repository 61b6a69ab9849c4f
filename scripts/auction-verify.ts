// npm run auction:verify -- log.json: checks an exported log ({terms, entries}) offline; names the first altered row.
import { readFileSync } from 'node:fs';
import { displayMoney } from '@clearlot/kernel';
import { type AuctionLog, replay, verifyLog } from '../services/marketplace/src/auctions/log.ts';

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

function readLog(file: string): { terms: unknown; entries: unknown[] } {
  try {
    const { terms, entries } = JSON.parse(readFileSync(file, 'utf8')) as { terms?: unknown; entries?: unknown };
    if (Array.isArray(entries)) return { terms, entries };
  } catch (error) {
    fail(`${file} cannot be read: ${(error as Error).message}`);
  }
  return fail(`${file} is not an exported log: {"terms": …, "entries": [ … ]}`);
}

function resultOf({ state }: AuctionLog): string {
  const { result, terms } = state;
  if (!result) return `The log ends while the auction is ${state.status}: rows after it may be missing.`;
  if (result.outcome === 'unsold') return `Unsold: ${result.reason}.`;
  const price = displayMoney(result.priceMinor, terms.currency);
  return `Sold to ${result.winnerId} at ${price} by the bid of row ${result.bidSequence}.`;
}

const [file] = process.argv.slice(2);
if (!file) fail('usage: npm run auction:verify -- log.json');
const { terms, entries } = readLog(file);
const verdict = verifyLog(terms, entries);
if (!verdict.whole) {
  const where = verdict.row === 0 ? 'The terms' : `Row ${verdict.row}`;
  fail(`${where} (${verdict.fault}): ${verdict.why}.`);
}
const { log } = replay(verdict.terms, verdict.entries);
console.log(`Whole: ${entries.length} rows of auction ${log.state.terms.auctionId}, decided as the rules say.`);
console.log(resultOf(log));
console.log(`Hash of the last row, to compare with receipts: ${log.headHash}`);
