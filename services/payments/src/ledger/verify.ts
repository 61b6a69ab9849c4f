import { createHash } from 'node:crypto';
import { openDatabase, type Sql } from '@clearlot/service';
import { verifyConfig } from '../config.ts';

/** What a verification looked at, and everything it found wrong, in words. */
export interface Verification {
  journals: number;
  sealed: number;
  seals: number;
  problems: string[];
}

type Reader = Parameters<Parameters<Sql['begin']>[1]>[0];

const PAGE = 1_000;
const GENESIS: Buffer = createHash('sha256').update('clearlot ledger').digest();

/**
 * Proves the ledger from its rows, in one snapshot: Σ = 0 per currency, each journal balanced, each account the fold of its
 * entries without a gap, each held amount the sum of its holds, and the chain of seals computed again outside of the
 * database. Reads only.
 */
export async function verifyLedger(sql: Sql): Promise<Verification> {
  return sql.begin('isolation level repeatable read read only', async (tx) => {
    await tx`select set_config('app.role', 'system', true), set_config('app.actor', 'payments.verify', true)`;
    const problems = await arithmeticProblems(tx);
    const chain = await verifyChain(tx);
    const [count] = await tx<{ journals: number }[]>`select count(*)::int as journals from journal`;
    return { ...chain, journals: count?.journals ?? 0, problems: [...problems, ...chain.problems] };
  });
}

async function arithmeticProblems(tx: Reader): Promise<string[]> {
  const rows = await tx<{ problem: string }[]>`
    select 'entries of ' || currency || ' sum to ' || sum(amount_minor) as problem from entry
      group by currency having sum(amount_minor) <> 0
    union all
    select 'journal ' || j.id || ' is not balanced' from journal j left join entry e on e.journal_id = j.id
      group by j.id, e.currency having coalesce(sum(e.amount_minor), 1) <> 0 or count(*) < 2
    union all
    select 'account ' || a.key || ' is not the fold of its entries' from account a left join (
        select account_id, sum(amount_minor) filter (where amount_minor > 0) as debits,
          -sum(amount_minor) filter (where amount_minor < 0) as credits, count(*) as entries, max(account_seq) as last
        from entry group by account_id) e on e.account_id = a.id
      where (a.debits_minor, a.credits_minor, a.seq, a.seq)
        <> (coalesce(e.debits, 0), coalesce(e.credits, 0), coalesce(e.entries, 0), coalesce(e.last, 0))
    union all
    select 'entry ' || account_seq || ' of account ' || account_id || ' has a wrong balance' from (
        select account_id, account_seq, balance_after_minor,
          sum(amount_minor) over (partition by account_id order by account_seq) as folded from entry) f
      where balance_after_minor <> folded
    union all
    select 'account ' || a.key || ' does not hold what its holds say' from account a
      left join (select account_id, sum(remaining_minor) as remaining from hold group by account_id) h on h.account_id = a.id
      where a.held_minor <> coalesce(h.remaining, 0)
    union all
    select 'hold ' || h.id || ' captured other than its entries' from hold h
      left join (select hold_id, sum(amount_minor) as captured from entry where hold_id is not null group by hold_id) e
        on e.hold_id = h.id
      where h.captured_minor <> coalesce(e.captured, 0)`;
  return rows.map((row) => row.problem);
}

async function verifyChain(tx: Reader): Promise<Omit<Verification, 'journals'>> {
  const seals = await tx<{ to_journal_id: bigint; journals: number; prev_hash: Buffer; hash: Buffer }[]>`
    select to_journal_id, journals, prev_hash, hash from seal order by id`;
  const problems: string[] = [];
  let previous: { hash: Buffer; to: bigint } = { hash: GENESIS, to: 0n };
  let sealed = 0;
  for (const seal of seals) {
    const name = `seal up to journal ${seal.to_journal_id}`;
    const lines = await linesBetween(tx, previous.to, seal.to_journal_id);
    const hash = createHash('sha256').update(previous.hash).update(lines.join('\n')).digest();
    if (!seal.prev_hash.equals(previous.hash)) problems.push(`${name} does not follow the seal before it`);
    if (lines.length !== seal.journals || !seal.hash.equals(hash)) problems.push(`${name} does not fit its journals`);
    previous = { hash: seal.hash, to: seal.to_journal_id };
    sealed += seal.journals;
  }
  return { seals: seals.length, sealed, problems };
}

async function linesBetween(tx: Reader, after: bigint, to: bigint): Promise<string[]> {
  const lines: string[] = [];
  for (let from = after; ; ) {
    const page = await tx<{ journal_id: bigint; line: string }[]>`
      select journal_id, line from ledger.lines(${from}, ${to}) limit ${PAGE}`;
    lines.push(...page.map((row) => row.line));
    const last = page.at(-1);
    if (!last || page.length < PAGE) return lines;
    from = last.journal_id;
  }
}

// Run as a command: DATABASE_URL=… node src/ledger/verify.ts
if (import.meta.main) {
  const sql = openDatabase(verifyConfig().DATABASE_URL, { max: 1 });
  const { journals, sealed, seals, problems } = await verifyLedger(sql);
  await sql.end();
  console.log(`${journals} journals, ${sealed} sealed under ${seals} seals, ${problems.length} problems`);
  for (const problem of problems) console.log(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
