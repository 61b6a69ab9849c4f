import type { Connection, Tx, Work } from '@clearlot/service';
import { and, eq } from 'drizzle-orm';
import { apply, type Decision } from '../auction.ts';
import { type AuctionLog, openLog } from '../log.ts';
import { type LogEntry, readRow, readTerms } from '../log-json.ts';
import type { PublicState } from '../public-view.ts';
import { auctionParticipant, auctionTerms } from '../tables.ts';
import type { Admitted } from './bid.ts';

/** How long an auction is a process's own without hearing of it again. */
export const leaseMs = 2_000;
const lease = `interval '${leaseMs} milliseconds'`;

/** Who writes an auction now; null when nobody's lease runs. */
export interface Ownership {
  status: 'scheduled' | 'open' | 'closed' | 'cancelled';
  holder: string | null;
}

export async function readOwnership({ sql }: Work, auctionId: string): Promise<Ownership | undefined> {
  const [row] = await sql<Ownership[]>`
    select status, case when writer_until > clock_timestamp() then writer end as holder from auction where id = ${auctionId}`;
  return row;
}

/**
 * Makes a process the writer of an auction that has none, under a new epoch; answers the epoch, or undefined when somebody
 * else is or the auction has ended. Leases run by the database's clock, so those of the processes need not agree.
 */
export async function claimAuction(tx: Tx, auctionId: string, holder: string): Promise<bigint | undefined> {
  const [row] = await tx.sql.unsafe<{ writer_epoch: bigint }[]>(
    `update auction set writer = $2, writer_epoch = writer_epoch + 1, writer_until = clock_timestamp() + ${lease}
     where id = $1 and status in ('scheduled', 'open') and (writer is null or writer = $2 or writer_until < clock_timestamp())
     returning writer_epoch`,
    [auctionId, holder],
  );
  return row?.writer_epoch;
}

/** Keeps the auctions that a process writes its own for another while. Sent at once, so that it can leave with the commit. */
export function renewLeases({ sql }: Work, holder: string, auctionIds: readonly string[]): PromiseLike<unknown> {
  return sql
    .unsafe(
      `update auction set writer_until = clock_timestamp() + ${lease} where id = any($2::uuid[]) and writer = $1`,
      [holder, auctionIds as string[]],
    )
    .execute();
}

/** Lets go of what a process writes, so that the next one need not wait. */
export async function giveUpLeases(tx: Tx, holder: string): Promise<void> {
  await tx.sql`update auction set writer = null, writer_until = null where writer = ${holder}`;
}

