import type { Document } from '../model.ts';
import type { FileToRead, FormatReader, Limits } from '../reader.ts';
import { DEFAULT_LIMITS } from '../reader.ts';
import { writeZip } from './zip-writer.ts';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const OTHERS = [
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"',
].join(' ');
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const ODF = 'urn:oasis:names:tc:opendocument:xmlns:';

export interface WordParts {
  body: string;
  styles?: string;
  numbering?: string;
  footnotes?: string;
  endnotes?: string;
  comments?: string;
  header?: string;
  core?: string;
}

/** A Word file from the insides of its parts. */
export function wordFile(parts: WordParts): Uint8Array {
  const root = (name: string, inner: string): string => `<w:${name} ${W} ${OTHERS}>${inner}</w:${name}>`;
  const files: Record<string, string> = {
    '_rels/.rels': relationships({
      officeDocument: 'word/document.xml',
      'metadata/core-properties': 'docProps/core.xml',
    }),
    'word/document.xml': root('document', `<w:body>${parts.body}</w:body>`),
  };
  const targets: Record<string, string> = {};
  const put = (type: string, inner: string | undefined, element = type): void => {
    if (inner === undefined) return;
    files[`word/${type}.xml`] = root(element, inner);
    targets[type] = `${type}.xml`;
  };
  put('styles', parts.styles);
  put('numbering', parts.numbering);
  put('footnotes', parts.footnotes);
  put('endnotes', parts.endnotes);
  put('comments', parts.comments);
  put('header', parts.header, 'hdr');
  files['word/_rels/document.xml.rels'] = relationships(targets);
  if (parts.core !== undefined) {
    files['docProps/core.xml'] =
      `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">${parts.core}</cp:coreProperties>`;
  }
  return writeZip(files);
}

/** A paragraph with the given insides of `w:pPr` and runs. */
export function p(runs: string, properties = ''): string {
  return `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${runs}</w:p>`;
}

/** A run with a text and the given insides of `w:rPr`. */
export function r(text: string, properties = ''): string {
  return `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
}

export interface SheetParts {
  name: string;
  /** Inside of `worksheet`. */
  xml: string;
  state?: string;
}

/** An Excel workbook from the insides of its parts. */
export function workbook(sheets: readonly SheetParts[], parts: { strings?: string; styles?: string } = {}): Uint8Array {
  const X = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const files: Record<string, string> = { '_rels/.rels': relationships({ officeDocument: 'xl/workbook.xml' }) };
  const targets: Record<string, string> = {};
  const list = sheets.map((sheet, index) => {
    files[`xl/worksheets/sheet${index}.xml`] = `<worksheet ${X}>${sheet.xml}</worksheet>`;
    targets[`worksheet#${index}`] = `worksheets/sheet${index}.xml`;
    const state = sheet.state === undefined ? '' : ` state="${sheet.state}"`;
    return `<sheet name="${sheet.name}" sheetId="${index + 1}" r:id="worksheet#${index}"${state}/>`;
  });
  files['xl/workbook.xml'] = `<workbook ${X} xmlns:r="${REL}"><sheets>${list.join('')}</sheets></workbook>`;
  if (parts.strings !== undefined) {
    files['xl/sharedStrings.xml'] = `<sst ${X}>${parts.strings}</sst>`;
    targets.sharedStrings = 'sharedStrings.xml';
  }
  if (parts.styles !== undefined) {
    files['xl/styles.xml'] = `<styleSheet ${X}>${parts.styles}</styleSheet>`;
    targets.styles = 'styles.xml';
  }
  files['xl/_rels/workbook.xml.rels'] = relationships(targets);
  return writeZip(files);
}

