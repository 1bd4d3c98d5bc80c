import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { writeZip } from '../../../../packages/documents/src/testing/zip-writer.ts';

/** A file made to break a reader: how it is made, and what its reading must say (any one of the codes; none: it is read). */
export interface HostileFile {
  name: string;
  make: () => string | Uint8Array;
  codes: readonly string[];
}

const MB = 1024 * 1024;
const CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>';

/** A PDF of `objects`, numbered from 1, with a right cross-reference table. */
export function pdfOf(objects: readonly (string | Uint8Array)[], trailer = ''): Uint8Array {
  const pieces: Uint8Array[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let at = 9;
  const push = (piece: Uint8Array): void => {
    pieces.push(piece);
    at += piece.length;
  };
  for (const [index, body] of objects.entries()) {
    offsets.push(at);
    push(Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(body), Buffer.from('\nendobj\n')]));
  }
  const start = at;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<</Size ${objects.length + 1}/Root 1 0 R${trailer}>>\nstartxref\n${start}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(pieces);
}

function stream(content: Uint8Array, filter = ''): Uint8Array {
  return Buffer.concat([
    Buffer.from(`<</Length ${content.length}${filter}>>\nstream\n`),
    content,
    Buffer.from('\nendstream'),
  ]);
}

/** Pages that each print their line of text. */
export function pdfPages(lines: readonly string[], content: (line: string) => Uint8Array = pageStream): Uint8Array {
  const kids = lines.map((_, i) => `${4 + i * 2} 0 R`).join(' ');
  return pdfOf([
    '<</Type/Catalog/Pages 2 0 R>>',
    `<</Type/Pages/Kids[${kids}]/Count ${lines.length}>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    ...lines.flatMap((line, i) => [
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents ${5 + i * 2} 0 R>>`,
      content(line),
    ]),
  ]);
}

function pageStream(line: string): Uint8Array {
  return stream(Buffer.from(`BT /F1 12 Tf 72 720 Td (${line}) Tj ET`));
}

const bomb = (mb: number): Uint8Array => new Uint8Array(deflateSync(Buffer.alloc(mb * MB, 0x20), { level: 9 }));
const sentence = 'The supplier must encrypt all connections with TLS 1.2 or higher. ';

export const HOSTILE: readonly HostileFile[] = [
  { name: 'empty.pdf', make: () => '', codes: ['empty'] },
  { name: 'blank.txt', make: () => '\ufeff  \n\n', codes: ['empty'] },
  {
    name: 'random.pdf',
    make: () => Buffer.concat([Buffer.from('%PDF-1.4\n'), noise(20_000)]),
    codes: ['corrupt', 'truncated'],
  },
  {
    name: 'truncated.pdf',
    make: () => pdfPages(Array(40).fill(sentence)).subarray(0, 900),
    codes: ['corrupt', 'truncated', 'empty'],
  },
  {
    name: 'json-as.pdf',
    make: () => JSON.stringify({ tender: { title: 'Managed firewall', description: sentence } }),
    codes: ['mislabelled'],
  },
  { name: 'word-as.txt', make: () => docx(paragraph(sentence)), codes: ['mislabelled'] },
  {
    name: 'user-password.pdf',
    make: () => {
      const key = 'A'.repeat(64);
      return pdfOf(
        [
          '<</Type/Catalog/Pages 2 0 R>>',
          '<</Type/Pages/Kids[]/Count 0>>',
          `<</Filter/Standard/V 1/R 2/O<${key}>/U<${key}>/P -4>>`,
        ],
        `/Encrypt 3 0 R/ID[<${'0'.repeat(32)}><${'0'.repeat(32)}>]`,
      );
    },
    codes: ['encrypted'],
  },
  {
    name: 'flate-bomb.pdf',
    make: () => pdfPages(['x'], () => stream(bomb(600), '/Filter/FlateDecode')),
    codes: ['too-large', 'too-much-memory', 'too-slow', 'empty', 'scanned'],
  },
  {
    name: 'many-pages.pdf',
    make: () => pdfPages(Array.from({ length: 3000 }, (_, i) => `${sentence}Page text ${i}.`)),
    codes: [],
  },
  {
    name: 'zip-bomb.docx',
    make: () =>
      writeZip({ '[Content_Types].xml': CONTENT_TYPES, 'word/document.xml': new Uint8Array(700 * MB).fill(0x20) }),
    codes: ['too-large'],
  },
  {
    name: 'lying-sizes.docx',
    make: () =>
      writeZip([
        { name: '[Content_Types].xml', data: CONTENT_TYPES },
        { name: 'word/document.xml', data: new Uint8Array(600 * MB).fill(0x20), claim: { size: 1000 } },
      ]),
    codes: ['too-large', 'corrupt'],
  },
  {
    name: 'deep.docx',
    make: () =>
      docx(`${'<w:sdt><w:sdtContent>'.repeat(10_000)}${paragraph('x')}${'</w:sdtContent></w:sdt>'.repeat(10_000)}`),
    codes: ['too-deep'],
  },
  {
    name: 'billion-laughs.xml',
    make: () => {
      const entities = Array.from({ length: 10 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('');
      return `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">${entities}]><ContractNotice><Title>&a10;</Title></ContractNotice>`;
    },
    codes: ['corrupt', 'too-large', 'unsupported', 'cut'],
  },
  { name: 'deep.json', make: () => `${'['.repeat(100_000)}"x"${']'.repeat(100_000)}`, codes: ['too-deep', 'corrupt'] },
  {
    name: 'deep.html',
    make: () => `<html><body>${'<div>'.repeat(10_000)}<p>${sentence}</p>`,
    codes: ['too-deep', 'cut', ''],
  },
  { name: 'deep.md', make: () => `${'> '.repeat(10_000)}${sentence}`, codes: ['too-deep', 'cut', ''] },
  { name: 'alias-bomb.yaml', make: () => aliasBomb(), codes: ['too-large', 'corrupt', 'cut', ''] },
  {
    name: 'one-line.txt',
    make: () => sentence.repeat(Math.ceil((50 * MB) / sentence.length)),
    codes: ['cut'],
  },
  {
    name: 'long-body.eml',
    make: () =>
      `From: a@b.example\r\nSubject: Tender\r\nMIME-Version: 1.0\r\n\r\n${`${sentence}\r\n`.repeat(Math.ceil((50 * MB) / sentence.length))}`,
    codes: ['cut'],
  },
  {
    name: 'two-of-one-name.docx',
    make: () =>
      writeZip([
        { name: '[Content_Types].xml', data: CONTENT_TYPES },
        { name: 'word/document.xml', data: '<x/>' },
        { name: 'word/document.xml', data: '<y/>' },
      ]),
    codes: ['corrupt'],
  },
  { name: 'no-spaces.txt', make: () => 'a'.repeat(5 * MB), codes: ['noise', ''] },
  { name: 'encrypted.docx', make: () => compoundFile('EncryptedPackage'), codes: ['encrypted'] },
  {
    name: 'picture.png',
    make: () => Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), noise(500)]),
    codes: ['unsupported', 'scanned'],
  },
  {
    name: 'program.bin',
    make: () => Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]), noise(5000)]),
    codes: ['unsupported'],
  },
  { name: 'nested.zip', make: () => nestedZip(6), codes: ['too-deep'] },
  {
    name: 'protected.zip',
    make: () => writeZip([{ name: 'tender.txt', data: sentence, claim: { flags: 0x801 } }]),
    codes: ['encrypted'],
  },
];

