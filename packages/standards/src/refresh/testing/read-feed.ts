/** A feed read as a refresh reads it, with the rules of data/, from bytes at hand. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordLine } from '../../records.ts';
import { readSelection, readStatusWords } from '../../selection.ts';
import type { Feed } from '../feed.ts';

const data = join(import.meta.dirname, '..', '..', '..', 'data');
const selection = readSelection(readFileSync(join(data, 'selection.yaml'), 'utf8'));
const status = readStatusWords(readFileSync(join(data, 'status-words.yaml'), 'utf8'));

export const fixture = (name: string) =>
  new Uint8Array(readFileSync(join(import.meta.dirname, '..', 'fixtures', name)));

export const bytesOf = (text: string) => new TextEncoder().encode(text);

/** The lines by id. Throws FeedError as the feed does. */
export function readFeed(feed: Feed, bytes: Uint8Array, held: RecordLine[] = []): Map<string, RecordLine> {
  const lines = feed.read([bytes], { selection, status, held: new Map(held.map((line) => [line.id, line])) });
  return new Map(lines.map((line) => [line.id, line]));
}
