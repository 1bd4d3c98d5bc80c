import type { Limits } from '../reader.ts';
import { UnreadableError } from '../reader.ts';
import { encodingOfPage, RtfFonts } from './rtf-fonts.ts';
import type { RtfParagraph } from './rtf-table.ts';
import { emptyParagraph, RtfTable } from './rtf-table.ts';
import type { RtfHandler } from './rtf-tokens.ts';
import type { Destination } from './rtf-words.ts';
import { CHARACTERS, DESTINATIONS, PROPERTIES, SKIPPED, STARRED } from './rtf-words.ts';

export interface RtfSink {
  paragraph(paragraph: RtfParagraph): void;
  /** Cells of one row, each with its paragraphs. */
  row(cells: RtfParagraph[][]): void;
  aside(kind: 'header' | 'footer' | 'comment', text: string): void;
  property(name: string, value: string): void;
}

interface State {
  destination: Destination;
  /** Property or time being read. */
  field: string;
  unicodeSkip: number;
  font: number;
  hidden: boolean;
  deleted: boolean;
  bold: boolean;
  caps: boolean;
  size: number;
}

/** Follows the tokens of an RTF file and hands its paragraphs and rows to a sink. */
export class RtfParser implements RtfHandler {
  page = 1;
  private readonly sink: RtfSink;
  private readonly maxDepth: number;
  private readonly stack: State[] = [];
  private state: State = {
    destination: 'body',
    field: '',
    unicodeSkip: 1,
    font: -1,
    hidden: false,
    deleted: false,
    bold: false,
    caps: false,
    size: 24,
  };
  private defaultFont = -1;
  private readonly fonts = new RtfFonts();
  private readonly styles = new Map<number, { name: string; outline: number | null }>();
  private bytes: number[] = [];
  private toSkip = 0;
  private starred = false;
  private paragraph = emptyParagraph(1);
  private readonly table = new RtfTable();
  private label = '';
  /** Text of the group that is no paragraph of the body: note, header, property, style name. */
  private apart = '';
  private number = -1;
  private styleOutline: number | null = null;
  private time: Record<string, number> = {};

  constructor(sink: RtfSink, limits: Pick<Limits, 'maxDepth'>) {
    this.sink = sink;
    this.maxDepth = limits.maxDepth;
  }

  openGroup(): void {
    this.flush();
    if (this.stack.length >= this.maxDepth) {
      throw new UnreadableError({
        code: 'too-deep',
        message: `The file nests more than ${this.maxDepth} groups, as no real document does. It was not read.`,
      });
    }
    this.stack.push(this.state);
    this.state = { ...this.state };
    this.toSkip = 0;
  }

  closeGroup(): void {
    this.flush();
    const ended = this.state;
    const outer = this.stack.pop();
    if (!outer) return;
    this.state = outer;
    this.starred = false;
    this.toSkip = 0;
    if (ended.destination === outer.destination && ended.field === outer.field) {
      // Each style and font of a table is a group of its own.
      if (ended.destination === 'styles') this.endStyle();
      else if (ended.destination === 'fonts') this.endFont();
      return;
    }
    this.endDestination(ended);
  }

  word(word: string, value: number | null): void {
    if (this.toSkip > 0) {
      this.toSkip--;
      return;
    }
    this.flush();
    if (word === 'u') {
      this.add(String.fromCharCode(((value ?? 0) + 0x10000) & 0xffff));
      this.toSkip = this.state.unicodeSkip;
      return;
    }
    if (word === 'uc') {
      this.state.unicodeSkip = value ?? 1;
      return;
    }
    if (this.destination(word)) return;
    const character = CHARACTERS[word];
    if (character !== undefined) this.add(character);
    else if (!this.paragraphWord(word, value)) this.formatWord(word, value);
  }

