import { type Document, DocumentBuilder } from '@proviso/documents';
import { loadRegistry, type Registry } from '@proviso/standards';
import type { ManifestRow } from '../facts/facts.ts';
import type { ReadContext } from '../read.ts';
import { loadReadingData, type ReadingData } from '../reading-data.ts';

/** A document from lines: `# ` headings by depth, `- ` items, `a | b` rows, else paragraphs. */
export function documentOf(lines: string, language: string | null = 'en'): Document {
  const builder = new DocumentBuilder('txt');
  for (const line of lines.split('\n')) {
    const heading = /^(#+) (.*)/.exec(line);
    if (heading) builder.add('heading', heading[2] ?? '', { level: heading[1]?.length ?? 1 });
    else if (line.startsWith('- ')) builder.add('item', line.slice(2));
    else if (line.includes(' | ')) builder.addRow(line.split(' | '));
    else builder.add('paragraph', line);
  }
  const document = builder.build();
  document.language = language;
  return document;
}

let registry: Registry | undefined;
let data: ReadingData | undefined;

/** A context with the data in the tree. */
export function contextOf(manifest: Partial<ManifestRow> | null = null): ReadContext {
  registry ??= loadRegistry();
  data ??= loadReadingData();
  const nothing = { date: null, country: null, publisher: null, type: null, title: null, language: null };
  return {
    engine: 'test',
    asOf: '2026-11-22',
    registry,
    data,
    source: { path: 'a.txt', sha256: '0'.repeat(64), bytes: 1, manifest: manifest && { ...nothing, ...manifest } },
  };
}
