import type { Connection } from '@clearlot/service';
import { paymentsErrors } from '../errors.ts';
import type { AccountTotals, Journal, NewAccount, Transfer } from './ledger.ts';

/** How a posted journal came out; `replayed` when its key had been posted before with the same content. */
export interface Posted {
  journalId: bigint;
  replayed: boolean;
}

/**
 * Posts journals in one statement, all or nothing, in the caller's transaction. Accounts are locked in ascending order.
 * Within one call only the final balance of an account is held against its floor.
 * Errors: PAYMENTS_INSUFFICIENT_FUNDS, PAYMENTS_IDEMPOTENCY_MISMATCH, PAYMENTS_ACCOUNT_NOT_OPEN.
 */
export function post(sql: Connection, journals: readonly Journal[]): Promise<Posted[]> {
  const [only] = journals;
  const [transfer] = only?.transfers ?? [];
  const single = only && transfer && journals.length === 1 && only.transfers.length === 1;
  return translated(() => (single ? postOne(sql, only, transfer) : postMany(sql, journals)));
}

async function postOne(sql: Connection, journal: Journal, transfer: Transfer): Promise<Posted[]> {
  return sql<Posted[]>`select posted_id as "journalId", replayed from ledger.post_one(${journal.key}, ${journal.kind},
    ${journal.dealId}, ${journal.effectiveAt}, ${transfer.debit}, ${transfer.credit}, ${transfer.amountMinor},
    ${transfer.holdId ?? null})`;
}

async function postMany(sql: Connection, journals: readonly Journal[]): Promise<Posted[]> {
  const transfers = journals.flatMap((journal, index) => journal.transfers.map((each) => ({ ...each, n: index + 1 })));
  return sql<Posted[]>`select posted_id as "journalId", replayed from ledger.post(
    ${journals.map((each) => each.key)}::text[], ${journals.map((each) => each.kind)}::text[],
    ${journals.map((each) => each.dealId)}::uuid[],
    ${journals.map((each) => each.effectiveAt.toISOString())}::timestamptz[],
    ${transfers.map((each) => each.n)}::int[], ${transfers.map((each) => each.debit)}::text[],
    ${transfers.map((each) => each.credit)}::text[], ${transfers.map((each) => each.amountMinor.toString())}::bigint[],
    ${transfers.map((each) => each.holdId ?? null)}::uuid[])`;
}

/** Opens accounts of a deal that are not open yet. Errors: PAYMENTS_CURRENCY_MISMATCH. */
export function openAccounts(
  sql: Connection,
  dealId: string,
  currency: string,
  accounts: readonly NewAccount[],
): Promise<void> {
  return translated(async () => {
    await sql`select ledger.open(${dealId}, ${currency}, ${accounts.map((each) => each.kind)}::text[],
      ${accounts.map((each) => each.partyId)}::uuid[])`;
  });
}

/** Reserves free money of an account under a new hold. Errors: PAYMENTS_INSUFFICIENT_FUNDS, PAYMENTS_ACCOUNT_NOT_OPEN. */
export function placeHold(sql: Connection, holdId: string, account: string, amountMinor: bigint): Promise<void> {
  return translated(async () => {
    await sql`select ledger.place_hold(${holdId}, ${account}, ${amountMinor})`;
  });
}

/** Gives back what remains of a hold and answers how much that was. */
export function releaseHold(sql: Connection, holdId: string): Promise<bigint> {
  return translated(async () => {
    const [row] = await sql<{ rest: bigint }[]>`select ledger.release_hold(${holdId}) as rest`;
    return row?.rest ?? 0n;
  });
}

/** Free money of a balance that its owner, who is the actor, has sent back. */
export interface Withdrawal {
  balanceId: string;
  /** Of the refund to create, with the reference its wire carries. */
  paymentId: string;
  reference: string;
  amountMinor: bigint;
  at: Date;
}

/** Makes free money of the actor's own balance a refund. Errors: PAYMENTS_INSUFFICIENT_FUNDS, PAYMENTS_BALANCE_NOT_FOUND. */
export function withdrawFree(sql: Connection, withdrawal: Withdrawal): Promise<void> {
  const { balanceId, paymentId, reference, amountMinor, at } = withdrawal;
  return translated(async () => {
    await sql`select ledger.withdraw(${paymentId}, ${reference}, ${balanceId}, ${amountMinor}, ${at})`;
  });
}

