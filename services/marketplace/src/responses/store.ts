import type { FieldError } from '@clearlot/kernel';
import { events } from '@clearlot/proto/events';
import type { Tx, Work } from '@clearlot/service';
import { and, asc, desc, eq } from 'drizzle-orm';
import { findRfq } from '../rfqs/store.ts';
import { type ResponseContent, type ResponseContentJson, responseContent } from './content.ts';
import { contentProblems, moveResponse, standsFor } from './response.ts';
import { type Response, response } from './tables.ts';

/** An opened response as an evaluation takes it. */
export interface CountingResponse {
  id: string;
  supplierId: string;
  supplierOwnerId: string;
  version: number;
  /** The version of the terms it stands for: made for it, or acknowledged. */
  rfqVersion: number;
  submittedAt: Date;
  content: ResponseContent;
  contentJson: ResponseContentJson;
  contentSha256: Buffer;
  /** It answers the RFQ as its terms are now; a response that does not is shown but cannot be awarded. */
  current: boolean;
  /** Where it does not fit the terms as they are now, as pointers into it. */
  problems: FieldError[];
}

/**
 * The opened responses of an RFQ, the earliest hand-in first; none before the opening. For its buyer, operators and the
 * service. Errors: MARKETPLACE_RFQ_NOT_FOUND.
 */
export async function listCountingResponses(work: Work, rfqId: string): Promise<CountingResponse[]> {
  const { rfq, terms } = await findRfq(work, rfqId);
  const rows = await work.db
    .select()
    .from(response)
    .where(and(eq(response.rfqId, rfqId), eq(response.status, 'opened')))
    .orderBy(asc(response.submittedAt), asc(response.id));
  return rows.flatMap((row) => {
    if (row.content === null) return [];
    const content = responseContent.parse(row.content);
    const problems = contentProblems(terms, content);
    return {
      id: row.id,
      supplierId: row.supplierId,
      supplierOwnerId: row.supplierOwnerId,
      version: row.version,
      rfqVersion: standsFor(row),
      submittedAt: row.submittedAt,
      content,
      contentJson: row.content,
      contentSha256: row.contentSha256,
      // Acknowledging cannot look into the envelope: terms that changed under it may not fit any more.
      current: standsFor(row) === rfq.version && problems.length === 0,
      problems,
    };
  });
}

/** The actor's sealed response to an RFQ, locked. */
export async function lockSealed(tx: Tx, rfqId: string): Promise<Response | undefined> {
  // Of one supplier's actions on an RFQ each waits for the one before, also where there is no row to wait for yet.
  await tx.sql`select pg_advisory_xact_lock(hashtextextended(${`${rfqId} ${tx.actor.id}`}, 4))`;
  const [row] = await tx.db
    .select()
    .from(response)
    .where(and(eq(response.rfqId, rfqId), eq(response.supplierOwnerId, tx.actor.id), eq(response.status, 'sealed')))
    .for('update');
  return row;
}

/** All sealed responses to an RFQ, locked; for the service. */
export async function lockAllSealed(tx: Tx, rfqId: string): Promise<Response[]> {
  return tx.db
    .select()
    .from(response)
    .where(and(eq(response.rfqId, rfqId), eq(response.status, 'sealed')))
    .orderBy(asc(response.id))
    .for('update');
}

/** Whose responses to an RFQ stand, sealed or opened, one for each supplier; for the service. */
export async function listStandingOwners({ sql }: Work, rfqId: string): Promise<string[]> {
  const rows = await sql<{ supplier_owner_id: string }[]>`
    select supplier_owner_id from response where rfq_id = ${rfqId} and status in ('sealed', 'opened') order by id`;
  return rows.map((row) => row.supplier_owner_id);
}

/** How many responses to an RFQ were opened, as far as the actor may see them. */
export async function countOpened({ sql }: Work, rfqId: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from response where rfq_id = ${rfqId} and status = 'opened'`;
  return row?.count ?? 0;
}

/** How often the actor has handed in for an RFQ. */
export async function countHandIns({ sql, actor }: Tx, rfqId: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from response where rfq_id = ${rfqId} and supplier_owner_id = ${actor.id}`;
  return row?.count ?? 0;
}

/** The actor's hand-ins for an RFQ, newest first. */
export async function listHandIns(work: Work, rfqId: string, ownerId: string): Promise<Response[]> {
  return work.db
    .select()
    .from(response)
    .where(and(eq(response.rfqId, rfqId), eq(response.supplierOwnerId, ownerId)))
    .orderBy(desc(response.version));
}

/** A hand-in with its audit row and event; neither says anything of its content. */
export async function insertResponse(tx: Tx, row: Response): Promise<void> {
  const { id, rfqId, supplierId, version, rfqVersion, contentSha256 } = row;
  await tx.db.insert(response).values(row);
  tx.emit(events.responseSubmitted, id, { responseId: id, rfqId, supplierId, version, contentSha256 });
  const after = { rfqId, supplierId, version, rfqVersion, contentSha256: contentSha256.toString('hex') };
  tx.audit({ action: 'response.submitted', entityType: 'response', entityId: id, after });
}

/** Saves a changed response with its audit row. */
export async function saveResponse(tx: Tx, before: Response, change: Partial<Response>): Promise<Response> {
  const after = { ...before, ...change };
  const moved = after.status !== before.status;
  if (moved) moveResponse(before.status, after.status);
  await tx.db.update(response).set(change).where(eq(response.id, before.id));
  tx.audit({
    action: moved ? `response.${after.status}` : 'response.acknowledged',
    entityType: 'response',
    entityId: before.id,
    before: summary(before),
    after: summary(after),
  });
  return after;
}

function summary({ rfqId, supplierId, version, status, rfqVersion, acknowledgedVersion }: Response) {
  return { rfqId, supplierId, version, status, rfqVersion, acknowledgedVersion };
}
