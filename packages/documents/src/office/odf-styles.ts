import { listNumber } from '../list-number.ts';
import type { Attributes, XmlHandler } from './xml.ts';

export interface OdfStyle {
  parent: string | undefined;
  /** As people see it, in lower case: `heading 1`. */
  name: string;
  /** 1 to 10. */
  outline: number | undefined;
  hidden: boolean | undefined;
  bold: boolean | undefined;
  caps: boolean | undefined;
  /** Points. */
  size: number | undefined;
  breakBefore: boolean | undefined;
}

export interface ResolvedOdfStyle extends OdfStyle {
  /** Display names from this style up. */
  names: string[];
}

interface ListLevel {
  bullet: boolean;
  format: string;
  prefix: string;
  suffix: string;
  /** How many levels, this one included, are printed. */
  shown: number;
  start: number;
  /** `%1%.%2%`, the newer way to say all of that. */
  pattern: string | undefined;
}

const FORMATS: Readonly<Record<string, string>> = {
  '1': 'decimal',
  a: 'lowerLetter',
  A: 'upperLetter',
  i: 'lowerRoman',
  I: 'upperRoman',
};

/** LibreOffice writes a style for each formatting used, real files have thousands. */
const MAX_STYLES = 50_000;

/** Key under which the numbering of headings is kept. */
export const OUTLINE = '\u0000outline';

/** Styles of an OpenDocument file, from `styles.xml` and the automatic ones of `content.xml` (OpenDocument 1.3 part 3, 16). */
export class OdfStyles {
  /** Points. */
  bodySize = 12;
  private readonly styles = new Map<string, OdfStyle>();
  private readonly resolved = new Map<string, ResolvedOdfStyle>();
  private readonly lists = new Map<string, ListLevel[]>();
  /** Tables and columns that are not shown. */
  private readonly undisplayed = new Set<string>();
  private family = '';
  private name = '';
  private style: OdfStyle | null = null;
  private list: ListLevel[] | null = null;

  handler(): XmlHandler {
    return {
      open: (name, attributes) => {
        this.open(name, attributes);
        return true;
      },
      close: (name) => this.close(name),
      text: () => {},
    };
  }

  open(name: string, attributes: Attributes): void {
    switch (name) {
      case 'style:style':
      case 'style:default-style':
        this.begin(attributes);
        break;
      case 'style:text-properties':
        if (this.style) readText(this.style, attributes);
        break;
      case 'style:paragraph-properties':
        if (this.style && attributes['fo:break-before'] !== undefined)
          this.style.breakBefore = attributes['fo:break-before'] === 'page';
        break;
      case 'style:table-properties':
        if (attributes['table:display'] === 'false') this.undisplayed.add(this.name);
        break;
      case 'text:list-style':
      case 'text:outline-style':
        this.list = [];
        this.lists.set(name === 'text:outline-style' ? OUTLINE : (attributes['style:name'] ?? ''), this.list);
        break;
      case 'text:list-level-style-number':
      case 'text:list-level-style-bullet':
      case 'text:list-level-style-image':
      case 'text:outline-level-style':
        if (this.list) this.list[Number(attributes['text:level']) - 1] = levelOf(name, attributes);
        break;
    }
  }

  close(name: string): void {
    if (name === 'style:style' || name === 'style:default-style') {
      if (this.style && this.family === 'paragraph' && this.name === '')
        this.bodySize = this.style.size ?? this.bodySize;
      if (this.style && this.styles.size < MAX_STYLES) this.styles.set(`${this.family} ${this.name}`, this.style);
      this.style = null;
    } else if (name === 'text:list-style' || name === 'text:outline-style') this.list = null;
  }

  get(family: 'paragraph' | 'text', name: string | undefined): ResolvedOdfStyle {
    const key = `${family} ${name ?? ''}`;
    const known = this.resolved.get(key);
    if (known) return known;
    if (name === undefined || !this.styles.has(key)) {
      const names = name === undefined ? [] : [displayName(name).toLowerCase()];
      return { ...NONE, names, outline: outlineOf(names) };
    }
    const out: ResolvedOdfStyle = { ...emptyStyle(), names: [] };
    const seen = new Set<string>();
    for (
      let at: string | undefined = name;
      at !== undefined && !seen.has(at);
      at = this.styles.get(`${family} ${at}`)?.parent
    ) {
      seen.add(at);
      const style = this.styles.get(`${family} ${at}`);
      out.names.push(style?.name ?? at.toLowerCase());
      if (!style) break;
      out.outline ??= style.outline;
      out.hidden ??= style.hidden;
      out.bold ??= style.bold;
      out.caps ??= style.caps;
      out.size ??= style.size;
      // Only the paragraph's own style breaks the page.
      if (at === name) out.breakBefore = style.breakBefore;
    }
    out.outline ??= outlineOf(out.names);
    this.resolved.set(key, out);
    return out;
  }

