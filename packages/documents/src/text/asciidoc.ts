import type { BlockKind, Document } from '../model.ts';
import type { FileToRead, FormatReader } from '../reader.ts';
import { asciidocInline } from './asciidoc-inline.ts';
import { asciidocRows, statedColumns } from './asciidoc-table.ts';
import { BoundedBuilder } from './bounded.ts';
import { splitFrontMatter } from './front-matter.ts';
import { readHtml } from './html.ts';
import { dropInvisible, oneSpaceInLines } from './piece.ts';
import { joinLines } from './plain-blocks.ts';
import { readDelimited } from './plain-delimited.ts';

/** AsciiDoc: sections, tables, admonitions, lists, attributes; included files are named in a problem. */
export const reader: FormatReader = {
  formats: ['adoc'],
  read(bytes: Uint8Array, file: FileToRead): Document {
    const builder = new BoundedBuilder('adoc', file.limits);
    const text = splitFrontMatter(dropInvisible(builder.decode(bytes).text)).body;
    new AsciidocReader(
      builder,
      text.split('\n').map((line) => line.trimEnd()),
    ).read();
    const document = builder.build();
    const heading = document.blocks.find((block) => block.kind === 'heading');
    document.title = builder.title ?? (heading === undefined ? null : document.text.slice(heading.start, heading.end));
    return document;
  },
};

