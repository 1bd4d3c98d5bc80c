import { htmlListNumber } from '../list-number.ts';
import type { BlockKind } from '../model.ts';
import type { Region } from './html-elements.ts';
import { BLOCKS, namedLikeFrame, regionOf, SILENT, SPACED } from './html-elements.ts';
import { HtmlRun } from './html-run.ts';
import type { FlowPiece } from './html-table.ts';
import { TableCollector } from './html-table.ts';
import { tidy } from './piece.ts';

interface List {
  ordered: boolean;
  next: number;
  style: string;
}

interface Frame {
  name: string;
  region: Region;
  main: boolean;
  pre: boolean;
  quote: boolean;
  language: string | undefined;
  suspects: readonly number[];
  list: List | undefined;
  table: TableCollector | undefined;
}

const NONE: readonly number[] = [];
/** Elements that hold nothing, and so are never entered or left. */
const UNENTERED: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'input', 'wbr']);
/** A list written with signs instead of list elements. */
const BULLET = /^[-–•*▪◦‣●■□✓]\s+(?=\S)/;
/** No paragraph is as long as this; what is gets cut between two elements, so that cost stays in line with length. */
const LONGEST_PARAGRAPH = 100_000;

/**
 * Turns a stream of HTML events into pieces in reading order. It is the handler of an `htmlparser2` parser; nothing in it recurses,
 * and past `maxDepth` elements text is kept while structure is not.
 */
export class HtmlFlow {
  readonly pieces: FlowPiece[] = [];
  /** `lang` of the root element. */
  language: string | undefined;
  /** Elements stood deeper than `maxDepth`. */
  flattened = false;
  readonly title: string[] = [];
  private readonly maxDepth: number;
  private readonly frames: Frame[] = [];
  private frame: Frame = {
    name: '',
    region: 'body',
    main: false,
    pre: false,
    quote: false,
    language: undefined,
    suspects: NONE,
    list: undefined,
    table: undefined,
  };
  private readonly lists: List[] = [];
  private readonly tables: TableCollector[] = [];
  private beyond = 0;
  private silent = 0;
  private inTitle = false;
  private suspectCount = 0;
  private readonly run = new HtmlRun();
  private deleted = '';
  private kind: BlockKind = 'paragraph';
  private level: number | undefined;
  private number: string | undefined;
  private term = '';

  constructor(maxDepth: number) {
    this.maxDepth = maxDepth;
  }

  onopentag(name: string, attributes: Record<string, string>): void {
    if (name === 'title' && this.title.length === 0) this.inTitle = true;
    if (SILENT.has(name)) {
      this.silent++;
      if (SPACED.has(name)) this.run.space();
      return;
    }
    if (this.silent > 0) return;
    if (name === 'br') this.onbreak();
    else if (name === 'img') this.onimage(attributes);
    if (name === 'br' || name === 'img') return;
    if (name === 'html') this.language = shortLanguage(attributes.lang ?? attributes['xml:lang']);
    this.run.open(name, attributes);
    if (BLOCKS.has(name)) this.flush();
    else if (SPACED.has(name)) this.run.space();
    if (UNENTERED.has(name)) return;
    this.enter(name, attributes);
  }

  ontext(data: string): void {
    if (this.inTitle) this.title.push(data);
    if (this.silent > 0) return;
    if (this.frame.region === 'deleted') {
      this.deleted += data;
      return;
    }
    this.run.add(data, this.frame.pre);
    if (this.run.length > LONGEST_PARAGRAPH) this.flush();
  }

  onclosetag(name: string): void {
    if (name === 'title') this.inTitle = false;
    if (SILENT.has(name)) {
      if (this.silent > 0) this.silent--;
      return;
    }
    if (this.silent > 0 || UNENTERED.has(name)) return;
    this.run.close(name);
    if (BLOCKS.has(name)) this.flush();
    else if (SPACED.has(name)) this.run.space();
    this.leave(name);
  }

  onend(): void {
    this.flush();
    while (this.frames.length > 0) this.pop();
    for (let table = this.tables.pop(); table !== undefined; table = this.tables.pop()) this.place(table.finish());
  }

