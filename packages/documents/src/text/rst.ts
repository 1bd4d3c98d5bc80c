import type { BlockKind, Document } from '../model.ts';
import type { FileToRead, FormatReader } from '../reader.ts';
import { BoundedBuilder } from './bounded.ts';
import { dropInvisible, oneSpaceInLines } from './piece.ts';
import { joinLines } from './plain-blocks.ts';
import { readDirective } from './rst-directives.ts';
import { rstInline } from './rst-inline.ts';
import { dedent, fieldMark, indentedEnd, indentOf, listMark, ruleOf, sectionTitle } from './rst-lines.ts';
import { isGridBorder, readGridTable, readSimpleTable } from './text-table.ts';

/** reStructuredText: sections by their underlines, lists, tables, directives, footnotes; included files are named in a problem. */
export const reader: FormatReader = {
  formats: ['rst'],
  read(bytes: Uint8Array, file: FileToRead): Document {
    const builder = new BoundedBuilder('rst', file.limits);
    const lines = dropInvisible(builder.decode(bytes).text)
      .split('\n')
      .map((line) => line.trimEnd());
    new RstBlocks(builder, file.limits.maxDepth, collectSubstitutions(lines)).read(lines, {
      kind: 'paragraph',
      depth: 0,
      list: 0,
    });
    const document = builder.build();
    const heading = document.blocks.find((block) => block.kind === 'heading');
    document.title =
      builder.properties.title ?? (heading === undefined ? null : document.text.slice(heading.start, heading.end));
    return document;
  },
};

/** What surrounds the lines being read. */
export interface RstContext {
  /** Kind of plain paragraphs here: `quote` in a block quote. */
  kind: BlockKind;
  depth: number;
  /** Depth of the list around, 0 outside. */
  list: number;
}

export class RstBlocks {
  readonly builder: BoundedBuilder;
  private readonly maxDepth: number;
  private readonly substitutions: ReadonlyMap<string, string>;
  private readonly styles: string[] = [];
  private tooDeep = false;

  constructor(builder: BoundedBuilder, maxDepth: number, substitutions: ReadonlyMap<string, string>) {
    this.builder = builder;
    this.maxDepth = Math.min(maxDepth, 60);
    this.substitutions = substitutions;
  }

  inline(text: string): string {
    return oneSpaceInLines(rstInline(text, this.substitutions));
  }

  read(lines: readonly string[], context: RstContext): void {
    if (context.depth > this.maxDepth) {
      this.flatten(lines);
      return;
    }
    let at = 0;
    while (at < lines.length && !this.builder.full) {
      const line = lines[at] as string;
      if (line.trim() === '') at++;
      else at = Math.max(at + 1, this.block(lines, at, line, context));
    }
  }

  /** Reads the block at `at`; returns the line after it. */
  private block(lines: readonly string[], at: number, line: string, context: RstContext): number {
    const indent = indentOf(line);
    if (indent > 0) {
      const end = indentedEnd(lines, at, indent);
      this.read(dedent(lines.slice(at, end)), {
        ...context,
        kind: context.kind === 'paragraph' ? 'quote' : context.kind,
        depth: context.depth + 1,
      });
      return end;
    }
    if (/^\.\.(?:\s|$)/.test(line)) return this.explicit(lines, at, context);
    if (/^__ /.test(line)) return at + 1;
    const grid = isGridBorder(line) ? readGridTable(lines, at) : readSimpleTable(lines, at);
    if (grid !== null) {
      for (const row of grid.rows) this.builder.addRow(row.map((cell) => this.cell(cell)));
      return grid.next;
    }
    const title = sectionTitle(lines, at);
    if (title !== null) {
      this.builder.add('heading', this.inline(title.text), { level: this.levelOf(title.style) });
      return at + title.lines;
    }
    if (ruleOf(line) !== null) return at + 1;
    if (/^\|(?:\s|$)/.test(line)) return this.lineBlock(lines, at, context);
    if (line.startsWith('>>> ')) return this.code(lines, at, paragraphEnd(lines, at));
    const mark = listMark(line);
    if (mark !== null) return this.item(lines, at, mark.width, mark.number, context);
    const field = fieldMark(line);
    if (field !== null) return this.field(lines, at, field, context);
    return this.paragraph(lines, at, context);
  }

