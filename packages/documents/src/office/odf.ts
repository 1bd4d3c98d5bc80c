import type { Document } from '../model.ts';
import type { FileToRead, FormatReader, Limits } from '../reader.ts';
import { UnreadableError } from '../reader.ts';
import { Zip } from '../zip.ts';
import { Collector } from './collector.ts';
import { OdfBlocks } from './odf-blocks.ts';
import { OdfStyles } from './odf-styles.ts';
import { OdfTextParser } from './odf-text.ts';
import { OdsParser } from './ods-sheet.ts';
import type { Attributes, Prefixes, XmlHandler } from './xml.ts';
import { Enough, parseXml } from './xml.ts';

/** OpenDocument texts and spreadsheets and their templates (ISO/IEC 26300, OpenDocument 1.0 to 1.4). */
export const reader: FormatReader = { formats: ['odt', 'ods'], read: readOdf };

const ODF = 'urn:oasis:names:tc:opendocument:xmlns:';

/** Namespaces of OpenDocument by the prefixes used here. */
export const ODF_PREFIXES: Prefixes = new Map([
  ...['office', 'style', 'text', 'table', 'meta', 'manifest', 'form', 'presentation'].map(
    (name) => [`${ODF}${name}:1.0`, name] as const,
  ),
  [`${ODF}drawing:1.0`, 'draw'],
  [`${ODF}datastyle:1.0`, 'number'],
  [`${ODF}xsl-fo-compatible:1.0`, 'fo'],
  [`${ODF}svg-compatible:1.0`, 'svg'],
  ['urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0', 'loext'],
  ['http://purl.org/dc/elements/1.1/', 'dc'],
]);

const PROPERTIES: Readonly<Record<string, string>> = {
  'dc:title': 'title',
  'dc:subject': 'subject',
  'dc:description': 'description',
  'dc:language': 'language',
  'dc:date': 'modified',
  'dc:creator': 'author',
  'meta:initial-creator': 'author',
  'meta:creation-date': 'created',
  'meta:keyword': 'keywords',
};