  symbol(symbol: string): void {
    if (symbol === '*') {
      this.starred = true;
      return;
    }
    this.flush();
    if (this.toSkip > 0) {
      this.toSkip--;
      return;
    }
    if (symbol === '~') this.add('\u00a0');
    else if (symbol === '_') this.add('-');
    else if (symbol === '\n' || symbol === '\r') this.endParagraph();
    else if (symbol === '\\' || symbol === '{' || symbol === '}') this.add(symbol);
  }

  byte(value: number): void {
    if (this.toSkip > 0) this.toSkip--;
    else if (this.state.destination !== 'skip') this.bytes.push(value);
  }

  text(text: string): void {
    let from = 0;
    if (this.toSkip > 0) {
      from = Math.min(this.toSkip, text.length);
      this.toSkip -= from;
    }
    if (this.state.destination === 'skip' || from === text.length) return;
    if (this.bytes.length % 2 === 1 && this.fonts.isDoubleByte(this.state.font)) {
      // The second byte of a character may be an ASCII one.
      this.bytes.push(text.charCodeAt(from));
      from++;
    }
    this.flush();
    this.add(from === 0 ? text : text.slice(from));
  }

  /** Ends what the file leaves open. */
  end(): void {
    while (this.stack.length > 0) this.closeGroup();
    this.flush();
    if (this.table.open) {
      this.table.endCell(this.take());
      this.sink.row(this.table.endRow());
    }
    this.endParagraph();
  }

  private destination(word: string): boolean {
    const starred = this.starred;
    this.starred = false;
    if (this.state.destination === 'skip') return word !== 'ud' && word !== 'shptxt' && word !== 'dptxbxtext';
    const known = DESTINATIONS[word];
    if (known !== undefined) {
      this.state.destination = known;
      this.state.field = word;
      if (known !== 'label') this.apart = '';
      if (known === 'time') this.time = {};
      return true;
    }
    if (SKIPPED.has(word) || (starred && !STARRED.has(word))) {
      this.state.destination = 'skip';
      return true;
    }
    return false;
  }

  private paragraphWord(word: string, value: number | null): boolean {
    const inBody = this.state.destination === 'body';
    switch (word) {
      case 'ud':
      case 'shptxt':
      case 'dptxbxtext':
        this.state.destination = 'body';
        return true;
      case 'par':
      case 'sect':
        if (inBody) this.endParagraph();
        else this.add('\n');
        if (word === 'sect') this.page++;
        return true;
      case 'page':
        if (inBody) this.page++;
        return true;
      case 'cell':
        if (inBody) this.table.endCell(this.take());
        return true;
      case 'row':
        if (inBody) this.endRow();
        return true;
      case 'nestcell':
        if (inBody) this.table.endNestedCell(this.take());
        return true;
      case 'nestrow':
        if (inBody) this.table.endNestedRow(this.page);
        return true;
      case 'intbl':
        if (inBody) this.table.depth = Math.max(1, this.table.depth);
        return true;
      case 'itap':
        if (inBody) this.table.depth = value ?? 0;
        return true;
      case 'pard':
        if (inBody) {
          this.table.depth = 0;
          this.paragraph.outline = null;
          this.paragraph.style = '';
        }
        return true;
      case 's':
        if (this.state.destination === 'styles') this.number = value ?? -1;
        else if (inBody) {
          const style = this.styles.get(value ?? -1);
          this.paragraph.style = style?.name ?? '';
          this.paragraph.outline = style?.outline ?? null;
        }
        return true;
      case 'outlinelevel':
        if (this.state.destination === 'styles') this.styleOutline = value;
        else if (inBody) this.paragraph.outline = value;
        return true;
      default:
        return false;
    }
  }

