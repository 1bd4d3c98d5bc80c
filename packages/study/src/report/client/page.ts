import type { Question, ReportData, ReportDocument } from '../data.ts';
import type { Words } from './say.ts';
import type { PageCodes } from './scales.ts';
import type { View } from './view.ts';

/** What every part of the page is drawn from. */
export interface Page {
  data: ReportData;
  words: Words;
  view: View;
  codes: PageCodes;
  /** The documents that the view shows. */
  shown: ReportDocument[];
  /** Tables that the reader has unfolded. */
  unfolded: Set<string>;
  /** Changes the view, and with it the address and the page. */
  go(change: Partial<View>): void;
  /** Draws again what is on the page, after `unfolded` or codes changed. */
  draw(): void;
}

/** Name that people know a document by: its title, else its file's name. */
export function nameOf(doc: ReportDocument): string {
  return doc.title || fileOf(doc);
}

/** The last part of its path or address: tells documents of one title apart. */
export function fileOf(doc: ReportDocument): string {
  return (
    doc.path
      .replace(/[?#].*$/, '')
      .replace(/\/+$/, '')
      .split('/')
      .at(-1) || doc.path
  );
}

/** Which cell of which table is open: `security~proof~NL`, `standard~TLS 1.2~`, `topic~physical~`. */
export interface Cell {
  kind: Question | 'standard' | 'stale' | 'topic';
  value: string;
  group: string;
}

export function cellText(cell: Cell): string {
  return [cell.kind, cell.value, cell.group].map((part) => part.replaceAll('~', '∼')).join('~');
}

export function cellOf(text: string): Cell | null {
  const [kind, value, group] = text.split('~');
  const kinds = ['scope', 'security', 'standards', 'standard', 'stale', 'topic'] as const;
  const known = kinds.find((name) => name === kind);
  return known && value !== undefined ? { kind: known, value, group: group ?? '' } : null;
}
