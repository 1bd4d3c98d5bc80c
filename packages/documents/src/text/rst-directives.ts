import { readHtml } from './html.ts';
import { readDelimited } from './plain-delimited.ts';
import type { RstBlocks, RstContext } from './rst.ts';
import { dedent, fieldMark, indentedEnd, indentOf, listMark } from './rst-lines.ts';

/** Directives that hold nothing a person reads where they stand. */
const SILENT = new Set(
  'contents toctree index sectnum section-numbering highlight default-role role target-notes discourse tabularcolumns currentmodule default-domain sectionauthor moduleauthor codeauthor header footer only_meta bibliography automodule autoclass graphviz uml mermaid plantuml'.split(
    ' ',
  ),
);
const CODE = new Set(
  'code code-block sourcecode parsed-literal math prompt console highlight-lines productionlist literal'.split(' '),
);
const QUOTES = new Set('epigraph highlights pull-quote compound_quote'.split(' '));
const INCLUDES = new Set('include literalinclude mdinclude'.split(' '));

/** Reads one directive: `argument` is the rest of its first line, `lines` what is indented below it. */
export function readDirective(
  blocks: RstBlocks,
  name: string,
  argument: string,
  lines: readonly string[],
  context: RstContext,
): void {
  const { builder } = blocks;
  const { options, body, title } = split(argument, lines);
  const inner: RstContext = { ...context, depth: context.depth + 1 };
  const file = options.get('file') ?? (INCLUDES.has(name) ? title : undefined);
  if (file !== undefined) {
    builder.problem({
      code: 'external',
      message: `The text includes "${file.slice(0, 200)}", another file, which was not read with it. Read it too.`,
      fatal: false,
    });
    return;
  }
  if (SILENT.has(name)) return;
  if (CODE.has(name)) builder.add('code', dedent(body).join('\n'));
  else if (name === 'raw') {
    if (/html/i.test(title)) readHtml(builder, body.join('\n'), { maxDepth: 200, whole: false });
  } else if (name === 'image' || name === 'figure') {
    builder.add('caption', blocks.inline(options.get('alt') ?? ''));
    if (name === 'figure') blocks.read(body, inner);
  } else if (name === 'meta') for (const [key, value] of options) builder.property(key, value);
  else if (name === 'title') builder.property('title', title);
  else if (name === 'list-table') {
    builder.add('caption', blocks.inline(title));
    listTable(blocks, body);
  } else if (name === 'csv-table') {
    builder.add('caption', blocks.inline(title));
    const header = options.get('header');
    readDelimited(
      builder,
      [...(header === undefined ? [] : [header]), ...dedent(body)].map((line) => blocks.inline(line)).join('\n'),
    );
  } else if (name === 'table') {
    builder.add('caption', blocks.inline(title));
    blocks.read(body, inner);
  } else if (QUOTES.has(name)) blocks.read(body, { ...inner, kind: 'quote' });
  else content(blocks, title, body, inner);
}

/** Admonitions, boxes, tabs, and directives that are not known: their title, then their content. */
function content(blocks: RstBlocks, title: string, body: readonly string[], inner: RstContext): void {
  const words = blocks.inline(title);
  if (/\s/.test(words) || (body.length > 0 && /^\p{Lu}/u.test(words))) blocks.builder.add(inner.kind, words);
  blocks.read(body, inner);
}

function split(
  argument: string,
  lines: readonly string[],
): { options: Map<string, string>; body: string[]; title: string } {
  const own = dedent(lines);
  const options = new Map<string, string>();
  let at = 0;
  let title = argument.trim();
  // The argument may go on over the next lines, up to the options or an empty line.
  while (
    at < own.length &&
    title !== '' &&
    (own[at] as string).trim() !== '' &&
    fieldMark(own[at] as string) === null
  ) {
    title += ` ${(own[at] as string).trim()}`;
    at++;
  }
  while (at < own.length) {
    const field = fieldMark(own[at] as string);
    if (field === null) break;
    const end = indentedEnd(own, at + 1, 1);
    const value = [(own[at] as string).slice(field.width), ...own.slice(at + 1, end).map((line) => line.trim())].join(
      ' ',
    );
    options.set(field.name, value.trim());
    at = Math.max(end, at + 1);
  }
  return { options, body: own.slice(at), title };
}

/** Two levels of bullets: the outer ones are rows, the inner ones cells. */
function listTable(blocks: RstBlocks, lines: readonly string[]): void {
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] as string;
    const mark = listMark(line);
    if (mark === null || indentOf(line) > 0) {
      at++;
      continue;
    }
    const end = indentedEnd(lines, at + 1, 1);
    blocks.builder.addRow(
      cellsOf([line.slice(mark.width), ...dedent(lines.slice(at + 1, end))]).map((cell) => blocks.inline(cell)),
    );
    at = Math.max(end, at + 1);
  }
}

function cellsOf(lines: readonly string[]): string[] {
  const cells: string[] = [];
  for (const line of lines) {
    const mark = indentOf(line) === 0 ? listMark(line) : null;
    if (mark !== null) cells.push(line.slice(mark.width));
    else if (/^[-*+]$/.test(line)) cells.push('');
    else if (cells.length > 0 && line.trim() !== '') cells[cells.length - 1] += ` ${line.trim()}`;
  }
  return cells;
}
