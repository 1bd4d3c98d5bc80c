import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalogue } from '@proviso/catalogue';
import type { FileStore } from '@proviso/store';
import { HttpProblem } from '../http/problem.ts';
import type { KeptReading, Linted } from './kept-reading.ts';
import { inSandbox, withFolder } from './sandbox.ts';

/**
 * A buyer's own Word file with the linter's comments on its very words, and, where asked for, clauses for what is missing.
 * @throws HttpProblem 422 `not-word` for another format, 422 with the reader's code when the child could not write it
 */
export async function commentedWord(
  files: FileStore,
  sha256: string,
  kept: KeptReading,
  linted: Linted,
  { catalogue, date, suggest }: { catalogue: Catalogue; date: string; suggest: boolean },
): Promise<Buffer> {
  if (kept.reading.source.format !== 'docx') throw new HttpProblem(422, 'not-word');
  const { lintNotes, lintProposals } = await import('@proviso/publishing/word');
  return await withFolder(files, [{ sha256, as: 'draft.docx' }], async (folder) => {
    const out = join(folder, 'commented.docx');
    const outcome = await inSandbox({
      kind: 'annotate',
      file: join(folder, 'draft.docx'),
      out,
      date,
      notes: lintNotes(linted.findings, kept.language, catalogue),
      proposals: suggest
        ? lintProposals(
            { demand: linted.dossier.demand, findings: linted.dossier.findings },
            catalogue,
            kept.reading.source.language,
            kept.language,
          )
        : [],
    });
    if (!outcome.ok) throw new HttpProblem(422, 'cannot-comment', { values: { problem: outcome.problem.code } });
    return await readFile(out);
  });
}
