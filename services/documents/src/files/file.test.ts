import { newId } from '@clearlot/kernel';
import { describe, expect, test } from 'vitest';
import { acceptFile, fileBytesMax, isShownInline } from './file.ts';

const claim = { ownerId: newId(), purpose: 'holding_proof', subjectId: newId(), fileName: 'proof', mediaType: '' };
const accept = (mediaType: string, content: string | Uint8Array, more: Partial<typeof claim> = {}) =>
  acceptFile({ ...claim, mediaType, ...more }, typeof content === 'string' ? Buffer.from(content, 'latin1') : content);
const typeOf = (mediaType: string, content: string) => accept(mediaType, content).mediaType;
const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'accepted';
};
const refused = (mediaType: string, content: string) => codeOf(() => accept(mediaType, content));

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const EXCEL = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const samples: Record<string, string> = {
  'application/pdf': '%PDF-1.7\n%âãÏÓ',
  'image/png': '\x89PNG\r\n\x1a\n\0\0\0\rIHDR',
  'image/jpeg': '\xff\xd8\xff\xe0\0\x10JFIF',
  'text/plain': 'certificate 42\r\nSchöne Grüße',
  'text/csv': 'class,shares\ncommon,100\n',
  [WORD]: 'PK\x03\x04..[Content_Types].xml..word/document.xml',
  [EXCEL]: 'PK\x03\x04..[Content_Types].xml..xl/workbook.xml',
};

describe('types', () => {
  test('each allowed type is kept as what it is, declared or not', () => {
    for (const [type, content] of Object.entries(samples)) {
      expect(typeOf(type, content)).toBe(type);
      expect(typeOf(`${type.toUpperCase()}; charset=utf-8`, content)).toBe(type);
      if (!type.startsWith('text/')) expect(typeOf('application/octet-stream', content)).toBe(type);
    }
  });

  test('content of one type never passes as another', () => {
    for (const declared of Object.keys(samples)) {
      for (const [type, content] of Object.entries(samples)) {
        if (declared === type || (declared.startsWith('text/') && type.startsWith('text/'))) continue;
        expect([declared, type, refused(declared, content)]).toEqual([declared, type, 'DOCUMENTS_FILE_TYPE_REFUSED']);
      }
    }
  });

  test('a plain client may send text or bytes without a type; those are only downloaded', () => {
    expect(typeOf('text/plain', 'proof')).toBe('text/plain');
    expect(typeOf('application/octet-stream', 'proof')).toBe('application/octet-stream');
    expect(typeOf('', '\0\x01\x02')).toBe('application/octet-stream');
    for (const type of ['text/plain', 'text/csv', 'application/octet-stream', WORD])
      expect(isShownInline(type)).toBe(false);
    for (const type of ['application/pdf', 'image/png', 'image/jpeg']) expect(isShownInline(type)).toBe(true);
  });

  test('programs, archives, macros and web pages are refused under any name', () => {
    const dangerous = [
      '\x7fELF\x02\x01',
      'MZ\x90\0\x03',
      '#!/bin/sh\nrm -rf ~',
      '<!DOCTYPE html><script>alert(1)</script>',
      '  <svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
      '<?xml version="1.0"?><x/>',
      '\x1f\x8b\x08\0',
      'PK\x03\x04..index.html',
      'PK\x03\x04..[Content_Types].xml..word/document.xml..word/vbaProject.bin',
      '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    ];
    for (const content of dangerous) {
      for (const declared of ['text/plain', 'application/octet-stream', 'application/pdf', WORD, '']) {
        expect([content, declared, refused(declared, content)]).toEqual([
          content,
          declared,
          'DOCUMENTS_FILE_TYPE_REFUSED',
        ]);
      }
    }
  });

  test('a type that is not on the list is refused whatever the content', () => {
    for (const type of ['text/html', 'image/svg+xml', 'application/zip', '__proto__', 'constructor']) {
      expect(refused(type, 'proof')).toBe('DOCUMENTS_FILE_TYPE_REFUSED');
    }
  });
});

describe('the rest of an upload', () => {
  test('10 MiB is accepted and one byte more is not', () => {
    expect(codeOf(() => accept('text/plain', Buffer.alloc(fileBytesMax, 'a')))).toBe('accepted');
    expect(codeOf(() => accept('text/plain', Buffer.alloc(fileBytesMax + 1, 'a')))).toBe('DOCUMENTS_FILE_TOO_LARGE');
  });

  test('nothing empty, and no owner, subject or purpose that is none', () => {
    expect(codeOf(() => accept('text/plain', ''))).toBe('DOCUMENTS_FILE_INVALID');
    for (const wrong of [{ ownerId: 'me' }, { subjectId: '' }, { purpose: 'cat_picture' }]) {
      expect(codeOf(() => accept('text/plain', 'proof', wrong))).toBe('DOCUMENTS_FILE_INVALID');
    }
  });

  test('a file name is one plain name', () => {
    const named = (fileName: string) => accept('text/plain', 'proof', { fileName }).fileName;
    expect(named('../../etc/passwd')).toBe('passwd');
    expect(named('C:\\Users\\me\\proof.pdf')).toBe('proof.pdf');
    expect(named('a"b\r\nSet-Cookie: x')).toBe('abSet-Cookie: x');
    expect(named('invoice\u202Efdp.exe')).toBe('invoicefdp.exe');
    expect(named('Bescheinigung Ł.pdf')).toBe('Bescheinigung Ł.pdf');
    expect(named('')).toBe('file');
    expect([...named('😀'.repeat(300))]).toHaveLength(120);
  });
});
