import { readFileSync } from 'node:fs';
import PDFDocument from 'pdfkit';

const regular = readFileSync(new URL('../../assets/fonts/Inter-Regular.ttf', import.meta.url));
const semiBold = readFileSync(new URL('../../assets/fonts/Inter-SemiBold.ttf', import.meta.url));

/** Paper, ink and the one accent of Clearlot, as PDF can say them. */
export const colors = { ink: '#1b202b', quiet: '#5d6472', hairline: '#d9dbe0', accent: '#0b7458' } as const;

/** US Letter, in points. */
export const page = { width: 612, height: 792, left: 72, right: 72, top: 84, bottom: 84 } as const;
export const textWidth = page.width - page.left - page.right;
const textBottom = page.height - page.bottom;

export interface TextStyle {
  size?: number;
  bold?: boolean;
  color?: string;
  lineGap?: number;
  align?: 'left' | 'right';
  characterSpacing?: number;
}

/** A document being laid out from top to bottom; nothing it draws depends on the clock or on chance. */
export interface Sheet {
  /** Where the next thing goes, in points from the top of the page. */
  y: number;
  /** Height of a text in this style. */
  height(text: string, width: number, style?: TextStyle): number;
  /** Draws a text at a place without moving on; answers its height. */
  draw(text: string, x: number, y: number, width: number, style?: TextStyle): number;
  line(y: number, color?: string, x?: number, width?: number): void;
  square(x: number, y: number, size: number, color: string): void;
  /** Starts a new page unless `height` points still fit. */
  need(height: number): void;
  newPage(): void;
  pageCount(): number;
}

export interface Footer {
  left: string;
  right: string;
}

/**
 * Lays a document out and answers its bytes: the same content at the same `createdAt` is the same bytes. `footer` is
 * asked for each page once all are there.
 */
export async function layOut(
  about: { title: string; subject: string; createdAt: Date },
  compose: (sheet: Sheet) => void,
  footer: (index: number, count: number) => Footer,
): Promise<Buffer> {
  const doc = new PDFDocument({
    size: 'LETTER',
    margin: 0,
    autoFirstPage: false,
    bufferPages: true,
    compress: true,
    lang: 'en-US',
    displayTitle: true,
    info: {
      Title: about.title,
      Subject: about.subject,
      Author: 'Clearlot',
      Creator: 'Clearlot documents',
      Producer: 'Clearlot documents',
      CreationDate: about.createdAt,
      ModDate: about.createdAt,
    },
  });
  doc.registerFont('regular', regular);
  doc.registerFont('semibold', semiBold);
  const bytes = collect(doc);
  const sheet = createSheet(doc);
  compose(sheet);
  const count = sheet.pageCount();
  for (let index = 0; index < count; index++) {
    doc.switchToPage(index);
    drawFooter(sheet, footer(index, count));
  }
  doc.end();
  return bytes;
}

function createSheet(doc: PDFDocument): Sheet {
  const prepare = (style: TextStyle, width: number) => {
    doc.font(style.bold ? 'semibold' : 'regular').fontSize(style.size ?? 9.5);
    return {
      width,
      align: style.align ?? 'left',
      lineGap: style.lineGap ?? 3.4,
      characterSpacing: style.characterSpacing ?? 0,
    };
  };
  const sheet: Sheet = {
    y: page.top,
    height: (text, width, style = {}) => doc.heightOfString(spelled(text), prepare(style, width)),
    draw(content, x, y, width, style = {}) {
      const text = spelled(content);
      const options = prepare(style, width);
      const height = doc.heightOfString(text, options);
      doc.fillColor(style.color ?? colors.ink).text(text, x, y, options);
      return height;
    },
    line(y, color = colors.hairline, x = page.left, width = textWidth) {
      doc
        .lineWidth(0.6)
        .strokeColor(color)
        .moveTo(x, y)
        .lineTo(x + width, y)
        .stroke();
    },
    square(x, y, size, color) {
      doc.fillColor(color).rect(x, y, size, size).fill();
    },
    need(height) {
      if (sheet.y + height > textBottom) sheet.newPage();
    },
    newPage() {
      doc.addPage();
      drawLetterhead(sheet);
      sheet.y = page.top;
    },
    pageCount: () => doc.bufferedPageRange().count,
  };
  return sheet;
}

/** Marks of a specification that the fonts do not have, in words and plain digits: left out, they would change what is agreed. */
function spelled(text: string): string {
  return text
    .replaceAll('≥', 'at least')
    .replaceAll('≤', 'at most')
    .replaceAll(/[₀-₉]/g, (digit) => digit.normalize('NFKC'));
}

/** The wordmark: a square cut in four with one quarter offset. */
function drawLetterhead(sheet: Sheet): void {
  const [x, y, cell, gap] = [page.left, 40, 5.2, 1];
  sheet.square(x, y + 1.6, cell, colors.ink);
  sheet.square(x, y + 1.6 + cell + gap, cell, colors.ink);
  sheet.square(x + cell + gap, y + 1.6 + cell + gap, cell, colors.ink);
  sheet.square(x + cell + gap + 1.6, y, cell, colors.accent);
  sheet.draw('clearlot', x + 20, y + 0.6, 200, { size: 10.5, bold: true, characterSpacing: -0.15 });
}

function drawFooter(sheet: Sheet, { left, right }: Footer): void {
  const y = page.height - 54;
  sheet.line(y);
  const style: TextStyle = { size: 7.5, color: colors.quiet };
  sheet.draw(left, page.left, y + 8, textWidth * 0.75, style);
  sheet.draw(right, page.left + textWidth * 0.5, y + 8, textWidth * 0.5, { ...style, align: 'right' });
}

async function collect(doc: PDFDocument): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of doc) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
