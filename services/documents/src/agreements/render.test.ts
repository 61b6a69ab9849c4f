import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { consentText } from './agreement.ts';
import { contractFor } from './contract.fixture.ts';
import type { SharePurchase, Supply } from './contract.ts';
import { type Certificate, renderFinal, renderOriginal } from './render.ts';
import { readTerms, storeTerms } from './supply-terms.ts';

const contract: SharePurchase = {
  kind: 'share_purchase',
  documentId: '0f8a1c1e-6f0b-5d3a-9a43-0a3a6d1f2b77',
  agreementId: '7b0d9b7e-3c52-5c3f-8c8b-1f7d1e9f1a10',
  dealId: '019ab3f1-2e11-7c40-9d2a-4e0c8b1d7a00',
  dealName: 'Meridian Fall 2026',
  companyName: 'Meridian Robotics, Inc.',
  currency: 'USD',
  priceMinor: 4_250n,
  amountMinor: 106_250_000n,
  shares: 25_000n,
  shareType: 'common',
  seller: { id: '019ab3f1-2e11-7c40-9d2a-4e0c8b1d7a01', name: 'Łucja Ferreira-Østergård' },
  buyer: { id: '019ab3f1-2e11-7c40-9d2a-4e0c8b1d7a02', name: 'Константин Weiß' },
  issuedAt: new Date('2026-11-21T14:05:09Z'),
};
const signature = (role: 'seller' | 'buyer', signedAt: string) => ({
  signerId: contract[role].id,
  role,
  legalName: contract[role].name,
  typedName: contract[role].name.toLowerCase(),
  consentText,
  signedAt: new Date(signedAt),
  ip: '203.0.113.27',
  userAgent: 'Test browser 1.0',
  documentSha256: 'ab'.repeat(32),
});
const certificate: Certificate = {
  completedAt: new Date('2026-11-21T15:40:09Z'),
  originalSha256: 'ab'.repeat(32),
  signatures: [signature('seller', '2026-11-21T14:45:09Z'), signature('buyer', '2026-11-21T15:40:09Z')],
  trail: [
    { kind: 'issued', at: contract.issuedAt, actorId: 'clearlot', actorRole: 'clearlot', ip: null, sha256: null },
    { kind: 'viewed', at: contract.issuedAt, actorId: '', actorRole: 'seller', ip: '198.51.100.4', sha256: null },
  ],
};

describe('the same content is the same bytes', () => {
  test('of the original and of the signed document', async () => {
    expect((await renderOriginal(contract)).equals(await renderOriginal({ ...contract }))).toBe(true);
    expect((await renderFinal(contract, certificate)).equals(await renderFinal(contract, certificate))).toBe(true);
  });

  test('and other content is not', async () => {
    const original = await renderOriginal(contract);
    expect(original.equals(await renderOriginal({ ...contract, shares: 25_001n }))).toBe(false);
    expect(original.equals(await renderOriginal({ ...contract, issuedAt: new Date('2026-11-21T14:05:10Z') }))).toBe(
      false,
    );
  });
});

test('the agreement says who sells what to whom, for how much, and nothing is left to fill in', async () => {
  const text = textOf(await renderOriginal(contract));
  for (const part of [
    'Łucja Ferreira-Østergård',
    'Константин Weiß',
    '25,000 Common shares',
    'Meridian Robotics, Inc.',
    'USD 42.50',
    'USD 1,062,500.00',
    '21 Nov 2026',
    'accredited investor',
    'governed by the law',
    'Page 1 of 3',
    'Page 3 of 3',
  ]) {
    expect(text).toContain(part);
  }
  expect(text).not.toMatch(/\[|\]|_{3}|undefined|TBD/);
});

test('the certificate names both signers, when and from where they signed, what they signed and what happened', async () => {
  const text = textOf(await renderFinal(contract, certificate));
  const onCertificate = text.slice(text.indexOf('Certificate of signature'));
  for (const part of [
    'Łucja Ferreira-Østergård',
    'łucja ferreira-østergård',
    'Константин Weiß',
    '21 Nov 2026, 14:45:09 UTC',
    '21 Nov 2026, 15:40:09 UTC',
    '203.0.113.27',
    'Test browser 1.0',
    'my typed name is my signature',
    'ab'.repeat(32),
    'Issued for signature',
    '198.51.100.4',
    'Certificate 1 of 1',
  ]) {
    expect(onCertificate).toContain(part);
  }
});