/** A presentation: the inside of `p:spTree` of each slide, its notes, and whether it is hidden. */
export function presentation(slides: readonly { shapes: string; notes?: string; hidden?: boolean }[]): Uint8Array {
  const P = `xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="${REL}"`;
  const files: Record<string, string> = { '_rels/.rels': relationships({ officeDocument: 'ppt/presentation.xml' }) };
  const targets: Record<string, string> = {};
  // The slides stand in the file in the opposite order, as only the list of slides counts.
  const ids = slides.map((slide, index) => {
    const name = `slide${slides.length - index}.xml`;
    files[`ppt/slides/${name}`] =
      `<p:sld ${P}${slide.hidden ? ' show="0"' : ''}><p:cSld><p:spTree>${slide.shapes}</p:spTree></p:cSld></p:sld>`;
    if (slide.notes !== undefined) {
      files[`ppt/slides/_rels/${name}.rels`] = relationships({ notesSlide: `../notes/${name}` });
      files[`ppt/notes/${name}`] = `<p:notes ${P}><p:cSld><p:spTree>${slide.notes}</p:spTree></p:cSld></p:notes>`;
    }
    targets[`slide#${index}`] = `slides/${name}`;
    return `<p:sldId id="${256 + index}" r:id="slide#${index}"/>`;
  });
  files['ppt/presentation.xml'] = `<p:presentation ${P}><p:sldIdLst>${ids.join('')}</p:sldIdLst></p:presentation>`;
  files['ppt/_rels/presentation.xml.rels'] = relationships(targets);
  return writeZip(files);
}

/** A shape of a slide with its paragraphs; `type` is that of its placeholder. */
export function shape(paragraphs: readonly string[], type?: string): string {
  const place = type === undefined ? '' : `<p:nvPr><p:ph type="${type}"/></p:nvPr>`;
  const text = paragraphs.map((one) => `<a:p><a:r><a:t>${one}</a:t></a:r></a:p>`).join('');
  return `<p:sp><p:nvSpPr><p:cNvPr id="1" name="x"/>${place}</p:nvSpPr><p:txBody>${text}</p:txBody></p:sp>`;
}

/** An OpenDocument file from the insides of `office:text` or `office:spreadsheet`. */
export function openDocument(
  kind: 'text' | 'spreadsheet',
  body: string,
  parts: { automatic?: string; styles?: string; manifest?: string; meta?: string } = {},
): Uint8Array {
  const names = ['office', 'style', 'text', 'table', 'meta', 'manifest'].map(
    (name) => `xmlns:${name}="${ODF}${name}:1.0"`,
  );
  const N = `${names.join(' ')} xmlns:draw="${ODF}drawing:1.0" xmlns:fo="${ODF}xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"`;
  return writeZip([
    { name: 'mimetype', data: `application/vnd.oasis.opendocument.${kind}`, deflate: false },
    {
      name: 'content.xml',
      data: `<office:document-content ${N}><office:automatic-styles>${parts.automatic ?? ''}</office:automatic-styles><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
    },
    { name: 'styles.xml', data: `<office:document-styles ${N}>${parts.styles ?? ''}</office:document-styles>` },
    {
      name: 'meta.xml',
      data: `<office:document-meta ${N}><office:meta>${parts.meta ?? ''}</office:meta></office:document-meta>`,
    },
    { name: 'META-INF/manifest.xml', data: `<manifest:manifest ${N}>${parts.manifest ?? ''}</manifest:manifest>` },
  ]);
}

/** Reads with the default limits, save those given. */
export async function readWith(
  reader: FormatReader,
  bytes: Uint8Array,
  limits: Partial<Limits> = {},
  options: Partial<FileToRead> = {},
): Promise<Document> {
  return await reader.read(bytes, { name: 'test', ...options, limits: { ...DEFAULT_LIMITS, ...limits } });
}

/** A document in lines: `kind level [number] text`, what a table of cases can be compared with. */
export function outline(document: Document): string[] {
  return document.blocks.map((block) => {
    const level = block.level === undefined ? '' : String(block.level);
    const number = block.number === undefined ? '' : ` [${block.number}]`;
    return `${block.kind}${level}${number} ${document.text.slice(block.start, block.end)}`;
  });
}

/** Asides in lines: `kind text`. */
export function apart(document: Document): string[] {
  return document.asides.map((aside) => `${aside.kind} ${aside.text}`);
}

/** Relationships by id; the type is the id up to `#`. */
function relationships(targets: Record<string, string>): string {
  const list = Object.entries(targets).map(
    ([id, target]) => `<Relationship Id="${id}" Type="${REL}/${id.replace(/#.*/, '')}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list.join('')}</Relationships>`;
}
