import type { Vault, Work } from '@clearlot/service';
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { mail } from '../schema.ts';
import type { MailData } from './templates/letter.ts';

export type MailRow = typeof mail.$inferSelect;

/** What is needed to plan one mail: to a person by id, or to an address. */
export type PlannedMail = { notificationId: string; template: string; data: MailData; now: Date } & (
  | { userId: string }
  | { recipient: string; requestedBy: string }
);

/** Plans a mail; a notification planned before stays as it is. */
export async function planMail(work: Work, vault: Vault, planned: PlannedMail): Promise<void> {
  const { notificationId, template, data, now } = planned;
  const address =
    'userId' in planned
      ? { userId: planned.userId, recipient: null, requestedBy: null }
      : {
          userId: null,
          recipient: vault.seal(planned.recipient, `mail.recipient:${notificationId}`),
          requestedBy: planned.requestedBy,
        };
  await work.db
    .insert(mail)
    .values({
      notificationId,
      template,
      ...address,
      data: vault.seal(JSON.stringify(data), `mail.data:${notificationId}`),
      state: 'planned',
      attempts: 0,
      dueAt: now,
      leaseUntil: null,
      lastError: null,
      createdAt: now,
      sentAt: null,
    })
    .onConflictDoNothing();
}

export function openMailData(vault: Vault, row: MailRow): MailData {
  return row.data ? JSON.parse(vault.open(row.data, `mail.data:${row.notificationId}`).toString()) : {};
}

export function openRecipient(vault: Vault, row: MailRow): string | undefined {
  return row.recipient ? vault.open(row.recipient, `mail.recipient:${row.notificationId}`).toString() : undefined;
}

/**
 * Takes up to `limit` mails that are due, or whose sender let its lease run out: their outcome is not known and they
 * are sent again under the same Message-ID. No other sender gets them until `leaseUntil`.
 */
export async function claimDueMail(
  work: Work,
  claim: { now: Date; leaseUntil: Date; limit: number },
): Promise<MailRow[]> {
  const { now, leaseUntil, limit } = claim;
  const due = await work.sql<{ notification_id: string }[]>`
    select notification_id from mail
    where (state = 'planned' and due_at <= ${now}) or (state = 'sending' and lease_until <= ${now})
    order by due_at limit ${limit} for update skip locked`;
  if (due.length === 0) return [];
  return work.db
    .update(mail)
    .set({ state: 'sending', leaseUntil, attempts: sql`${mail.attempts} + 1` })
    .where(
      inArray(
        mail.notificationId,
        due.map((row) => row.notification_id),
      ),
    )
    .returning();
}

/** Records that the server took a mail; what it said is forgotten. */
export async function markSent(work: Work, notificationId: string, now: Date): Promise<void> {
  await work.db
    .update(mail)
    .set({ state: 'sent', sentAt: now, leaseUntil: null, lastError: null, data: null })
    .where(eq(mail.notificationId, notificationId));
}

/** Records a failed attempt; a mail that another sender got through meanwhile stays sent. */
export async function markFailed(
  work: Work,
  notificationId: string,
  next: { state: 'planned' | 'failed'; dueAt: Date; lastError: string },
): Promise<void> {
  await work.db
    .update(mail)
    .set({ ...next, leaseUntil: null })
    .where(and(eq(mail.notificationId, notificationId), eq(mail.state, 'sending')));
}

export async function listMailOf(work: Work, userId: string) {
  return work.db
    .select({ template: mail.template, state: mail.state, createdAt: mail.createdAt, sentAt: mail.sentAt })
    .from(mail)
    .where(eq(mail.userId, userId))
    .orderBy(desc(mail.createdAt))
    .limit(1000);
}
