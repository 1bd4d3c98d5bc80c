import type { BlockDetail } from '../builder.ts';
import type { BoundedBuilder } from './bounded.ts';
import { readHtml } from './html.ts';
import { inlineText, looksMarkedUp, readMarkdown } from './markdown.ts';
import { dropInvisible, tidy } from './piece.ts';
import { isMachine, isMachineValue, isName, isNumber, isProse, words } from './value-keys.ts';

/** A value of a data file: `null`, a scalar as written, a list, or keys in their order. */
export type Value = null | string | number | boolean | Value[] | { [key: string]: Value };

/** Rows hold leaves up to this; longer text is blocks of its own. */
const LONGEST_CELL = 1200;
const DEEPEST_HEADING = 6;

/** Turns a tree of values into blocks: names become headings, sentences paragraphs, lists of like things rows. */
export class ValueBlocks {
  private readonly builder: BoundedBuilder;
  private readonly maxDepth: number;
  private tooDeep = false;

  constructor(builder: BoundedBuilder, maxDepth: number) {
    this.builder = builder;
    this.maxDepth = maxDepth;
  }

  /** Adds `value` to the document. Says in a `too-deep` problem what was left out below `maxDepth`. */
  add(value: Value): void {
    this.visit('', value, 1, 0);
    if (!this.tooDeep) return;
    this.builder.problem({
      code: 'too-deep',
      message: `Values are nested more than ${this.maxDepth} deep; what stands deeper was left out.`,
      fatal: false,
    });
  }

  private visit(key: string, value: Value, depth: number, nesting: number): void {
    if (this.builder.full) return;
    if (nesting > this.maxDepth) {
      this.tooDeep = true;
      return;
    }
    if (Array.isArray(value)) this.visitList(key, value, depth, nesting);
    else if (isObject(value)) this.visitObject(key, value, depth, nesting);
    else this.addLeaf(key, value);
  }

  private visitObject(key: string, value: { [key: string]: Value }, depth: number, nesting: number): void {
    const entries = Object.entries(value);
    const nameEntry = entries.find(
      ([name, leaf]) =>
        isName(name) && typeof leaf === 'string' && leaf.trim() !== '' && leaf.length <= 250 && !leaf.includes('\n'),
    );
    const flat = entries.every(([, leaf]) => isLeaf(leaf));
    if (flat && key !== '' && entries.length <= 8 && entries.every(([, leaf]) => !isProse(String(leaf ?? '')))) {
      const cells = entries
        .filter(([name, leaf]) => isShown(name, leaf))
        .map(([name, leaf]) => `${words(name)}: ${text(leaf)}`);
      this.builder.addRow(cells.length > 0 ? [words(key), ...cells] : []);
      return;
    }
    const number = numberOf(entries);
    if (nameEntry !== undefined) this.heading(text(nameEntry[1]), depth, number);
    else if (key !== '' && holdsText(value, 0)) this.heading(words(key), depth, undefined);
    let pending = nameEntry === undefined ? number : undefined;
    for (const [name, leaf] of entries) {
      if (name === nameEntry?.[0]) continue;
      if (isLeaf(leaf) && number !== undefined && isNumber(name) && text(leaf) === number) continue;
      if (pending !== undefined && typeof leaf === 'string' && isProse(leaf) && !leaf.includes('\n')) {
        this.builder.add('item', plain(leaf), { level: 1, number: pending });
        pending = undefined;
      } else this.visit(name, leaf, depth + 1, nesting + 1);
    }
  }

  private visitList(key: string, list: readonly Value[], depth: number, nesting: number): void {
    if (list.every(isLeaf)) {
      this.addLeaves(key, list);
      return;
    }
    const labelled = key !== '' && holdsText(list as Value[], 0);
    if (labelled) this.heading(words(key), depth, undefined);
    const columns = commonColumns(list);
    if (columns !== null) {
      if (list.length > 1) this.builder.addRow(columns.map(words));
      for (const row of list)
        this.builder.addRow(columns.map((column) => plain(text((row as { [key: string]: Value })[column] ?? null))));
      return;
    }
    for (const item of list) this.visit('', item, labelled ? depth + 1 : depth, nesting + 1);
  }

