import type { OdfStyles } from './odf-styles.ts';
import { OUTLINE } from './odf-styles.ts';
import type { Attributes } from './xml.ts';

/** Lists that later ones may continue. */
const MAX_KEPT = 20_000;

interface OpenList {
  style: string;
  counters: (number | undefined)[];
}

interface OpenItem {
  /** The first paragraph of the item carries its number. */
  counted: boolean;
  header: boolean;
  start: number | undefined;
}

export interface OdfLabel {
  number: string;
  bullet: boolean;
  /** 0-based. */
  level: number;
}

/** Counts list items and numbered headings as they come by (OpenDocument 1.3 part 3, 5.3 and 16.30). */
export class OdfLists {
  private readonly styles: OdfStyles;
  private lists: OpenList[] = [];
  private items: OpenItem[] = [];
  /** What was open around a cell, frame or note. */
  private readonly around: { lists: OpenList[]; items: OpenItem[] }[] = [];
  private readonly outline: (number | undefined)[] = [];
  /** Counters by the id of their list, and the last ones of each style. */
  private readonly byId = new Map<string, OpenList>();
  private readonly byStyle = new Map<string, OpenList>();

  constructor(styles: OdfStyles) {
    this.styles = styles;
  }

  /** Begins a cell, frame or note: no list around it is open in it, though a list in it may continue an earlier one. */
  enter(): void {
    this.around.push({ lists: this.lists, items: this.items });
    this.lists = [];
    this.items = [];
  }

  leave(): void {
    const outer = this.around.pop();
    if (outer) ({ lists: this.lists, items: this.items } = outer);
  }

  openList(attributes: Attributes): void {
    const outer = this.lists.at(-1);
    const style = attributes['text:style-name'] ?? outer?.style ?? '';
    let list: OpenList;
    if (outer) list = { style, counters: outer.counters };
    else {
      const continued = attributes['text:continue-list'];
      const before =
        continued !== undefined
          ? this.byId.get(continued)
          : attributes['text:continue-numbering'] === 'true'
            ? this.byStyle.get(style)
            : undefined;
      list = { style, counters: before?.counters ?? [] };
      if (this.byStyle.size < MAX_KEPT) this.byStyle.set(style, list);
    }
    const id = attributes['xml:id'];
    if (id !== undefined && this.byId.size < MAX_KEPT) this.byId.set(id, list);
    this.lists.push(list);
  }

  closeList(): void {
    this.lists.pop();
  }

  openItem(attributes: Attributes, header: boolean): void {
    const start = attributes['text:start-value'];
    this.items.push({ counted: false, header, start: start === undefined ? undefined : Number(start) });
  }

  closeItem(): void {
    this.items.pop();
  }

  /** The label of a paragraph that begins here; null outside of lists and for the later paragraphs of an item. */
  paragraph(): OdfLabel | null {
    const list = this.lists.at(-1);
    const item = this.items.at(-1);
    if (!list || !item || item.counted || item.header) return null;
    item.counted = true;
    return this.count(list.style, list.counters, this.lists.length - 1, item.start);
  }

  /** The label of a heading at 1-based `level`: of the list it stands in, else of the outline. */
  heading(level: number, attributes: Attributes): OdfLabel | null {
    if (attributes['text:is-list-header'] === 'true') return null;
    if (this.lists.length > 0) return this.paragraph();
    const start =
      attributes['text:restart-numbering'] === 'true' ? Number(attributes['text:start-value'] ?? 1) : undefined;
    return this.count(OUTLINE, this.outline, level - 1, start);
  }

  private count(style: string, counters: (number | undefined)[], level: number, start: number | undefined): OdfLabel {
    const current = counters[level];
    counters[level] = start ?? (current === undefined ? this.styles.start(style, level) : current + 1);
    counters.length = level + 1;
    const bullet = this.styles.isBullet(style, level) ?? false;
    return { number: this.styles.number(style, level, counters), bullet, level };
  }
}
