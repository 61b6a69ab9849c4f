import { newId } from '@clearlot/kernel';
import type { Vault, Work } from '@clearlot/service';
import { and, asc, desc, eq, inArray, ne, or } from 'drizzle-orm';
import { agreement, agreementPdf, documentEvent, settlementPackage, signature } from '../schema.ts';
import type { AgreementState, Parties } from './agreement.ts';
import type { Contract } from './contract.ts';
import type { SignatureProof, TrailEntry } from './render.ts';
import { readTerms, type StoredSupplyTerms } from './supply-terms.ts';

type Columns = typeof agreement.$inferSelect;
type ShareColumn = 'companyName' | 'participationId' | 'commitmentId' | 'shareType' | 'shares' | 'priceMinor';
/** What an agreement has by its kind, and what it has not. */
export type KindColumns =
  | ({ kind: 'share_purchase'; terms: null } & { [K in ShareColumn]: NonNullable<Columns[K]> })
  | ({ kind: 'supply'; terms: StoredSupplyTerms } & { [K in ShareColumn]: null });
type CommonColumns = Omit<Columns, keyof KindColumns>;
/** A constraint of the table says the same. */
export type AgreementRow = CommonColumns & KindColumns;
export type NewAgreement = Omit<
  CommonColumns,
  keyof AgreementState | 'finalClaimedUntil' | 'finalStoredAt' | 'voidedAt' | 'voidReason'
> & { sellerId: string; buyerId: string } & KindColumns;
export type SignatureRow = typeof signature.$inferSelect;
type EventRow = typeof documentEvent.$inferSelect;
export type PdfVersion = 'original' | 'final';

/** Seals the legal names of an agreement to its row. */
export function sealParties(vault: Vault, documentId: string, parties: Parties): Buffer {
  return vault.seal(JSON.stringify(parties), `agreement.parties:${documentId}`);
}

/** The legal names of an agreement. */
export function openParties(vault: Vault, row: Pick<AgreementRow, 'id' | 'partiesSealed'>): Parties {
  return JSON.parse(vault.open(row.partiesSealed, `agreement.parties:${row.id}`).toString()) as Parties;
}

/** Where the sealed PDF of an agreement belongs; it does not open anywhere else. */
export function placeOfPdf(documentId: string, version: PdfVersion): string {
  return `agreement_pdf.${version}:${documentId}`;
}

/** What a stored agreement says. */
export function contractOf(row: AgreementRow, parties: Parties): Contract {
  const { id: documentId, agreementId, dealId, dealName, currency, amountMinor, issuedAt } = row;
  const head = {
    ...{ documentId, agreementId, dealId, dealName, currency, amountMinor, issuedAt },
    seller: { id: row.sellerId, name: parties.sellerName },
    buyer: { id: row.buyerId, name: parties.buyerName },
  };
  if (row.kind === 'supply') return { ...head, kind: 'supply', terms: readTerms(row.terms) };
  const { kind, companyName, priceMinor, shares, shareType } = row;
  return { ...head, kind, companyName, priceMinor, shares, shareType };
}

/** Opens a settlement's package; false when its request or its cancellation was handled before. */
export async function openPackage(
  { db }: Work,
  row: Pick<typeof settlementPackage.$inferSelect, 'settlementId' | 'dealId' | 'createdAt'>,
): Promise<boolean> {
  const rows = await db
    .insert(settlementPackage)
    .values({ ...row, status: 'issued' })
    .onConflictDoNothing()
    .returning({ id: settlementPackage.settlementId });
  return rows.length === 1;
}

/** Whether a settlement's request or its cancellation was handled before. */
export async function isPackageKnown({ db }: Work, settlementId: string): Promise<boolean> {
  const rows = await db
    .select({ id: settlementPackage.settlementId })
    .from(settlementPackage)
    .where(eq(settlementPackage.settlementId, settlementId));
  return rows.length === 1;
}

