import type { OdfLabel } from './odf-lists.ts';
import { OdfLists } from './odf-lists.ts';
import type { OdfStyles, ResolvedOdfStyle } from './odf-styles.ts';
import { mendPrivateUse } from './symbol-fonts.ts';
import type { Attributes, XmlHandler } from './xml.ts';

export interface OdfParagraph {
  type: 'paragraph';
  text: string;
  hidden: string;
  style: ResolvedOdfStyle;
  /** 1-based, of a heading the file marks. */
  outline: number | null;
  label: OdfLabel | null;
  index: boolean;
  bold: number;
  caps: number;
  page: number;
  notes: { number: string; flow: OdfFlow[] }[];
  /** Content of the frames anchored in it. */
  frames: readonly OdfFlow[];
}

export interface OdfRow {
  type: 'row';
  cells: OdfFlow[][];
}

export type OdfFlow = OdfParagraph | OdfRow;

export interface OdfSink {
  paragraph(paragraph: OdfParagraph): void;
  row(row: OdfRow): void;
  /** A row, frame or note held more than is kept; the rest of it is left out. */
  overflow(): void;
  aside(kind: 'deleted' | 'hidden' | 'comment' | 'header' | 'footer', text: string): void;
}

interface Holder {
  kind: 'part' | 'cell' | 'frame' | 'note' | 'comment' | 'deletion' | 'running';
  flow: OdfFlow[];
  number: string;
}

/** Elements whose text is not the document's: sources of indexes, names and dates of changes, forms, readings over characters. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'text:table-of-content-source',
  'text:illustration-index-source',
  'text:table-index-source',
  'text:object-index-source',
  'text:user-index-source',
  'text:alphabetical-index-source',
  'text:bibliography-source',
  'text:ruby-text',
  'text:script',
  'office:forms',
  'office:scripts',
  'office:change-info',
  'office:binary-data',
  'office:event-listeners',
  'office:meta',
  'svg:title',
  'svg:desc',
  'dc:creator',
  'dc:date',
  'meta:date-string',
  'meta:creator-initials',
  'loext:sender-initials',
  'draw:object',
  'draw:object-ole',
  'presentation:notes',
]);

/** Paragraphs and cells that may wait in a row, frame or note: more than any real one, few enough for the memory of a worker. */
const MAX_HELD = 50_000;

/** A row repeated more often than this is a filler. */
const MAX_REPEATS = 50;

/** Shared by all that hold nothing: most paragraphs do. */
const NOTHING: readonly never[] = [];

/** Follows the body of an OpenDocument text and hands its paragraphs and table rows to a sink. */
export class OdfTextParser implements XmlHandler {
  page = 1;
  private readonly styles: OdfStyles;
  private readonly sink: OdfSink;
  private readonly holders: Holder[] = [{ kind: 'part', flow: [], number: '' }];
  private readonly paragraphs: OdfParagraph[] = [];
  private readonly spans: ResolvedOdfStyle[] = [];
  private readonly rows: { row: OdfRow; repeat: number }[] = [];
  private readonly lists: OdfLists;
  private readonly sections: boolean[] = [];
  private indexes = 0;
  private hiddenDepth = 0;
  private citation = false;
  private held = 0;

  constructor(styles: OdfStyles, sink: OdfSink) {
    this.styles = styles;
    this.sink = sink;
    this.lists = new OdfLists(styles);
  }

