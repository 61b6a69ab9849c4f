import { createTransport } from 'nodemailer';
import type { Letter } from './templates/letter.ts';

/** One e-mail on its way out. */
export interface OutgoingMail extends Letter {
  messageId: string;
  to: { name: string; address: string };
}

export interface Mailer {
  /** Resolves when the server has taken the message. */
  send(mail: OutgoingMail): Promise<void>;
}

/** Sends over SMTP. The timeouts together stay below a sender's lease. */
export function createMailer(smtpUrl: string, from: string): Mailer {
  const timeouts = { dnsTimeout: 2_000, connectionTimeout: 3_000, greetingTimeout: 3_000, socketTimeout: 6_000 };
  const transport = createTransport({ url: smtpUrl, ...timeouts });
  return {
    async send({ messageId, to, subject, text, html }) {
      await transport.sendMail({
        from,
        to,
        messageId,
        subject,
        text,
        html,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    },
  };
}
