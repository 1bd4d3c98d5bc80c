import type { Attributes, XmlHandler } from './xml.ts';

/** What a style does to reading. Absent fields are inherited. */
export interface WordStyle {
  id: string;
  /** Built-in names are English in every language of Word (`heading 1`), in lower case here. */
  name: string;
  basedOn?: string;
  /** 0 to 8; 9 is body text. */
  outline?: number | undefined;
  numId?: string | undefined;
  ilvl?: number | undefined;
  hidden?: boolean | undefined;
  bold?: boolean | undefined;
  caps?: boolean | undefined;
  /** Half-points. */
  size?: number | undefined;
}

export type StyleRole = 'title' | 'heading' | 'toc' | 'caption' | 'quote' | 'code' | 'list' | 'body';

export interface ResolvedStyle extends WordStyle {
  role: StyleRole;
  /** Ids from this style up to the one it is founded on. */
  chain: string[];
}

/** Word keeps at most some 4,000. */
const MAX_STYLES = 20_000;

const NONE: ResolvedStyle = { id: '', name: '', role: 'body', chain: [] };

/** The paragraph and character styles of a Word file, with what each inherits. */
export class WordStyles {
  private readonly styles = new Map<string, WordStyle>();
  private readonly resolved = new Map<string, ResolvedStyle>();
  private defaultParagraph = '';
  /** Half-points of running text. */
  bodySize = 20;

  /** Reads `styles.xml`. */
  handler(): XmlHandler {
    let style: WordStyle | null = null;
    let defaults = false;
    return {
      open: (name, attributes) => {
        if (name === 'w:style') {
          style = { id: attributes['w:styleId'] ?? '', name: '' };
          if (attributes['w:type'] === 'paragraph' && isOn(attributes['w:default'] ?? '0'))
            this.defaultParagraph = style.id;
          return attributes['w:type'] !== 'table' && attributes['w:type'] !== 'numbering'
            ? true
            : this.keepNumbering(style, attributes);
        }
        if (name === 'w:rPrDefault') defaults = true;
        else if (name === 'w:tblStylePr' || name === 'w:rPrChange' || name === 'w:pPrChange') return false;
        else if (style) readStyle(style, name, attributes);
        else if (defaults && name === 'w:sz') this.bodySize = Number(attributes['w:val']) || this.bodySize;
        return true;
      },
      close: (name) => {
        if (name === 'w:style' && style) {
          if (this.styles.size < MAX_STYLES) this.styles.set(style.id, style);
          style = null;
        } else if (name === 'w:rPrDefault') defaults = false;
        else if (name === 'w:styles') this.bodySize = this.get(undefined).size ?? this.bodySize;
      },
      text: () => {},
    };
  }

  /** A style with all it inherits; the default paragraph style for an absent id. */
  get(id: string | undefined): ResolvedStyle {
    const key = id ?? this.defaultParagraph;
    const known = this.resolved.get(key);
    if (known) return known;
    if (!this.styles.has(key)) return NONE;
    const out: ResolvedStyle = { ...NONE, id: key, chain: [] };
    for (
      let at: string | undefined = key;
      at !== undefined && !out.chain.includes(at);
      at = this.styles.get(at)?.basedOn
    ) {
      const style = this.styles.get(at);
      if (!style) break;
      out.chain.push(at);
      if (out.name === '') out.name = style.name;
      if (out.role === 'body') out.role = roleOf(style.name);
      out.outline ??= style.outline ?? outlineOf(style.name);
      out.numId ??= style.numId;
      out.ilvl ??= style.ilvl;
      out.hidden ??= style.hidden;
      out.bold ??= style.bold;
      out.caps ??= style.caps;
      out.size ??= style.size;
    }
    this.resolved.set(key, out);
    return out;
  }

  /** A character style; nothing for an absent id. */
  character(id: string | undefined): ResolvedStyle {
    return id === undefined ? NONE : this.get(id);
  }

  private keepNumbering(style: WordStyle, attributes: Attributes): boolean {
    return attributes['w:type'] === 'numbering' && style.id !== '';
  }
}

function readStyle(style: WordStyle, name: string, attributes: Attributes): void {
  const value = attributes['w:val'];
  switch (name) {
    case 'w:name':
      style.name = (value ?? '').toLowerCase();
      break;
    case 'w:basedOn':
      if (value !== undefined) style.basedOn = value;
      break;
    case 'w:outlineLvl':
      style.outline = Number(value);
      break;
    case 'w:numId':
      if (value !== undefined) style.numId = value;
      break;
    case 'w:ilvl':
      style.ilvl = Number(value);
      break;
    case 'w:vanish':
      style.hidden = isOn(value);
      break;
    case 'w:b':
      style.bold = isOn(value);
      break;
    case 'w:caps':
    case 'w:smallCaps':
      style.caps = isOn(value);
      break;
    case 'w:sz':
      style.size = Number(value);
      break;
  }
}

function roleOf(name: string): StyleRole {
  if (name === 'title') return 'title';
  if (/^heading \d$/.test(name)) return 'heading';
  if (/^toc \d$|^table of (figures|authorities)$|^index \d$/.test(name)) return 'toc';
  if (name === 'caption') return 'caption';
  if (name === 'quote' || name === 'intense quote' || name === 'block text') return 'quote';
  if (name === 'html preformatted' || name === 'macro') return 'code';
  if (/^list( |$)/.test(name) && name !== 'list paragraph') return 'list';
  return 'body';
}

function outlineOf(name: string): number | undefined {
  const level = /^heading (\d)$/.exec(name)?.[1];
  return level === undefined ? undefined : Number(level) - 1;
}

/** An on/off property (ST_OnOff): present without a value means on. */
export function isOn(value: string | undefined): boolean {
  return value === undefined || value === '1' || value === 'true' || value === 'on';
}