/** Voids a settlement's package, known or not; false when it was void before. */
export async function voidPackage(
  { db }: Work,
  row: { settlementId: string; dealId: string; at: Date; reason: string },
): Promise<boolean> {
  const voided = { status: 'voided' as const, voidedAt: row.at, voidReason: row.reason };
  const rows = await db
    .insert(settlementPackage)
    .values({ settlementId: row.settlementId, dealId: row.dealId, createdAt: row.at, ...voided })
    .onConflictDoUpdate({
      target: settlementPackage.settlementId,
      set: voided,
      setWhere: ne(settlementPackage.status, 'voided'),
    })
    .returning({ id: settlementPackage.settlementId });
  return rows.length === 1;
}

/** Inserts agreements with the PDFs that are to be signed, and the start of their trails. */
export async function insertAgreements(
  { db }: Work,
  drawn: readonly { row: NewAgreement; sealed: Buffer; sizeBytes: number }[],
  at: Date,
): Promise<void> {
  if (drawn.length === 0) return;
  const parties = (row: NewAgreement) => ({ sellerId: row.sellerId, buyerId: row.buyerId, sha256: row.originalSha256 });
  await Promise.all([
    db.insert(agreement).values(drawn.map(({ row }) => ({ ...row, status: 'sent' as const }))),
    ...drawn.map(({ row, sealed, sizeBytes }) =>
      db
        .insert(agreementPdf)
        .values({ documentId: row.id, version: 'original', sealed, sizeBytes, createdAt: at, ...parties(row) }),
    ),
    db.insert(documentEvent).values(
      drawn.map(({ row }) => ({
        documentId: row.id,
        kind: 'issued' as const,
        at,
        actorId: 'clearlot',
        actorRole: 'clearlot' as const,
        ...parties(row),
      })),
    ),
  ]);
}

/** An agreement, as far as the actor may see it. */
export async function findAgreement({ db }: Work, id: string): Promise<AgreementRow | undefined> {
  const [row] = await db.select().from(agreement).where(eq(agreement.id, id));
  return row as AgreementRow | undefined;
}

/** An agreement of the actor, locked: its two signers take turns. */
export async function lockAgreement({ db }: Work, id: string): Promise<AgreementRow | undefined> {
  const [row] = await db.select().from(agreement).where(eq(agreement.id, id)).for('update');
  return row as AgreementRow | undefined;
}

/** Holds an agreement of the actor as it is: its trail is not completed while something is added to it. */
export async function holdAgreement({ db }: Work, id: string): Promise<boolean> {
  const rows = await db.select({ id: agreement.id }).from(agreement).where(eq(agreement.id, id)).for('share');
  return rows.length === 1;
}

/** All agreements of a settlement, locked in a fixed order. */
export async function lockAgreementsOf({ db }: Work, settlementId: string): Promise<AgreementRow[]> {
  const rows = await db
    .select()
    .from(agreement)
    .where(eq(agreement.settlementId, settlementId))
    .orderBy(agreement.id)
    .for('update');
  return rows as AgreementRow[];
}

/** Changes the progress of agreements; their terms cannot change. */
export async function updateAgreements(
  { db }: Work,
  ids: readonly string[],
  change: Partial<
    Pick<
      AgreementRow,
      'status' | 'sellerSignedAt' | 'buyerSignedAt' | 'completedAt' | 'finalStoredAt' | 'voidedAt' | 'voidReason'
    >
  >,
): Promise<void> {
  await db
    .update(agreement)
    .set(change)
    .where(inArray(agreement.id, [...ids]));
}

/** The agreements a person is a party of, newest first. */
export async function listAgreementsOf({ db }: Work, userId: string): Promise<AgreementRow[]> {
  const rows = await db
    .select()
    .from(agreement)
    .where(or(eq(agreement.sellerId, userId), eq(agreement.buyerId, userId)))
    .orderBy(desc(agreement.issuedAt), desc(agreement.id));
  return rows as AgreementRow[];
}