const FENCE = /^(-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|\+{4,}|\/{4,}|--|`{3,}\w*|[|,:!]={3,})$/;
const SECTION = /^(={1,6}|#{1,6})[ \t]+(\S.*?)(?:[ \t]+\1)?$/;
const ADMONITION = /^(NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+/;
const LIST = /^[ \t]*([*•-]{1,6}|\.{1,6}|\d{1,4}\.|[a-zA-Z]\.|<(?:\d{1,3}|\.)>)[ \t]+(?=\S)/;
const TERM = /^[ \t]*(\S.{0,300}?)(?:::{1,3}|;;)(?:[ \t]+(.*))?$/;
/** A block macro, `image::file[alt]`, is no term. */
const MACRO = /^\w+::\S*\[/;
const UNDERLINES = '=-~^+';

class AsciidocReader {
  private readonly builder: BoundedBuilder;
  private readonly lines: readonly string[];
  private readonly attributes = new Map<string, string>();
  private readonly notes: string[] = [];
  private noted = 0;
  private at = 0;
  /** Attributes in brackets and title that stand before the next block. */
  private style = '';
  private quote = false;
  /** Rules of the boxes that are open. */
  private readonly open = new Set<string>();

  constructor(builder: BoundedBuilder, lines: readonly string[]) {
    this.builder = builder;
    this.lines = lines;
  }

  read(): void {
    while (this.at < this.lines.length && !this.builder.full) {
      const line = this.lines[this.at] as string;
      if (line === '' || line === '+' || line === "'''" || line === '<<<') this.at++;
      else this.block(line);
      this.addNotes();
    }
  }

  private block(line: string): void {
    if (this.meta(line)) return;
    const fence = FENCE.exec(line);
    if (fence !== null) {
      this.fenced(fence[1] as string);
      return;
    }
    const section = SECTION.exec(line);
    if (section !== null) this.section((section[1] as string).length, section[2] as string, 1);
    else if (this.isSetext(line))
      this.section(UNDERLINES.indexOf((this.lines[this.at + 1] as string)[0] as string) + 1, line, 2);
    else if (LIST.test(line)) this.item(line);
    else if (TERM.test(line) && !MACRO.test(line)) this.term(line);
    else this.paragraph();
  }

  /** Comments, attributes, conditions, macros and what else is not text. */
  private meta(line: string): boolean {
    const attribute = /^:(!?[\w-]{1,80}!?):(?:[ \t]+(.*))?$/.exec(line);
    if (attribute !== null) this.attribute(attribute[1] as string, attribute[2] ?? '');
    else if (
      /^\/\/(?!\/)/.test(line) ||
      /^(?:ifdef|ifndef|ifeval|endif)::/.test(line) ||
      /^(?:toc|video|audio|bibliography)::/.test(line)
    )
      this.at++;
    else if (/^include::/.test(line)) this.include(line);
    else if (/^image::/.test(line)) this.image(line);
    else if (/^\[\[[^\]]*\]\]$/.test(line)) this.at++;
    else if (/^\[[^\]]*\]$/.test(line)) {
      this.style = line.slice(1, -1);
      this.at++;
    } else if (/^\.[^\s.].*$/.test(line)) {
      this.builder.add('caption', this.inline(line.slice(1)));
      this.at++;
    } else return false;
    return true;
  }

  private attribute(name: string, first: string): void {
    let value = first;
    this.at++;
    while (/ \\$/.test(value) && this.at < this.lines.length)
      value = `${value.slice(0, -2)} ${(this.lines[this.at++] as string).trim()}`;
    if (name.includes('!')) return;
    const key = name.toLowerCase();
    this.attributes.set(key, this.inline(value).slice(0, 5000));
    const property = {
      author: 'author',
      revdate: 'date',
      date: 'date',
      docdate: 'date',
      lang: 'language',
      organization: 'publisher',
      publisher: 'publisher',
      revnumber: 'version',
      description: 'description',
      title: 'title',
    }[key];
    if (property !== undefined) this.builder.property(property, value);
  }

  private include(line: string): void {
    const file = line.slice(9).replace(/\[.*$/, '');
    this.builder.problem({
      code: 'external',
      message: `The text includes "${this.inline(file).slice(0, 200)}", another file, which was not read with it. Read it too.`,
      fatal: false,
    });
    this.at++;
  }

  private image(line: string): void {
    const alt = /\[([^\]=,]{2,500})/.exec(line)?.[1];
    if (alt !== undefined) this.builder.add('caption', this.inline(alt.replace(/^"|"$/g, '')));
    this.at++;
  }

  private section(depth: number, title: string, lines: number): void {
    this.style = '';
    this.at += lines;
    const text = this.inline(title);
    // The document's title is level 1, its sections 2 and below, as in HTML.
    this.builder.add('heading', text, { level: depth });
    if (depth === 1 && this.builder.title === null) {
      this.builder.title = text;
      this.header();
    }
  }

  /** Author and revision lines right below the title. */
  private header(): void {
    const author = this.lines[this.at] ?? '';
    if (!/^\p{Lu}[\p{L}.'-]*(?: [\p{L}.'-]+){0,3}(?: <[^<>\s]+>)?(?:;.*)?$/u.test(author)) return;
    if (
      !author.includes('<') &&
      !/^v?\d/.test(this.lines[this.at + 1] ?? '') &&
      !(this.lines[this.at + 1] ?? '').startsWith(':')
    )
      return;
    this.builder.property('author', author.replace(/ <[^<>]*>/g, ''));
    this.at++;
    const revision = /^(?:v?([\d.]+\w*),?\s*)?(\d{4}-\d{2}-\d{2}|[^:]*\b\d{4}\b)?(?::.*)?$/.exec(
      this.lines[this.at] ?? '',
    );
    if (revision === null || (this.lines[this.at] ?? '') === '') return;
    this.builder.property('version', revision[1]);
    this.builder.property('date', revision[2]);
    this.at++;
  }

  private isSetext(line: string): boolean {
    const next = this.lines[this.at + 1] ?? '';
    if (this.open.has(next)) return false;
    return (
      /^[\p{L}\d]/u.test(line) &&
      /^(=+|-+|~+|\^+|\++)$/.test(next) &&
      next.length >= 3 &&
      Math.abs(next.length - line.length) <= 2
    );
  }

  private fenced(fence: string): void {
    const close = fence.startsWith('`') ? '```' : fence;
    let end = this.at + 1;
    while (end < this.lines.length && this.lines[end] !== close) end++;
    const body = this.lines.slice(this.at + 1, end);
    const style = this.style;
    this.style = '';
    const mark = fence[0];
    if (mark === '/') this.at = end + 1;
    else if ((mark === '-' && fence.length > 2) || mark === '.' || mark === '`') {
      this.builder.add('code', body.join('\n'));
      this.at = end + 1;
    } else if (mark === '+') {
      readHtml(this.builder, body.join('\n'), { maxDepth: 200, whole: false });
      this.at = end + 1;
    } else if (fence.endsWith('===') && mark !== '=') {
      this.table(mark as string, body, style);
      this.at = end + 1;
    } else {
      // Examples, sidebars, quotes and open blocks only frame what is in them: their rules are passed over.
      if (mark === '_') this.quote = !this.quote;
      if (!this.open.delete(fence)) this.open.add(fence);
      this.at++;
    }
  }

  private table(mark: string, body: readonly string[], style: string): void {
    if (mark === ',' || mark === ':' || /format\s*=\s*"?[ctd]sv/.test(style)) {
      readDelimited(this.builder, body.map((line) => this.inline(line)).join('\n'));
      return;
    }
    for (const row of asciidocRows(body, statedColumns(style))) this.builder.addRow(row.map((cell) => this.cell(cell)));
  }

  private cell(text: string): string {
    return text
      .split(/\n(?=\s*(?:[*.-]{1,6}|\d+\.)\s)|\n\s*\n/)
      .map((part) => this.inline(joinLines(part.split('\n').map((line) => line.trim()))))
      .filter((part) => part !== '')
      .join('\n');
  }

  private item(line: string): void {
    const mark = LIST.exec(line) as RegExpExecArray;
    const sign = mark[1] as string;
    const text = this.gather(line.slice(mark[0].length));
    const number = /^\d|^[a-zA-Z]\./.test(sign) ? sign.replace(/\.$/, '') : undefined;
    const level = /^[*.-]+$/.test(sign) ? sign.length : 1;
    this.builder.add('item', this.inline(text.replace(/^\[[ x*]\] /, '')), {
      level,
      ...(number === undefined ? {} : { number }),
    });
  }

  private term(line: string): void {
    const [, name, first] = TERM.exec(line) as RegExpExecArray;
    this.at++;
    let said = first ?? '';
    if (said === '') {
      while (this.lines[this.at] === '') this.at++;
      const next = this.lines[this.at];
      if (
        next === undefined ||
        FENCE.test(next) ||
        LIST.test(next) ||
        SECTION.test(next) ||
        /^\[/.test(next) ||
        TERM.test(next)
      ) {
        this.builder.add('field', this.inline(name as string));
        return;
      }
      said = next.trim();
    } else this.at--;
    this.builder.add('field', `${this.inline(name as string)}: ${this.inline(this.gather(said))}`);
  }

  private paragraph(): void {
    const line = this.lines[this.at] as string;
    if (/^[ \t]/.test(line)) {
      const from = this.at;
      while (this.at < this.lines.length && this.lines[this.at] !== '') this.at++;
      this.builder.add('code', this.lines.slice(from, this.at).join('\n'));
      return;
    }
    const text = this.gather(line.replace(ADMONITION, ''));
    const style = this.style;
    this.style = '';
    const kind: BlockKind =
      this.quote || /^(?:quote|verse)\b/.test(style)
        ? 'quote'
        : /^(?:source|listing|literal)\b/.test(style)
          ? 'code'
          : 'paragraph';
    this.builder.add(kind, kind === 'code' ? text : this.inline(text));
  }

  /** The line and those that go on from it, to the next empty line, list mark or rule. */
  private gather(first: string): string {
    const parts = [first];
    this.at++;
    for (; this.at < this.lines.length; this.at++) {
      const line = this.lines[this.at] as string;
      if (
        line === '' ||
        line === '+' ||
        FENCE.test(line) ||
        LIST.test(line) ||
        SECTION.test(line) ||
        /^\[[^\]]*\]$/.test(line) ||
        /^\/\/(?!\/)/.test(line) ||
        /^(?:include|image|ifdef|ifndef|endif)::/.test(line)
      )
        break;
      if (/^\S.{0,200}::(?:\s|$)/.test(line)) break;
      parts.push(line.trim());
    }
    return joinLines(parts.map((part) => part.replace(/ \+$/, '')));
  }

  private inline(text: string): string {
    return oneSpaceInLines(asciidocInline(text, this.attributes, this.notes)).trim();
  }

  private addNotes(): void {
    while (this.noted < this.notes.length) {
      const note = this.notes[this.noted++] as string;
      this.builder.add('footnote', this.inline(note), { number: String(this.noted) });
    }
  }
}