  open(name: string, attributes: Attributes): boolean {
    if (LEFT_OUT.has(name)) return false;
    switch (name) {
      case 'text:p':
      case 'text:h':
        this.begin(name, attributes);
        break;
      case 'text:span':
        this.spans.push(this.styles.get('text', attributes['text:style-name']));
        break;
      case 'text:s':
        this.add(' '.repeat(Math.min(Number(attributes['text:c'] ?? 1) || 1, 200)), true);
        break;
      case 'text:tab':
        this.add('\t', true);
        break;
      case 'text:line-break':
        this.add('\n', true);
        break;
      case 'text:soft-page-break':
        this.page++;
        break;
      case 'text:list':
        this.lists.openList(attributes);
        break;
      case 'text:list-item':
      case 'text:list-header':
        this.lists.openItem(attributes, name === 'text:list-header');
        break;
      case 'text:section':
        this.sections.push(attributes['text:display'] === 'none' || attributes['text:is-hidden'] === 'true');
        break;
      case 'text:hidden-text':
      case 'text:hidden-paragraph':
        if (attributes['text:is-hidden'] === 'true') this.hiddenDepth++;
        break;
      case 'text:table-of-content':
      case 'text:illustration-index':
      case 'text:table-index':
      case 'text:user-index':
      case 'text:alphabetical-index':
        this.indexes++;
        break;
      case 'text:note':
        this.hold('note');
        break;
      case 'text:note-citation':
        this.citation = true;
        break;
      case 'office:annotation':
        this.hold('comment');
        break;
      case 'text:deletion':
        this.hold('deletion');
        break;
      case 'draw:text-box':
      case 'draw:custom-shape':
      case 'draw:rect':
      case 'draw:ellipse':
        this.hold('frame');
        break;
      case 'style:header':
      case 'style:header-left':
      case 'style:header-first':
      case 'style:footer':
      case 'style:footer-left':
      case 'style:footer-first':
        this.hold('running');
        break;
      case 'table:table-row':
        this.rows.push({
          row: { type: 'row', cells: [] },
          repeat: Number(attributes['table:number-rows-repeated'] ?? 1),
        });
        break;
      case 'table:table-cell':
      case 'table:covered-table-cell':
        this.hold('cell');
        break;
    }
    return true;
  }

  close(name: string): void {
    switch (name) {
      case 'text:p':
      case 'text:h':
        this.end();
        break;
      case 'text:span':
        this.spans.pop();
        break;
      case 'text:list':
        this.lists.closeList();
        break;
      case 'text:list-item':
      case 'text:list-header':
        this.lists.closeItem();
        break;
      case 'text:section':
        this.sections.pop();
        break;
      case 'text:hidden-text':
      case 'text:hidden-paragraph':
        if (this.hiddenDepth > 0) this.hiddenDepth--;
        break;
      case 'text:table-of-content':
      case 'text:illustration-index':
      case 'text:table-index':
      case 'text:user-index':
      case 'text:alphabetical-index':
        this.indexes--;
        break;
      case 'text:note-citation':
        this.citation = false;
        break;
      case 'text:note':
      case 'office:annotation':
      case 'text:deletion':
      case 'draw:text-box':
      case 'draw:custom-shape':
      case 'draw:rect':
      case 'draw:ellipse':
      case 'style:header':
      case 'style:header-left':
      case 'style:header-first':
      case 'style:footer':
      case 'style:footer-left':
      case 'style:footer-first':
      case 'table:table-cell':
      case 'table:covered-table-cell':
        this.release(name);
        break;
      case 'table:table-row':
        this.endRow();
        break;
    }
  }

  text(text: string): void {
    if (this.citation) {
      const note = this.holders.at(-1);
      if (note?.kind === 'note') note.number += text.trim();
      return;
    }
    if (this.paragraphs.length > 0) this.add(text.replace(/[ \t\r\n]+/g, ' '), false);
  }

  private add(raw: string, exact: boolean): void {
    const paragraph = this.paragraphs.at(-1);
    if (!paragraph) return;
    const span = this.spans.at(-1);
    const hidden =
      this.hiddenDepth > 0 || this.sections.includes(true) || (span?.hidden ?? paragraph.style.hidden ?? false);
    const before = hidden ? paragraph.hidden : paragraph.text;
    // White space is collapsed over the borders of elements too (OpenDocument 1.3 part 3, 6.1.2).
    const text = !exact && raw.startsWith(' ') && (before === '' || /[ \n]$/.test(before)) ? raw.slice(1) : raw;
    if (hidden) {
      paragraph.hidden += text;
      return;
    }
    if (paragraph.text === '' && text.trim() !== '') paragraph.page = this.page;
    paragraph.text += text.includes('\u00ad') ? text.replaceAll('\u00ad', '') : text;
    if (span?.bold ?? paragraph.style.bold) paragraph.bold += text.length;
    if (span?.caps ?? paragraph.style.caps) paragraph.caps += text.length;
  }