  private enter(name: string, attributes: Record<string, string>): void {
    if (this.frames.length >= this.maxDepth) {
      this.beyond++;
      this.flattened = true;
      if (name === 'td' || name === 'th') this.tables.at(-1)?.cell();
      else if (name === 'tr') this.tables.at(-1)?.row();
      return;
    }
    const outer = this.frame;
    this.frames.push(outer);
    const role = attributes.role;
    const main = outer.main || name === 'main' || role === 'main';
    const own = outer.region === 'body' || outer.region === 'header' ? regionOf(name, attributes, main) : null;
    const suspect = outer.region === 'body' && own === null && BLOCKS.has(name) && namedLikeFrame(name, attributes);
    const frame: Frame = {
      name,
      region: own ?? outer.region,
      main,
      pre: outer.pre || name === 'pre',
      quote: outer.quote || name === 'blockquote',
      language: (name === 'html' ? undefined : shortLanguage(attributes.lang)) ?? outer.language,
      suspects: suspect ? [...outer.suspects, this.suspectCount++] : outer.suspects,
      list: undefined,
      table: undefined,
    };
    this.frame = frame;
    if (frame.region !== outer.region && outer.region !== 'deleted' && frame.region !== 'deleted' && !this.run.blank) {
      this.frame = outer;
      this.flush();
      this.frame = frame;
    }
    this.begin(name, attributes, frame);
  }

  /** What an element means for the pieces inside it. */
  private begin(name: string, attributes: Record<string, string>, frame: Frame): void {
    switch (name) {
      case 'h1':
      case 'h2':
      case 'h3':
      case 'h4':
      case 'h5':
      case 'h6':
        this.kind = 'heading';
        this.level = Number(name[1]);
        break;
      case 'ol':
      case 'ul':
      case 'dir':
      case 'menu':
        frame.list = {
          ordered: name === 'ol',
          next: Number.parseInt(attributes.start ?? '1', 10) || 1,
          style: attributes.type ?? '1',
        };
        this.lists.push(frame.list);
        break;
      case 'li':
        this.beginItem(attributes.value);
        break;
      case 'caption':
      case 'figcaption':
        this.kind = 'caption';
        break;
      case 'table':
        this.tables.at(-1)?.holdsTable();
        frame.table = new TableCollector(attributes.role === 'presentation' || attributes.role === 'none');
        this.tables.push(frame.table);
        break;
      case 'tr':
        this.tables.at(-1)?.row();
        break;
      case 'td':
      case 'th':
        this.tables.at(-1)?.cell();
        break;
      case 'aside':
        if (attributes['data-footnote'] !== undefined) {
          frame.region = 'body';
          this.kind = 'footnote';
          this.number = attributes['data-footnote'];
        }
        break;
      default:
    }
  }

  private beginItem(value: string | undefined): void {
    const list = this.lists.at(-1);
    this.kind = 'item';
    this.level = Math.max(1, this.lists.length);
    if (!list?.ordered) return;
    const number = Number.parseInt(value ?? '', 10) || list.next;
    list.next = number + 1;
    this.number = htmlListNumber(number, list.style);
  }

  private leave(name: string): void {
    if (this.beyond > 0) {
      this.beyond--;
      return;
    }
    // A closing tag that was never opened has no frame; the parser has already closed what stood inside.
    if (this.frame.name === name) this.pop();
  }

  private pop(): void {
    const { table, list, region, name } = this.frame;
    const outer = this.frames.pop();
    if (outer === undefined) return;
    if (region !== outer.region && !this.run.blank && region !== 'deleted') this.flush();
    if (region === 'deleted' && outer.region !== 'deleted') this.flushDeleted();
    this.frame = outer;
    if (list !== undefined) this.lists.splice(this.lists.lastIndexOf(list));
    if (table !== undefined) {
      while (this.tables.length > 0 && this.tables.pop() !== table);
      this.place(table.finish());
    }
    if (name === 'dt') this.term = takeTerm(this.pieces, this.tables.length > 0);
    if (name === 'dl' && this.term !== '') this.emit('paragraph', '');
    if (!BLOCKS.has(name)) return;
    this.kind = 'paragraph';
    this.level = undefined;
    this.number = undefined;
  }

  private onbreak(): void {
    if (this.frame.region === 'deleted') {
      this.deleted += ' ';
      return;
    }
    const breaks = this.run.lineBreak(this.kind === 'heading' ? ' ' : '\n');
    if (breaks >= 2 && this.kind === 'paragraph' && this.tables.length === 0) this.flush();
  }

