import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatOfName, sniff } from './sniff.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const hex = (digits: string): Uint8Array => Buffer.from(digits.replaceAll(' ', ''), 'hex');
const padded = (digits: string): Uint8Array => Buffer.concat([hex(digits), Buffer.alloc(200, 0)]);
const HTML = '<!DOCTYPE html><html><head><title>T</title></head><body><p>Text</p></body></html>';

describe('the bytes decide', () => {
  test.each([
    ['tender.pdf', '%PDF-1.7\n…', 'pdf'],
    ['tender.pdf', '\n\njunk before\n%PDF-1.7\n…', 'pdf'],
    ['tender.docx', '%PDF-1.4', 'pdf'],
    ['notice.pdf', '{"ocid": "ocds-1", "tag": ["tender"]}', 'json'],
    ['notice.pdf', HTML, 'html'],
    ['page.txt', HTML, 'html'],
    ['page.xml', HTML, 'html'],
    ['page.md', `<!-- saved -->\n${HTML}`, 'html'],
    ['page.doc', HTML, 'html'],
    ['letter.doc', '{\\rtf1\\ansi Dear}', 'rtf'],
    ['notice.xml', '<?xml version="1.0"?>\n<!-- c -->\n<ContractNotice xmlns="urn:x"><a/></ContractNotice>', 'xml'],
    ['notice.txt', '<?xml version="1.0"?><cbc:Note xmlns:cbc="urn:x">a</cbc:Note>', 'xml'],
    [
      'page.xml',
      '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0"><html xmlns="x"><body/></html>',
      'html',
    ],
    ['mail', 'From: a@b.example\nTo: c@d.example\nSubject: Tender\n\nHello', 'eml'],
    ['data', '[{"a":1},{"a":2}]', 'json'],
    ['data', '{"a":1}\n{"a":2}\n', 'json'],
    ['notes', 'Some words that are only words.', 'txt'],
    ['notes', '# Title\n\nSome words', 'md'],
  ])('%s with %s is %s', (name, text, format) => {
    expect(sniff(bytes(text), name).format).toBe(format);
  });

  test('UTF-16 text is text', () => {
    expect(sniff(Buffer.from('\uFEFFThe tender', 'utf16le'), 'a.txt').format).toBe('txt');
    expect(sniff(Buffer.from('The tender has no mark of its encoding', 'utf16le'), 'a.txt').format).toBe('txt');
  });
});

describe('the name decides among kinds of plain text', () => {
  test.each([
    ['a.md', '[link](x) and <p align="center">centred</p>', 'md'],
    ['a.md', '<p>one</p><p>two</p><div>three</div>', 'md'],
    ['a.rst', 'Title\n=====\n', 'rst'],
    ['a.adoc', '= Title\n', 'adoc'],
    ['a.yml', 'a: 1\n', 'yaml'],
    ['a.txt', 'From: here\nTo: there\n', 'txt'],
    ['a.json', '{"cut off": ', 'json'],
    ['a.html', 'no tags at all', 'html'],
    ['a.csv', 'a,b\n1,2\n', 'txt'],
  ])('%s with %s is %s', (name, text, format) => {
    expect(sniff(bytes(text), name)).toEqual({ format, by: 'name' });
  });

  test.each([
    ['A/B/Tender.PDF', 'pdf'],
    ['contract.md.erb', 'md'],
    ['contract.html.erb', 'html'],
    ['contract.erb', 'md'],
    ['C:\\x\\notice.xhtml', 'html'],
    ['README', null],
    ['a.unknown', null],
    ['.md', 'md'],
  ])('%s promises %s', (name, format) => {
    expect(formatOfName(name)).toBe(format);
  });
});

describe('what cannot be read says why and what to do', () => {
  test.each([
    ['scan.png', '89504e470d0a1a0a', 'scanned', /picture/],
    ['scan.pdf', 'ffd8ffe000104a46', 'scanned', /picture/],
    ['scan.tif', '49492a0008000000', 'scanned', /picture/],
    ['setup.exe', '4d5a900003000000', 'unsupported', /program/],
    ['tool', '7f454c4602010100', 'unsupported', /program/],
    ['all.tar.gz', '1f8b0800', 'unsupported', /Unpack/],
    ['all.7z', '377abcaf271c', 'unsupported', /Unpack/],
    ['film.mp4', '000000186674797069736f6d', 'unsupported', /video/],
    ['a.docx', '0001020304050607', 'corrupt', /damaged/],
    ['a.bin', '0001020304050607', 'unsupported', /not a document/],
  ])('%s', (name, digits, code, message) => {
    const { format, refused } = sniff(padded(digits), name);
    expect(format).toBe('unknown');
    expect(refused).toMatchObject({ code });
    expect(refused?.message).toMatch(message);
  });

  const ole = (stream: string): Uint8Array =>
    Buffer.concat([hex('d0cf11e0a1b11ae1'), Buffer.alloc(600), Buffer.from(stream, 'utf16le'), Buffer.alloc(600)]);
  test.each([
    ['WordDocument', 'doc', undefined],
    ['Workbook', 'unknown', 'unsupported'],
    ['PowerPoint Document', 'unknown', 'unsupported'],
    ['EncryptedPackage', 'unknown', 'encrypted'],
    ['__substg1.0_0037001F', 'unknown', 'unsupported'],
    ['Something', 'unknown', 'unsupported'],
  ])('a compound file with %s', (stream, format, code) => {
    const sniffed = sniff(ole(stream), 'x.doc');
    expect([sniffed.format, sniffed.refused?.code]).toEqual([format, code]);
  });
});

test('any bytes under any name are typed without throwing', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 400 }),
      fc.constantFrom('a.pdf', 'a.docx', 'a.md', 'a.json', 'a'),
      (data, name) => {
        expect(typeof sniff(data, name).format).toBe('string');
      },
    ),
  );
  for (const start of ['504b0304', 'd0cf11e0', '255044462d', '3c3f786d6c', '7b']) {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (data) => {
        expect(typeof sniff(Buffer.concat([hex(start), data]), 'x.pdf').format).toBe('string');
      }),
    );
  }
});
