import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../exit.ts';
import { loadManifest } from './manifest.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'proviso-manifest-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(text: string): string {
  const file = join(folder, 'manifest.csv');
  writeFileSync(file, text);
  return file;
}

describe('loadManifest', () => {
  it('goes by hash, then path, then file name', async () => {
    const manifestFor = await loadManifest(
      written('sha256,Path,country\nAB,,NL\n,b/tender.pdf,BE\n,c/tender.pdf,DE\n,only.pdf,FR\n'),
    );
    expect(manifestFor('ab', 'b/tender.pdf')?.country).toBe('NL');
    expect(manifestFor('cd', 'b/tender.pdf')?.country).toBe('BE');
    expect(manifestFor('cd', 'elsewhere/only.pdf')?.country).toBe('FR');
    expect(manifestFor('cd', 'other.pdf')).toBeNull();
  });

  it('takes either name for the type, and empty cells for what nobody knows', async () => {
    const manifestFor = await loadManifest(written('file;doc_type;date\na.pdf;contract; \n'));
    expect(manifestFor('', 'a.pdf')).toEqual({
      date: null,
      country: null,
      publisher: null,
      type: 'contract',
      title: null,
      language: null,
    });
  });

  it('says when it cannot be opened or has nothing to go by', async () => {
    await expect(loadManifest(join(folder, 'none.csv'))).rejects.toThrow(UsageError);
    await expect(loadManifest(written('country,type\nNL,contract\n'))).rejects.toThrow(/sha256, path or file/);
  });
});