  private addLeaves(key: string, list: readonly Value[]): void {
    const texts = list.map(text).filter((leaf) => leaf !== '' && !isMachineValue(leaf));
    if (texts.length === 0 || isMachine(key)) return;
    if (texts.some(isProse)) {
      if (key !== '') this.builder.add('field', `${words(key)}:`);
      for (const leaf of texts) this.prose(leaf, 'item');
    } else this.builder.add('field', key === '' ? texts.join(', ') : `${words(key)}: ${texts.join(', ')}`);
  }

  private addLeaf(key: string, leaf: Value): void {
    const value = text(leaf);
    if (!isShown(key, leaf)) return;
    if (isProse(value)) this.prose(value, 'paragraph');
    else this.builder.add('field', key === '' ? value : `${words(key)}: ${plain(value)}`);
  }

  private prose(value: string, kind: 'paragraph' | 'item'): void {
    if (/^\s*<[a-z][^>]*>/i.test(value) && /<\/[a-z]+>/i.test(value)) {
      readHtml(this.builder, value, { maxDepth: this.maxDepth, whole: false });
    } else if (value.includes('\n')) readMarkdown(this.builder, value, this.maxDepth);
    else this.builder.add(kind, plain(value), kind === 'item' ? { level: 1 } : {});
  }

  private heading(name: string, depth: number, number: string | undefined): void {
    const detail: BlockDetail = { level: Math.min(DEEPEST_HEADING, depth) };
    if (number !== undefined) detail.number = number;
    this.builder.add('heading', plain(name), detail);
  }
}

function isObject(value: Value): value is { [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLeaf(value: Value): boolean {
  return typeof value !== 'object' || value === null;
}

function isShown(key: string, leaf: Value): boolean {
  const value = text(leaf);
  return value !== '' && !isMachine(key) && !isMachineValue(value);
}

function text(leaf: Value): string {
  if (leaf === null || typeof leaf === 'object') return '';
  return dropInvisible(String(leaf)).trim();
}

/** One line, without the marks of Markdown or HTML. */
function plain(value: string): string {
  return looksMarkedUp(value) ? inlineText(value) : tidy(value);
}

function numberOf(entries: readonly [string, Value][]): string | undefined {
  const found = entries.find(
    ([name, leaf]) =>
      isNumber(name) && isLeaf(leaf) && /\d/.test(text(leaf)) && /^[\p{L}\d][\p{L}\d ._-]{0,23}$/u.test(text(leaf)),
  );
  return found === undefined ? undefined : text(found[1]);
}

/** The keys that every one of a list of flat objects has in common, where the objects read well as rows. */
function commonColumns(list: readonly Value[]): string[] | null {
  if (list.length < 2) return null;
  const columns: string[] = [];
  const seen = new Set<string>();
  for (const item of list) {
    if (!isObject(item)) return null;
    for (const [name, leaf] of Object.entries(item)) {
      if (!isLeaf(leaf)) return null;
      const value = text(leaf);
      if (value.length > LONGEST_CELL || value.includes('\n')) return null;
      if (!seen.has(name) && isShown(name, leaf)) {
        seen.add(name);
        columns.push(name);
      }
    }
  }
  return columns.length > 12 || columns.length === 0 ? null : columns;
}

/** Whether anything below is worth a heading: sentences, or objects. Looks a few levels down only. */
function holdsText(value: Value, depth: number): boolean {
  if (isLeaf(value)) return isProse(text(value)) && !isMachineValue(text(value));
  if (depth >= 6) return true;
  const inner = Array.isArray(value) ? value : Object.values(value as { [key: string]: Value });
  return inner.slice(0, 50).some((leaf) => holdsText(leaf, depth + 1));
}
