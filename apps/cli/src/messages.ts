import { readFileSync } from 'node:fs';
import type en from '../messages/en.json';

export type MessageId = keyof typeof en;
export type Say = (id: MessageId, values?: Record<string, string | number>) => string;

/** The command line's own words in one language; `{name}` is filled from `values`. */
export function messages(language: string): Say {
  const file = new URL(`../messages/${language}.json`, import.meta.url);
  const texts: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'));
  return (id, values = {}) => (texts[id] ?? id).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
