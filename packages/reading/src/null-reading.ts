import type { Format, Problem } from '@proviso/documents';
import { CODEBOOK_VERSION } from './codebook.ts';
import type { ManifestRow } from './facts/facts.ts';
import type { Reading, Source } from './types.ts';

/** The file a document came from, and what people know of it. */
export interface SourceFile {
  path: string;
  sha256: string;
  bytes: number;
  manifest: ManifestRow | null;
}

/** The reading of a document that could not be read: every answer is null, and the problems say why. */
export function nullReading(
  source: SourceFile,
  context: { engine: string; asOf: string; registry?: string; format?: Format },
  problems: readonly Problem[],
): Reading {
  const { manifest } = source;
  return {
    schema: 'proviso.reading/1',
    engine: context.engine,
    codebook: CODEBOOK_VERSION,
    registry: context.registry ?? '',
    asOf: context.asOf,
    source: {
      path: source.path,
      sha256: source.sha256,
      bytes: source.bytes,
      format: context.format ?? 'unknown',
      language: manifest?.language ?? null,
      title: manifest?.title ?? null,
      pages: null,
      date: manifest?.date ?? null,
      country: manifest?.country ?? null,
      publisher: manifest?.publisher ?? null,
      type: manifest?.type ?? null,
      stated: statedBy(manifest),
      duplicateOf: null,
    },
    scope: { value: null, concernsIct: null, isProcurement: null, evidence: [] },
    security: { value: null, topics: [], sections: [], evidence: [] },
    standards: { value: null, delegatedTo: [], mentions: [] },
    findings: [],
    problems: [...problems],
  };
}

function statedBy(manifest: ManifestRow | null): Source['stated'] {
  const stated: Source['stated'] = {};
  for (const fact of ['date', 'country', 'publisher', 'type'] as const) {
    const value = manifest?.[fact];
    if (value) stated[fact] = { value, from: 'manifest', quote: null };
  }
  return stated;
}