  private begin(name: string, attributes: Attributes): void {
    const style = this.styles.get('paragraph', attributes['text:style-name']);
    if (style.breakBefore) this.page++;
    const stated = name === 'text:h' ? Number(attributes['text:outline-level'] ?? 1) || 1 : null;
    const label = stated === null ? this.lists.paragraph() : this.lists.heading(stated, attributes);
    this.paragraphs.push({
      type: 'paragraph',
      text: '',
      hidden: '',
      style,
      outline: stated ?? style.outline ?? null,
      label,
      index: this.indexes > 0,
      bold: 0,
      caps: 0,
      page: this.page,
      notes: [],
      frames: NOTHING,
    });
  }

  private end(): void {
    const paragraph = this.paragraphs.pop();
    const holder = this.holders.at(-1);
    if (!paragraph || !holder) return;
    paragraph.text = mendPrivateUse(paragraph.text);
    if (holder.kind === 'part') {
      this.held = 0;
      this.sink.paragraph(paragraph);
    } else if (this.mayHold()) holder.flow.push(paragraph);
  }

  private mayHold(): boolean {
    if (++this.held <= MAX_HELD) return true;
    this.sink.overflow();
    return false;
  }

  private hold(kind: Holder['kind']): void {
    this.holders.push({ kind, flow: [], number: '' });
    this.lists.enter();
  }

  private release(name: string): void {
    const holder = this.holders.pop();
    this.lists.leave();
    const outer = this.holders.at(-1);
    if (!holder || !outer) return;
    const paragraph = this.paragraphs.at(-1);
    switch (holder.kind) {
      case 'cell':
        // A cell that another one covers is not there for the reader.
        if ((name !== 'table:covered-table-cell' || holder.flow.length > 0) && this.mayHold()) {
          this.rows.at(-1)?.row.cells.push(holder.flow);
        }
        break;
      case 'note':
        paragraph?.notes.push({ number: holder.number, flow: holder.flow });
        break;
      case 'frame':
        if (paragraph) paragraph.frames = [...paragraph.frames, ...holder.flow];
        else if (outer.kind === 'part') this.deliver(holder.flow);
        else outer.flow = [...outer.flow, ...holder.flow];
        break;
      case 'comment':
        this.sink.aside('comment', odfText(holder.flow));
        break;
      case 'deletion':
        this.sink.aside('deleted', odfText(holder.flow));
        break;
      case 'running':
        this.sink.aside(name.startsWith('style:header') ? 'header' : 'footer', odfText(holder.flow));
        break;
    }
  }

  private deliver(flow: readonly OdfFlow[]): void {
    for (const item of flow) {
      if (item.type === 'paragraph') this.sink.paragraph(item);
      else this.sink.row(item);
    }
  }

  private endRow(): void {
    const ended = this.rows.pop();
    const holder = this.holders.at(-1);
    if (!ended || !holder || ended.row.cells.every((cell) => cell.length === 0)) return;
    if (holder.kind === 'part') this.held = 0;
    const times = ended.repeat <= MAX_REPEATS ? ended.repeat : 1;
    for (let time = 0; time < times; time++) {
      if (holder.kind === 'part') this.sink.row(ended.row);
      else if (this.mayHold()) holder.flow.push(ended.row);
    }
  }
}

/** The text of a flow, a line for a paragraph. */
export function odfText(flow: readonly OdfFlow[]): string {
  return flow
    .flatMap((item) =>
      item.type === 'paragraph'
        ? [item.text.trim(), odfText(item.frames)]
        : item.cells
            .map(odfText)
            .filter((text) => text !== '')
            .join(' | '),
    )
    .filter((text) => text !== '')
    .join('\n');
}
