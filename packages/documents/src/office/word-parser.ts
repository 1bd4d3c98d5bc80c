import { symbolCharacter } from './symbol-fonts.ts';
import type { WordFlow, WordParagraph, WordSink, WordTable } from './word-flow.ts';
import { MAX_HELD } from './word-flow.ts';
import { FormField } from './word-form-field.ts';
import { ParagraphReader } from './word-paragraph.ts';
import type { WordStyles } from './word-styles.ts';
import { isOn } from './word-styles.ts';
import type { Attributes, XmlHandler } from './xml.ts';

/** What holds paragraphs: the part itself, a cell, a text box, a note or comment. */
interface Holder {
  flow: WordFlow[];
  /** Null for the part itself, whose content is handed on at once. */
  kind: 'part' | 'cell' | 'box' | 'story';
  id: string;
  /** A paragraph whose mark is deleted, waiting for the text that runs on. */
  pending: WordParagraph | null;
}

/** Elements that say nothing about the accepted text: old formatting of tracked changes, field codes, readings over characters. */
export const LEFT_OUT: ReadonlySet<string> = new Set([
  'w:pPrChange',
  'w:rPrChange',
  'w:sectPrChange',
  'w:tblPrChange',
  'w:trPrChange',
  'w:tcPrChange',
  'w:tblPrExChange',
  'w:tblGridChange',
  'w:numberingChange',
  'w:tblPr',
  'w:tblPrEx',
  'w:tblGrid',
  'w:instrText',
  'w:delInstrText',
  'w:rt',
  'w:tabs',
  'w:pBdr',
  'w:framePr',
  'w:docDefaults',
  'w:fldData',
  'w:footnotePr',
  'w:endnotePr',
  'a:blip',
  'wp:positionH',
  'wp:positionV',
  'w:control',
  'w:placeholder',
]);

/**
 * Follows the XML of a Word part (body, header, notes, comments) and hands its paragraphs and table rows to a sink. The accepted
 * view is read: insertions stay, deletions and the places text was moved from are kept apart.
 */
export class WordParser implements XmlHandler {
  page = 1;
  /** Whether the file says anything about pages. */
  pagesMarked = false;
  private readonly styles: WordStyles;
  private readonly sink: WordSink;
  private readonly anchors: boolean;
  private paragraphs = 0;
  private readonly holders: Holder[] = [{ flow: [], kind: 'part', id: '', pending: null }];
  private readonly readers: ParagraphReader[] = [];
  private readonly tables: WordTable[] = [];
  /** `instruction` until the field's separator, then `result`. */
  private readonly fields: ('instruction' | 'result')[] = [];
  private readonly controls: { placeholder: boolean }[] = [];
  private readonly choices: boolean[] = [];
  private inParagraphProperties = false;
  private inRunProperties = false;
  private inRowProperties = false;
  private inText = false;
  private deletions = 0;
  private held = 0;
  private brokenHere = false;
  private sectionBreaks = false;
  private formField: FormField | null = null;

  constructor(styles: WordStyles, sink: WordSink, anchors: boolean) {
    this.styles = styles;
    this.sink = sink;
    this.anchors = anchors;
  }

  open(name: string, attributes: Attributes): boolean {
    if (LEFT_OUT.has(name)) return false;
    if (this.inParagraphProperties || this.inRunProperties) {
      this.property(name, attributes);
      return true;
    }
    switch (name) {
      case 'w:p':
        this.readers.push(new ParagraphReader(this.styles, this.paragraphs++, this.page, this.anchors));
        break;
      case 'w:pPr':
        this.inParagraphProperties = true;
        break;
      case 'w:r':
      case 'm:r':
        this.reader?.beginRun();
        break;
      case 'w:rPr':
        this.inRunProperties = true;
        break;
      case 'w:t':
      case 'w:delText':
      case 'm:t':
        this.inText = true;
        break;
      case 'w:del':
      case 'w:moveFrom':
        if (this.inRowProperties)
          this.row((row) => {
            row.deleted = true;
          });
        else this.deletions++;
        break;
      case 'w:sdt':
        this.controls.push({ placeholder: false });
        break;
      case 'w:showingPlcHdr': {
        const control = this.controls.at(-1);
        if (control) control.placeholder = isOn(attributes['w:val']);
        break;
      }
      case 'mc:AlternateContent':
        this.choices.push(false);
        break;
      case 'mc:Choice':
        // The same content follows again for readers that know less; only the first version is read.
        if (this.choices.at(-1)) return false;
        if (this.choices.length > 0) this.choices[this.choices.length - 1] = true;
        break;
      case 'mc:Fallback':
        return !this.choices.at(-1);
      case 'w:txbxContent':
        this.holders.push({ flow: [], kind: 'box', id: '', pending: null });
        break;
      case 'w:footnote':
      case 'w:endnote':
      case 'w:comment': {
        const type = attributes['w:type'];
        if (type !== undefined && type !== 'normal') return false;
        this.holders.push({ flow: [], kind: 'story', id: attributes['w:id'] ?? '', pending: null });
        break;
      }
      default:
        if (!this.tableElement(name, attributes)) this.inline(name, attributes);
    }
    return true;
  }

