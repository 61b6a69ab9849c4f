import { colors, type Footer, layOut, page, type Sheet, type TextStyle, textWidth } from '../pdf/sheet.ts';
import { consentText, type SignerRole } from './agreement.ts';
import { type Clause, type Contract, type ContractText, displayInstant, type Good, type Term } from './contract.ts';
import { textOf } from './contract-text.ts';

/** One signature as the signed document shows it. */
export interface SignatureProof {
  signerId: string;
  role: SignerRole;
  legalName: string;
  typedName: string;
  consentText: string;
  signedAt: Date;
  ip: string;
  userAgent: string;
  /** sha256 of the PDF signed, in hex. */
  documentSha256: string;
}

/** One line of the audit trail. */
export interface TrailEntry {
  kind: string;
  at: Date;
  actorId: string;
  actorRole: string;
  ip: string | null;
  /** Of the PDF concerned, in hex. */
  sha256: string | null;
}

/** What the certificate of a completed agreement proves. */
export interface Certificate {
  completedAt: Date;
  originalSha256: string;
  signatures: readonly SignatureProof[];
  trail: readonly TrailEntry[];
}

const NUMBER_WIDTH = 30;
const HALF = (textWidth - 28) / 2;

/** The agreement as it is put before its signers; the same contract is always the same bytes. */
export function renderOriginal(contract: Contract): Promise<Buffer> {
  const text = textOf(contract);
  return layOut(
    { title: text.name, subject: contract.agreementId, createdAt: contract.issuedAt },
    (sheet) => composeAgreement(sheet, contract, text, []),
    (index, count) => footer(contract, text, `Page ${index + 1} of ${count}`),
  );
}

/** The agreement with its signatures and the certificate; the same evidence is always the same bytes. */
export function renderFinal(contract: Contract, certificate: Certificate): Promise<Buffer> {
  const text = textOf(contract);
  let agreementPages = 0;
  return layOut(
    { title: `${text.name}, signed`, subject: contract.agreementId, createdAt: certificate.completedAt },
    (sheet) => {
      composeAgreement(sheet, contract, text, certificate.signatures);
      agreementPages = sheet.pageCount();
      composeCertificate(sheet, contract, text, certificate);
    },
    (index, count) =>
      index < agreementPages
        ? footer(contract, text, `Page ${index + 1} of ${agreementPages}`)
        : footer(contract, text, `Certificate ${index - agreementPages + 1} of ${count - agreementPages}`),
  );
}

function footer(contract: Contract, text: ContractText, right: string): Footer {
  return { left: `${text.name}  ·  Document ${contract.documentId}`, right };
}

function composeAgreement(
  sheet: Sheet,
  contract: Contract,
  text: ContractText,
  signatures: readonly SignatureProof[],
): void {
  sheet.newPage();
  composeTitle(sheet, text.name, contract.dealName);
  composeTerms(sheet, text.terms);
  if (text.goods.length > 0) composeGoods(sheet, text.goods);
  sheet.y += 18;
  sheet.y += sheet.draw(text.preamble, page.left, sheet.y, textWidth);
  for (const [index, clause] of text.clauses.entries()) composeClause(sheet, index + 1, clause);
  composeSignatures(sheet, text, signatures);
}

function composeTitle(sheet: Sheet, title: string, subtitle: string): void {
  sheet.y += 14;
  sheet.y += sheet.draw(title, page.left, sheet.y, textWidth, { size: 21, bold: true, characterSpacing: -0.4 });
  sheet.y += sheet.draw(subtitle, page.left, sheet.y, textWidth, { size: 10.5, color: colors.quiet });
  sheet.y += 16;
}

function composeTerms(sheet: Sheet, terms: readonly Term[]): void {
  const x = page.left + 130;
  const width = textWidth - 130;
  sheet.line(sheet.y, colors.ink);
  for (const { label, value, detail, decides = false } of terms) {
    const height =
      sheet.height(value, width, { bold: decides }) + (detail ? sheet.height(detail, width, { size: 8 }) : 0);
    sheet.need(height + 11);
    const top = sheet.y + 6.5;
    sheet.draw(label, page.left, top, 124, { color: colors.quiet });
    const below = sheet.draw(value, x, top, width, { bold: decides });
    if (detail) sheet.draw(detail, x, top + below, width, { size: 8, color: colors.quiet });
    sheet.y += height + 11;
    sheet.line(sheet.y);
  }
}

