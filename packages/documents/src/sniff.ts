import { decodeHead, isBinary } from './encoding.ts';
import type { Format, ProblemCode } from './model.ts';
import { oleKind, zipKind } from './sniff-container.ts';
import { looksLikeHtml, looksLikeJson, looksLikeMail, xmlRoot } from './sniff-text.ts';

export interface Sniffed {
  format: Format;
  /** Whether the bytes or only the file name say so. */
  by: 'content' | 'name';
  /** Set where no reader can help: what it is and what the person can do. */
  refused?: { code: ProblemCode; message: string };
}

interface Magic {
  bytes: readonly number[];
  at?: number;
  what: string;
  code: ProblemCode;
}

const PICTURE: ProblemCode = 'scanned';
const OTHER: ProblemCode = 'unsupported';

/** First bytes of what no reader here reads. */
const MAGIC: readonly Magic[] = [
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'a picture (PNG)', code: PICTURE },
  { bytes: [0xff, 0xd8, 0xff], what: 'a picture (JPEG)', code: PICTURE },
  { bytes: [0x47, 0x49, 0x46, 0x38], what: 'a picture (GIF)', code: PICTURE },
  { bytes: [0x49, 0x49, 0x2a, 0x00], what: 'a picture (TIFF)', code: PICTURE },
  { bytes: [0x4d, 0x4d, 0x00, 0x2a], what: 'a picture (TIFF)', code: PICTURE },
  { bytes: [0x57, 0x45, 0x42, 0x50], at: 8, what: 'a picture (WebP)', code: PICTURE },
  { bytes: [0x66, 0x74, 0x79, 0x70, 0x68, 0x65, 0x69], at: 4, what: 'a picture (HEIC)', code: PICTURE },
  { bytes: [0x66, 0x74, 0x79, 0x70], at: 4, what: 'a video or sound recording', code: OTHER },
  { bytes: [0x49, 0x44, 0x33], what: 'a sound recording', code: OTHER },
  { bytes: [0x4f, 0x67, 0x67, 0x53], what: 'a sound or video recording', code: OTHER },
  { bytes: [0x52, 0x49, 0x46, 0x46], what: 'a sound or video recording', code: OTHER },
  { bytes: [0x1a, 0x45, 0xdf, 0xa3], what: 'a video recording', code: OTHER },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], what: 'a program', code: OTHER },
  { bytes: [0xca, 0xfe, 0xba, 0xbe], what: 'a program', code: OTHER },
  { bytes: [0xcf, 0xfa, 0xed, 0xfe], what: 'a program', code: OTHER },
  { bytes: [0x00, 0x61, 0x73, 0x6d], what: 'a program', code: OTHER },
  { bytes: [0x1f, 0x8b], what: 'a gzip archive', code: OTHER },
  { bytes: [0x42, 0x5a, 0x68], what: 'a bzip2 archive', code: OTHER },
  { bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: 'an xz archive', code: OTHER },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: 'a zstd archive', code: OTHER },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], what: 'a 7z archive', code: OTHER },
  { bytes: [0x52, 0x61, 0x72, 0x21], what: 'a RAR archive', code: OTHER },
  { bytes: [0x75, 0x73, 0x74, 0x61, 0x72], at: 257, what: 'a tar archive', code: OTHER },
  { bytes: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], what: 'a database (SQLite)', code: OTHER },
  { bytes: [0x25, 0x21, 0x50, 0x53], what: 'a PostScript file', code: OTHER },
  { bytes: [0x50, 0x41, 0x52, 0x31], what: 'a data table (Parquet)', code: OTHER },
];

const BY_EXTENSION: Readonly<Record<string, Format>> = {
  pdf: 'pdf',
  docx: 'docx',
  docm: 'docx',
  dotx: 'docx',
  dotm: 'docx',
  odt: 'odt',
  ott: 'odt',
  xlsx: 'xlsx',
  xlsm: 'xlsx',
  xltx: 'xlsx',
  ods: 'ods',
  ots: 'ods',
  pptx: 'pptx',
  pptm: 'pptx',
  potx: 'pptx',
  ppsx: 'pptx',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  mht: 'eml',
  mhtml: 'eml',
  md: 'md',
  markdown: 'md',
  mdown: 'md',
  mkd: 'md',
  mdx: 'md',
  qmd: 'md',
  rmd: 'md',
  rst: 'rst',
  rest: 'rst',
  adoc: 'adoc',
  asciidoc: 'adoc',
  asc: 'adoc',
  yaml: 'yaml',
  yml: 'yaml',
  json: 'json',
  jsonl: 'json',
  ndjson: 'json',
  geojson: 'json',
  jsonld: 'json',
  xml: 'xml',
  xsd: 'xml',
  rdf: 'xml',
  eml: 'eml',
  rtf: 'rtf',
  doc: 'doc',
  dot: 'doc',
  txt: 'txt',
  text: 'txt',
  csv: 'txt',
  tsv: 'txt',
  log: 'txt',
  zip: 'zip',
};

