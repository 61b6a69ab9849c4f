/** The part of pdfkit this service uses; the package ships no types. */
declare module 'pdfkit' {
  import type { Readable } from 'node:stream';

  interface TextOptions {
    width?: number;
    align?: 'left' | 'right' | 'center';
    lineGap?: number;
    lineBreak?: boolean;
    characterSpacing?: number;
  }

  export default class PDFDocument extends Readable {
    constructor(options: {
      size: string;
      margin: number;
      autoFirstPage: boolean;
      bufferPages: boolean;
      compress: boolean;
      lang: string;
      displayTitle: boolean;
      info: Record<string, string | Date>;
    });
    y: number;
    registerFont(name: string, source: Buffer): this;
    addPage(): this;
    font(name: string): this;
    fontSize(points: number): this;
    fillColor(color: string): this;
    strokeColor(color: string): this;
    lineWidth(points: number): this;
    rect(x: number, y: number, width: number, height: number): this;
    moveTo(x: number, y: number): this;
    lineTo(x: number, y: number): this;
    fill(): this;
    stroke(): this;
    text(text: string, x: number, y: number, options?: TextOptions): this;
    heightOfString(text: string, options?: TextOptions): number;
    widthOfString(text: string, options?: TextOptions): number;
    bufferedPageRange(): { start: number; count: number };
    switchToPage(index: number): this;
    end(): void;
  }
}
