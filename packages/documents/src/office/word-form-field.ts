import { isOn } from './word-styles.ts';

/** A check box or drop-down list of an old form (ECMA-376 17.16.7, 17.16.9), which shows no result of its own. */
export class FormField {
  private readonly box: boolean;
  private checked: boolean | undefined;
  private chosen = 0;
  private readonly entries: string[] = [];

  constructor(box: boolean) {
    this.box = box;
  }

  /** One of the elements that describe the field. */
  part(name: string, value: string | undefined): void {
    if (name === 'w:listEntry') this.entries.push(value ?? '');
    else if (!this.box) {
      if (name === 'w:result') this.chosen = Number(value) || 0;
    } else if (name === 'w:checked' || this.checked === undefined) this.checked = isOn(value);
  }

  /** What a person sees in its place. */
  shown(): string {
    if (this.box) return this.checked ? '☒' : '☐';
    return this.entries[this.chosen] ?? '';
  }
}
