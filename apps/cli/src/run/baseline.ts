import { readFile } from 'node:fs/promises';
import { UsageError } from '../exit.ts';
import type { KnownFinding } from './lint-tender.ts';
import { writeOutput } from './output.ts';

interface BaselineFile {
  schema: 'proviso.baseline/1';
  findings: { fingerprint: string; rule: string; path: string; words: string }[];
}

/** Fingerprints of a baseline file. @throws UsageError when it is none. */
export async function readBaseline(file: string): Promise<Set<string>> {
  let parsed: Partial<BaselineFile> | null;
  try {
    parsed = JSON.parse(await readFile(file, 'utf8')) as Partial<BaselineFile> | null;
  } catch {
    throw new UsageError(`lint: ${file} cannot be read as a baseline. Make one with --write-baseline ${file}.`);
  }
  if (parsed?.schema !== 'proviso.baseline/1' || !Array.isArray(parsed.findings))
    throw new UsageError(`lint: ${file} is no baseline. Make one with --write-baseline ${file}.`);
  return new Set(parsed.findings.map(({ fingerprint }) => fingerprint));
}

/** Keeps today's findings, so that only new ones are reported from now on. */
export async function writeBaseline(file: string, findings: readonly KnownFinding[]): Promise<void> {
  const content: BaselineFile = {
    schema: 'proviso.baseline/1',
    findings: findings.map(({ fingerprint, rule, path, text }) => ({
      fingerprint,
      rule,
      path,
      words: text.slice(0, 120),
    })),
  };
  await writeOutput(file, `${JSON.stringify(content, null, 2)}\n`);
}
