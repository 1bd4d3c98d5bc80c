import type { BoundedBuilder } from './bounded.ts';
import { languageCode } from './codes.ts';
import { readHtml } from './html.ts';
import { dropInvisible, tidy } from './piece.ts';
import { isMachineValue, isProse, words } from './value-keys.ts';
import type { XmlElement, XmlNode } from './xml-tree.ts';
import { textOf } from './xml-tree.ts';

/** Names that schemas for prose share (DocBook, TEI, DITA, JATS, Akoma Ntoso, statute books, XHTML), lower case. */
const HEADINGS = new Set(
  'title titel titre titulo heading head subtitle subheading bridgehead langue kurzue ti_text h1 h2 h3 h4 h5 h6 label-title title_contract'.split(
    ' ',
  ),
);
const NUMBERS = new Set('num enbez no number label marker'.split(' '));
const ITEMS = new Set('item li listitem la step point'.split(' '));
const ROWS = new Set('row tr'.split(' '));
const CELLS = new Set('entry cell td th'.split(' '));
const CODES = new Set('programlisting screen codeblock code pre literallayout eg xs:pattern'.split(' '));
const NOTES = new Set('footnote fn authorialnote note-foot'.split(' '));
const CAPTIONS = new Set('caption figdesc'.split(' '));
const QUOTES = new Set('blockquote quotedtext disp-quote'.split(' '));
const BLOCKS = new Set(
  'p para simpara block paragraph section sect sect1 sect2 sect3 sect4 div chapter article body list ol ul dl dt dd table tbody thead tgroup orderedlist itemizedlist variablelist content intro wrapup blocklist figure formalpara abstract text textdaten norm subparagraph sentence br'.split(
    ' ',
  ),
);
/** HTML kept as the text of an element. */
const HTML = /<(?:p|div|br|ul|ol|table|h[1-6])\b[^>]*>/i;
/** The mark of an item: `1.`, `a)`, `(iv)`, `–`. */
const MARK = /^(?:\(?[a-z\d]{1,5}[.)]{0,2}|[-–•])$/i;
const SILENT = new Set(
  'script style meta link schema colspec metadata_internal signature signaturevalue x509certificate binary base64 img graphic'.split(
    ' ',
  ),
);
/** Sections of old TED notices that hold codes, or the same title in every language of the Union. */
const CODED = new Set('coded_data_section technical_section links_section'.split(' '));

/** Reads any XML as prose: mixed content as paragraphs, leaves as fields, titles as headings; words of two elements never run together. */
export class XmlProse {
  private readonly builder: BoundedBuilder;
  private number = '';

  constructor(builder: BoundedBuilder) {
    this.builder = builder;
  }

  add(root: XmlElement): void {
    this.visit(root, 1, languageCode(root.attributes.lang));
    this.flushNumber(undefined);
  }

  private visit(element: XmlElement, level: number, outer: string | undefined): void {
    if (this.builder.full) return;
    const name = element.name.toLowerCase();
    if (SILENT.has(name) || CODED.has(name)) return;
    const language =
      languageCode(
        element.attributes.lang ??
          element.attributes.LG ??
          element.attributes.languageID ??
          element.attributes.language,
      ) ?? outer;
    this.attributes(element);
    if (ROWS.has(name)) this.row(element);
    else if (CODES.has(name))
      this.emit('code', dropInvisible(textOf(element)).replace(/^\n|\s+$/g, ''), level, language);
    else if (isInline(element)) this.leaf(element, name, level, language);
    else if (hasOwnText(element)) this.mixed(element, name, level, language);
    else this.container(element, name, level, language);
  }

  private container(element: XmlElement, name: string, level: number, language: string | undefined): void {
    const children = element.children.filter((child): child is XmlElement => typeof child !== 'string');
    const titled = children.some((child) => HEADINGS.has(child.name.toLowerCase()));
    const inner = titled ? level + 1 : level;
    if (ITEMS.has(name)) {
      const [first, ...rest] = children;
      if (first !== undefined && isInline(first) && !HTML.test(textOf(first))) {
        this.emit('item', inlineTextOf(first), level, language);
        for (const child of rest) this.visit(child, level, language);
        return;
      }
    }
    for (const child of children) this.visit(child, HEADINGS.has(child.name.toLowerCase()) ? level : inner, language);
  }

  /** Text and elements side by side: runs of text and inline elements are paragraphs, block elements stand between them. */
  private mixed(element: XmlElement, name: string, level: number, language: string | undefined): void {
    let run = '';
    const kind = kindOf(name) ?? 'paragraph';
    const flush = (): void => {
      this.emit(kind, tidy(run), level, language);
      run = '';
    };
    for (const child of element.children) {
      if (typeof child === 'string') run += child;
      else if (isBlockName(child) || !isInline(child)) {
        flush();
        this.visit(child, level, language);
      } else run += inlineTextOf(child);
    }
    flush();
  }