  private onimage(attributes: Record<string, string>): void {
    const alt = attributes.alt?.trim();
    if (
      !alt ||
      /^(?:image|img|logo|icon|picture|spacer|center|left|right)$/i.test(alt) ||
      /\.(?:png|jpe?g|gif|svg|webp)$/i.test(alt)
    ) {
      this.run.space();
      return;
    }
    this.ontext(` ${alt} `);
  }

  private flushDeleted(): void {
    const text = tidy(this.deleted);
    this.deleted = '';
    if (text !== '')
      this.push({ kind: 'paragraph', text, region: 'deleted', main: this.frame.main, linked: 0, suspects: NONE });
  }

  private flush(): void {
    const { text, linked, within, bold } = this.run.take(this.frame.pre);
    if (text.trim() === '') return;
    const kind = this.kind === 'paragraph' && this.looksLikeHeading(text, bold) ? 'heading' : this.kind;
    this.kind =
      this.kind === 'heading' || this.kind === 'caption' || this.kind === 'footnote' ? this.kind : 'paragraph';
    this.emit(kind, text, linked, within >= text.length * 0.9);
    if (kind === 'item') this.level = undefined;
    if (kind === 'item' || kind === 'footnote') this.number = undefined;
  }

  /** A paragraph that is one bold line without the end of a sentence is what its writer used as a heading. */
  private looksLikeHeading(text: string, bold: number): boolean {
    if (bold < text.length || text.length > 120 || this.tables.length > 0 || this.lists.length > 0) return false;
    if (this.frame.quote || this.frame.pre || this.term !== '') return false;
    // `(End of clause)` and `The supplier must:` belong to the text around them.
    if (/^\(.*\)$/.test(text) || (text.endsWith(':') && text.split(' ').length > 5)) return false;
    return /\p{L}{2}/u.test(text) && !/[.!?;,…]$/.test(text) && !text.includes('\n');
  }

  private emit(kind: BlockKind, text: string, linked = 0, within = false): void {
    let own = kind;
    let full = text;
    if (this.term !== '') {
      full = text === '' ? this.term : `${this.term}: ${text}`;
      own = 'field';
      this.term = '';
    } else if (kind === 'paragraph' && !this.frame.pre && BULLET.test(text) && this.tables.length === 0) {
      own = 'item';
      full = text.replace(BULLET, '');
    } else if (this.frame.pre && kind === 'paragraph') own = 'code';
    else if (this.frame.quote && kind === 'paragraph') own = 'quote';
    const { region, main, suspects, language } = this.frame;
    const piece: FlowPiece = {
      kind: own,
      text: full,
      region,
      main,
      linked,
      suspects,
    };
    if (language !== undefined) piece.language = language;
    if (own === 'heading' || own === 'item') piece.level = this.level ?? (own === 'heading' ? 6 : 1);
    if (within) piece.within = true;
    if (this.number !== undefined && (own === 'item' || own === 'footnote')) piece.number = this.number;
    this.push(piece);
  }

  private push(piece: FlowPiece): void {
    const table = this.tables.at(-1);
    if (table !== undefined && piece.kind !== 'caption') table.add(piece);
    else if (table !== undefined) this.place([piece], this.tables.length - 1);
    else this.pieces.push(piece);
  }

  /** Puts finished pieces into the table around, or into the page. */
  private place(pieces: readonly FlowPiece[], depth = this.tables.length): void {
    const around = this.tables[depth - 1];
    for (const piece of pieces) {
      if (around !== undefined) around.add(piece);
      else this.pieces.push(piece);
    }
  }
}

/** A defined term waits for its definition, to be read in one line with it. */
function takeTerm(pieces: FlowPiece[], inTable: boolean): string {
  const last = pieces.at(-1);
  if (inTable || last === undefined || last.kind !== 'paragraph' || last.text.length > 200) return '';
  pieces.pop();
  return last.text.replace(/:$/, '');
}

function shortLanguage(tag: string | undefined): string | undefined {
  const found = /^([a-z]{2})(?:[-_]|$)/i.exec(tag?.trim() ?? '');
  return found?.[1]?.toLowerCase();
}
