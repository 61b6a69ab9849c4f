import { describe, expect, test } from 'vitest';
import type { MailData } from './letter.ts';
import { renderLetter, templates } from './templates.ts';

const recipient = { fullName: 'Ada <b>Lovelace</b>', publicUrl: 'https://clearlot.example' };

/** Per template: the values it cannot do without, and those it shows when they are there. */
const cases: Record<string, { required: MailData; optional: MailData }> = {
  welcome: { required: {}, optional: {} },
  participation_confirmed: {
    required: { dealName: 'Acme & Sons' },
    optional: { shares: '5,000', price: 'USD 12.50', amount: 'USD 62,500.00' },
  },
  commitment_confirmed: { required: { dealName: 'Acme & Sons' }, optional: { amount: 'USD 50,000.00' } },
  allocation_confirmed: {
    required: { dealName: 'Acme & Sons', amount: 'USD 35,000.00' },
    optional: { shares: '2,800', price: 'USD 12.50' },
  },
  documents_ready: {
    required: {},
    optional: {
      dealName: 'Acme & Sons',
      count: '3',
      shares: '2,800',
      price: 'USD 12.50',
      amount: 'USD 1.00',
      deadline: '1 Dec',
    },
  },
  payment_instructions: {
    required: { amount: 'USD 35,000.00', reference: 'CL-7F3K-9Q2M' },
    optional: {
      dealName: 'Acme & Sons',
      heldUntil: 'you have accepted what is delivered',
      bankName: 'First Bank',
      accountName: 'Clearlot Escrow',
      accountNumber: '000123456789',
      routingNumber: '021000021',
      deadline: '1 Dec 2026, 17:00 UTC',
    },
  },
  deal_complete: {
    required: { dealName: 'Acme & Sons' },
    optional: { amount: 'USD 35,000.00', shares: '2,800', price: 'USD 12.50', reference: 'CL-7F3K' },
  },
  deal_cancelled: { required: { dealName: 'Acme & Sons' }, optional: { reason: 'Too few orders', amount: 'USD 1.00' } },
  settlement_overdue: {
    required: {},
    optional: { dealName: 'Acme & Sons', step: 'Signature', deadline: '1 Dec', amount: 'USD 2.00', reference: 'CL-1' },
  },
  organization_invitation: {
    required: { organizationName: 'Acme & Sons', role: 'admin', token: 'to/ken+1', deadline: '29 Nov 2026' },
    optional: {},
  },
  auction_won: {
    required: { title: 'Carbonate & more' },
    optional: { price: 'USD 12,000.00 per tonne', quantity: '60000 kg', deadline: '1 Dec 2026, 17:00 UTC' },
  },
  auction_offered: {
    required: { title: 'Carbonate & more' },
    optional: { price: 'USD 12,000.00 per tonne', quantity: '60000 kg', deadline: '1 Dec 2026, 17:00 UTC' },
  },
  auction_lost: {
    required: { title: 'Carbonate & more', ending: 'The lot was sold.' },
    optional: { price: 'USD 12,000.00' },
  },
  auction_ended: {
    required: { title: 'Carbonate & more', ending: 'The lot was sold.' },
    optional: { price: 'USD 12,000.00' },
  },
  auction_confirmed: { required: { title: 'Carbonate & more' }, optional: {} },
  auction_defaulted: {
    required: { title: 'Carbonate & more', next: 'It is offered to the next bidder.' },
    optional: {},
  },
  auction_forfeited: { required: { title: 'Carbonate & more' }, optional: {} },
  auction_passed_on: { required: { title: 'Carbonate & more' }, optional: {} },
  price_alert: {
    required: { alertName: 'Carbonate & more', text: 'Lithium carbonate is at 12.6 USD/kg, above 12.5 USD/kg.' },
    optional: { source: 'Fastmarkets, Daily', validAt: '2026-11-24T16:00:00.000Z' },
  },
  supplier_submitted: { required: { supplierName: 'Salar & Sons' }, optional: {} },
  supplier_verified: { required: { supplierName: 'Salar & Sons' }, optional: { notes: 'Registry checked' } },
  supplier_rejected: { required: { supplierName: 'Salar & Sons' }, optional: { notes: 'The name differs' } },
  supplier_suspended: { required: { supplierName: 'Salar & Sons' }, optional: { notes: 'Licence lapsed' } },
  award_won: {
    required: { title: 'Carbonate & more', amount: 'USD 1,200,000.00' },
    optional: { lines: 'L1: 100000 kg', standstillUntil: '6 Dec' },
  },
  award_unsuccessful: {
    required: { title: 'Carbonate & more', reason: 'L1: rank 2 of 3' },
    optional: { standstillUntil: '6 Dec' },
  },
  award_cancelled: { required: { title: 'Carbonate & more' }, optional: { reason: 'A figure was wrong' } },
  contract_cancelled: { required: { title: 'Carbonate & more' }, optional: { reason: 'Not signed in time' } },
  rfq_matched: { required: { title: 'Carbonate & more' }, optional: { deadline: '4 Dec' } },
  rfq_invited: { required: { title: 'Carbonate & more' }, optional: { deadline: '4 Dec' } },
  rfq_amended: { required: { title: 'Carbonate & more' }, optional: { version: '2', deadline: '4 Dec' } },
  rfq_cancelled: { required: { title: 'Carbonate & more' }, optional: { reason: 'No longer needed' } },
  rfq_closed: { required: { title: 'Carbonate & more', responses: '3' }, optional: {} },
  rfq_expired: { required: { title: 'Carbonate & more' }, optional: { reason: 'Nobody responded.' } },
  question_asked: { required: { title: 'Carbonate & more', question: 'Which port?' }, optional: {} },
  question_answered: {
    required: { title: 'Carbonate & more', question: 'Which port?', answer: 'Antwerp' },
    optional: {},
  },
  order_confirmed: {
    required: { orderName: 'Carbonate & more', amount: 'USD 1,200,000.00' },
    optional: { escrow: 'USD 1,260,000.00' },
  },
  order_moved: {
    required: { orderName: 'Carbonate & more' },
    optional: { event: 'disputed', amount: 'USD 5.00', reason: 'Too wet' },
  },
  order_released: {
    required: { orderName: 'Carbonate & more', released: 'USD 1,200,000.00' },
    optional: { refunded: 'USD 60,000.00' },
  },
  order_cancelled: { required: { orderName: 'Carbonate & more' }, optional: { reason: 'Plans changed' } },
  order_overdue: { required: { orderName: 'Carbonate & more' }, optional: { status: 'confirmed' } },
  quote_requested: {
    required: { productTitle: 'Carbonate & more' },
    optional: { quantity: '50,000 kg', deadline: '8 Dec' },
  },
  quote_offer: {
    required: { productTitle: 'Carbonate & more', price: 'USD 13,000.00 per tonne' },
    optional: { quantity: '50,000 kg', deadline: '8 Dec' },
  },
  quote_accepted: {
    required: { productTitle: 'Carbonate & more' },
    optional: { price: 'USD 13,000.00 per tonne', quantity: '50,000 kg' },
  },
  quote_declined: { required: { productTitle: 'Carbonate & more' }, optional: { outcome: 'cancelled' } },
  quote_expired: { required: { productTitle: 'Carbonate & more' }, optional: {} },
};

