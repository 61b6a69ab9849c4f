import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../sealing/canonical-json.ts';
import { after, dutchTerms, englishTerms, japaneseTerms, minute, record } from './auction.fixture.ts';
import type { Command } from './auction.ts';
import { appendEntry, openLog, replay, verifyLog } from './log.ts';
import { toJson } from './log-json.ts';

const bid = (bidderId: string, amountMinor: bigint, ms: number) => ({
  command: { type: 'bid', bidderId, key: `${ms}`, standing: 'eligible', amountMinor } as Command,
  ms,
});
const terms = englishTerms({ reserveMinor: 30_00n, retractUntilMsBeforeClose: 0 });
const steps = [
  bid('ann', 20_00n, minute),
  bid('bob', 50_00n, 2 * minute),
  bid('ann', 21_00n, 3 * minute),
  bid('cyd', 60_00n, 4 * minute),
  { command: { type: 'retract', bidderId: 'cyd', key: 'r', bidSequence: 5 } as Command, ms: 5 * minute },
  bid('owner', 90_00n, 6 * minute),
  { command: { type: 'advance' } as Command, ms: 60 * minute },
];
type Row = Record<string, unknown>;
const exported = () => JSON.parse(JSON.stringify(toJson(record(terms, steps).entries))) as Row[];
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const rehashed = ({ hash: _, ...row }: Row): Row => ({ ...row, hash: sha256(canonicalJson(row)) });
const verify = (rows: readonly unknown[], of: unknown = toJson(terms)) => verifyLog(of, rows);

/** Every place in a row that holds a value. */
function places(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, inner]) => places(inner, [...path, name]));
}

function altered(row: Row, path: readonly string[], change: (value: unknown) => unknown): Row {
  const copy = structuredClone(row);
  const holder = path.slice(0, -1).reduce<Row>((at, name) => at[name] as Row, copy);
  const name = path.at(-1) ?? '';
  holder[name] = change(holder[name]);
  return copy;
}

const otherValue = (value: unknown) => {
  if (typeof value === 'string') return value.replace(/.?$/, (last) => (last === '1' ? '2' : '1'));
  return typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : 'x';
};

describe('a log', () => {
  it('is chained from its terms on, with a hash of everything else in each entry', () => {
    const rows = exported();
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, index) => index + 1));
    let head = sha256(canonicalJson(toJson(terms)));
    for (const row of rows) {
      expect(row.previousHash).toBe(head);
      expect(row).toEqual(rehashed(row));
      head = row.hash as string;
    }
    expect(openLog(englishTerms()).headHash).not.toBe(openLog(terms).headHash);
  });

  it('records what the clock did before what came after it', () => {
    const { entries, log } = record(dutchTerms(), [bid('ann', 70_00n, 25 * minute)]);
    expect(entries).toMatchObject([
      { sequence: 1, command: { type: 'advance' }, decision: { after: { status: 'open', priceMinor: '7000' } } },
      { sequence: 2, command: { type: 'bid' }, decision: { after: { status: 'closed' } } },
    ]);
    expect(appendEntry(log, { type: 'advance' }, after(26 * minute))).toMatchObject({ entries: [], sequence: null });
  });

  it('does not go back in time when a clock does', () => {
    const { entries } = record(terms, [bid('ann', 20_00n, 2 * minute), bid('bob', 30_00n, minute)]);
    expect(entries.at(-1)).toMatchObject({ at: after(2 * minute).toISOString(), decision: { outcome: 'accepted' } });
    expect(verify(entries)).toMatchObject({ whole: true });
  });

  it('replays to its result', () => {
    const { entries, log } = record(terms, steps);
    const sold = { outcome: 'sold', winnerId: 'bob', priceMinor: 30_00n, bidSequence: 3 };
    expect(replay(terms, entries)).toEqual({ log, result: sold, entries });
  });
});

