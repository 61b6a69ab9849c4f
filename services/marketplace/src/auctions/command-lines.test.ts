import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { englishTerms, minute, record } from './auction.fixture.ts';
import { toJson } from './log-json.ts';

const root = join(import.meta.dirname, '../../../..');
const folder = mkdtempSync(join(tmpdir(), 'auctions-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function run(script: string, ...args: string[]) {
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(process.execPath, [join(root, 'scripts', script), ...args], (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

describe('auction:replay', () => {
  it('recomputes winner and price of each auction of the sample', async () => {
    const { code, out } = await run('auction-replay.ts', join(import.meta.dirname, 'fixtures/bid-history.csv'));
    expect(code).toBe(0);
    const rows = out.split('\n').map((line) => line.split(/ {2,}/));
    expect(rows.slice(1, 5)).toEqual([
      ['lot-1', '3', '0', 'ann', '26.00'],
      ['lot-2', '3', '1', 'cyd', '100.00'],
      ['lot-3', '1', '0', 'Fay, F.', '5.00'],
      ['lot-4', '3', '0', 'gus', '8.50'],
    ]);
    expect(out).toMatch(/4 auctions, 4 sold for 139\.50 USD/);
  });

  it('names every bad row by its line and computes nothing', async () => {
    const header = 'auctionid,bid,bidtime,bidder,bidderrate,openbid,price\n';
    const rows = [
      '1,5,0.1,ann,3,1,5',
      '1,zero,0.2,bob,3,1,5',
      '',
      '1,5,late,bob,3,1,5',
      '1,5,0.3,,3,1,5',
      '1,5,0.3,bob,3,2,5',
    ];
    const { code, out, err } = await run('auction-replay.ts', file('bad.csv', header + rows.join('\n')));
    expect([code, out]).toEqual([1, '']);
    expect(err.match(/^line \d+/gm)).toEqual(['line 3', 'line 5', 'line 6', 'line 7']);
  });

  it('names what columns are missing, a ragged row, and a file that is not there', async () => {
    const [columns, ragged, absent] = await Promise.all([
      run('auction-replay.ts', file('columns.csv', 'auction,bid,time\n1,2,3\n')),
      run('auction-replay.ts', file('ragged.csv', 'auction,bid,time,bidder,opening price\n1,2,3,a\n')),
      run('auction-replay.ts', join(folder, 'absent.csv')),
    ]);
    expect([columns.code, ragged.code, absent.code]).toEqual([1, 1, 1]);
    expect(columns.err).toMatch(/bidder, opening price/);
    expect(ragged.err).toMatch(/line 2/);
  });
});

describe('auction:verify', () => {
  const terms = englishTerms();
  const bid = { type: 'bid', standing: 'eligible', key: 'k' } as const;
  const { entries } = record(terms, [
    { command: { ...bid, bidderId: 'ann', amountMinor: 20_00n }, ms: 0 },
    { command: { ...bid, bidderId: 'bob', amountMinor: 30_00n }, ms: 1 },
    { command: { type: 'advance' }, ms: 60 * minute },
  ]);
  const log = (rows: readonly unknown[]) => JSON.stringify({ terms: toJson(terms), entries: rows });

  it('prints the result of a whole log and the hash of its last row', async () => {
    const { code, out } = await run('auction-verify.ts', file('whole.json', log(entries)));
    expect(code).toBe(0);
    expect(out).toMatch(/bob at USD 20\.50 by the bid of row 3/);
    expect(out).toContain(entries.at(-1)?.hash);
  });

  it('names the first altered row', async () => {
    const rows = JSON.parse(JSON.stringify(entries).replace('"3000"', '"2050"')) as unknown[];
    const { code, err } = await run('auction-verify.ts', file('altered.json', log(rows)));
    expect(code).toBe(1);
    expect(err).toMatch(/^Row 3 \(hash\)/);
  });

  it('refuses what is no log', async () => {
    const { code } = await run('auction-verify.ts', file('none.json', '{"terms":{}}'));
    expect(code).toBe(1);
  });
});