test('every template has a case here', () => {
  expect(Object.keys(cases).sort()).toEqual(Object.keys(templates).sort());
});

describe.each(Object.entries(cases))('%s', (template, { required, optional }) => {
  const full = { ...required, ...optional };

  test('shows every value it is given, in text and in HTML', () => {
    const { subject, text, html } = renderLetter(template, full, recipient);
    expect(subject).not.toBe('');
    for (const [key, value] of Object.entries(full)) {
      if (key === 'token') continue;
      expect(text, key).toContain(value);
      expect(html, key).toContain(value.replaceAll('&', '&amp;'));
    }
  });

  test('is complete sentences without the values that may be absent', () => {
    const { subject, text, html } = renderLetter(template, required, recipient);
    for (const part of [subject, text, html]) expect(part).not.toMatch(/undefined|null|\[object|\{\{|\s{2,}[a-z]/);
  });

  test('refuses to be written without a value it needs', () => {
    for (const key of Object.keys(required)) {
      const { [key]: _left, ...rest } = full;
      expect(() => renderLetter(template, rest, recipient), key).toThrow(
        expect.objectContaining({ code: 'IDENTITY_MAIL_DATA_MISSING' }),
      );
    }
  });

  test('no value becomes markup, a header or a link of its own', () => {
    const hostile = Object.fromEntries(
      Object.keys(full).map((key) => [key, `"><script>alert(1)</script>\r\nBcc: x@evil.test`]),
    );
    const { subject, html } = renderLetter(template, { ...hostile, dealId: '../../evil?x="><' }, recipient);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(html).not.toContain('<script>');
    expect(html).not.toContain('<b>Lovelace');
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href ?? '');
    expect(links).toHaveLength(1);
    for (const href of links) {
      expect(href.startsWith('https://clearlot.example/')).toBe(true);
      expect(href).not.toMatch(/[<>\s]/);
    }
  });

  test('links to the configured address only', () => {
    const { text, html } = renderLetter(template, full, { ...recipient, publicUrl: 'https://other.example' });
    expect(text).toContain('https://other.example/');
    expect(`${text}${html}`).not.toContain('clearlot.example');
  });
});

test('an unknown template is refused, also one named like a part of every object', () => {
  const unknown = expect.objectContaining({ code: 'IDENTITY_MAIL_TEMPLATE_UNKNOWN' });
  expect(() => renderLetter('nothing', {}, recipient)).toThrow(unknown);
  expect(() => renderLetter('constructor', {}, recipient)).toThrow(unknown);
});

test('a raw number of shares is grouped and named by its class', () => {
  const { text } = renderLetter(
    'participation_confirmed',
    { dealName: 'Acme', shares: '1234567', shareType: 'common' },
    recipient,
  );
  expect(text).toContain('Shares offered: 1,234,567 common');
});

test('a seller and a buyer each read what the closed deal means for them', () => {
  const data = { dealName: 'Acme', amount: 'USD 9.00', shares: '3' };
  expect(renderLetter('deal_complete', { ...data, role: 'seller' }, recipient).text).toContain('Paid to you: USD 9.00');
  expect(renderLetter('deal_complete', { ...data, role: 'buyer' }, recipient).text).toContain('You paid: USD 9.00');
});

test('an invitation carries its token whole', () => {
  const { text } = renderLetter('organization_invitation', cases.organization_invitation?.required ?? {}, recipient);
  const url = new URL(text.match(/https:\S+/)?.[0] ?? '');
  expect(url.searchParams.get('token')).toBe('to/ken+1');
});
