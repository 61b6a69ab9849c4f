import { moneyToJson } from '@clearlot/kernel';
import { type Context, operators, pageOf, pageQuery, type Route, route, serviceErrors } from '@clearlot/service';
import { z } from 'zod';
import { accountsOf, journalsOf } from './store.ts';

const money = z.union([z.number(), z.string()]);
const ofDeal = z.object({ dealId: z.uuid() });

/** The money trail of a deal, for operators. */
export const ledgerRoutes: Route<unknown>[] = [
  route({
    method: 'GET',
    path: '/api/admin/ledger/accounts',
    access: operators,
    summary: "A deal's ledger accounts",
    query: ofDeal,
    response: z.object({
      items: z.array(
        z.object({
          account: z.string(),
          kind: z.string(),
          partyId: z.string().nullable(),
          currency: z.string(),
          debits: money,
          credits: money,
          held: money,
          available: money,
        }),
      ),
    }),
    action: (ctx: Context, { query }) => ctx.read((work) => accountsOf(work.sql, query.dealId)),
    present: (accounts) => ({
      items: accounts.map((each) => ({
        account: each.key,
        kind: each.kind,
        partyId: each.partyId,
        currency: each.currency,
        debits: moneyToJson(each.debitsMinor, each.currency),
        credits: moneyToJson(each.creditsMinor, each.currency),
        held: moneyToJson(each.heldMinor, each.currency),
        available: moneyToJson(each.availableMinor, each.currency),
      })),
    }),
  }),
  route({
    method: 'GET',
    path: '/api/admin/ledger/journals',
    access: operators,
    summary: "A deal's journals with their entries, newest first; debits are above zero",
    query: pageQuery.extend(ofDeal.shape),
    response: pageOf(
      z.object({
        journalId: z.string(),
        key: z.string(),
        kind: z.string(),
        effectiveAt: z.string(),
        recordedAt: z.string(),
        actor: z.string(),
        sealed: z.boolean(),
        entries: z.array(
          z.object({
            account: z.string(),
            amount: money,
            balanceAfter: money,
            currency: z.string(),
            holdId: z.string().nullable(),
          }),
        ),
      }),
    ),
    action: async (ctx: Context, { query }) => {
      const before = readJournalCursor(query.cursor);
      const rows = await ctx.read((work) => journalsOf(work.sql, query.dealId, before, query.limit + 1));
      const items = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? items.at(-1) : undefined;
      return { items, nextCursor: last ? Buffer.from(last.id.toString()).toString('base64url') : null };
    },
    present: ({ items, nextCursor }) => ({
      items: items.map((journal) => ({
        journalId: journal.id.toString(),
        key: journal.key,
        kind: journal.kind,
        effectiveAt: new Date(journal.effectiveAt).toISOString(),
        recordedAt: new Date(journal.recordedAt).toISOString(),
        actor: journal.actor,
        sealed: journal.sealed,
        entries: journal.entries.map((entry) => ({
          account: entry.account,
          amount: moneyToJson(BigInt(entry.amount), entry.currency),
          balanceAfter: moneyToJson(BigInt(entry.balance), entry.currency),
          currency: entry.currency,
          holdId: entry.hold,
        })),
      })),
      nextCursor,
    }),
  }),
];

/** Journals are numbered, so the page goes on from a number. Errors: CURSOR_INVALID. */
function readJournalCursor(cursor: string | undefined): bigint | null {
  if (cursor === undefined) return null;
  const text = Buffer.from(cursor, 'base64url').toString();
  if (!/^[0-9]{1,18}$/.test(text)) throw serviceErrors.error('CURSOR_INVALID');
  return BigInt(text);
}