  close(name: string): void {
    switch (name) {
      case 'w:p':
        this.endParagraph();
        break;
      case 'w:pPr':
        this.inParagraphProperties = false;
        break;
      case 'w:rPr':
        this.inRunProperties = false;
        break;
      case 'w:t':
      case 'w:delText':
      case 'm:t':
        this.inText = false;
        break;
      case 'w:del':
      case 'w:moveFrom':
        if (!this.inParagraphProperties && !this.inRunProperties && !this.inRowProperties) this.deletions--;
        break;
      case 'w:sdt':
        this.controls.pop();
        break;
      case 'mc:AlternateContent':
        this.choices.pop();
        break;
      case 'w:trPr':
        this.inRowProperties = false;
        break;
      case 'w:sectPr':
        if (this.inParagraphProperties && this.sectionBreaks && this.reader) this.reader.pageBreakAfter = true;
        break;
      case 'w:ffData':
        if (this.formField && this.deletions === 0) this.reader?.addMark(this.formField.shown());
        this.formField = null;
        break;
      case 'w:txbxContent': {
        const holder = this.popHolder('box');
        const paragraph = this.reader?.paragraph;
        if (holder && paragraph) paragraph.boxes = [...paragraph.boxes, ...holder.flow];
        break;
      }
      case 'w:footnote':
      case 'w:endnote':
      case 'w:comment': {
        const holder = this.popHolder('story');
        if (holder) this.sink.story(holder.id, holder.flow);
        break;
      }
      case 'w:tc': {
        const holder = this.popHolder('cell');
        this.row((row) => {
          const cell = row.cells.at(-1);
          if (cell && holder) cell.flow = holder.flow;
        });
        break;
      }
      case 'w:tr':
        this.endRow();
        break;
      case 'w:tbl':
        this.endTable();
        break;
      case 'w:body':
      case 'w:hdr':
      case 'w:ftr':
        this.settlePending();
        break;
    }
  }

  text(text: string): void {
    if (this.inText) this.add(text);
  }

  private get reader(): ParagraphReader | undefined {
    return this.readers.at(-1);
  }

  private get holder(): Holder | undefined {
    return this.holders.at(-1);
  }

  private add(text: string): void {
    const reader = this.reader;
    if (!reader || this.fields.includes('instruction')) return;
    const gone = this.deletions > 0;
    if (!gone) this.brokenHere = false;
    // A size is set once something is shown.
    if (!gone && reader.paragraph.size === 0) reader.paragraph.page = this.page;
    const placeholder = !gone && this.controls.at(-1)?.placeholder === true && !text.startsWith('[');
    if (placeholder) reader.addMark('[');
    reader.add(text, gone);
    if (placeholder) reader.addMark(']');
  }

  /** Inside `w:pPr` or `w:rPr`. */
  private property(name: string, attributes: Attributes): void {
    const reader = this.reader;
    const value = attributes['w:val'];
    if (name === 'w:rPr') {
      this.inRunProperties = true;
      return;
    }
    if (!reader) return;
    if (!this.inRunProperties) {
      const paragraph = reader.paragraph;
      if (name === 'w:pStyle') paragraph.style = value;
      else if (name === 'w:numId') paragraph.numId = value;
      else if (name === 'w:ilvl') paragraph.ilvl = Number(value);
      else if (name === 'w:outlineLvl') paragraph.outline = Number(value);
      else if (name === 'w:pageBreakBefore' && isOn(value)) this.explicitBreak();
      else if (name === 'w:sectPr') this.sectionBreaks = true;
      else if (name === 'w:type' && value === 'continuous') this.sectionBreaks = false;
      return;
    }
    if (this.inParagraphProperties) {
      if (name === 'w:del' || name === 'w:moveFrom') reader.markDeleted = true;
      return;
    }
    switch (name) {
      case 'w:rStyle':
        reader.formatRun('style', value);
        break;
      case 'w:vanish':
        reader.formatRun('hidden', isOn(value));
        break;
      case 'w:b':
        reader.formatRun('bold', isOn(value));
        break;
      case 'w:caps':
      case 'w:smallCaps':
        reader.formatRun('caps', isOn(value));
        break;
      case 'w:sz':
        reader.formatRun('size', Number(value));
        break;
    }
  }

