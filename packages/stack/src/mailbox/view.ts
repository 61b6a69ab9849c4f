import { createServer, type Server, type ServerResponse } from 'node:http';
import type { MailboxMessage, MailboxStore } from './store.ts';

/** The mailbox as a person (`/`, `/view/:id`) and as a program (`/messages`, `/stats`) reads it. */
export function createMailboxView(store: MailboxStore): Server {
  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://mailbox');
    const to = url.searchParams.get('to') ?? undefined;
    const viewed = /^\/view\/(\d+)$/.exec(url.pathname)?.[1];
    if (url.pathname === '/messages' && request.method === 'DELETE') {
      store.clear();
      response.writeHead(204).end();
    } else if (request.method !== 'GET') {
      sendJson(response, 405, { error: 'method not allowed' });
    } else if (url.pathname === '/messages') {
      sendJson(response, 200, store.list(to));
    } else if (url.pathname === '/stats') {
      sendJson(response, 200, { delivered: store.list().length, suppressed: store.suppressed });
    } else if (url.pathname === '/') {
      sendHtml(response, listPage(store.list(to)));
    } else {
      const message = viewed === undefined ? undefined : store.list().find(({ id }) => id === viewed);
      if (message) sendHtml(response, messagePage(message));
      else sendJson(response, 404, { error: 'not found' });
    }
  });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function sendHtml(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(
    `<!doctype html><meta charset="utf-8"><title>Mailbox</title>
    <style>body{font:15px/1.5 system-ui;margin:2rem auto;max-width:60rem;padding:0 1rem}td,th{text-align:left;
    padding:.25rem .75rem .25rem 0}iframe{width:100%;height:28rem;border:1px solid #ccc}</style>${body}`,
  );
}

function listPage(messages: MailboxMessage[]): string {
  const rows = messages
    .toReversed()
    .map(
      ({ id, to, subject, receivedAt }) =>
        `<tr><td>${escapeHtml(receivedAt)}<td>${escapeHtml(to)}<td><a href="/view/${id}">${escapeHtml(subject || '(no subject)')}</a>`,
    );
  return `<h1>Mailbox</h1><p>${messages.length} messages. Nothing here was sent to the outside.</p>
    <table><tr><th>received<th>to<th>subject${rows.join('')}</table>`;
}

function messagePage(message: MailboxMessage): string {
  // Sandboxed: the mail's own HTML gets no scripts and no access to this page.
  return `<p><a href="/">Mailbox</a></p><h1>${escapeHtml(message.subject)}</h1>
    <p>${escapeHtml(message.from)} → ${escapeHtml(message.to)}, ${escapeHtml(message.receivedAt)}</p>
    <iframe sandbox srcdoc="${escapeHtml(message.html)}"></iframe><pre>${escapeHtml(message.text)}</pre>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
