import { events } from '@clearlot/proto/events';
import type { Tx, Work } from '@clearlot/service';
import { and, desc, eq, inArray, lt, lte, sql } from 'drizzle-orm';
import { rfqErrors } from './errors.ts';
import { moveRfq } from './rfq.ts';
import {
  type Rfq,
  type RfqAttachment,
  type RfqInvitation,
  type RfqVersion,
  rfq,
  rfqAttachment,
  rfqInvitation,
  rfqVersion,
} from './tables.ts';
import { type RfqTerms, type RfqTermsJson, rfqTerms } from './terms.ts';

/** An RFQ with the terms of its version: as they are worked with, and as the buyer sent them. */
export interface RfqView {
  rfq: Rfq;
  terms: RfqTerms;
  termsJson: RfqTermsJson;
}

/** The RFQ and its terms, if the actor may see it. Errors: MARKETPLACE_RFQ_NOT_FOUND. */
export async function findRfq(work: Work, id: string): Promise<RfqView> {
  const [, rows, , terms] = await Promise.all([
    claimInvited(work, id),
    work.db.select().from(rfq).where(eq(rfq.id, id)),
    claimSeen(work, id),
    selectTerms(work, id),
  ]);
  return view(rows[0], terms[0]);
}

/**
 * Takes part in an RFQ: many suppliers at once, but none while it is amended, cancelled or closed. What is read here holds
 * to the end of the transaction. Errors: MARKETPLACE_RFQ_NOT_FOUND.
 */
export async function joinRfq(tx: Tx, id: string): Promise<RfqView> {
  // A supplier may not update the RFQ's row, so the lock is an advisory one on its id.
  const [, found] = await Promise.all([
    // Sent now, so that what is read after it is read under it.
    tx.sql`select pg_advisory_xact_lock_shared(hashtextextended(${id}, 3))`.execute(),
    findRfq(tx, id),
  ]);
  return found;
}

/** Has an RFQ to itself until the end of the transaction, for its buyer or the service. Errors: MARKETPLACE_RFQ_NOT_FOUND. */
export async function lockRfq(tx: Tx, id: string): Promise<RfqView> {
  const [, rows, , terms] = await Promise.all([
    tx.sql`select pg_advisory_xact_lock(hashtextextended(${id}, 3))`,
    tx.db.select().from(rfq).where(eq(rfq.id, id)).for('update'),
    claimSeen(tx, id),
    selectTerms(tx, id),
  ]);
  return view(rows[0], terms[0]);
}

/** A new draft with its terms (version 0) and whom it will be sent to. */
export async function insertRfq(tx: Tx, row: Rfq, terms: RfqTermsJson, invitedSupplierIds: string[]): Promise<void> {
  const { id: rfqId, buyerId, title, visibility, currency } = row;
  await tx.db.insert(rfq).values(row);
  await insertVersion(tx, { rfqId, version: 0, buyerId, terms, invitedSupplierIds, reason: null, createdAt: tx.now });
  announce(tx, row);
  const after = { title, visibility, currency, terms, invitedSupplierIds };
  tx.audit({ action: 'rfq.created', entityType: 'rfq', entityId: rfqId, after });
}

export async function insertVersion(tx: Tx, row: RfqVersion): Promise<void> {
  await tx.db.insert(rfqVersion).values(row);
}

/**
 * Saves a changed RFQ with its audit row; a changed status is checked and becomes an event. Staying where it is is no move:
 * an action that ends something checks that itself. `note` is for the audit row. Errors: MARKETPLACE_RFQ_WRONG_STATUS.
 */
export async function saveRfq(
  tx: Tx,
  before: Rfq,
  change: Partial<Omit<Rfq, 'id' | 'buyerId' | 'createdAt' | 'updatedAt'>>,
  note?: Record<string, unknown>,
): Promise<Rfq> {
  const after = { ...before, ...change, updatedAt: tx.now };
  const moved = after.status !== before.status;
  if (moved) moveRfq(before.status, after.status);
  await tx.db
    .update(rfq)
    .set({ ...change, updatedAt: tx.now })
    .where(eq(rfq.id, before.id));
  if (moved) announce(tx, after);
  tx.audit({
    action: moved ? `rfq.${after.status}` : 'rfq.changed',
    entityType: 'rfq',
    entityId: before.id,
    before: summary(before),
    after: { ...summary(after), ...note },
  });
  return after;
}

/** Writes a draft anew, with its audit row. */
export async function saveDraft(
  tx: Tx,
  before: Rfq,
  change: Partial<Rfq>,
  terms: RfqTermsJson,
  invitedSupplierIds: string[],
): Promise<Rfq> {
  await tx.db
    .update(rfqVersion)
    .set({ terms, invitedSupplierIds })
    .where(and(eq(rfqVersion.rfqId, before.id), eq(rfqVersion.version, 0)));
  return saveRfq(tx, before, change, { terms, invitedSupplierIds });
}

/** The suppliers a draft is meant for, each once; for its buyer. */
export async function listWanted({ sql }: Work, rfqId: string): Promise<string[]> {
  const [draft] = await sql<{ wanted: string[] }[]>`
    select invited_supplier_ids as wanted from rfq_version where rfq_id = ${rfqId} and version = 0`;
  return [...new Set(draft?.wanted ?? [])];
}

