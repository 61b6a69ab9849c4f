import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Mailbox, startMailbox } from './mailbox.ts';

let folder: string;
let file: string;
let mailbox: Mailbox;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'clearlot-mailbox-'));
  file = join(folder, 'mailbox.jsonl');
  mailbox = await startMailbox({ file });
});
afterEach(async () => {
  await mailbox.stop();
  rmSync(folder, { recursive: true });
});

/** Speaks SMTP by hand: what arrives is then exactly what was sent. */
async function send(recipients: string[], messageId: string, subject = 'Hello', body = 'Text'): Promise<void> {
  const socket = connect(Number(new URL(mailbox.smtpUrl).port), '127.0.0.1');
  const replies = createInterface({ input: socket })[Symbol.asyncIterator]();
  const exchange = async (command: string | undefined, expected: string) => {
    if (command !== undefined) socket.write(`${command}\r\n`);
    for (;;) {
      const { value } = await replies.next();
      if (!value?.startsWith(expected)) throw new Error(`Unexpected reply to ${command}: ${value}`);
      if (value[3] === ' ') return;
    }
  };
  await exchange(undefined, '220');
  await exchange('EHLO test', '250');
  await exchange('MAIL FROM:<sender@clearlot.example>', '250');
  for (const recipient of recipients) await exchange(`RCPT TO:<${recipient}>`, '250');
  await exchange('DATA', '354');
  const id = messageId ? [`Message-ID: ${messageId}`] : [];
  const headers = ['From: Sender <sender@clearlot.example>', 'To: x@example.com', `Subject: ${subject}`, ...id];
  await exchange([...headers, '', body, '.'].join('\r\n'), '250');
  await exchange('QUIT', '221');
  socket.destroy();
}

test('a message is readable by recipient', async () => {
  await send(['a@example.com', 'b@example.com'], '<1@test>');
  const response = await fetch(`${mailbox.url}/messages?to=A@example.com`);
  expect(await response.json()).toEqual([
    expect.objectContaining({
      messageId: '<1@test>',
      from: 'sender@clearlot.example',
      to: 'a@example.com',
      subject: 'Hello',
      text: 'Text\n',
    }),
  ]);
  expect(mailbox.messages()).toHaveLength(2);
});

test('a second delivery of the same Message-ID to the same recipient is suppressed and counted', async () => {
  await send(['a@example.com'], '<1@test>');
  await send(['A@example.com', 'b@example.com'], '<1@test>');
  expect(mailbox.messages('a@example.com')).toHaveLength(1);
  expect(mailbox.messages('b@example.com')).toHaveLength(1);
  const stats = await (await fetch(`${mailbox.url}/stats`)).json();
  expect(stats).toEqual({ delivered: 2, suppressed: [{ messageId: '<1@test>', to: 'A@example.com' }] });
});

test('messages without a Message-ID are never taken for duplicates', async () => {
  await send(['a@example.com'], '');
  await send(['a@example.com'], '');
  expect(mailbox.messages()).toHaveLength(2);
});

test('messages and what was seen survive a restart, and half a line at the end does no harm', async () => {
  await send(['a@example.com'], '<1@test>');
  await mailbox.stop();
  const { appendFileSync } = await import('node:fs');
  appendFileSync(file, '{"kind":"mess');
  mailbox = await startMailbox({ file });
  await send(['a@example.com'], '<1@test>');
  await send(['a@example.com'], '<2@test>');
  expect(mailbox.messages().map(({ id, messageId }) => [id, messageId])).toEqual([
    ['1', '<1@test>'],
    ['2', '<2@test>'],
  ]);
  expect(mailbox.suppressed()).toHaveLength(1);
});

test('DELETE /messages empties the mailbox and its file', async () => {
  await send(['a@example.com'], '<1@test>');
  expect((await fetch(`${mailbox.url}/messages`, { method: 'DELETE' })).status).toBe(204);
  expect(mailbox.messages()).toEqual([]);
  expect(readFileSync(file, 'utf8')).toBe('');
});

test('what a mail contains cannot become part of the page', async () => {
  await send(['a@example.com'], '<1@test>', '<script>alert(1)</script>', '<img src=x onerror=alert(2)>');
  for (const path of ['/', '/view/1']) {
    const page = await (await fetch(`${mailbox.url}${path}`)).text();
    expect(page).not.toContain('<script>');
    expect(page).not.toContain('<img');
  }
});