/** An account as it stands, with the deal and party it belongs to. */
export interface Account extends AccountTotals {
  key: string;
  partyId: string | null;
  currency: string;
  availableMinor: bigint;
}

/** The accounts of a deal, in the order they were opened. */
export async function accountsOf(sql: Connection, dealId: string): Promise<Account[]> {
  return sql<Account[]>`select key, kind, party_id as "partyId", currency, debits_minor as "debitsMinor",
      credits_minor as "creditsMinor", held_minor as "heldMinor", 
      (case normal_side when 'debit' then debits_minor - credits_minor else credits_minor - debits_minor end) - held_minor as "availableMinor"
    from account where deal_id = ${dealId} order by id`;
}

/** A hold with money left, and the commitment whose escrow it is on. */
export interface Hold {
  id: string;
  dealId: string;
  commitmentId: string;
  currency: string;
  remainingMinor: bigint;
}

/** The active holds of a deal. */
export async function activeHolds(sql: Connection, dealId: string): Promise<Hold[]> {
  return sql<Hold[]>`select h.id, a.deal_id as "dealId", a.party_id as "commitmentId", a.currency,
      h.remaining_minor as "remainingMinor"
    from account a join hold h on h.account_id = a.id
    where a.deal_id = ${dealId} and a.kind = 'escrow' and h.status = 'active' order by h.id`;
}

/** One hold, active or not. */
export async function findHold(sql: Connection, holdId: string): Promise<Hold | undefined> {
  const [hold] = await sql<Hold[]>`select h.id, a.deal_id as "dealId", a.party_id as "commitmentId", a.currency,
      h.remaining_minor as "remainingMinor"
    from hold h join account a on a.id = h.account_id where h.id = ${holdId} and a.kind = 'escrow'`;
  return hold;
}

/** The ledger's own refusals as errors of this service. */
async function translated<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, constraint_name: constraint } = error as { code?: string; constraint_name?: string };
    if (code === 'CL001') throw paymentsErrors.error('PAYMENTS_IDEMPOTENCY_MISMATCH');
    if (code === 'CL006') throw paymentsErrors.error('PAYMENTS_BALANCE_NOT_FOUND');
    if (code === 'CL004') throw paymentsErrors.error('PAYMENTS_CURRENCY_MISMATCH');
    // CL002: only one leg found its account, and the balance is checked before the count.
    if (code === 'CL005' || code === 'CL002') throw paymentsErrors.error('PAYMENTS_ACCOUNT_NOT_OPEN');
    if (constraint === 'account_floor' || constraint === 'hold_remaining') {
      throw paymentsErrors.error('PAYMENTS_INSUFFICIENT_FUNDS');
    }
    throw error;
  }
}

/** A journal as the money trail shows it; amounts are texts of minor units. */
export interface JournalRow {
  id: bigint;
  key: string;
  kind: string;
  effectiveAt: string;
  recordedAt: string;
  actor: string;
  sealed: boolean;
  entries: { account: string; amount: string; balance: string; currency: string; hold: string | null }[];
}

/** The journals of a deal, newest first, below the journal `before`. */
export async function journalsOf(
  sql: Connection,
  dealId: string,
  before: bigint | null,
  limit: number,
): Promise<JournalRow[]> {
  return sql<JournalRow[]>`
    select j.id, j.idempotency_key as key, j.kind, j.effective_at as "effectiveAt", j.created_at as "recordedAt", j.actor,
      exists (select 1 from seal s where s.to_journal_id >= j.id) as sealed,
      (select json_agg(json_build_object('account', a.key, 'amount', e.amount_minor::text, 'balance', e.balance_after_minor::text,
          'currency', e.currency, 'hold', e.hold_id) order by e.amount_minor desc, a.key)
        from entry e join account a on a.id = e.account_id where e.journal_id = j.id) as entries
    from journal j where j.deal_id = ${dealId} and (${before}::bigint is null or j.id < ${before}::bigint)
    order by j.id desc limit ${limit}`;
}
