/**
 * Speed of the standards matcher: how many megabytes (10^6 bytes of UTF-8) of plain text it reads in a second on one core. The text is
 * made of the project's own data, the titles of the registry and the names of things in all languages, so that hits are far denser than
 * in any document; and of the bundled examples' kind of prose, the Markdown of the repository, where they are as rare as they are in life.
 *
 *   node bench/matcher.ts [megabytes]
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadRegistry, resolve } from '@proviso/standards';
import { openMatcher } from '../packages/standards/src/matcher-facts.ts';
import { tokenize } from '../packages/standards/src/tokens.ts';
import { scan } from '../packages/standards/src/trie.ts';

const ROOT = join(import.meta.dirname, '..');
const megabytes = Number(process.argv[2] ?? 8);
const registry = loadRegistry();
const { trie } = openMatcher(registry.container);

/** Repeats `text` until it is about as long as asked. */
function grown(text: string): string {
  const copies = Math.max(1, Math.ceil((megabytes * 1e6) / Buffer.byteLength(text)));
  return Array.from({ length: copies }, () => text).join('\n');
}

const titles = [...registry.all()].map((record) => record.title).join('. ');
const prose = globSync('{*.md,docs/**/*.md,packages/*/*.md,examples/**/*.md}', { cwd: ROOT })
  .map((file) => readFileSync(join(ROOT, file), 'utf8'))
  .join('\n');

/** Best of five: the others were disturbed. */
function best(text: string, run: (text: string) => number): { speed: number; hits: number } {
  const bytes = Buffer.byteLength(text);
  let fastest = Number.POSITIVE_INFINITY;
  let hits = 0;
  for (let i = 0; i < 5; i++) {
    const started = performance.now();
    hits = run(text);
    fastest = Math.min(fastest, performance.now() - started);
  }
  return { speed: bytes / 1e3 / fastest, hits };
}

function match(text: string): number {
  let hits = 0;
  scan(trie, text, tokenize(text), () => hits++);
  return hits;
}

for (const [name, text] of [
  ['titles and names', grown(titles)],
  ['prose', grown(prose)],
] as const) {
  const matcher = best(text, match);
  const resolver = best(text.slice(0, 2e6), (piece) => resolve(piece, { asOf: '2026-01-01' }, registry).length);
  const perMegabyte = (matcher.hits / (Buffer.byteLength(text) / 1e6)).toFixed(0);
  console.log(
    `${name.padEnd(18)} matcher ${matcher.speed.toFixed(1).padStart(6)} MB/s (${perMegabyte} hits/MB)   whole resolver ${resolver.speed.toFixed(1).padStart(6)} MB/s`,
  );
}
