import type { Context } from '@clearlot/service';
import { appendGroup, type Group } from './store.ts';

/** Groups of different auctions in one transaction, at most; they must leave in one piece. */
const groupsMax = 24;
const entriesMax = 500;

interface Waiting {
  group: Group;
  resolve(appended: boolean): void;
  reject(error: unknown): void;
}

/**
 * Stores the groups of this process's writers. Those that come together, as when many auctions close at once, share a
 * transaction: what it costs to begin and to make durable is paid once. A transaction is one message from begin to commit, so
 * a process stopped at any point does not hold an auction's row.
 */
export class GroupCommit {
  readonly #ctx: Context;
  readonly #waiting: Waiting[] = [];
  readonly #running = new Set<Promise<void>>();
  #isScheduled = false;

  constructor(ctx: Context) {
    this.#ctx = ctx;
  }

  /**
   * Answers whether a group was stored; false when its auction is somebody else's by now. What it throws leaves open whether
   * it was.
   */
  append(group: Group): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ group, resolve, reject });
      if (this.#isScheduled) return;
      this.#isScheduled = true;
      setImmediate(() => this.#begin());
    });
  }

  /** Resolves when what is on its way now is stored or refused. */
  async settled(): Promise<void> {
    while (this.#isScheduled) await new Promise(setImmediate);
    await Promise.all(this.#running);
  }

  #begin(): void {
    this.#isScheduled = false;
    while (this.#waiting.length > 0) {
      const run: Promise<void> = this.#store(this.#take()).finally(() => this.#running.delete(run));
      this.#running.add(run);
    }
  }

  #take(): Waiting[] {
    let entries = 0;
    let count = 0;
    for (const { group } of this.#waiting) {
      entries += group.entries.length;
      if (count > 0 && (count === groupsMax || entries > entriesMax)) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #store(together: readonly Waiting[]): Promise<void> {
    try {
      const appended = await this.#commit(together.map(({ group }) => group));
      for (const [index, { resolve }] of together.entries()) resolve(appended[index] ?? false);
    } catch (error) {
      const [only, ...others] = together;
      // Whatever became of it, a group is stored once: alone it stands for itself.
      if (others.length > 0) await Promise.all(together.map((each) => this.#store([each])));
      else only?.reject(error);
    }
  }

  async #commit(groups: readonly Group[]): Promise<boolean[]> {
    // In one order everywhere: a process that was stopped may still believe that an auction of ours is its own.
    const ordered = [...groups].sort((a, b) => (a.auctionId < b.auctionId ? -1 : 1));
    const appended = new Map<Group, Promise<boolean>>();
    await this.#ctx.transaction('CommitBids', async (tx) => {
      for (const group of ordered) {
        tx.write({
          execute: () => {
            const answer = appendGroup(tx.sql, group);
            appended.set(group, answer);
            return answer;
          },
        });
      }
    });
    return Promise.all(groups.map((group) => appended.get(group) ?? false));
  }
}
