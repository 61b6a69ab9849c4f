import type { Context, Tx } from '@clearlot/service';
import { describe, expect, it } from 'vitest';
import { GroupCommit } from './group-commit.ts';
import type { Group } from './store.ts';

type Append = (auctionId: string, together: number) => Promise<boolean>;

/** A database whose transactions are the lists of auctions that were appended to in them. */
function database(append: Append) {
  const transactions: string[][] = [];
  const transaction = async (_name: string, work: (tx: Tx) => Promise<void>) => {
    const writes: { execute(): PromiseLike<unknown> }[] = [];
    const appended: string[] = [];
    transactions.push(appended);
    const sql = {
      unsafe: (_text: string, [auctionId]: string[]) => ({
        execute: async () => {
          appended.push(auctionId ?? '');
          return (await append(auctionId ?? '', writes.length)) ? [{ id: auctionId }] : [];
        },
      }),
    };
    await work({ sql, write: (each: (typeof writes)[number]) => writes.push(each) } as unknown as Tx);
    await Promise.all(writes.map((each) => each.execute()));
  };
  return { commit: new GroupCommit({ transaction } as unknown as Context), transactions };
}

function group(auctionId: string, entries = 1): Group {
  const log = { state: { sequence: 1, status: 'open', closesAt: new Date(0) }, headHash: '' };
  const entry = { sequence: 1, command: { type: 'advance' } };
  const parts = { before: 0, log, entries: Array.from({ length: entries }, () => entry), live: {}, wakeAt: null };
  return { auctionId, holder: 'us', epoch: 1n, ...parts } as unknown as Group;
}

const name = (index: number) => `auction-${String(index).padStart(3, '0')}`;

describe('group commit', () => {
  it('stores what comes at once in few transactions, each in the order of the auctions', async () => {
    const { commit, transactions } = database(async () => true);
    const names = Array.from({ length: 100 }, (_, index) => name(99 - index));
    expect(await Promise.all(names.map((each) => commit.append(group(each))))).toEqual(names.map(() => true));
    expect(transactions.length).toBeLessThan(10);
    for (const each of transactions) expect(each).toEqual([...each].sort());
    expect(transactions.flat().sort()).toEqual([...names].sort());
  });

  it('answers each auction for itself when some are not ours any more', async () => {
    const { commit } = database(async (auctionId) => auctionId !== name(1));
    const answers = [name(0), name(1), name(2)].map((each) => commit.append(group(each)));
    expect(await Promise.all(answers)).toEqual([true, false, true]);
  });

  it('stores the others alone when a transaction of several fails', async () => {
    const { commit } = database(async (auctionId) => {
      if (auctionId === name(1)) throw new Error('refused');
      return true;
    });
    const answers = await Promise.allSettled([name(0), name(1), name(2)].map((each) => commit.append(group(each))));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('keeps large groups apart', async () => {
    const { commit, transactions } = database(async () => true);
    await Promise.all([0, 1, 2].map((index) => commit.append(group(name(index), 400))));
    expect(transactions).toHaveLength(3);
  });

  it('is settled once everything on its way is stored', async () => {
    let stored = 0;
    const { commit } = database(async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      stored += 1;
      return true;
    });
    for (let index = 0; index < 30; index++) void commit.append(group(name(index)));
    await commit.settled();
    expect(stored).toBe(30);
  });
});