/** Writes every hostile file and one good one, `zz-good.md`, into `folder`. */
export function writeHostileFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const file of HOSTILE) writeFileSync(join(folder, file.name), file.make());
  writeFileSync(join(folder, 'zz-good.md'), `# Network security services\n\n${sentence}\n`);
}

/** Bytes without a pattern, the same each time. */
function noise(length: number): Uint8Array {
  const out = new Uint8Array(length);
  let state = 12345;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    out[i] = state >>> 16;
  }
  return out;
}

const paragraph = (text: string): string => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;

function docx(body: string): Uint8Array {
  return writeZip({
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
  });
}

function aliasBomb(): string {
  const rows = ['a0: &a0 ["lol","lol","lol","lol","lol","lol","lol","lol","lol"]'];
  for (let i = 1; i < 10; i++)
    rows.push(
      `a${i}: &a${i} [${Array(9)
        .fill(`*a${i - 1}`)
        .join(',')}]`,
    );
  return `${rows.join('\n')}\n`;
}

function nestedZip(levels: number): Uint8Array {
  let inner = writeZip({ 'tender.txt': sentence });
  for (let i = 0; i < levels; i++) inner = writeZip({ [`level-${i}.zip`]: inner });
  return inner;
}

/** An OLE compound file with one stream of that name: what an encrypted Word file is on disk. */
function compoundFile(streamName: string): Uint8Array {
  const file = new Uint8Array(512 * 4).fill(0xff, 512, 1024);
  const view = new DataView(file.buffer);
  file.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  view.setUint16(24, 0x3e, true);
  view.setUint16(26, 3, true);
  view.setUint16(28, 0xfffe, true);
  view.setUint16(30, 9, true);
  view.setUint16(32, 6, true);
  view.setUint32(44, 1, true);
  view.setUint32(48, 1, true);
  view.setUint32(56, 4096, true);
  view.setInt32(60, -2, true);
  view.setInt32(68, -2, true);
  for (let i = 0; i < 109; i++) view.setInt32(76 + i * 4, i === 0 ? 0 : -1, true);
  view.setInt32(512, -3, true);
  view.setInt32(516, -2, true);
  const entry = (index: number, name: string, type: number, child: number): void => {
    const at = 1024 + index * 128;
    file.fill(0, at, at + 128);
    for (const [i, char] of [...name].entries()) view.setUint16(at + i * 2, char.charCodeAt(0), true);
    view.setUint16(at + 64, (name.length + 1) * 2, true);
    file[at + 66] = type;
    file[at + 67] = 1;
    view.setInt32(at + 68, -1, true);
    view.setInt32(at + 72, -1, true);
    view.setInt32(at + 76, child, true);
    view.setInt32(at + 116, -2, true);
  };
  entry(0, 'Root Entry', 5, 1);
  entry(1, streamName, 2, -1);
  entry(2, '', 0, -1);
  entry(3, '', 0, -1);
  return file;
}