/** The agreements of a deal. */
export async function listAgreementsOfDeal({ db }: Work, dealId: string): Promise<AgreementRow[]> {
  const rows = await db
    .select()
    .from(agreement)
    .where(eq(agreement.dealId, dealId))
    .orderBy(asc(agreement.issuedAt), agreement.id);
  return rows as AgreementRow[];
}

/** The signatures of some agreements, in the order they were given. */
export function listSignatures({ db }: Work, documentIds: readonly string[]): PromiseLike<SignatureRow[]> {
  return db
    .select()
    .from(signature)
    .where(inArray(signature.documentId, [...documentIds]))
    .orderBy(signature.signedAt, signature.id);
}

/** Records a signature; the typed name is sealed to its row. */
export async function insertSignature(
  { db }: Work,
  vault: Vault,
  row: Omit<SignatureRow, 'id' | 'typedNameSealed'>,
  typedName: string,
): Promise<void> {
  const id = newId();
  await db
    .insert(signature)
    .values({ ...row, id, typedNameSealed: vault.seal(typedName, `signature.typed_name:${id}`) });
}

/** A signature as the certificate shows it. */
export function proofOf(vault: Vault, row: SignatureRow, parties: Parties): SignatureProof {
  return {
    signerId: row.signerId,
    role: row.signerRole,
    legalName: row.signerRole === 'seller' ? parties.sellerName : parties.buyerName,
    typedName: vault.open(row.typedNameSealed, `signature.typed_name:${row.id}`).toString(),
    consentText: row.consentText,
    signedAt: row.signedAt,
    ip: row.ip,
    userAgent: row.userAgent,
    documentSha256: row.documentSha256.toString('hex'),
  };
}

/** Adds to the trail; a version a person opened before is not added again. */
export async function insertEvents(
  { db }: Work,
  row: Pick<AgreementRow, 'id' | 'sellerId' | 'buyerId'>,
  events: readonly Pick<EventRow, 'kind' | 'at' | 'actorId' | 'actorRole' | 'ip' | 'sha256'>[],
): Promise<void> {
  const { id: documentId, sellerId, buyerId } = row;
  await db
    .insert(documentEvent)
    .values(events.map((event) => ({ ...event, documentId, sellerId, buyerId })))
    .onConflictDoNothing();
}

/** The trail of a document, in order. */
export function listEvents({ db }: Work, documentId: string): PromiseLike<EventRow[]> {
  return db.select().from(documentEvent).where(eq(documentEvent.documentId, documentId)).orderBy(documentEvent.seq);
}

/** A trail row as people read it. */
export function trailEntryOf(row: EventRow): TrailEntry {
  const { kind, at, actorId, actorRole, ip } = row;
  return { kind, at, actorId, actorRole, ip, sha256: row.sha256?.toString('hex') ?? null };
}

/** A stored PDF, still sealed, as far as the actor may see it. */
export async function findPdf(
  { db }: Work,
  documentId: string,
  version: PdfVersion,
): Promise<typeof agreementPdf.$inferSelect | undefined> {
  const [row] = await db
    .select()
    .from(agreementPdf)
    .where(and(eq(agreementPdf.documentId, documentId), eq(agreementPdf.version, version)));
  return row;
}

/** Stores a PDF unless that version is there already; the first one stays. */
export async function insertPdf({ db }: Work, row: typeof agreementPdf.$inferSelect): Promise<void> {
  await db.insert(agreementPdf).values(row).onConflictDoNothing();
}

/** Takes completed agreements that have no final PDF yet, so that other replicas leave them alone for a while. */
export async function claimUnfinished({ sql }: Work, now: Date, until: Date, limit: number): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    update agreement set final_claimed_until = ${until} where id in (
      select id from agreement
      where completed_at is not null and final_stored_at is null
        and (final_claimed_until is null or final_claimed_until < ${now})
      order by completed_at limit ${limit} for update skip locked)
    returning id`;
  return rows.map((row) => row.id);
}
