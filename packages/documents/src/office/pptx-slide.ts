import { mendPrivateUse } from './symbol-fonts.ts';
import type { Attributes, XmlHandler } from './xml.ts';
import { Enough } from './xml.ts';

export interface Shape {
  role: 'title' | 'body' | 'footer' | 'other';
  hidden: boolean;
  paragraphs: string[];
  /** Rows of a table; merged cells are empty. */
  rows: string[][];
  /** Largest size stated for its text, in hundredths of a point; 0 when none is. */
  size: number;
}

/** Paragraphs and rows that all slides together may hold; more than the largest deck, few enough for the memory of a worker. */
export class SlideBudget {
  left = 200_000;
}

/** Follows the XML of a slide or notes page and collects the text of its shapes. */
export class SlideParser implements XmlHandler {
  readonly shapes: Shape[] = [];
  hidden = false;
  private readonly budget: SlideBudget;
  private readonly stack: Shape[] = [];
  private readonly choices: boolean[] = [];
  private collected = '';
  private inText = false;
  /** In a field that the program fills in: slide number or date. */
  private inField = false;
  private cell: string[] | null = null;
  private merged = false;

  constructor(budget: SlideBudget) {
    this.budget = budget;
  }

  open(name: string, attributes: Attributes): boolean {
    switch (name) {
      case 'p:sld':
        this.hidden = attributes.show === '0' || attributes.show === 'false';
        break;
      case 'p:sp':
      case 'p:graphicFrame':
      case 'p:cxnSp':
        this.stack.push({ role: 'other', hidden: false, paragraphs: [], rows: [], size: 0 });
        break;
      case 'p:cNvPr': {
        const shape = this.shape;
        if (shape) shape.hidden = attributes.hidden === '1' || attributes.hidden === 'true';
        break;
      }
      case 'p:ph': {
        const shape = this.shape;
        if (shape) shape.role = roleOf(attributes.type);
        break;
      }
      case 'a:tr':
        if (--this.budget.left < 0) throw new Enough();
        this.shape?.rows.push([]);
        break;
      case 'a:tc':
        this.cell = [];
        this.merged =
          attributes.hMerge === '1' ||
          attributes.vMerge === '1' ||
          attributes.hMerge === 'true' ||
          attributes.vMerge === 'true';
        break;
      case 'a:t':
        this.inText = !this.inField;
        break;
      case 'a:rPr': {
        const shape = this.shape;
        if (shape) shape.size = Math.max(shape.size, Number(attributes.sz) || 0);
        break;
      }
      case 'a:br':
        this.collected += '\n';
        break;
      case 'a:fld':
        this.inField = /^(slidenum|datetime)/.test(attributes.type ?? '');
        break;
      case 'mc:AlternateContent':
        this.choices.push(false);
        break;
      case 'mc:Choice':
        if (this.choices.at(-1)) return false;
        this.choices[this.choices.length - 1] = true;
        break;
      case 'mc:Fallback':
        return !this.choices.at(-1);
    }
    return true;
  }

  close(name: string): void {
    switch (name) {
      case 'p:sp':
      case 'p:graphicFrame':
      case 'p:cxnSp': {
        const shape = this.stack.pop();
        if (shape && (shape.paragraphs.length > 0 || shape.rows.length > 0)) this.shapes.push(shape);
        break;
      }
      case 'a:t':
        this.inText = false;
        break;
      case 'a:fld':
        this.inField = false;
        break;
      case 'a:p':
        this.endParagraph();
        break;
      case 'a:tc':
        this.shape?.rows.at(-1)?.push(this.merged ? '' : (this.cell ?? []).join('\n'));
        this.cell = null;
        break;
      case 'mc:AlternateContent':
        this.choices.pop();
        break;
    }
  }

  text(text: string): void {
    if (this.inText) this.collected += text;
  }

  /** The shape that names the slide: its title, or else a short text set clearly larger than all others; `running` texts name none. */
  title(running: ReadonlySet<string>): Shape | null {
    const titles = this.shapes.filter((shape) => shape.role === 'title');
    if (titles[0]) return titles[0];
    const [largest, next] = this.shapes
      .filter((shape) => shape.role !== 'footer' && !running.has(shape.paragraphs.join('\n')))
      .sort((a, b) => b.size - a.size);
    if (!largest || !next || largest.size === 0 || largest.size < next.size * 1.2 || largest.rows.length > 0)
      return null;
    const text = largest.paragraphs.length === 1 ? (largest.paragraphs[0] ?? '') : '';
    return text.length >= 3 && text.length <= 90 ? largest : null;
  }

  private get shape(): Shape | undefined {
    return this.stack.at(-1);
  }

  private endParagraph(): void {
    const text = mendPrivateUse(this.collected).trim();
    this.collected = '';
    if (text === '') return;
    if (--this.budget.left < 0) throw new Enough();
    if (this.cell) this.cell.push(text);
    else this.shape?.paragraphs.push(text);
  }
}

function roleOf(type: string | undefined): Shape['role'] {
  if (type === 'title' || type === 'ctrTitle') return 'title';
  if (type === 'ftr' || type === 'hdr' || type === 'sldNum' || type === 'dt') return 'footer';
  return type === undefined || type === 'body' || type === 'obj' || type === 'subTitle' ? 'body' : 'other';
}
