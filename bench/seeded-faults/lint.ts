import { spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../measure.ts';

export interface Finding {
  rule: string;
  path: string;
  start: number;
  end: number;
  text: string;
  message: string;
  confidence?: number | string;
}

/** Exit codes of a run that went to its end: all well, findings, some documents not readable. */
const FINISHED = new Set([0, 1, 3]);
/** Standards age: figures of two days can only be compared when both judged them as of the same one. */
const AS_OF = '2026-11-01';

/** The findings of each tender: each file or folder given is one with `each`, otherwise all are one. @throws when the run failed. */
export function lint(paths: readonly string[], options: { each: boolean; context?: string | undefined }): Finding[][] {
  const scratch = mkdtempSync(join(tmpdir(), 'proviso-lint-'));
  try {
    const out = join(scratch, 'findings.json');
    const flags = ['--format', 'json', '--no-cache', '--quiet', '--lang', 'en', '--as-of', AS_OF];
    if (options.each) flags.push('--each');
    if (options.context) flags.push('--context', options.context);
    const run = spawnSync(process.execPath, ['apps/cli/src/main.ts', 'lint', ...paths, ...flags], {
      cwd: ROOT,
      stdio: ['ignore', openSync(out, 'w'), 'inherit'],
    });
    if (run.status === null || !FINISHED.has(run.status))
      throw new Error(`lint ended with ${run.status ?? run.signal}`);
    return (JSON.parse(readFileSync(out, 'utf8')) as { tenders: { findings: Finding[] }[] }).tenders.map(
      ({ findings }) => findings,
    );
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
