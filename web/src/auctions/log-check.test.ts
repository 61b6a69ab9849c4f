import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson, checkLog } from './log-check.ts';

const hashOf = (value: unknown) => createHash('sha256').update(canonicalJson(value)).digest('hex');

interface Entry {
  sequence: number;
  at: string;
  command: { type: string; amountMinor?: string };
  previousHash: string;
  hash: string;
}

function chained(count: number) {
  const terms = { format: 'english', startingMinor: '1000000', currency: 'USD' };
  const entries: Entry[] = [];
  let previousHash = hashOf(terms);
  for (let sequence = 1; sequence <= count; sequence++) {
    const at = new Date(Date.UTC(2026, 10, 24, 10, 0, sequence)).toISOString();
    const said = { sequence, at, command: { type: 'bid', amountMinor: `${1_000_000 + sequence}` }, previousHash };
    previousHash = hashOf(said);
    entries.push({ ...said, hash: previousHash });
  }
  return { terms, entries, headHash: previousHash };
}

const none = new Map<number, string>();

function rehashed(entry: Entry, change: Partial<Entry>): Entry {
  const { hash: _, ...said } = { ...entry, ...change };
  return { ...said, hash: hashOf(said) };
}

function withEntry(log: ReturnType<typeof chained>, row: number, change: (entry: Entry) => Entry) {
  return { ...log, entries: log.entries.map((each, index) => (index === row - 1 ? change(each) : each)) };
}

describe('the check of a log', () => {
  it('finds a whole one whole, up to its head', async () => {
    const log = chained(5);
    const receipts = new Map([[3, log.entries[2]?.hash ?? '']]);
    expect(await checkLog(log, receipts)).toEqual({ whole: true, rows: 5, headHash: log.headHash });
  });

  it('names the row whose words were altered', async () => {
    const log = withEntry(chained(5), 3, (entry) => ({ ...entry, command: { type: 'bid', amountMinor: '1' } }));
    expect(await checkLog(log, none)).toMatchObject({ whole: false, row: 3 });
  });

  it('names the row after one that was altered together with its hash', async () => {
    const log = withEntry(chained(5), 3, (entry) => rehashed(entry, { command: { type: 'bid', amountMinor: '1' } }));
    expect(await checkLog(log, none)).toMatchObject({ whole: false, row: 4 });
  });

  it('names the first row when the terms were altered', async () => {
    const log = chained(2);
    expect(await checkLog({ ...log, terms: { ...log.terms, startingMinor: '1' } }, none)).toMatchObject({ row: 1 });
  });

  it('finds rows that are missing in between, at the end, and twice', async () => {
    const log = chained(4);
    const [first, second, third, fourth] = log.entries;
    expect(await checkLog({ ...log, entries: [first, third, fourth] }, none)).toMatchObject({ row: 2 });
    expect(await checkLog({ ...log, entries: [first, second, third] }, none)).toMatchObject({ row: 4 });
    expect(await checkLog({ ...log, entries: [first, first, second] }, none)).toMatchObject({ row: 2 });
  });

  it('finds a row that goes back in time though all its hashes fit', async () => {
    const log = chained(2);
    const last = rehashed(log.entries[1] as Entry, { at: '2020-01-01T00:00:00.000Z' });
    const changed = { ...log, entries: [log.entries[0], last], headHash: last.hash };
    expect(await checkLog(changed, none)).toMatchObject({ row: 2, why: expect.stringContaining('earlier') });
  });

  it('believes a receipt rather than a log that was written anew', async () => {
    const log = chained(3);
    expect(await checkLog(log, new Map([[2, 'another hash']]))).toMatchObject({ whole: false, row: 2 });
    expect(await checkLog(log, new Map([[7, 'a hash']]))).toMatchObject({ whole: false, row: 7 });
  });

  it('does not take what is no entry for one', async () => {
    expect(await checkLog({ ...chained(0), entries: [null] }, none)).toMatchObject({ whole: false, row: 1 });
  });
});

it('writes canonical JSON: names in order, nothing undefined, text as JSON has it', () => {
  expect(canonicalJson({ b: [1, { d: 'ü"', c: null }], a: true, e: undefined })).toBe(
    '{"a":true,"b":[1,{"c":null,"d":"ü\\""}]}',
  );
});
