import { readFileSync } from 'node:fs';
import { demandFileOf, derive, diffDemands, loadCatalogue } from '@proviso/catalogue';
import { contextOf } from '@proviso/catalogue/check';
import { nullReading } from '@proviso/reading';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { demandPretty } from './demand-pretty.ts';
import { diffPretty } from './diff-pretty.ts';
import { lintPretty } from './lint-pretty.ts';
import { createPretty } from './pretty.ts';

/** What a person who means harm would put wherever a text can stand. */
const EVIL = 'a\u001b[2J\u009b31m\u202eb\rall is well';
const OBEYED = /[^\P{Cc}\n]|[\u202a-\u202e]/u;

const catalogue = loadCatalogue();
const example = contextOf(
  parse(readFileSync(new URL('../../../../examples/contexts/municipal-portal.yaml', import.meta.url), 'utf8')),
  catalogue,
);
const file = demandFileOf(derive({ ...example, title: EVIL, buyer: EVIL }, catalogue), catalogue);
const problem = { code: 'corrupt', message: EVIL, fatal: false } as const;
const reading = nullReading(
  { path: EVIL, sha256: 'ab', bytes: 1, manifest: null },
  { engine: 'test', asOf: '2026-01-31' },
  [problem],
);
const finding = { rule: 'r', level: 'error', message: EVIL, fix: EVIL, text: EVIL, section: EVIL } as const;
const found = { ...finding, page: 1, start: 0, end: 1, path: EVIL, fingerprint: 'f' };
const page = { color: false, width: 80, language: 'en', catalogue, asOf: '2026-01-31' } as const;
const evilFile = structuredClone(file);
evilFile.catalogue.edition.edition = EVIL;
for (const one of evilFile.catalogue.requirements) one.title.en = EVIL;
evilFile.demand.requirements = evilFile.demand.requirements.map((one) => ({ ...one, id: `${one.id}${EVIL}` }));
evilFile.catalogue.requirements = evilFile.catalogue.requirements.map((one) => ({ ...one, id: `${one.id}${EVIL}` }));

test.each([
  ['a reading', () => createPretty(page).one({ ...reading, findings: [found] })],
  [
    'a linted tender',
    () =>
      lintPretty(
        {
          readings: [reading],
          layouts: new Map(),
          findings: [found],
          setAside: [],
          marksWithoutReason: [],
          coverage: [],
          demand: null,
          inferred: null,
          notJudged: 'no-ict',
        },
        page,
      ),
  ],
  ['a demand', () => demandPretty(file, page)],
  ['what differs from an earlier demand', () => diffPretty(diffDemands(evilFile, file), evilFile, file, 'en')],
])('%s is shown without what a terminal would obey', (_, show) => {
  const shown = show();
  expect(shown).toContain('a[2J31mb all is well');
  expect(shown).not.toMatch(OBEYED);
});
