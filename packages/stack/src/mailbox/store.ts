import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** One message as one recipient received it. */
export type MailboxMessage = {
  id: string;
  messageId: string;
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  receivedAt: string;
};

type Entry = ({ kind: 'message' } & MailboxMessage) | { kind: 'suppressed'; messageId: string; to: string };

/**
 * Messages in memory and, when a file is given, in JSON lines that survive a restart. A second delivery of the same
 * Message-ID to the same recipient is suppressed as real mailbox servers do (RFC 7352), but counted: a test can tell
 * "sent once" from "sent twice and forgiven".
 */
export class MailboxStore {
  readonly #file: string | undefined;
  #messages: MailboxMessage[] = [];
  #seen = new Set<string>();
  #suppressed: { messageId: string; to: string }[] = [];
  #nextId = 1;

  constructor(file: string | undefined) {
    this.#file = file;
    if (!file) return;
    mkdirSync(dirname(file), { recursive: true });
    if (!existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const entry = parseLine(line);
      if (entry) this.#apply(entry);
    }
  }

  /** Durable in the file when it returns, so the sender may be told "accepted". */
  deliver(message: Omit<MailboxMessage, 'id'>): 'delivered' | 'suppressed' {
    const isDuplicate = message.messageId !== '' && this.#seen.has(key(message));
    const entry: Entry = isDuplicate
      ? { kind: 'suppressed', messageId: message.messageId, to: message.to }
      : { kind: 'message', id: String(this.#nextId), ...message };
    if (this.#file) appendFileSync(this.#file, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
    this.#apply(entry);
    return isDuplicate ? 'suppressed' : 'delivered';
  }

  /** Oldest first; `to` is compared without regard to case. */
  list(to?: string): MailboxMessage[] {
    const wanted = to?.toLowerCase();
    return this.#messages.filter((message) => wanted === undefined || message.to.toLowerCase() === wanted);
  }

  get suppressed(): readonly { messageId: string; to: string }[] {
    return this.#suppressed;
  }

  /** Forgets everything, also what was seen. */
  clear(): void {
    this.#messages = [];
    this.#suppressed = [];
    this.#seen.clear();
    if (this.#file) writeFileSync(this.#file, '', { mode: 0o600 });
  }

  #apply(entry: Entry): void {
    if (entry.kind === 'suppressed') {
      this.#suppressed.push({ messageId: entry.messageId, to: entry.to });
      return;
    }
    const { kind: _kind, ...message } = entry;
    this.#messages.push(message);
    this.#seen.add(key(message));
    this.#nextId = Math.max(this.#nextId, Number(message.id) + 1);
  }
}

function key({ messageId, to }: { messageId: string; to: string }): string {
  return `${messageId}\0${to.toLowerCase()}`;
}

/** A kill -9 may leave half a line at the end: that message was never acknowledged and comes again. */
function parseLine(line: string): Entry | undefined {
  try {
    return line === '' ? undefined : (JSON.parse(line) as Entry);
  } catch {
    return undefined;
  }
}