  private paragraph(lines: readonly string[], at: number, context: RstContext): number {
    const next = lines[at + 1];
    if (next !== undefined && next.trim() !== '' && indentOf(next) > 0) return this.definition(lines, at, context);
    const end = paragraphEnd(lines, at);
    let text = joinLines(lines.slice(at, end).map((part) => part.trim()));
    const literal = text.endsWith('::');
    if (literal) text = text === '::' ? '' : text.replace(/\s?::$/, ':');
    this.builder.add(context.kind, this.inline(text));
    return literal ? this.literal(lines, end) : end;
  }

  private literal(lines: readonly string[], from: number): number {
    let at = from;
    while (at < lines.length && (lines[at] as string).trim() === '') at++;
    const indent = indentOf(lines[at] ?? '');
    if (at >= lines.length || indent === 0) return from;
    return this.code(lines, at, indentedEnd(lines, at, 1));
  }

  private code(lines: readonly string[], at: number, end: number): number {
    this.builder.add('code', dedent(lines.slice(at, end)).join('\n'));
    return end;
  }

  /** A term, and its definition indented on the lines below: read in one line where the definition is a paragraph. */
  private definition(lines: readonly string[], at: number, context: RstContext): number {
    const end = indentedEnd(lines, at + 1, 1);
    const body = dedent(lines.slice(at + 1, end));
    const first = paragraphEnd(body, 0);
    const term = this.inline((lines[at] as string).trim());
    if (/::$/.test(term)) {
      this.builder.add(context.kind, term.replace(/\s?::$/, ':'));
      return this.code(lines, at + 1, end);
    }
    if (startsBlock(body[0] ?? '')) {
      this.builder.add('field', term);
      this.read(body, { ...context, depth: context.depth + 1 });
      return end;
    }
    const said = this.inline(joinLines(body.slice(0, first).map((line) => line.trim())));
    // A wrapped paragraph whose second line was indented by mistake reads on.
    const wrapped = term.length > 60 && /^\p{Ll}/u.test(said);
    if (wrapped) this.builder.add(context.kind, `${term} ${said}`);
    else this.builder.add('field', `${term.replace(/:$/, '')}: ${said}`);
    this.read(body.slice(first), { ...context, depth: context.depth + 1 });
    return end;
  }

  private item(
    lines: readonly string[],
    at: number,
    width: number,
    number: string | undefined,
    context: RstContext,
  ): number {
    const end = indentedEnd(lines, at + 1, Math.min(width, 2));
    const body = [(lines[at] as string).slice(width), ...dedent(lines.slice(at + 1, end))];
    const level = context.list + 1;
    const first = startsBlock(body[0] ?? '') ? 0 : itemEnd(body);
    const text = this.inline(joinLines(body.slice(0, first).map((line) => line.trim())));
    const literal = text.endsWith('::');
    this.builder.add('item', literal ? text.replace(/\s?::$/, ':') : text, {
      level,
      ...(number === undefined ? {} : { number }),
    });
    if (literal) this.literal(body, first);
    else this.read(body.slice(first), { ...context, depth: context.depth + 1, list: level });
    return end;
  }

  private field(
    lines: readonly string[],
    at: number,
    field: { name: string; width: number },
    context: RstContext,
  ): number {
    const end = indentedEnd(lines, at + 1, 1);
    const body = [(lines[at] as string).slice(field.width), ...dedent(lines.slice(at + 1, end))];
    const first = paragraphEnd(body, 0);
    const text = this.inline(joinLines(body.slice(0, first).map((line) => line.trim())));
    // Fields before any text are the bibliographic fields of the document.
    if (this.builder.size === 0 && text !== '') {
      this.builder.property(field.name.toLowerCase(), text);
      return end;
    }
    this.builder.add('field', text === '' ? '' : `${field.name}: ${text}`);
    this.read(body.slice(first), { ...context, depth: context.depth + 1 });
    return end;
  }

  private lineBlock(lines: readonly string[], from: number, context: RstContext): number {
    const parts: string[] = [];
    let at = from;
    for (; at < lines.length; at++) {
      const line = lines[at] as string;
      if (/^\|(?:\s|$)/.test(line)) parts.push(line.slice(1).trim());
      else if (line.trim() !== '' && indentOf(line) > 0 && parts.length > 0)
        parts[parts.length - 1] += ` ${line.trim()}`;
      else break;
    }
    let paragraph: string[] = [];
    for (const part of [...parts, '']) {
      if (part !== '') paragraph.push(this.inline(part));
      else {
        this.builder.add(context.kind, paragraph.join('\n'));
        paragraph = [];
      }
    }
    return at;
  }