  private leaf(element: XmlElement, name: string, level: number, language: string | undefined): void {
    const raw = textOf(element);
    if (HTML.test(raw)) {
      readHtml(this.builder, raw, { maxDepth: 128, whole: false });
      return;
    }
    const text = inlineTextOf(element);
    if (text === '' || isMachineValue(text)) return;
    if ((NUMBERS.has(name) && text.length <= 30) || (name === 'dt' && MARK.test(text))) {
      this.flushNumber(language);
      this.number = text;
      return;
    }
    const kind = kindOf(name);
    if (kind !== null) this.emit(kind, text, level, language);
    else if (isProse(text) || BLOCKS.has(name)) this.emit('paragraph', text, level, language);
    else if (/\p{L}/u.test(text))
      this.emit('field', `${words(name === element.name ? name : label(element.name))}: ${text}`, level, language);
  }

  private row(element: XmlElement): void {
    const cells = element.children
      .filter((child): child is XmlElement => typeof child !== 'string')
      .map((child) => (CELLS.has(child.name.toLowerCase()) || isInline(child) ? blockText(child) : blockText(child)));
    this.builder.addRow(cells);
  }

  /** Sentences kept in attributes: requirement lists of modelling tools. */
  private attributes(element: XmlElement): void {
    for (const [name, value] of Object.entries(element.attributes)) {
      if (
        value.length > 60 &&
        /\p{L}{2,}\s+\p{L}+\s+\p{L}+/u.test(value) &&
        !/^[a-z]+:\S+\s/.test(value) &&
        value.split(/\s+/).length > 7
      ) {
        this.builder.add('field', `${words(name)}: ${tidy(value)}`);
      }
    }
  }

  private emit(
    kind: 'heading' | 'item' | 'paragraph' | 'field' | 'footnote' | 'caption' | 'quote' | 'code',
    text: string,
    level: number,
    language: string | undefined,
  ): void {
    if (text.trim() === '') return;
    const number = this.number;
    this.number = '';
    const full = number === '' ? text : `${number} ${text}`;
    const bare = number.replace(/^[(§\s]+|[).\s]+$/g, '');
    const block = this.builder.add(kind, full, {
      ...(kind === 'heading' ? { level: Math.min(9, level) } : {}),
      ...(kind === 'item' ? { level: 1 } : {}),
      ...(bare === '' ? {} : { number: bare }),
    });
    if (block !== null && language !== undefined) block.language = language;
  }

  /** A number that nothing followed. */
  private flushNumber(language: string | undefined): void {
    const number = this.number;
    this.number = '';
    if (number !== '' && /\p{L}/u.test(number)) this.emit('field', number, 1, language);
  }
}

function kindOf(name: string): 'heading' | 'item' | 'footnote' | 'caption' | 'quote' | null {
  if (HEADINGS.has(name)) return 'heading';
  if (ITEMS.has(name)) return 'item';
  if (NOTES.has(name)) return 'footnote';
  if (CAPTIONS.has(name)) return 'caption';
  return QUOTES.has(name) ? 'quote' : null;
}

function label(name: string): string {
  return name === name.toUpperCase() ? name.toLowerCase() : name;
}

function isBlockName(element: XmlElement): boolean {
  const name = element.name.toLowerCase();
  return BLOCKS.has(name) || ITEMS.has(name) || ROWS.has(name) || CODES.has(name) || NOTES.has(name);
}

/** Holds text and nothing that is a block of its own. */
function isInline(element: XmlElement): boolean {
  let elements = 0;
  for (const child of element.children) {
    if (typeof child === 'string') continue;
    elements++;
    if (isBlockName(child) || !isInline(child)) return false;
  }
  return elements === 0 || hasOwnText(element);
}

function hasOwnText(element: XmlElement): boolean {
  return element.children.some((child) => typeof child === 'string' && child.trim() !== '');
}

function inlineTextOf(node: XmlNode): string {
  if (typeof node !== 'string' && node.name.toLowerCase() === 'br') return ' ';
  return typeof node === 'string' ? node : tidy(node.children.map(inlineTextOf).join(''));
}

/** The text of an element whose parts may be blocks, one line each. */
function blockText(element: XmlElement): string {
  if (isInline(element)) return inlineTextOf(element);
  const parts: string[] = [];
  let run = '';
  for (const child of element.children) {
    if (typeof child === 'string') run += child;
    else if (isBlockName(child) || !isInline(child)) {
      parts.push(tidy(run), blockText(child));
      run = '';
    } else run += inlineTextOf(child);
  }
  parts.push(tidy(run));
  return parts.filter((part) => part !== '').join('\n');
}
