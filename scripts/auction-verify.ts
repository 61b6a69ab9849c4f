// npm run auction:verify -- log.json: checks an exported log ({terms, entries}) offline; names the first altered row. With
// an auction's id instead of a file, the log is first fetched from the running platform (CLEARLOT_URL, CLEARLOT_TOKEN; as
// the demo operator without a token).
import { readFileSync } from 'node:fs';
import { displayMoney, isId } from '@clearlot/kernel';
import { signedIn } from '../e2e/program/client.ts';
import { type AuctionLog, replay, verifyLog } from '../services/marketplace/src/auctions/log.ts';
import { demoOperator } from './demo-world.ts';

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

async function readLog(file: string): Promise<{ terms: unknown; entries: unknown[] }> {
  try {
    const text = isId(file) ? await fetchLog(file) : readFileSync(file, 'utf8');
    const { terms, entries } = JSON.parse(text) as { terms?: unknown; entries?: unknown };
    if (Array.isArray(entries)) return { terms, entries };
  } catch (error) {
    fail(`${file} cannot be read: ${(error as Error).message}`);
  }
  return fail(`${file} is not an exported log: {"terms": …, "entries": [ … ]}`);
}

async function fetchLog(auctionId: string): Promise<string> {
  const baseUrl = process.env.CLEARLOT_URL ?? `http://localhost:${process.env.CLEARLOT_PORT ?? 8080}`;
  const { email, password } = demoOperator;
  const token = process.env.CLEARLOT_TOKEN ?? (await signedIn(baseUrl, email, password).token());
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${baseUrl}/api/auctions/${auctionId}/log`, { headers });
  if (answer.ok) return answer.text();
  const { detail = '' } = (await answer.json()) as { detail?: string };
  throw new Error(`${answer.status} ${detail}`);
}

function resultOf({ state }: AuctionLog): string {
  const { result, terms } = state;
  if (!result) return `The log ends while the auction is ${state.status}: rows after it may be missing.`;
  if (result.outcome === 'unsold') return `Unsold: ${result.reason}.`;
  const price = displayMoney(result.priceMinor, terms.currency);
  return `Sold to ${result.winnerId} at ${price} by the bid of row ${result.bidSequence}.`;
}

const [file] = process.argv.slice(2);
if (!file) fail('usage: npm run auction:verify -- log.json, or the id of an auction');
const { terms, entries } = await readLog(file);
const verdict = verifyLog(terms, entries);
if (!verdict.whole) {
  const where = verdict.row === 0 ? 'The terms' : `Row ${verdict.row}`;
  fail(`${where} (${verdict.fault}): ${verdict.why}.`);
}
const { log } = replay(verdict.terms, verdict.entries);
console.log(`Whole: ${entries.length} rows of auction ${log.state.terms.auctionId}, decided as the rules say.`);
console.log(resultOf(log));
console.log(`Hash of the last row, to compare with receipts: ${log.headHash}`);