  /** Footnotes, citations, targets, substitutions, directives, comments: what begins with two dots. */
  private explicit(lines: readonly string[], at: number, context: RstContext): number {
    const line = lines[at] as string;
    const end = indentedEnd(lines, at + 1, 1);
    const rest = line.slice(2).trimStart();
    const note = /^\[([^\]\s]{1,60})\](?:\s+|$)/.exec(rest);
    if (note !== null) {
      const body = joinLines(
        [rest.slice(note[0].length), ...lines.slice(at + 1, end)]
          .map((part) => part.trim())
          .filter((part) => part !== ''),
      );
      this.builder.add('footnote', this.inline(body), { number: (note[1] as string).replace(/^#(?=.)/, '') });
      return end;
    }
    const directive = /^([a-zA-Z][\w:.+-]{0,60})\s?::(?:\s+|$)/.exec(rest);
    if (directive !== null) {
      readDirective(
        this,
        (directive[1] as string).toLowerCase(),
        rest.slice(directive[0].length),
        lines.slice(at + 1, end),
        context,
      );
    }
    return end;
  }

  /** A table cell: its blocks, one line each. */
  private cell(text: string): string {
    if (!/\n\s*\n|(?:^|\n)\s*[-*+•|]\s|(?:^|\n)\s*\(?\w{1,3}[.)]\s/.test(text))
      return this.inline(joinLines(text.split('\n').map((line) => line.trim())));
    const inner = new BoundedBuilder('rst', { maxBlocks: 2000, maxChars: text.length * 3 + 1000 });
    new RstBlocks(inner, 20, this.substitutions).read(
      text.split('\n').map((line) => line.trimEnd()),
      { kind: 'paragraph', depth: 0, list: 0 },
    );
    const document = inner.build();
    return document.blocks
      .map(
        (block) =>
          `${block.kind === 'item' ? `${block.number === undefined ? '-' : `${block.number}.`} ` : ''}${document.text.slice(block.start, block.end)}`,
      )
      .join('\n');
  }

  private levelOf(style: string): number {
    let at = this.styles.indexOf(style);
    if (at === -1) at = this.styles.push(style) - 1;
    return at + 1;
  }

  private flatten(lines: readonly string[]): void {
    this.builder.add(
      'paragraph',
      this.inline(
        lines
          .map((line) => line.trim())
          .join(' ')
          .trim(),
      ),
    );
    if (this.tooDeep) return;
    this.tooDeep = true;
    this.builder.problem({
      code: 'too-deep',
      message: `Lists or quotes are nested more than ${this.maxDepth} deep; deeper text was read without its structure.`,
      fatal: false,
    });
  }
}

/** The line after the paragraph at `from`. */
function paragraphEnd(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && (lines[at] as string).trim() !== '') {
    if (at > from && /^\.\. \S/.test(lines[at] as string)) break;
    at++;
  }
  return at;
}

/** The line after the first paragraph of an item; a list that follows without an empty line is not part of it. */
function itemEnd(body: readonly string[]): number {
  const end = paragraphEnd(body, 0);
  for (let at = 1; at < end; at++) if (/^[*+•-] /.test(body[at] as string)) return at;
  return end;
}

function startsBlock(line: string): boolean {
  return (
    /^\.\.(?:\s|$)/.test(line) ||
    listMark(line) !== null ||
    isGridBorder(line) ||
    /^\|\s/.test(line) ||
    fieldMark(line) !== null
  );
}

/** `.. |name| replace:: text`, wherever it stands. */
function collectSubstitutions(lines: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const [index, line] of lines.entries()) {
    const match = /^\s{0,40}\.\. \|([^|]{1,80})\|\s+(replace|unicode|date|image)::\s*(.*)$/.exec(line);
    if (match === null) continue;
    const end = indentedEnd(lines, index + 1, indentOf(line) + 1);
    const body =
      match[2] === 'replace'
        ? [match[3] as string, ...lines.slice(index + 1, end).map((part) => part.trim())].join(' ').trim()
        : '';
    found.set((match[1] as string).toLowerCase(), body);
  }
  return found;
}
