import { escapeHtml } from '@proviso/study/escape';

/** Text put into a text at a place. Everything here only inserts, so that taking it out again gives the original. */
export interface Insertion {
  at: number;
  text: string;
  /** Among insertions at one place, lower comes first. */
  order: number;
}

/** The text with all insertions made; of several at one place, by order and then as given. */
export function insert(text: string, insertions: readonly Insertion[]): string {
  const sorted = [...insertions].sort((a, b) => a.at - b.at || a.order - b.order);
  let out = '';
  let last = 0;
  for (const { at, text: piece } of sorted) {
    out += text.slice(last, at) + piece;
    last = at;
  }
  return out + text.slice(last);
}

/** Text for XML 1.0, in content and in attributes. Halves of pairs and non-characters, which XML forbids, are left out. */
export function escapeXml(text: string): string {
  return escapeHtml(text.replace(/\p{Cs}|[\ufffe\uffff]/gu, ''));
}
