import { crashPoint, type Timer } from '@clearlot/service';
import { openEmail, openName } from '../accounts/sealed-account.ts';
import { type AccountRow, findAccounts } from '../accounts/store.ts';
import type { IdentityContext, Ports } from '../ports.ts';
import { afterFailure, leaseUntil, messageIdOf } from './mail.ts';
import type { OutgoingMail } from './mailer.ts';
import { claimDueMail, type MailRow, markFailed, markSent, openMailData, openRecipient } from './store.ts';
import { renderLetter } from './templates/templates.ts';

const BATCH = 20;

/** Sends what is due. Runs in every replica; each mail is leased to one of them. */
export const sendDueMailTimer: Timer<Ports> = { name: 'mail-sender', everyMs: 200, run: sendDueMail };

/**
 * Sends mails until none is due. A mail is sent before it is marked, so a crash between the two sends it twice under
 * one Message-ID and never loses it.
 */
export async function sendDueMail(ctx: IdentityContext): Promise<void> {
  for (;;) {
    const claimed = await ctx.transaction('ClaimMail', async (tx) => {
      const rows = await claimDueMail(tx, { now: tx.now, leaseUntil: leaseUntil(tx.now), limit: BATCH });
      const accounts = await findAccounts(
        tx,
        rows.flatMap(({ userId }) => userId ?? []),
      );
      return rows.map((row) => ({ row, account: accounts.find(({ id }) => id === row.userId) }));
    });
    await Promise.all(claimed.map(({ row, account }) => sendOne(ctx, row, account)));
    if (claimed.length < BATCH) return;
  }
}

async function sendOne(ctx: IdentityContext, row: MailRow, account: AccountRow | undefined): Promise<void> {
  const { notificationId } = row;
  try {
    const outgoing = compose(ctx, row, account);
    crashPoint('identity.mail:before-send');
    await ctx.clients.mailer.send(outgoing);
    crashPoint('identity.mail:after-send');
  } catch (error) {
    const next = afterFailure(row.attempts, ctx.clock.now());
    // An SMTP answer quotes the address; the code says enough.
    const lastError = String((error as { code?: string }).code ?? 'UNKNOWN');
    ctx.log.warn({ code: lastError, notificationId, attempts: row.attempts }, 'mail: not sent');
    await ctx.transaction('MarkMailFailed', (tx) => markFailed(tx, notificationId, { ...next, lastError }));
    return;
  }
  await ctx.transaction('MarkMailSent', (tx) => markSent(tx, notificationId, tx.now));
}

function compose(ctx: IdentityContext, row: MailRow, account: AccountRow | undefined): OutgoingMail {
  const { vault, publicUrl } = ctx.clients;
  const address = openRecipient(vault, row) ?? (account && openEmail(vault, account.id, account.email));
  if (!address) throw Object.assign(new Error('nobody to send to'), { code: 'RECIPIENT_UNKNOWN' });
  const fullName = account ? openName(vault, account.id, account.fullName) : '';
  return {
    ...renderLetter(row.template, openMailData(vault, row), { fullName, publicUrl }),
    messageId: messageIdOf(row.notificationId),
    to: { name: fullName, address },
  };
}