/** Widths of quantity, price and amount, to the right of what the goods are. */
const goodsColumns = [84, 98, 114] as const;
const goodsWidth = goodsColumns.reduce((rest, width) => rest - width, textWidth);

/** A table of goods: what explains a line stands below it over the whole width. */
function composeGoods(sheet: Sheet, goods: readonly Good[]): void {
  const small = { size: 8, color: colors.quiet };
  const numbers = (cells: readonly string[], y: number, style: TextStyle) => {
    let x: number = page.left + goodsWidth;
    for (const [index, cell] of cells.entries()) {
      const width = goodsColumns[index] ?? 0;
      sheet.draw(cell, x, y, width, { ...style, align: 'right' });
      x += width;
    }
  };
  sheet.need(90);
  sheet.y += 20;
  sheet.draw('Goods', page.left, sheet.y, goodsWidth, small);
  numbers(['Quantity', 'Price', 'Amount'], sheet.y, small);
  sheet.y += 15;
  sheet.line(sheet.y, colors.ink);
  for (const good of goods) {
    const title = Math.max(sheet.height(good.title, goodsWidth, { bold: true }), 29);
    const details = good.details.map((detail) => sheet.height(detail, textWidth, small));
    sheet.need(details.reduce((sum, height) => sum + height, title + 13));
    sheet.y += 6.5;
    sheet.draw(good.title, page.left, sheet.y, goodsWidth, { bold: true });
    numbers([good.quantity, good.price, good.amount], sheet.y, {});
    numbers([good.quantityDetail, good.priceDetail], sheet.y + 15, small);
    sheet.y += title;
    for (const detail of good.details) sheet.y += sheet.draw(detail, page.left, sheet.y, textWidth, small);
    sheet.y += 5;
    sheet.line(sheet.y);
  }
}

function composeClause(sheet: Sheet, number: number, clause: Clause): void {
  const width = textWidth - NUMBER_WIDTH;
  const x = page.left + NUMBER_WIDTH;
  // A heading never stands alone at the foot of a page.
  sheet.need(20 + 18 + sheet.height(clause.paragraphs[0] ?? '', width));
  sheet.y += 17;
  sheet.draw(`${number}`, page.left, sheet.y, NUMBER_WIDTH, { size: 10.5, bold: true, color: colors.accent });
  sheet.y += sheet.draw(clause.heading, x, sheet.y, width, { size: 10.5, bold: true }) + 3;
  for (const [index, paragraph] of clause.paragraphs.entries()) {
    sheet.need(sheet.height(paragraph, width));
    sheet.draw(`${number}.${index + 1}`, page.left, sheet.y, NUMBER_WIDTH, { color: colors.quiet });
    sheet.y += sheet.draw(paragraph, x, sheet.y, width) + 4;
  }
}

function composeSignatures(sheet: Sheet, { signatories }: ContractText, signatures: readonly SignatureProof[]): void {
  sheet.need(150);
  sheet.y += 24;
  sheet.y += sheet.draw('Signatures', page.left, sheet.y, textWidth, { size: 10.5, bold: true }) + 10;
  const top = sheet.y;
  const heights = (['seller', 'buyer'] as const).map((role, index) => {
    const x = page.left + index * (HALF + 28);
    const proof = signatures.find((each) => each.role === role);
    return composeSignatureBlock(sheet, x, top, role, signatories[role], proof);
  });
  sheet.y = top + Math.max(...heights);
}

function composeSignatureBlock(
  sheet: Sheet,
  x: number,
  top: number,
  role: SignerRole,
  legalName: string,
  proof: SignatureProof | undefined,
): number {
  const quiet = { size: 8, color: colors.quiet };
  let y = top;
  y += sheet.draw(role === 'seller' ? 'The Seller' : 'The Buyer', x, y, HALF, quiet) + 8;
  if (proof) y += sheet.draw(proof.typedName, x, y, HALF, { size: 14, color: colors.accent });
  else y += 22;
  sheet.line(y + 2, colors.ink, x, HALF);
  y += 8;
  y += sheet.draw(legalName, x, y, HALF, { bold: true });
  y += sheet.draw(
    proof ? `Signed electronically ${displayInstant(proof.signedAt)}` : 'To be signed electronically on Clearlot',
    x,
    y,
    HALF,
    quiet,
  );
  return y - top;
}