  isDisplayed(table: string | undefined): boolean {
    return table === undefined || !this.undisplayed.has(table);
  }

  /** Whether a level of a list is a bullet; null when it does not exist. */
  isBullet(list: string, level: number): boolean | null {
    return this.lists.get(list)?.[level]?.bullet ?? null;
  }

  start(list: string, level: number): number {
    return this.lists.get(list)?.[level]?.start ?? 1;
  }

  /** What is printed in front of an item at 0-based `level`; empty for bullets and unnumbered levels. */
  number(list: string, level: number, counters: readonly (number | undefined)[]): string {
    const levels = this.lists.get(list);
    const own = levels?.[level];
    if (!levels || !own || own.bullet || own.format === 'none') return '';
    const show = (at: number): string =>
      listNumber(counters[at] ?? levels[at]?.start ?? 1, levels[at]?.format ?? 'decimal');
    if (own.pattern !== undefined) {
      return trimmed(own.pattern.replace(/%(\d{1,2})%/g, (_, digits: string) => show(Number(digits) - 1)));
    }
    const parts: string[] = [];
    for (let at = Math.max(0, level - own.shown + 1); at <= level; at++) {
      const shown = show(at);
      if (shown !== '') parts.push(shown);
    }
    return trimmed(own.prefix + parts.join('.') + own.suffix);
  }

  private begin(attributes: Attributes): void {
    this.family = attributes['style:family'] ?? '';
    this.name = attributes['style:name'] ?? '';
    const outline = Number(attributes['style:default-outline-level']);
    this.style = {
      ...emptyStyle(),
      parent: attributes['style:parent-style-name'],
      name: (attributes['style:display-name'] ?? displayName(this.name)).toLowerCase(),
      outline: outline >= 1 && outline <= 10 ? outline : undefined,
    };
  }
}

function emptyStyle(): OdfStyle {
  return {
    parent: undefined,
    name: '',
    outline: undefined,
    hidden: undefined,
    bold: undefined,
    caps: undefined,
    size: undefined,
    breakBefore: undefined,
  };
}

const NONE = emptyStyle();

/** A style's name without the escapes of XML names (`_20_` is a space). */
function displayName(name: string): string {
  return name.replace(/_([0-9a-f]{2})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function readText(style: OdfStyle, attributes: Attributes): void {
  if (attributes['text:display'] !== undefined) style.hidden = attributes['text:display'] === 'none';
  const weight = attributes['fo:font-weight'];
  if (weight !== undefined) style.bold = weight === 'bold' || Number(weight) >= 600;
  const caps = attributes['fo:text-transform'];
  const variant = attributes['fo:font-variant'];
  if (caps !== undefined || variant !== undefined) style.caps = caps === 'uppercase' || variant === 'small-caps';
  const size = /^([\d.]+)pt$/.exec(attributes['fo:font-size'] ?? '')?.[1];
  if (size !== undefined) style.size = Number(size);
}

function levelOf(name: string, attributes: Attributes): ListLevel {
  const format = attributes['style:num-format'] ?? '';
  return {
    bullet: name.endsWith('bullet') || name.endsWith('image'),
    format: format === '' ? 'none' : (FORMATS[format] ?? 'decimal'),
    prefix: attributes['style:num-prefix'] ?? '',
    suffix: attributes['style:num-suffix'] ?? '',
    shown: Number(attributes['text:display-levels'] ?? 1),
    start: Number(attributes['text:start-value'] ?? 1),
    pattern: attributes['loext:num-list-format'],
  };
}

function outlineOf(names: readonly string[]): number | undefined {
  for (const name of names) {
    const level = /^heading (\d{1,2})$/.exec(name)?.[1];
    if (level !== undefined) return Number(level);
  }
  return undefined;
}

function trimmed(number: string): string {
  return number.trim().replace(/\.$/, '');
}