describe('verification', () => {
  it('finds any one value of any row altered, and names the row', () => {
    const rows = exported();
    for (const [index, row] of rows.entries()) {
      for (const path of places(row)) {
        const forged = rows.with(index, altered(row, path, otherValue));
        expect(verify(forged), path.join('.')).toMatchObject({ whole: false, row: index + 1, fault: 'hash' });
        const without = rows.with(index, JSON.parse(JSON.stringify(altered(row, path, () => undefined))));
        expect(verify(without), path.join('.')).toMatchObject({ whole: false, row: index + 1 });
      }
      expect(verify(rows.with(index, { ...row, more: 1 }))).toMatchObject({ row: index + 1, fault: 'hash' });
    }
  });

  it('finds it with its hash made to fit: there, at the next row, or by the hash of the end', () => {
    const rows = exported();
    const head = rows.at(-1)?.hash;
    for (const [index, row] of rows.entries()) {
      for (const path of places(row).filter(([name]) => name !== 'hash')) {
        const forged = rows.with(index, rehashed(altered(row, path, otherValue)));
        const verdict = verify(forged);
        if (verdict.whole) {
          expect(index).toBe(rows.length - 1);
          expect(verdict.entries.at(-1)?.hash).not.toBe(head);
        } else expect([index + 1, index + 2], path.join('.')).toContain(verdict.row);
      }
    }
  });

  it('finds decisions that the rules do not give, though the whole chain is made to fit', () => {
    const rows = exported();
    const forge = (index: number, change: (row: Row) => Row) => {
      let head: unknown = rows[0]?.previousHash;
      return rows.map((row, at) => {
        const forged = rehashed({ ...(at === index ? change(row) : row), previousHash: head });
        head = forged.hash;
        return forged;
      });
    };
    const accept = forge(6, (row) => ({ ...row, decision: rows[5]?.decision }));
    expect(verify(accept)).toMatchObject({ whole: false, row: 7, fault: 'decision' });
    const cheaper = forge(7, (row) => altered(row, ['decision', 'after', 'priceMinor'], () => '2000'));
    expect(verify(cheaper)).toMatchObject({ whole: false, row: 8, fault: 'decision' });
    const repeated = forge(3, (row) => ({ ...row, command: rows[1]?.command }));
    expect(verify(repeated)).toMatchObject({ whole: false, row: 4, fault: 'decision' });
    const early = forge(3, (row) => ({ ...row, at: after(minute - 1).toISOString() }));
    expect(verify(early)).toMatchObject({ whole: false, row: 4, fault: 'time' });
    const late = forge(6, (row) => ({ ...row, at: after(61 * minute).toISOString() }));
    expect(verify(late)).toMatchObject({ whole: false, row: 7, fault: 'clock' });
  });

  it('finds rows missing or out of order, and names the first', () => {
    const rows = exported();
    fc.assert(
      fc.property(fc.nat(rows.length - 2), (index) => {
        expect(verify(rows.toSpliced(index, 1))).toMatchObject({ row: index + 1, fault: 'order' });
        const [one, two] = [rows[index], rows[index + 1]];
        expect(verify(rows.with(index, two as Row).with(index + 1, one as Row))).toMatchObject({
          ...{ row: index + 1, fault: 'order' },
        });
        expect(verify(rows.toSpliced(index, 0, rows[index] as Row))).toMatchObject({ row: index + 2, fault: 'order' });
      }),
    );
  });

  it('finds altered terms, and terms of no auction', () => {
    const rows = exported();
    expect(verify(rows, toJson(englishTerms()))).toMatchObject({ row: 1, fault: 'chain' });
    for (const wrong of [null, {}, { ...toJson(terms), more: 1 }, { ...toJson(terms), startingMinor: '0' }]) {
      expect(verify(rows, wrong)).toMatchObject({ row: 0, fault: 'terms' });
    }
  });

  it('names what is no row at all', () => {
    const nested = JSON.parse(`${'['.repeat(9_000)}${']'.repeat(9_000)}`) as unknown;
    for (const wrong of [null, 7, 'row', [], {}, nested]) {
      expect(verify([wrong])).toMatchObject({ whole: false, row: 1 });
    }
    expect(verify([rehashed({ sequence: 1, at: 'noon' })])).toMatchObject({ row: 1, fault: 'unreadable' });
  });

  it('passes logs of every format', () => {
    const stay = (bidderId: string, round: number, ms: number) => ({
      command: { type: 'stay', bidderId, key: `${ms}`, standing: 'eligible', round } as Command,
      ms,
    });
    const japanese = japaneseTerms();
    const { entries } = record(japanese, [stay('ann', 1, minute), stay('bob', 1, minute), stay('ann', 2, 11 * minute)]);
    expect(verify(entries, toJson(japanese))).toMatchObject({ whole: true });
  });
});