/** Invites whom the draft named, as far as they are verified suppliers; answers how many of how many. */
export async function inviteSuppliers(tx: Tx, { id, buyerId }: Rfq): Promise<{ wanted: number; invited: number }> {
  const wanted = await listWanted(tx, id);
  const suppliers = await tx.sql<{ id: string; owner_id: string }[]>`
    select id, owner_id from supplier where id = any(${wanted}::uuid[]) and status = 'verified'`;
  for (const { id: supplierId, owner_id: supplierOwnerId } of suppliers) {
    await tx.db.insert(rfqInvitation).values({ rfqId: id, supplierId, supplierOwnerId, buyerId, createdAt: tx.now });
  }
  return { wanted: wanted.length, invited: suppliers.length };
}

/** Published RFQs whose deadline is here, with whether anything is sealed for them; for the service. */
export async function listDue({ sql }: Work, now: Date): Promise<{ id: string; sealed: boolean }[]> {
  return sql<{ id: string; sealed: boolean }[]>`
    select id, exists (select 1 from response where rfq_id = rfq.id and status = 'sealed') as sealed
    from rfq where status = 'published' and deadline_at <= ${now} order by deadline_at, id limit 200`;
}

/** RFQs that should have been decided by now, claimed; for the service. */
export async function lockUndecided(tx: Tx): Promise<Rfq[]> {
  return tx.db
    .select()
    .from(rfq)
    .where(and(inArray(rfq.status, ['closed', 'evaluated']), lte(rfq.decideBy, tx.now)))
    .orderBy(rfq.decideBy)
    .limit(50)
    .for('update', { skipLocked: true });
}

/** RFQs the actor may see, newest first. */
export async function listRfqs(
  work: Work,
  filter: {
    status?: Rfq['status'] | undefined;
    productType?: string | undefined;
    /** Part of a title. */
    q?: string | undefined;
    buyerId?: string | undefined;
    before?: string | undefined;
    limit: number;
  },
): Promise<Rfq[]> {
  const [, rows] = await Promise.all([
    claimInvited(work),
    work.db
      .select()
      .from(rfq)
      .where(
        and(
          filter.status ? eq(rfq.status, filter.status) : undefined,
          filter.productType ? sql`${filter.productType} = any(${rfq.productTypes})` : undefined,
          filter.q ? sql`strpos(lower(${rfq.title}), lower(${filter.q})) > 0` : undefined,
          filter.buyerId ? eq(rfq.buyerId, filter.buyerId) : undefined,
          filter.before ? lt(rfq.id, filter.before) : undefined,
        ),
      )
      .orderBy(desc(rfq.id))
      .limit(filter.limit),
  ]);
  return rows;
}

/** Versions of an RFQ found before in this transaction, the first one first. A draft has none. */
export async function listVersions(work: Work, rfqId: string): Promise<RfqVersion[]> {
  return work.db
    .select()
    .from(rfqVersion)
    .where(and(eq(rfqVersion.rfqId, rfqId), sql`${rfqVersion.version} > 0`))
    .orderBy(rfqVersion.version);
}

/** Attachments of an RFQ found before in this transaction. */
export async function listAttachments(work: Work, rfqId: string): Promise<RfqAttachment[]> {
  return work.db
    .select()
    .from(rfqAttachment)
    .where(eq(rfqAttachment.rfqId, rfqId))
    .orderBy(rfqAttachment.createdAt, rfqAttachment.documentId);
}

/** An attached file; the same file twice is one attachment. */
export async function insertAttachment(tx: Tx, row: RfqAttachment): Promise<void> {
  await tx.db.insert(rfqAttachment).values(row).onConflictDoNothing();
}

/** The suppliers an RFQ was sent to by invitation; for its buyer and the service. */
export async function listInvitations(work: Work, rfqId: string): Promise<RfqInvitation[]> {
  return work.db.select().from(rfqInvitation).where(eq(rfqInvitation.rfqId, rfqId)).orderBy(rfqInvitation.supplierId);
}

/** The claim that lets an invitation show its RFQ, made from the invitations themselves: of one RFQ, or of all. */
function claimInvited({ sql }: Work, rfqId: string | null = null) {
  return sql`select set_config('app.rfq_ids', '{' || coalesce(string_agg(rfq_id::text, ','), '') || '}', true)
    from rfq_invitation where supplier_owner_id = app.user_id() and (${rfqId}::uuid is null or rfq_id = ${rfqId})`;
}

/** The claim that lets an RFQ show what belongs to it, made only if the RFQ itself shows. */
function claimSeen({ sql }: Work, rfqId: string) {
  return sql`select set_config('app.rfq_ids', '{' || coalesce(string_agg(id::text, ','), '') || '}', true)
    from rfq where id = ${rfqId}`;
}

function selectTerms(work: Work, rfqId: string) {
  return work.db
    .select({ terms: rfqVersion.terms })
    .from(rfqVersion)
    .innerJoin(rfq, and(eq(rfq.id, rfqVersion.rfqId), eq(rfq.version, rfqVersion.version)))
    .where(eq(rfq.id, rfqId));
}

function view(row: Rfq | undefined, version: { terms: RfqTermsJson } | undefined): RfqView {
  if (!row || !version) throw rfqErrors.error('MARKETPLACE_RFQ_NOT_FOUND');
  return { rfq: row, terms: rfqTerms.parse(version.terms), termsJson: version.terms };
}

function announce(tx: Tx, { id, buyerId, status, version }: Rfq): void {
  tx.emit(events.rfqStatusChanged, id, { rfqId: id, buyerId, status, version });
}

function summary({ status, version, title, visibility, currency, deadlineAt, decideBy, cancelReason }: Rfq) {
  return { status, version, title, visibility, currency, deadlineAt, decideBy, cancelReason };
}