/** Auctions whose clock is due within some time and that nobody writes. */
export async function listUnattended({ sql }: Work, withinMs: number): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from auction where wake_at < clock_timestamp() + make_interval(secs => ${withinMs / 1000})
      and (writer is null or writer_until < clock_timestamp()) order by wake_at limit 200`;
  return rows.map((row) => row.id);
}

export interface Proof {
  at: string;
  hash: string;
}

/** A log as far as it is stored, with what its writer must know beside. */
export interface LoadedLog {
  log: AuctionLog;
  /** When each entry was made and its hash, in order. */
  proofs: Proof[];
  bids: number;
  bidders: Set<string>;
}

/** Plays an auction's log from its rows. */
export async function loadLog(work: Work, auctionId: string): Promise<LoadedLog> {
  const [stored] = await work.db.select().from(auctionTerms).where(eq(auctionTerms.auctionId, auctionId));
  const terms = readTerms(stored?.terms);
  if (!terms) throw new Error(`auction ${auctionId} has no readable terms`);
  const opened = openLog(terms);
  const loaded: LoadedLog = { log: opened, proofs: [], bids: 0, bidders: new Set() };
  let { state, headHash } = opened;
  for (const entry of await readEntries(work.sql, auctionId, 0)) {
    const read = readRow(entry);
    if (!read.readable) throw new Error(`entry ${entry.sequence} of auction ${auctionId} is not readable`);
    const { sequence, at, command } = read.row;
    const decision = entry.decision as unknown as Decision;
    state = apply(state, { sequence, at, command, decision });
    headHash = entry.hash;
    loaded.proofs.push({ at: entry.at, hash: headHash });
    countBid(loaded, entry);
  }
  loaded.log = { state, headHash };
  return loaded;
}

/** Counts an entry that is an accepted bid; one taken back stays counted, as it was made. */
export function countBid(counts: { bids: number; bidders: Set<string> }, { command, decision }: LogEntry): void {
  if (decision.outcome === 'refused' || command.type === 'advance' || command.type === 'retract') return;
  counts.bids += 1;
  counts.bidders.add(command.bidderId);
}

/** Entries after one, in order. */
export async function readEntries(
  sql: Connection,
  auctionId: string,
  after: number,
  limit = 1_000_000,
): Promise<LogEntry[]> {
  const rows = await sql<{ entry: LogEntry }[]>`
    select entry from auction_entry where auction_id = ${auctionId} and sequence > ${after}
    order by sequence limit ${limit}`;
  return rows.map((row) => row.entry);
}

/** The entry that answered a bidder's key, if any. */
export async function findEntry(
  { sql }: Work,
  auctionId: string,
  bidderId: string,
  key: string,
): Promise<LogEntry | undefined> {
  const [row] = await sql<{ entry: LogEntry }[]>`
    select entry from auction_entry where auction_id = ${auctionId} and bidder_id = ${bidderId} and key = ${key}
    order by sequence limit 1`;
  return row?.entry;
}

export async function readAdmitted(work: Work, auctionId: string): Promise<Admitted> {
  const rows = await work.db
    .select()
    .from(auctionParticipant)
    .where(and(eq(auctionParticipant.auctionId, auctionId), eq(auctionParticipant.status, 'admitted')));
  return new Map(rows.map(({ bidderId, alias, sharePpm }) => [bidderId, { alias, sharePpm }]));
}

/** What a group of commands adds to a log. */
export interface Group {
  auctionId: string;
  holder: string;
  epoch: bigint;
  /** The sequence the log had before. */
  before: number;
  log: AuctionLog;
  entries: readonly LogEntry[];
  live: PublicState;
  wakeAt: Date | null;
}

/**
 * Appends a group in one statement, which does nothing unless the auction is still this process's under this epoch and the
 * log as it knows it. Answers whether it was. Of an auction that ends the lease ends with it.
 */
export async function appendGroup(sql: Connection, group: Group): Promise<boolean> {
  const { auctionId, holder, epoch, before, log, entries, live, wakeAt } = group;
  const rows = await sql
    .unsafe<{ id: string }[]>(
      `with fence as (
         update auction set sequence = $5, head_hash = $6, live = $7::text::jsonb, status = $8, closes_at = $9, wake_at = $10,
           writer = case when $8 = 'closed' then null else writer end, writer_until = clock_timestamp() + ${lease}
         where id = $1 and writer = $2 and writer_epoch = $3 and sequence = $4 and status in ('scheduled', 'open')
         returning id),
       added as (
         insert into auction_entry (auction_id, sequence, bidder_id, key, entry)
         select fence.id, each.sequence, each.bidder_id, each.key, each.entry::jsonb from fence,
           unnest($11::bigint[], $12::uuid[], $13::text[], $14::text[]) as each (sequence, bidder_id, key, entry))
       select id from fence`,
      [
        ...[auctionId, holder, epoch.toString(), before, log.state.sequence, log.headHash, JSON.stringify(live)],
        ...[log.state.status, log.state.closesAt.toISOString(), wakeAt?.toISOString() ?? null],
        entries.map((each) => each.sequence),
        entries.map(({ command }) => ('bidderId' in command ? command.bidderId : null)),
        entries.map(({ command }) => ('key' in command ? command.key : null)),
        entries.map((each) => JSON.stringify(each)),
      ] as never[],
      { prepare: true },
    )
    .execute();
  return rows.length > 0;
}
