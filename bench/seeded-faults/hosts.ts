import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parse } from '@proviso/documents';

/** A document that faults are planted in. */
export interface Host {
  name: string;
  /** `.md` keeps its markup; the text of every other format is written as `.txt`. */
  extension: '.md' | '.txt';
  paragraphs: string[];
}

/** Those of the named files that are in the corpus, if there is one at hand. */
export async function readHosts(docs: string, names: readonly string[]): Promise<Host[]> {
  return Promise.all(
    names
      .map((name) => join(docs, name))
      .filter((path) => existsSync(path))
      .map(readHost),
  );
}

/** A host from a text in Markdown. */
export function markdownHost(name: string, text: string): Host {
  return { name, extension: '.md', paragraphs: markdownParagraphs(text) };
}

async function readHost(path: string): Promise<Host> {
  const bytes = readFileSync(path);
  if (extname(path) === '.md') return markdownHost(path, bytes.toString('utf8'));
  const { text, blocks } = await parse(bytes, path);
  return { name: path, extension: '.txt', paragraphs: blocks.map(({ start, end }) => text.slice(start, end).trim()) };
}

/** Paragraphs between blank lines; front matter, comments and fenced code stay whole. */
function markdownParagraphs(text: string): string[] {
  const paragraphs: string[] = [];
  let open = '';
  for (const piece of text
    .replaceAll('\r\n', '\n')
    .trim()
    .split(/\n{2,}/)) {
    open = open === '' ? piece : `${open}\n\n${piece}`;
    const fences = open.match(/^\s*(?:```|~~~)/gm)?.length ?? 0;
    const inFrontMatter = paragraphs.length === 0 && open.startsWith('---') && !/\n---\s*(?:\n|$)/.test(open);
    const inComment = open.lastIndexOf('<!--') > open.lastIndexOf('-->');
    if (fences % 2 === 1 || inFrontMatter || inComment) continue;
    paragraphs.push(open);
    open = '';
  }
  return open === '' ? paragraphs : [...paragraphs, open];
}

/** Numbers from 0 to under 1 that are the same for the same seed. */
export function seededRandom(seed: string): () => number {
  let drawn = 0;
  return () => {
    drawn += 1;
    return createHash('sha256').update(`${seed}/${drawn}`).digest().readUInt32BE(0) / 2 ** 32;
  };
}

/** Headings under which nobody demands anything: what stands there is told of others. */
const TOLD =
  /^#+\s.*(?:sources|references|examples?|background|context|bronnen|voorbeeld|toelichting|achtergrond|exemples?|références|contexte|quellen|beispiel|hintergrund)/i;

/** The host with the buyer near its top, and each passage as a paragraph of its own further down, where demands may stand. */
export function plant({ paragraphs }: Host, buyer: string, passages: readonly string[], random: () => number): string {
  const grown = paragraphs.toSpliced(1, 0, buyer);
  for (const passage of passages) {
    const places = placesIn(grown);
    grown.splice(places[Math.floor(random() * places.length)] ?? grown.length, 0, passage);
  }
  return `${grown.join('\n\n')}\n`;
}

function placesIn(paragraphs: readonly string[]): number[] {
  let told = false;
  return paragraphs.flatMap((paragraph, i) => {
    if (paragraph.startsWith('#')) told = TOLD.test(paragraph);
    return i < 1 || told ? [] : [i + 1];
  });
}