  private tableElement(name: string, attributes: Attributes): boolean {
    switch (name) {
      case 'w:tbl':
        this.settlePending();
        this.tables.push({ type: 'table', rows: [] });
        return true;
      case 'w:tr':
        if (!this.mayHold()) return false;
        this.tables.at(-1)?.rows.push({ cells: [], deleted: false, hidden: false });
        return true;
      case 'w:trPr':
        this.inRowProperties = true;
        return true;
      case 'w:tc':
        if (this.mayHold()) this.row((row) => row.cells.push({ flow: [], continues: false }));
        this.holders.push({ flow: [], kind: 'cell', id: '', pending: null });
        return true;
      case 'w:hidden':
        if (this.inRowProperties && isOn(attributes['w:val']))
          this.row((row) => {
            row.hidden = true;
          });
        return true;
      case 'w:vMerge':
      case 'w:hMerge':
        if ((attributes['w:val'] ?? 'continue') === 'continue')
          this.row((row) => {
            const cell = row.cells.at(-1);
            if (cell) cell.continues = true;
          });
        return true;
      default:
        return false;
    }
  }

  /** What a run holds besides text. */
  private inline(name: string, attributes: Attributes): void {
    switch (name) {
      case 'w:tab':
      case 'w:ptab':
        this.add('\t');
        break;
      case 'w:cr':
        this.add('\n');
        break;
      case 'w:br':
        this.add('\n');
        if (attributes['w:type'] === 'page') this.explicitBreak();
        break;
      case 'w:noBreakHyphen':
        this.add('-');
        break;
      case 'w:sym':
        this.add(symbolCharacter(attributes['w:font'] ?? '', Number.parseInt(attributes['w:char'] ?? '', 16) || 0));
        break;
      case 'w:lastRenderedPageBreak':
        this.pagesMarked = true;
        if (!this.brokenHere) this.page++;
        this.brokenHere = false;
        break;
      case 'w:footnoteReference':
      case 'w:endnoteReference':
        if (this.deletions === 0) this.refer('notes', `${name[2]}${attributes['w:id'] ?? ''}`);
        break;
      case 'w:fldChar':
        this.field(attributes['w:fldCharType']);
        break;
      case 'w:checkBox':
      case 'w:ddList':
        this.formField = new FormField(name === 'w:checkBox');
        break;
      case 'w:default':
      case 'w:checked':
      case 'w:result':
      case 'w:listEntry':
        this.formField?.part(name, attributes['w:val']);
        break;
      case 'dgm:relIds':
        this.refer('diagrams', attributes['r:dm'] ?? '');
        break;
    }
  }

  private field(type: string | undefined): void {
    if (type === 'begin') this.fields.push('instruction');
    else if (type === 'separate' && this.fields.length > 0) this.fields[this.fields.length - 1] = 'result';
    else if (type === 'end') this.fields.pop();
  }

  private explicitBreak(): void {
    this.page++;
    this.brokenHere = true;
  }

  private endParagraph(): void {
    const reader = this.readers.pop();
    const holder = this.holder;
    if (!reader || !holder) return;
    // A field that never ends must not swallow the rest of the document.
    for (let at = 0; at < this.fields.length; at++) this.fields[at] = 'result';
    if (holder.pending) reader.prepend(holder.pending);
    holder.pending = null;
    if (reader.markDeleted && reader.paragraph.text.trim() !== '') holder.pending = reader.paragraph;
    else {
      if (reader.markDeleted) {
        reader.paragraph.numId = '0';
        reader.paragraph.text = '';
      }
      this.deliver(reader.paragraph);
    }
    if (reader.pageBreakAfter) this.explicitBreak();
  }

  private deliver(paragraph: WordParagraph): void {
    const holder = this.holder;
    if (!holder) return;
    if (holder.kind === 'part') {
      this.held = 0;
      this.sink.paragraph(paragraph);
    } else if (this.mayHold()) holder.flow.push(paragraph);
  }

  /** Counts what waits to be written; false when it is too much. */
  private mayHold(): boolean {
    if (++this.held <= MAX_HELD) return true;
    this.sink.overflow();
    return false;
  }

  private refer(kind: 'notes' | 'diagrams', id: string): void {
    this.reader?.paragraph[kind].push(id);
  }

  private settlePending(): void {
    const pending = this.holder?.pending;
    if (!this.holder || !pending) return;
    this.holder.pending = null;
    this.deliver(pending);
  }

  private popHolder(kind: Holder['kind']): Holder | null {
    if (this.holder?.kind !== kind) return null;
    this.settlePending();
    return this.holders.pop() ?? null;
  }

  private row(act: (row: WordTable['rows'][number]) => void): void {
    const row = this.tables.at(-1)?.rows.at(-1);
    if (row) act(row);
  }

  private endRow(): void {
    const table = this.tables.at(-1);
    if (this.tables.length !== 1 || this.holder?.kind !== 'part') return;
    const row = table?.rows.pop();
    if (!row) return;
    this.held = 0;
    this.sink.row(row);
  }

  private endTable(): void {
    const table = this.tables.pop();
    if (!table) return;
    if (this.holder?.kind === 'part') this.sink.tableEnd();
    else this.holder?.flow.push(table);
  }
}