async function readOdf(bytes: Uint8Array, file: FileToRead): Promise<Document> {
  const zip = new Zip(bytes, file.limits);
  const manifest = await readManifest(zip, file.limits);
  if (manifest.encrypted) {
    throw new UnreadableError({
      code: 'encrypted',
      message: 'The document is protected with a password. Save it without one, or ask its publisher for an open copy.',
    });
  }
  const sheets = manifest.type.includes('spreadsheet');
  const collector = new Collector(sheets ? 'ods' : 'odt', file.limits);
  const { builder } = collector;
  for (const problem of zip.problems) builder.problem(problem);
  const parse = async (part: string, handler: XmlHandler, vital = false): Promise<void> => {
    const entry = zip.get(part);
    if (!entry && !vital) return;
    if (!entry)
      throw new UnreadableError({
        code: 'corrupt',
        message: 'The part that holds the text is missing from the file. Ask for it again.',
      });
    try {
      const outcome = await parseXml(zip.stream(entry), handler, ODF_PREFIXES, file.limits);
      if (outcome.damaged)
        builder.problem({
          code: 'corrupt',
          message: `"${part}" is damaged; what could be read of it was read.`,
          fatal: false,
        });
      if (outcome.cut)
        builder.problem({
          code: 'cut',
          message: `"${part}" holds a text longer than is read; its end was left out.`,
          fatal: false,
        });
    } catch (error) {
      if (!(error instanceof UnreadableError) || vital) throw error;
      builder.problem({
        code: error.problem.code,
        message: `"${part}" was left out. ${error.problem.message}`,
        fatal: false,
      });
    }
  };

  let pages: number | null = null;
  await parse(
    'meta.xml',
    metaHandler(builder.properties, (count) => {
      pages = count;
    }),
  );
  const styles = new OdfStyles();
  const blocks = new OdfBlocks(collector, styles);
  await parse('styles.xml', withStyles(styles, null));
  const text = new OdfTextParser(styles, blocks);
  const ods = new OdsParser(collector, styles, file.limits.maxPages);
  await parse('content.xml', withStyles(styles, sheets ? ods : text), true);
  try {
    // Running headers are in the master pages, which refer to styles that come before and after them.
    await parse('styles.xml', onlyMasterPages(new OdfTextParser(styles, blocks)));
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  const embedded = zip.entries.filter((entry) => /^Object \d+$|^ObjectReplacements\//.test(entry.name)).length;
  if (zip.entries.some((entry) => entry.name.startsWith('Basic/') && entry.name.endsWith('Module1.xml'))) {
    builder.problem({ code: 'external', message: 'The file carries macros; they were not run or read.', fatal: false });
  }
  if (embedded > 0) {
    builder.problem({
      code: 'external',
      message: 'Embedded objects were not read. Save them apart and hand them in.',
      fatal: false,
    });
  }
  builder.title ??= builder.properties.title ?? null;
  builder.pages = sheets ? ods.sheets : (pages ?? (text.page > 1 ? text.page : null));
  const document = collector.build();
  if (!sheets && text.page === 1) {
    for (const block of document.blocks) {
      delete block.page;
      delete block.pageApproximate;
    }
  }
  return document;
}

/** Styles to the styles, the body to the reader of the body. */
function withStyles(styles: OdfStyles, body: XmlHandler | null): XmlHandler {
  const stylesHandler = styles.handler();
  let inBody = false;
  return {
    open: (name, attributes) => {
      if (name === 'office:master-styles') return false;
      if (name === 'office:body') {
        inBody = true;
        return body !== null;
      }
      return inBody ? (body?.open(name, attributes) ?? false) : stylesHandler.open(name, attributes);
    },
    close: (name) => {
      if (name === 'office:body') inBody = false;
      else if (inBody) body?.close(name);
      else stylesHandler.close(name);
    },
    text: (text) => {
      if (inBody) body?.text(text);
    },
  };
}

function onlyMasterPages(parser: XmlHandler): XmlHandler {
  let inside = false;
  return {
    open: (name, attributes) => {
      if (name === 'office:styles' || name === 'office:automatic-styles') return false;
      if (name === 'office:master-styles') inside = true;
      return inside ? parser.open(name, attributes) : true;
    },
    close: (name) => {
      if (inside) parser.close(name);
    },
    text: (text) => {
      if (inside) parser.text(text);
    },
  };
}

function metaHandler(properties: Record<string, string>, pages: (count: number) => void): XmlHandler {
  let field = '';
  let value = '';
  return {
    open: (name, attributes) => {
      field = name;
      value = '';
      const count = Number(attributes['meta:page-count']);
      if (name === 'meta:document-statistic' && count > 0) pages(count);
      return true;
    },
    close: (name) => {
      const key = PROPERTIES[name];
      if (
        key !== undefined &&
        name === field &&
        value.trim() !== '' &&
        !(name === 'dc:creator' && 'author' in properties)
      ) {
        properties[key] = value.trim().slice(0, 2000);
      }
      field = '';
    },
    text: (text) => {
      if (field !== '' && value.length < 2000) value += text;
    },
  };
}

/** What kind of OpenDocument file it is, and whether a password protects it. */
export async function readManifest(zip: Zip, limits: Limits): Promise<{ type: string; encrypted: boolean }> {
  const found = { type: '', encrypted: false };
  const mime = zip.get('mimetype');
  if (mime && mime.size < 200) {
    try {
      found.type = new TextDecoder().decode(zip.read(mime)).trim();
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
    }
  }
  const manifest = zip.get('META-INF/manifest.xml');
  if (!manifest) return found;
  const open = (name: string, attributes: Attributes): boolean => {
    if (name === 'manifest:encryption-data') found.encrypted = true;
    if (name === 'manifest:file-entry' && attributes['manifest:full-path'] === '/' && found.type === '') {
      found.type = attributes['manifest:media-type'] ?? '';
    }
    return true;
  };
  try {
    await parseXml(zip.stream(manifest), { open, close: () => {}, text: () => {} }, ODF_PREFIXES, limits);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
  }
  return found;
}