test('a long trail and a long deal name only add pages', async () => {
  const entry = { kind: 'viewed', at: contract.issuedAt, actorId: '', actorRole: 'buyer', ip: '::1', sha256: null };
  const trail = Array.from({ length: 90 }, () => entry);
  const long = { ...contract, dealName: 'A program with a very long name '.repeat(8).trim() };
  const text = textOf(await renderFinal(long, { ...certificate, trail }));
  expect(text.match(/Opened Buyer/g)).toHaveLength(90);
  expect(text).toContain('Certificate 4 of 4');
});

describe('a supply agreement', () => {
  const { sellerId, buyerId, contractId, contractName, supplierName, lines, ...terms } = contractFor('s', 'b');
  const supply: Supply = {
    ...{ kind: 'supply', documentId: contract.documentId, agreementId: contractId, dealId: contractId },
    ...{ dealName: contractName, currency: 'USD', amountMinor: terms.amountMinor, issuedAt: contract.issuedAt },
    ...{ seller: { ...contract.seller, id: sellerId }, buyer: { ...contract.buyer, id: buyerId } },
    terms: {
      ...{ supplierName, incoterm: terms.incoterm, place: terms.place },
      ...{ quantityTolerancePpm: terms.quantityTolerancePpm, inspectionDays: terms.inspectionDays },
      lines: lines.map((line) => ({
        ...line,
        deliverFrom: line.deliverFrom ?? contract.issuedAt,
        deliverTo: line.deliverTo ?? contract.issuedAt,
      })),
    },
  };
  const [line] = supply.terms.lines;

  test('says who delivers what to whom, when and on which terms, and nothing is left to fill in', async () => {
    const text = textOf(await renderOriginal(supply));
    for (const part of [
      'Salar del Sur Litio S.A. (the “Seller”), for which Łucja Ferreira-Østergård signs',
      'Константин Weiß (the “Buyer”)',
      'Łucja Ferreira-Østergård, for Salar del Sur Litio S.A.',
      'Carbonate, micronised 20.5 t USD 12,500.00 USD 256,250.00 20,500 kg, dry basis per tonne, dry',
      'Carbonate, standard 20 t USD 12,500.00 USD 250,000.00 20,000 kg, wet basis per tonne, wet',
      'Lithium carbonate, battery grade. To be delivered 1 Mar 2027 to 31 Mar 2027.',
      'Specification: Li2CO3 at least 99.5 %; Na at most 250 ppm',
      'CIP Leipzig, Incoterms 2020',
      'up to 5 % more or less than the quantity of a line',
      'The Buyer has 10 days from the delivery',
      'USD 506,250.00 in total',
      'Price adjustment',
      'governed by the United Nations Convention',
      'Page 5 of 5',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toMatch(/\[|\]|_{2}|undefined|null|TBD/);
  });

  test('refers only to sections it has', async () => {
    const text = textOf(await renderOriginal(supply));
    const references = [...text.matchAll(/sections? (\d+\.\d+)(?: and (\d+\.\d+))?/g)].flatMap(([, ...found]) => found);
    expect(references.length).toBeGreaterThan(3);
    for (const reference of references.filter(Boolean)) expect(text).toContain(` ${reference} `);
  });

  test('without a tolerance asks for the exact quantity', async () => {
    const exact = { ...supply, terms: { ...supply.terms, quantityTolerancePpm: 0, inspectionDays: 1 } };
    const text = textOf(await renderOriginal(exact));
    expect(text).toContain('delivers the quantity of each line exactly');
    expect(text).toContain('Quantity tolerance None');
    expect(text).toContain('The Buyer has 1 day from the delivery');
    expect(textOf(await renderOriginal(supply))).not.toContain('exactly; more or less');
  });

  test('is the same bytes for the same content, and others for another line', async () => {
    const original = await renderOriginal(supply);
    expect(original.equals(await renderOriginal({ ...supply, terms: readTerms(storeTerms(supply.terms)) }))).toBe(true);
    const lessLines = { ...supply, terms: { ...supply.terms, lines: line ? [{ ...line, quantityKg: 20_501n }] : [] } };
    expect(original.equals(await renderOriginal(lessLines))).toBe(false);
  });

  test('of hundreds of lines only has more pages, and loses none', async () => {
    const many = Array.from({ length: 200 }, (_, n) => ({
      ...(line ?? supply.terms.lines[0]),
      title: `Item number ${n + 1} of the list`,
      specification: 'Li2CO3 ≥ 99.5 %; '.repeat(30),
    })) as typeof supply.terms.lines;
    const text = textOf(await renderOriginal({ ...supply, terms: { ...supply.terms, lines: many } }));
    for (const { title } of many) expect(text).toContain(title);
    expect(text.match(/Li2CO3 at least 99\.5 %/g)).toHaveLength(200 * 30);
  });

  test('is certified under its own name', async () => {
    const text = textOf(await renderFinal(supply, certificate));
    expect(text.slice(text.indexOf('Certificate of signature'))).toContain(
      'Supply agreement, Carbonate for the Leipzig',
    );
    expect(text).not.toContain('Share purchase');
  });
});

test('what the fonts cannot show of a formula is spelled out', async () => {
  const named = { ...contract, dealName: 'Li₂CO₃ ≥ 99.5 %' };
  expect(textOf(await renderOriginal(named))).toContain('Li2CO3 at least 99.5 %');
});

/** The text of a PDF as pdfkit writes it: glyph numbers, read back through each font's ToUnicode table. */
function textOf(pdf: Buffer): string {
  const objects = new Map<string, { head: string; stream: Buffer }>();
  const raw = pdf.toString('latin1');
  for (const match of raw.matchAll(/(\d+) 0 obj\n([\s\S]*?)endobj/g)) {
    const [, id = '', body = ''] = match;
    const start = body.indexOf('stream\n');
    const packed = Buffer.from(start < 0 ? '' : body.slice(start + 7, body.lastIndexOf('\nendstream')), 'latin1');
    const head = start < 0 ? body : body.slice(0, start);
    objects.set(id, { head, stream: head.includes('FlateDecode') ? inflateSync(packed) : packed });
  }
  const follow = (head: string, key: string) => objects.get(new RegExp(`/${key} (\\d+) 0 R`).exec(head)?.[1] ?? '');
  const fonts = new Map<string, string[]>();
  for (const [, name = '', id = ''] of raw.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const table = follow(objects.get(id)?.head ?? '', 'ToUnicode')?.stream.toString('latin1');
    if (table) fonts.set(name, glyphsOf(table));
  }
  let text = '';
  for (const { stream } of objects.values()) {
    const content = stream.toString('latin1');
    if (!content.includes(' Tf')) continue;
    let glyphs: string[] = [];
    for (const [, font, run] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[((?:<[0-9a-f]*>|[\s\d.-])*)\] TJ/g)) {
      if (font) glyphs = fonts.get(font) ?? [];
      const codes =
        (run ?? '')
          .match(/<[0-9a-f]*>/g)
          ?.join('')
          .match(/[0-9a-f]{4}/g) ?? [];
      text += codes.map((code) => glyphs[Number.parseInt(code, 16)] ?? '').join('') + (run ? '\n' : '');
    }
  }
  // Justified and wrapped lines are one text again.
  return text.replaceAll(/\s*\n\s*/g, ' ');
}

function glyphsOf(table: string): string[] {
  const glyphs: string[] = [];
  for (const [, first = '', list = ''] of table.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g)) {
    const targets = list.match(/<([0-9a-f ]+)>/g) ?? [];
    for (const [index, target] of targets.entries()) {
      const units = target.match(/[0-9a-f]{4}/g) ?? [];
      glyphs[Number.parseInt(first, 16) + index] = String.fromCharCode(
        ...units.map((unit) => Number.parseInt(unit, 16)),
      );
    }
  }
  return glyphs;
}
