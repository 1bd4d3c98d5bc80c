import type { Format, ProblemCode } from './model.ts';

interface Kind {
  format: Format;
  by: 'content';
  refused?: { code: ProblemCode; message: string };
}

const OPEN_DOCUMENT: Readonly<Record<string, Format>> = {
  text: 'odt',
  'text-template': 'odt',
  'text-master': 'odt',
  spreadsheet: 'ods',
  'spreadsheet-template': 'ods',
};

/** What a zip file is: an office document by the parts it names, else a folder of files. */
export function zipKind(bytes: Uint8Array): Kind {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const names = zipNames(buffer);
  const mime = /mimetypeapplication\/(?:vnd\.oasis\.opendocument\.|epub|x-vnd\.oasis\.opendocument\.)([a-z-]*)/.exec(
    buffer.toString('latin1', 30, 130),
  );
  if (mime !== null) {
    const format = OPEN_DOCUMENT[mime[1] ?? ''];
    if (format !== undefined) return { format, by: 'content' };
    return refuse(
      `This is ${mime[0].includes('epub') ? 'an e-book' : 'an OpenDocument presentation or drawing'}. Save it as PDF and give that.`,
    );
  }
  const top = new Set(names.map((name) => name.split('/')[0]));
  if (names.includes('[Content_Types].xml') || top.has('_rels')) {
    if (top.has('word')) return { format: 'docx', by: 'content' };
    if (top.has('xl')) {
      return names.some((name) => name.endsWith('workbook.bin'))
        ? refuse('This is a binary Excel workbook (.xlsb). Save it as .xlsx and give that.')
        : { format: 'xlsx', by: 'content' };
    }
    if (top.has('ppt')) return { format: 'pptx', by: 'content' };
    if (top.has('visio')) return refuse('This is a Visio drawing. Save it as PDF and give that.');
  }
  if (names.includes('content.xml') && names.includes('META-INF/manifest.xml')) return { format: 'odt', by: 'content' };
  return { format: 'zip', by: 'content' };
}

/** What an OLE compound file is, by the names of its streams. */
export function oleKind(bytes: Uint8Array): Kind {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const holds = (name: string): boolean => buffer.indexOf(Buffer.from(name, 'utf16le')) >= 0;
  if (holds('EncryptedPackage')) {
    return refuse(
      'The document is protected with a password. Save it without one, or ask its publisher for an open copy.',
      'encrypted',
    );
  }
  if (holds('WordDocument')) return { format: 'doc', by: 'content' };
  if (holds('PowerPoint Document'))
    return refuse('This is a legacy PowerPoint file (.ppt). Save it as .pptx or PDF and give that.');
  if (holds('Workbook') || holds('Book'))
    return refuse('This is a legacy Excel workbook (.xls). Save it as .xlsx and give that.');
  if (holds('__substg1.0_') || holds('__properties_version1.0'))
    return refuse('This is an Outlook message (.msg). Save it as .eml and give that.');
  return refuse('This is a compound file of a kind Proviso does not read. Save the document as PDF and give that.');
}

function refuse(message: string, code: ProblemCode = 'unsupported'): Kind {
  return { format: 'unknown', by: 'content', refused: { code, message } };
}

/** Names of at most 5,000 entries, from the directory or, where that is cut off, from the entries themselves. */
function zipNames(buffer: Buffer): string[] {
  const names: string[] = [];
  const end = buffer.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  let at = end >= 0 && end + 20 <= buffer.length ? buffer.readUInt32LE(end + 16) : buffer.length;
  while (at + 46 <= buffer.length && buffer.readUInt32LE(at) === 0x02014b50 && names.length < 5000) {
    const length = buffer.readUInt16LE(at + 28);
    names.push(buffer.toString('utf8', at + 46, at + 46 + length));
    at += 46 + length + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
  if (names.length > 0) return names;
  const mark = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
  for (let entry = buffer.indexOf(mark); entry >= 0 && names.length < 200; entry = buffer.indexOf(mark, entry + 4)) {
    if (entry + 30 > buffer.length) break;
    names.push(buffer.toString('utf8', entry + 30, entry + 30 + buffer.readUInt16LE(entry + 26)));
  }
  return names;
}
