import { once } from 'node:events';
import type { AddressInfo, Server as NetServer } from 'node:net';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { type MailboxMessage, MailboxStore } from './store.ts';
import { createMailboxView } from './view.ts';

export type MailboxOptions = {
  smtpPort?: number | undefined;
  httpPort?: number | undefined;
  /** JSON lines; without it messages live in memory only. */
  file?: string | undefined;
};

export type Mailbox = {
  smtpUrl: string;
  url: string;
  messages(to?: string): MailboxMessage[];
  /** Second deliveries of the same Message-ID to the same recipient. */
  suppressed(): readonly { messageId: string; to: string }[];
  stop(): Promise<void>;
};

/** A local mail catcher: SMTP in, a page and JSON out, both on 127.0.0.1 only. */
export async function startMailbox(options: MailboxOptions = {}): Promise<Mailbox> {
  const store = new MailboxStore(options.file);
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onData: (stream, session, callback) => {
      receive(store, stream, session).then(
        () => callback(),
        (error: Error) => callback(error),
      );
    },
  });
  // A client that vanishes in mid-conversation is its own problem.
  smtp.on('error', () => {});
  const smtpServer = smtp.listen(options.smtpPort ?? 0, '127.0.0.1') as unknown as NetServer;
  const http = createMailboxView(store).listen(options.httpPort ?? 0, '127.0.0.1');
  await Promise.all([listening(smtpServer), listening(http)]);
  return {
    smtpUrl: `smtp://127.0.0.1:${portOf(smtpServer)}`,
    url: `http://127.0.0.1:${portOf(http)}`,
    messages: (to) => store.list(to),
    suppressed: () => store.suppressed,
    stop: async () => {
      http.closeAllConnections();
      await Promise.all([
        new Promise<void>((resolve) => http.close(() => resolve())),
        new Promise<void>((resolve) => smtp.close(() => resolve())),
      ]);
    },
  };
}

async function receive(store: MailboxStore, stream: Readable, session: SMTPServerSession): Promise<void> {
  const mail = await PostalMime.parse(await buffer(stream));
  const sender = session.envelope.mailFrom;
  for (const { address } of session.envelope.rcptTo) {
    store.deliver({
      messageId: mail.messageId ?? '',
      from: mail.from?.address ?? (sender ? sender.address : ''),
      to: address,
      subject: mail.subject ?? '',
      text: mail.text ?? '',
      html: mail.html ?? '',
      receivedAt: new Date().toISOString(),
    });
  }
}

async function listening(server: NetServer): Promise<void> {
  if (!server.listening) await once(server, 'listening');
}

function portOf(server: NetServer): number {
  return (server.address() as AddressInfo).port;
}
