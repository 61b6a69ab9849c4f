import { identityErrors } from '../../errors.ts';

/** Values a template is filled with; every one is text as it should be read. */
export type MailData = Readonly<Record<string, string>>;

/** Whom a letter is for, and where its links lead. */
export interface Recipient {
  fullName: string;
  publicUrl: string;
}

export interface Letter {
  subject: string;
  text: string;
  html: string;
}

export type Template = (data: MailData, recipient: Recipient) => Letter;

interface Content {
  subject: string;
  paragraphs: readonly string[];
  /** Figures one under the other; an absent value leaves its line out. */
  facts?: readonly (readonly [label: string, value: string | undefined])[];
  action?: { label: string; path: string };
  closing?: string;
}

/** The value of a key a template cannot do without. Errors: IDENTITY_MAIL_DATA_MISSING naming the key. */
export function required(data: MailData, key: string): string {
  const value = data[key];
  if (!value) throw identityErrors.error('IDENTITY_MAIL_DATA_MISSING', `The value "${key}" is missing.`);
  return value;
}

/** ` for Acme` when the deal is named, else nothing. */
export function ofDeal(data: MailData): string {
  return data.dealName ? ` for ${data.dealName}` : '';
}

/** `2,800 common`: a whole number of shares as it is read, with their class when it is given. */
export function sharesOf(data: MailData): string | undefined {
  if (!data.shares) return undefined;
  const grouped = /^\d+$/.test(data.shares) ? data.shares.replace(/\B(?=(?:\d{3})+$)/g, ',') : data.shares;
  return data.shareType ? `${grouped} ${data.shareType}` : grouped;
}

/** The page of the deal the data speaks of, or the list of deals. */
export function dealPath(data: MailData): string {
  return data.dealId ? `/deals/${encodeURIComponent(data.dealId)}` : '/deals';
}

/** Writes a letter twice, as plain text and as HTML, from the same sentences. */
export function letter(recipient: Recipient, content: Content): Letter {
  const greeting = recipient.fullName ? `Dear ${recipient.fullName},` : 'Hello,';
  const facts = (content.facts ?? []).flatMap(([label, value]) => (value ? [[label, value] as const] : []));
  const url = content.action ? `${recipient.publicUrl}${content.action.path}` : undefined;
  const closing = content.closing ?? 'Clearlot';
  const text = [
    greeting,
    ...content.paragraphs,
    facts.map(([label, value]) => `${label}: ${value}`).join('\n'),
    content.action && url ? `${content.action.label}:\n${url}` : '',
    closing,
  ];
  const rows = facts.map(
    ([label, value]) => `<tr><td ${LABEL}>${escapeHtml(label)}</td><td ${VALUE}>${escapeHtml(value)}</td></tr>`,
  );
  const html = [
    `<p>${escapeHtml(greeting)}</p>`,
    ...content.paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`),
    rows.length > 0
      ? `<table role="presentation" style="border-collapse:collapse;margin:16px 0">${rows.join('')}</table>`
      : '',
    content.action && url ? `<p><a href="${escapeHtml(url)}" ${LINK}>${escapeHtml(content.action.label)}</a></p>` : '',
    `<p ${QUIET}>${escapeHtml(closing)}</p>`,
  ];
  return {
    subject: oneLine(content.subject),
    text: `${text.filter(Boolean).join('\n\n')}\n`,
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(oneLine(content.subject))}</title></head><body ${BODY}>${html.join('')}</body></html>`,
  };
}

const BODY = 'style="font:14px/1.5 Inter,Helvetica,Arial,sans-serif;color:#24272e;max-width:560px;margin:24px auto"';
const LABEL = 'style="padding:4px 16px 4px 0;color:#5b616e"';
const VALUE = 'style="padding:4px 0;font-weight:600;font-variant-numeric:tabular-nums"';
const LINK = 'style="color:#1f7a5c;font-weight:600"';
const QUIET = 'style="color:#5b616e"';

/** A subject is one line whatever a deal is called: a line break in it would start another header. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
