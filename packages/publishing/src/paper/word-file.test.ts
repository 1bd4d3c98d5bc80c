import { LANGUAGES } from '@proviso/catalogue';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { annexDocx } from '../annex/annex.ts';
import { clausesDocx } from '../clauses/clauses.ts';
import { justificationDocx } from '../justification/justification.ts';
import { fullCatalogue, fullDemand } from '../testing/full-demand.ts';
import { partOf, readBack } from '../testing/word-parts.ts';
import { toolkit } from '../toolkit/toolkit.ts';
import { PROOFING } from './locale.ts';

async function everyPaper(language: (typeof LANGUAGES)[number]): Promise<[string, Uint8Array][]> {
  const file = fullDemand();
  return [
    ['annex', await annexDocx(file, language)],
    ['clauses', await clausesDocx(file, language)],
    ['justification', await justificationDocx(file, language)],
    ...(await toolkit(fullCatalogue(), language, [file])).map(({ name, docx }): [string, Uint8Array] => [name, docx]),
  ];
}

describe.each(LANGUAGES)('every paper in %s', (language) => {
  it('is an accessible A4 file that our own reader opens', async () => {
    for (const [name, file] of await everyPaper(language)) {
      const body = partOf(file, 'word/document.xml');
      const document = await readBack(file);
      const at = `${name}.${language}`;
      expect([at, document.problems, document.format]).toEqual([at, [], 'docx']);
      expect([at, document.language]).toEqual([at, language]);
      expect([at, document.title]).not.toEqual([at, null]);
      expect(document.blocks.filter(({ kind }) => kind === 'heading').length, at).toBeGreaterThan(2);

      expect(partOf(file, 'docProps/core.xml'), at).toMatch(/<dc:title>[^<]+<\/dc:title>/);
      expect(partOf(file, 'docProps/core.xml'), at).toContain(`<dc:language>${PROOFING[language]}</dc:language>`);
      expect(partOf(file, 'word/styles.xml'), at).toContain(`<w:lang w:val="${PROOFING[language]}"/>`);
      expect(body, at).toContain('<w:pgSz w:w="11906" w:h="16838"');
      expect(partOf(file, 'word/footer1.xml'), at).toMatch(/PAGE<.*NUMPAGES</);
      // Every table has one header row that repeats, and no paragraph is there only for its height.
      expect(body.match(/<w:tblHeader\/>/g)?.length, at).toBe(body.match(/<w:tbl>/g)?.length);
      const empty = [...body.matchAll(/<w:p>(?:(?!<\/w:p>).)*<\/w:p>|<w:p\/>/g)].filter(
        ([one]) => !one.includes('<w:t'),
      );
      expect([at, empty.length]).toEqual([at, 0]);
      // Headings never skip a level.
      const levels = document.blocks.filter(({ kind }) => kind === 'heading').map(({ level = 0 }) => level);
      for (const [i, level] of levels.entries())
        expect([at, i, level <= (levels[i - 1] ?? 0) + 1]).toEqual([at, i, true]);
    }
  });
});

afterEach(() => {
  vi.useRealTimers();
});

it('gives the same bytes for the same demand at another time', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-01T00:00:00Z') });
  const first = await everyPaper('en');
  vi.setSystemTime(new Date('2031-07-09T10:11:12Z'));
  const second = await everyPaper('en');
  for (const [i, [name, file]] of second.entries())
    expect([name, Buffer.compare(file, first[i]?.[1] ?? new Uint8Array())]).toEqual([name, 0]);
});