/** Formats a person reads and writes as plain text; which of them it is only the name can say. */
const PLAIN_FAMILY: ReadonlySet<Format> = new Set<Format>(['md', 'rst', 'adoc', 'yaml', 'txt']);

/** The format a file name promises; null without a known extension. `.erb` templates are what stands before it. */
export function formatOfName(name: string): Format | null {
  const parts = name.toLowerCase().split(/[\\/]/).at(-1)?.split('.') ?? [];
  while (parts.length > 2 && /^(erb|j2|jinja|tmpl|tpl|template|liquid|bak|orig)$/.test(parts.at(-1) ?? '')) parts.pop();
  if (parts.length < 2) return null;
  const extension = parts.at(-1) ?? '';
  if (extension === 'erb') return 'md';
  return BY_EXTENSION[extension] ?? null;
}

/** What a file is: its bytes first, its name second. `bytes` must not be empty. */
export function sniff(bytes: Uint8Array, name: string): Sniffed {
  const named = formatOfName(name);
  if (has(bytes, [0x50, 0x4b, 0x03, 0x04]) || has(bytes, [0x50, 0x4b, 0x05, 0x06])) return zipKind(bytes);
  if (has(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return oleKind(bytes);
  if (findPdfHeader(bytes)) return { format: 'pdf', by: 'content' };
  for (const magic of MAGIC) {
    if (has(bytes, magic.bytes, magic.at))
      return { format: 'unknown', by: 'content', refused: refusal(magic.what, magic.code) };
  }
  const head = decodeHead(bytes, 64 * 1024);
  if (/^\s*\{\\rtf/.test(head)) return { format: 'rtf', by: 'content' };
  if (isBinary(bytes)) return { format: 'unknown', by: 'content', refused: binaryRefusal(bytes, named) };
  return textFormat(bytes, head, named);
}

function textFormat(bytes: Uint8Array, head: string, named: Format | null): Sniffed {
  const plain = named !== null && PLAIN_FAMILY.has(named);
  if (looksLikeHtml(head, !plain)) return { format: 'html', by: 'content' };
  const root = xmlRoot(head);
  if (root !== null && !(plain && named !== 'txt')) return { format: root === 'html' ? 'html' : 'xml', by: 'content' };
  if (!plain && looksLikeMail(head)) return { format: 'eml', by: 'content' };
  if (named === 'json' || (!plain && looksLikeJson(bytes, head)))
    return { format: 'json', by: named === 'json' ? 'name' : 'content' };
  // A name that promises a binary format was wrong: what is left is text.
  if (named !== null && (plain || named === 'html' || named === 'xml' || named === 'eml'))
    return { format: named, by: 'name' };
  return { format: /^(#{1,4} |---\r?\n)/m.test(head.slice(0, 8192)) ? 'md' : 'txt', by: 'content' };
}

function refusal(what: string, code: ProblemCode): { code: ProblemCode; message: string } {
  if (code === 'scanned') {
    return {
      code,
      message: `This is ${what}, not text, and text recognition is not available yet. Ask for the original document or run it through OCR.`,
    };
  }
  const todo = what.includes('archive')
    ? 'Unpack it and read what is inside.'
    : 'Give the document itself, as PDF, Word, OpenDocument, HTML or text.';
  return { code, message: `This is ${what}, which is not a document Proviso reads. ${todo}` };
}

function binaryRefusal(bytes: Uint8Array, named: Format | null): { code: ProblemCode; message: string } {
  if (has(bytes, [0x4d, 0x5a])) return refusal('a program', 'unsupported');
  if (has(bytes, [0x42, 0x4d])) return refusal('a picture (BMP)', 'scanned');
  if (named !== null && !PLAIN_FAMILY.has(named)) {
    return {
      code: 'corrupt',
      message: `The name says ${named}, but the bytes are not that and not text either: the file is damaged. Get it again from its source.`,
    };
  }
  return {
    code: 'unsupported',
    message: 'These bytes are not a document Proviso knows. Give it as PDF, Word, OpenDocument, HTML or text.',
  };
}

function findPdfHeader(bytes: Uint8Array): boolean {
  const end = Math.min(bytes.length - 4, 1024);
  for (let at = 0; at < end; at++) {
    if (bytes[at] === 0x25 && has(bytes, [0x25, 0x50, 0x44, 0x46, 0x2d], at)) return true;
  }
  return false;
}

function has(bytes: Uint8Array, magic: readonly number[], at = 0): boolean {
  for (let i = 0; i < magic.length; i++) {
    if (bytes[at + i] !== magic[i]) return false;
  }
  return true;
}
