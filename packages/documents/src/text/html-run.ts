import { dropInvisible, oneSpace } from './piece.ts';

/** A finished run of text and what of it was marked how, in characters. */
export interface TakenRun {
  text: string;
  linked: number;
  /** Links to a place in the page itself. */
  within: number;
  bold: number;
}

/** The text between two block borders while it is being read: white space, line breaks, links, raised marks. */
export class HtmlRun {
  private text = '';
  private blankEnd = true;
  private links = 0;
  private linkWithin = false;
  private bolds = 0;
  private linkedChars = 0;
  private withinChars = 0;
  private boldChars = 0;
  private superscript = -1;
  private breaks = 0;

  get length(): number {
    return this.text.length;
  }

  get blank(): boolean {
    return this.text.trim() === '';
  }

  add(data: string, pre: boolean): void {
    if (data === '') return;
    if (this.breaks > 0 && data.trim() !== '') this.breaks = 0;
    if (this.links > 0) {
      this.linkedChars += data.length;
      if (this.linkWithin) this.withinChars += data.length;
    }
    if (this.bolds > 0) this.boldChars += data.length;
    this.text += pre ? data : oneSpace(data);
    this.blankEnd = isBlank(data.charCodeAt(data.length - 1));
  }

  /** One space, unless the text ends in one. */
  space(): void {
    if (this.text === '' || this.blankEnd) return;
    this.text += ' ';
    this.blankEnd = true;
  }

  /** A line break, written as `mark`; says how many stand in a row. */
  lineBreak(mark: ' ' | '\n'): number {
    this.text += mark;
    this.blankEnd = true;
    return ++this.breaks;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'a') {
      this.links++;
      this.linkWithin = attributes.href?.startsWith('#') ?? false;
    } else if (name === 'sup') this.superscript = this.text.length;
    else if (name === 'b' || name === 'strong') this.bolds++;
  }

  close(name: string): void {
    if (name === 'a') this.links = Math.max(0, this.links - 1);
    else if (name === 'sup') this.closeSuperscript();
    else if (name === 'b' || name === 'strong') this.bolds = Math.max(0, this.bolds - 1);
  }

  /** Hands out what was read and starts anew; links and bold that are open stay open. */
  take(pre: boolean): TakenRun {
    const text = pre ? dropInvisible(this.text).replace(/^\n|\s+$/g, '') : tidyLines(this.text);
    const taken = {
      text,
      linked: Math.min(this.linkedChars, text.length),
      within: this.withinChars,
      bold: this.boldChars,
    };
    this.text = '';
    this.blankEnd = true;
    this.linkedChars = 0;
    this.withinChars = 0;
    this.boldChars = 0;
    this.superscript = -1;
    this.breaks = 0;
    return taken;
  }

  /** A raised note mark is no part of the number before it: `27001<sup>1</sup>` is not 270011. */
  private closeSuperscript(): void {
    const at = this.superscript;
    this.superscript = -1;
    if (at <= 0 || at > this.text.length) return;
    const raised = this.text
      .slice(at)
      .trim()
      .replace(/^\[(.*)\]$/, '$1');
    const before = this.text.slice(Math.max(0, at - 12), at);
    if (!/^[\d*†‡, ]{1,6}$|^[a-z]$/i.test(raised) || !/[\p{L}\d.,;:)\]”"»]$/u.test(before)) return;
    // Units and ordinals: m², 1er.
    if (/(?:^|[^\p{L}])\p{L}{1,2}$/u.test(before) || (/^[a-z]/i.test(raised) && /[\p{L}\d]$/u.test(before))) return;
    const power = this.links === 0 && /^\d+$/.test(raised) && /(?:^|\D)10$/.test(before);
    this.text = this.text.slice(0, at) + (power ? `^${raised}` : ` [${raised}]`);
  }
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0;
}

function tidyLines(raw: string): string {
  const text = dropInvisible(raw);
  if (!text.includes('\n')) return oneSpace(text).trim();
  return text
    .split('\n')
    .map((line) => oneSpace(line).trim())
    .filter((line) => line !== '')
    .join('\n');
}
