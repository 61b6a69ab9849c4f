import { events } from '@clearlot/proto/events';
import { prepared, type Tx, type Work } from '@clearlot/service';
import { and, asc, desc, eq, gt, lt, lte, sql } from 'drizzle-orm';
import { dealsErrors } from '../errors.ts';
import { company, type Deal, deal } from '../schema.ts';
import { recordStep } from '../timeline/record-step.ts';

export interface DealView {
  deal: Deal;
  companyName: string;
}

const byId = eq(deal.id, sql.placeholder('id'));
const selectDeal = prepared((db) => db.select().from(deal).where(byId));
const selectDealView = prepared((db) => selectDeals({ db }).where(byId));
const selectActiveDeals = prepared((db) =>
  selectDeals({ db })
    .where(
      and(
        eq(deal.status, 'open'),
        lte(deal.opensAt, sql.placeholder('now')),
        gt(deal.closesAt, sql.placeholder('now')),
      ),
    )
    .orderBy(asc(deal.closesAt), asc(deal.id)),
);

/**
 * Takes part in a deal: many at once, but none while an operator decides, allocates, locks or cancels it. A buyer or
 * seller may not update the deal's row, so the lock is an advisory one on its id.
 */
export async function joinDeal(tx: Tx, id: string): Promise<Deal> {
  const [, rows] = await Promise.all([
    tx.sql`select pg_advisory_xact_lock_shared(hashtextextended(${id}, 1))`,
    selectDeal(tx, { id }),
  ]);
  return found(rows[0]);
}

/** Has a deal to itself until the end of the transaction. */
export async function lockDeal(tx: Tx, id: string): Promise<Deal> {
  const [, rows] = await Promise.all([
    tx.sql`select pg_advisory_xact_lock(hashtextextended(${id}, 1))`,
    tx.db.select().from(deal).where(eq(deal.id, id)).for('update'),
  ]);
  return found(rows[0]);
}

/** The deal with its company's name; drafts are for operators. Errors: DEALS_DEAL_NOT_FOUND. */
export async function findDeal(work: Work, id: string): Promise<DealView> {
  const [row] = await selectDealView(work, { id });
  return found(row);
}

/** Deals that take offers and commitments at `now`, closing soonest first. */
export async function listActiveDeals(work: Work, now: Date): Promise<DealView[]> {
  return selectActiveDeals(work, { now });
}

export async function listDeals(
  work: Work,
  filter: { status?: Deal['status']; before?: string | undefined; limit: number },
): Promise<DealView[]> {
  return selectDeals(work)
    .where(
      and(
        filter.status ? eq(deal.status, filter.status) : undefined,
        filter.before ? lt(deal.id, filter.before) : undefined,
      ),
    )
    .orderBy(desc(deal.id))
    .limit(filter.limit);
}

export async function insertDeal(tx: Tx, row: Deal): Promise<void> {
  // A draft is nobody's business yet: it has an event and an audit row, but no step that people see.
  await tx.db.insert(deal).values(row);
  announce(tx, row);
  tx.audit({ action: 'deal.created', entityType: 'deal', entityId: row.id, after: row });
}

/** Saves a changed deal; a changed status becomes a timeline step and an event. */
export async function saveDeal(tx: Tx, before: Deal, change: Partial<Deal>, note: string | null = null): Promise<Deal> {
  const after = { ...before, ...change };
  const moved = after.status !== before.status;
  await tx.db.update(deal).set(change).where(eq(deal.id, before.id));
  if (moved) record(tx, after, note);
  const summary = ({ status, priceMinor }: Deal) => ({ status, priceMinor });
  const action = moved ? `deal.${after.status}` : 'deal.changed';
  const entity = { entityType: 'deal', entityId: before.id };
  tx.audit({ action, ...entity, before: summary(before), after: { ...summary(after), ...(note ? { note } : {}) } });
  return after;
}

function selectDeals({ db }: Pick<Work, 'db'>) {
  return db.select({ deal, companyName: company.name }).from(deal).innerJoin(company, eq(company.id, deal.companyId));
}

function announce(tx: Tx, { id, companyId, status }: Deal): void {
  tx.emit(events.dealStatusChanged, id, { dealId: id, companyId, status });
}

function record(tx: Tx, row: Deal, note: string | null): void {
  const { id, status } = row;
  announce(tx, row);
  recordStep(tx, { dealId: id, subjectType: 'deal', subjectId: id, userId: null, status, note });
}

function found<T>(row: T | undefined): T {
  if (!row) throw dealsErrors.error('DEALS_DEAL_NOT_FOUND');
  return row;
}
