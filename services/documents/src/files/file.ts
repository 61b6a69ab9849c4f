import { isId } from '@clearlot/kernel';
import { documentsErrors } from '../errors.ts';

export const fileBytesMax = 10 * 1024 * 1024;

/** What a file may be kept for. */
export const purposes = [
  'holding_proof',
  'accreditation_evidence',
  'supplier_evidence',
  'rfq_attachment',
  'order_document',
] as const;
export type FilePurpose = (typeof purposes)[number];

/** Purposes whose files others than the owner may come to read. */
const shareable: ReadonlySet<FilePurpose> = new Set(['supplier_evidence', 'rfq_attachment', 'order_document']);

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const UNKNOWN = 'application/octet-stream';

/** What an uploader may call a type, and what we call it. */
const declarable: Readonly<Record<string, string>> = {
  'application/pdf': 'application/pdf',
  'image/png': 'image/png',
  'image/jpeg': 'image/jpeg',
  'image/jpg': 'image/jpeg',
  'text/plain': 'text/plain',
  'text/csv': 'text/csv',
  'application/csv': 'text/csv',
  // What Windows browsers call a .csv file.
  'application/vnd.ms-excel': 'text/csv',
  [WORD]: WORD,
  [EXCEL]: EXCEL,
  [UNKNOWN]: UNKNOWN,
};

/** Types a browser shows without running anything; all others are only ever downloaded. */
const shown: ReadonlySet<string> = new Set(['application/pdf', 'image/png', 'image/jpeg']);

/** Beginnings of scripts, programs (ELF, Mach-O, class files), archives and old Office files with their macros. */
const refusedBeginnings = [
  ...['#!', '\x7fELF', '\xca\xfe\xba\xbe', '\xfe\xed\xfa', '\xcf\xfa\xed\xfe'],
  ...['\x1f\x8b', 'Rar!', '7z\xbc\xaf', '\xd0\xcf\x11\xe0'],
];
/** Markup that a browser could run if it ever guessed the type. */
const activeMarkup = /^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|script|svg|iframe|\?xml|!--)/i;

export interface FileClaim {
  ownerId: string;
  purpose: string;
  subjectId: string;
  fileName: string;
  mediaType: string;
}

export interface AcceptedFile {
  ownerId: string;
  purpose: FilePurpose;
  subjectId: string;
  fileName: string;
  mediaType: string;
}

/**
 * Decides whether an upload is kept and as what. The bytes decide: a declared type with a signature of its own must have
 * it, content with a signature must not be declared as something else, and only an undeclared one takes the type found.
 * Errors: DOCUMENTS_FILE_INVALID, DOCUMENTS_FILE_TOO_LARGE, DOCUMENTS_FILE_TYPE_REFUSED.
 */
export function acceptFile(claim: FileClaim, bytes: Uint8Array): AcceptedFile {
  const purpose = purposes.find((each) => each === claim.purpose);
  if (!purpose) throw documentsErrors.error('DOCUMENTS_FILE_INVALID', 'The purpose is not known.');
  if (!isId(claim.ownerId) || !isId(claim.subjectId)) {
    throw documentsErrors.error('DOCUMENTS_FILE_INVALID', 'The owner and the subject are ids.');
  }
  if (bytes.length === 0) throw documentsErrors.error('DOCUMENTS_FILE_INVALID', 'The file is empty.');
  if (bytes.length > fileBytesMax) throw documentsErrors.error('DOCUMENTS_FILE_TOO_LARGE');
  const mediaType = decideType(claim.mediaType, bytes);
  return {
    ownerId: claim.ownerId,
    purpose,
    subjectId: claim.subjectId,
    fileName: plainFileName(claim.fileName),
    mediaType,
  };
}

/** Whether a file may be shared at all. */
export function isShareable(purpose: FilePurpose): boolean {
  return shareable.has(purpose);
}

/** Whether a browser may show it in place; never true for a type that can run something. */
export function isShownInline(mediaType: string): boolean {
  return shown.has(mediaType);
}

function decideType(declaredText: string, bytes: Uint8Array): string {
  const name = declaredText.split(';', 1)[0]?.trim().toLowerCase() || UNKNOWN;
  const declared = Object.hasOwn(declarable, name) ? declarable[name] : undefined;
  if (!declared) throw refused(`Files of type ${printable(name)} are not accepted.`);
  const found = sniff(bytes);
  if (found === 'refused') throw refused('The content is a program, an archive or a web page.');
  if (declared === UNKNOWN) return found === 'text' || found === undefined ? UNKNOWN : found;
  if (declared === 'text/plain' || declared === 'text/csv') {
    if (found !== 'text') throw refused(`The content is not text, as ${declared} declares.`);
    return declared;
  }
  if (found !== declared) throw refused(`The content is not what ${declared} declares.`);
  return declared;
}

/** The type whose signature the bytes carry; 'text' for readable text, undefined for anything else harmless. */
function sniff(bytes: Uint8Array): string | undefined {
  const head = latin1(bytes.subarray(0, 1024));
  if (head.startsWith('%PDF-') || head.startsWith('\xef\xbb\xbf%PDF-')) return 'application/pdf';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head.startsWith('PK\x03\x04')) return sniffOffice(bytes);
  if (refusedBeginnings.some((start) => head.startsWith(start)) || activeMarkup.test(head)) return 'refused';
  if (isText(bytes)) return 'text';
  // A Windows program; text may begin with these two letters.
  return head.startsWith('MZ') ? 'refused' : undefined;
}

/** An Office package names its parts in clear inside the ZIP; one that carries macros is refused. */
function sniffOffice(bytes: Uint8Array): string {
  const names = latin1(bytes);
  if (!names.includes('[Content_Types].xml') || names.includes('vbaProject.bin')) return 'refused';
  if (names.includes('word/document.xml')) return WORD;
  if (names.includes('xl/workbook.xml')) return EXCEL;
  return 'refused';
}

function isText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0x0c);
}

function plainFileName(name: string): string {
  // Only the last part of a path, and nothing that could break a header or hide an extension.
  const last = name.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  const plain = last.replaceAll(/[\p{C}"]/gu, '').trim();
  return [...plain].slice(0, 120).join('') || 'file';
}

function printable(text: string): string {
  return text.replaceAll(/[^\w.+/-]/g, '').slice(0, 80) || 'unknown';
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function refused(detail: string) {
  return documentsErrors.error('DOCUMENTS_FILE_TYPE_REFUSED', detail);
}