  private formatWord(word: string, value: number | null): void {
    const on = value !== 0;
    const state = this.state;
    switch (word) {
      case 'v':
        state.hidden = on;
        break;
      case 'deleted':
        state.deleted = on;
        break;
      case 'b':
        state.bold = on;
        break;
      case 'caps':
      case 'scaps':
        state.caps = on;
        break;
      case 'fs':
        state.size = value ?? 24;
        break;
      case 'plain':
        Object.assign(state, {
          hidden: false,
          deleted: false,
          bold: false,
          caps: false,
          size: 24,
          font: this.defaultFont,
        });
        break;
      case 'f':
        if (state.destination === 'fonts') this.number = value ?? -1;
        else state.font = value ?? -1;
        break;
      case 'fcharset':
        if (state.destination === 'fonts') this.fonts.charset(this.number, value ?? 0);
        break;
      case 'ansicpg':
        this.fonts.encoding = encodingOfPage(value ?? 1252);
        break;
      case 'mac':
        this.fonts.encoding = 'macintosh';
        break;
      case 'deff':
        this.defaultFont = value ?? -1;
        state.font = this.defaultFont;
        break;
      case 'yr':
      case 'mo':
      case 'dy':
      case 'hr':
      case 'min':
        this.time[word] = value ?? 0;
        break;
    }
  }

  private add(text: string): void {
    const state = this.state;
    switch (state.destination) {
      case 'skip':
      case 'time':
        return;
      case 'label':
        this.label += text;
        return;
      case 'body':
        break;
      default:
        this.apart += text;
        return;
    }
    const paragraph = this.paragraph;
    if (state.deleted) paragraph.deleted += text;
    else if (state.hidden) paragraph.hidden += text;
    else {
      if (paragraph.size === 0 && text.trim() !== '') {
        paragraph.size = state.size;
        paragraph.page = this.page;
      }
      paragraph.text += text;
      if (state.bold) paragraph.bold += text.length;
      if (state.caps) paragraph.caps += text.length;
    }
  }

  private flush(): void {
    if (this.bytes.length === 0) return;
    const bytes = this.bytes;
    this.bytes = [];
    this.add(this.fonts.decode(bytes, this.state.font));
  }

  private endParagraph(): void {
    const paragraph = this.take();
    if (this.table.depth > 0) this.table.paragraph(paragraph);
    else this.sink.paragraph(paragraph);
  }

  private endRow(): void {
    const row = this.table.endRow();
    if (row.length > 0) this.sink.row(row);
  }

  private take(): RtfParagraph {
    const paragraph = this.paragraph;
    paragraph.label = this.label.trim();
    this.label = '';
    this.paragraph = { ...emptyParagraph(this.page), style: paragraph.style, outline: paragraph.outline };
    return paragraph;
  }

  private endStyle(): void {
    const name = this.apart.replace(/;\s*$/, '').trim().toLowerCase();
    if (this.number >= 0) this.styles.set(this.number, { name, outline: this.styleOutline ?? outlineOf(name) });
    this.apart = '';
    this.number = -1;
    this.styleOutline = null;
  }

  private endFont(): void {
    this.fonts.name(this.number, this.apart.replace(/;\s*$/, '').trim());
    this.apart = '';
  }

  private endDestination(ended: State): void {
    const text = this.apart;
    switch (ended.destination) {
      case 'header':
      case 'footer':
      case 'comment':
        this.sink.aside(ended.destination, text);
        break;
      case 'note':
        if (text.trim() !== '') this.paragraph.notes.push(text.trim());
        break;
      case 'property': {
        const name = PROPERTIES[ended.field];
        if (name !== undefined && text.trim() !== '') this.sink.property(name, text.trim().slice(0, 2000));
        break;
      }
      case 'time': {
        const { yr, mo, dy, hr, min } = this.time;
        const name = PROPERTIES[ended.field];
        if (yr && mo && dy && name !== undefined)
          this.sink.property(name, `${yr}-${two(mo)}-${two(dy)}T${two(hr ?? 0)}:${two(min ?? 0)}:00`);
        break;
      }
      default:
        return;
    }
    this.apart = '';
  }
}

function outlineOf(name: string): number | null {
  const level = /^heading (\d)$/.exec(name)?.[1];
  return level === undefined ? null : Number(level) - 1;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