function composeCertificate(sheet: Sheet, contract: Contract, text: ContractText, certificate: Certificate): void {
  sheet.newPage();
  composeTitle(sheet, 'Certificate of signature', 'Who signed this agreement, when, how, and what exactly they signed');
  composeTerms(sheet, [
    { label: 'Document', value: `${text.name}, ${contract.dealName}`, detail: contract.documentId },
    { label: 'Agreement', value: contract.agreementId },
    { label: 'Completed', value: displayInstant(certificate.completedAt), decides: true },
    {
      label: 'Fingerprint',
      value: 'SHA-256 of the document as it was shown and signed',
      detail: certificate.originalSha256,
    },
  ]);
  sheet.need(150);
  sheet.y += 20;
  const top = sheet.y;
  const heights = certificate.signatures.map((proof, index) =>
    composeProof(sheet, page.left + index * (HALF + 28), top, proof),
  );
  sheet.y = top + Math.max(...heights);
  composeConsent(sheet, certificate.signatures);
  composeTrail(sheet, certificate.trail);
}

function composeProof(sheet: Sheet, x: number, top: number, proof: SignatureProof): number {
  let y = top;
  y += sheet.draw(`Signed by the ${proof.role}`, x, y, HALF, { size: 8, color: colors.quiet });
  y += sheet.draw(proof.legalName, x, y, HALF, { size: 10.5, bold: true }) + 5;
  sheet.line(y, colors.hairline, x, HALF);
  y += 6;
  const facts: [string, string][] = [
    ['Name typed', proof.typedName],
    ['Time', displayInstant(proof.signedAt)],
    ['Account', proof.signerId],
    ['IP address', proof.ip],
    ['Browser', proof.userAgent || 'not stated'],
  ];
  for (const [label, value] of facts) {
    sheet.draw(label, x, y, 54, { size: 7.5, color: colors.quiet });
    y += sheet.draw(value, x + 56, y, HALF - 56, { size: 7.5, lineGap: 2 }) + 2;
  }
  return y - top;
}

function composeConsent(sheet: Sheet, signatures: readonly SignatureProof[]): void {
  const text = signatures[0]?.consentText ?? consentText;
  sheet.need(60);
  sheet.y += 18;
  sheet.y += sheet.draw('What each signer agreed to', page.left, sheet.y, textWidth, { size: 10.5, bold: true }) + 3;
  sheet.y += sheet.draw(`“${text}”`, page.left, sheet.y, textWidth);
}

const happened: Readonly<Record<string, string>> = {
  issued: 'Issued for signature',
  viewed: 'Opened',
  signed: 'Signed',
  completed: 'Completed',
};

function composeTrail(sheet: Sheet, trail: readonly TrailEntry[]): void {
  sheet.need(70);
  sheet.y += 18;
  sheet.y += sheet.draw('Audit trail', page.left, sheet.y, textWidth, { size: 10.5, bold: true }) + 6;
  const columns = [150, 110, 68, textWidth - 328] as const;
  const row = (cells: readonly string[], color: string) => {
    let x: number = page.left;
    for (const [index, cell] of cells.entries()) {
      sheet.draw(cell, x, sheet.y + 3, columns[index] ?? 0, { size: 8, color });
      x += columns[index] ?? 0;
    }
    sheet.y += 15.5;
    sheet.line(sheet.y);
  };
  sheet.line(sheet.y, colors.ink);
  row(['Time', 'Event', 'By', 'IP address'], colors.quiet);
  for (const entry of trail) {
    sheet.need(15.5);
    const who = entry.actorRole.charAt(0).toUpperCase() + entry.actorRole.slice(1);
    row([displayInstant(entry.at), happened[entry.kind] ?? entry.kind, who, entry.ip ?? '–'], colors.ink);
  }
}
