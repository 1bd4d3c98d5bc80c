import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownFileText } from '@proviso/catalogue/check';
import { entry, kept, spoken } from '@proviso/catalogue/testing/own-entries';
import { parse } from '@proviso/documents';
import { withoutAnnotations } from '@proviso/publishing/word';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { p, r, wordFile } from '../../../../packages/documents/src/testing/office-files.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'bin', 'proviso.mjs');
const DRAFT = [
  'Invitation to tender: a web portal with hosting as a service',
  'The supplier must deliver the web application and host the website for four years.',
  'The system must be 100% secure.',
  'Connections must use TLS 1.0.',
  'The security requirements stand in Annex 7.',
  'Tenderers submit an offer. Award criteria follow.',
];
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'proviso-lint-'));
  writeFileSync(
    join(folder, 'draft.docx'),
    wordFile({ body: `${DRAFT.map((line) => p(r(line))).join('')}<w:sectPr/>` }),
  );
  writeFileSync(join(folder, 'draft.md'), DRAFT.join('\n\n'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function lint(...args: string[]): { code: number | null; out: string; err: string } {
  const run = spawnSync(process.execPath, [MAIN, 'lint', '--no-cache', '--quiet', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

describe('proviso lint', () => {
  it('finds what is wrong in words, and what is absent, and says where', () => {
    const { code, out } = lint('draft.md', '--format', 'json', '--fail-on', 'error');
    const [tender] = JSON.parse(out).tenders;
    const found = new Map<string, string>(
      tender.findings.map((one: { rule: string; text: string }) => [one.rule, one.text]),
    );
    expect(found.get('tender/untestable')).toBe('100% secure');
    expect(found.get('standards/deprecated-protocol')).toBe('TLS 1.0');
    expect(found.get('tender/dangling-annex')).toBe('Annex 7');
    expect([...found.keys()]).toContain('tender/no-incident-notice');
    expect(code).toBe(1);
  });

  it('says of what cannot be read only that, and counts in words that fit one', () => {
    writeFileSync(join(folder, 'cut.pdf'), '%PDF-1.4 cut off');
    const { code, out } = lint('cut.pdf', '--lang', 'en');
    expect(out).toContain('cut off');
    expect(out).not.toContain('French');
    expect(out).toContain('Errors: 0, warnings: 0, notes: 0; set aside: 0.');
    expect(code).toBe(3);
    expect(JSON.parse(lint('cut.pdf', '--format', 'json').out).tenders[0].notJudged).toBe('unread');
    mkdirSync(join(folder, 'empty'), { recursive: true });
    expect(lint('empty/.').err).toContain('there is no document in "empty/.".');
  });

  it('judges by what an organisation asks beside the catalogue, where a file brings it', () => {
    const own = entry({ risks: ['RSK-19'] }, { en: { ...spoken(), phrases: ['escrow agent'] } });
    writeFileSync(join(folder, 'own.yaml'), ownFileText('Town', [kept(own)]));
    writeFileSync(join(folder, 'escrow.md'), [...DRAFT, 'The supplier must name an escrow agent.'].join('\n\n'));
    const coverage = (file: string, ...more: string[]) => {
      const { out, err, code } = lint(file, '--format', 'json', ...more);
      if (code !== 0) throw new Error(err);
      const { tenders, catalogue } = JSON.parse(out);
      const rows: { requirement: string; covered: boolean }[] = tenders[0].coverage;
      return { edition: catalogue.edition, own: rows.find(({ requirement }) => requirement === 'OWN-01') };
    };
    expect(coverage('draft.md').own).toBeUndefined();
    const [without, named] = [
      coverage('draft.md', '--catalogue', 'own.yaml'),
      coverage('escrow.md', '--catalogue', 'own.yaml'),
    ];
    expect(without.edition).toMatch(/\+own\.1$/);
    expect(without.own).not.toEqual(named.own);
    writeFileSync(join(folder, 'bad.yaml'), ownFileText('Town', [kept(entry({ risks: ['RSK-99'] }))]));
    writeFileSync(join(folder, 'none.yaml'), 'schema: proviso.own/1\nrequirements: [{id: WEB-01, version: 1}]\n');
    expect(lint('draft.md', '--catalogue', 'bad.yaml')).toMatchObject({
      code: 2,
      err: expect.stringContaining('OWN-01 risks'),
    });
    expect(lint('draft.md', '--catalogue', 'none.yaml')).toMatchObject({
      code: 2,
      err: expect.stringContaining('an id as OWN-01'),
    });
    expect(lint('draft.md', '--catalogue', 'gone.yaml').err).toContain('gone.yaml cannot be read');
  });

  it('writes comments into the Word draft, on the words, and nothing else in it changes', async () => {
    const { code, err } = lint(
      'draft.docx',
      '--comments',
      'out.docx',
      '--suggest',
      '--format',
      'json',
      '-o',
      'lint.json',
    );
    expect([code, err]).toEqual([0, '']);
    const bytes = readFileSync(join(folder, 'out.docx'));
    const commented = await parse(bytes, 'out.docx');
    const comments = commented.asides.filter(({ kind }) => kind === 'comment').map(({ text }) => text);
    expect(comments.join('\n')).toContain('[tender/untestable]');
    expect(commented.text).toContain('Proposed security clauses');
    expect((await parse(withoutAnnotations(bytes), 'out.docx')).text).toBe(DRAFT.join('\n'));
  });

  it('reports only what is new since the baseline', () => {
    lint('draft.md', '--format', 'json', '--write-baseline', 'known.json', '-o', 'one.json');
    writeFileSync(join(folder, 'draft.md'), `${DRAFT.join('\n\n')}\n\nPasswords must be hashed with MD5.`);
    const { out } = lint('draft.md', '--format', 'json', '--baseline', 'known.json');
    const [tender] = JSON.parse(out).tenders;
    expect(tender.findings.map(({ text }: { text: string }) => text)).toEqual(['MD5']);
    writeFileSync(join(folder, 'draft.md'), DRAFT.join('\n\n'));
  });

  it('sets aside what a mark with a reason says, and shows it as suppressed in SARIF', () => {
    writeFileSync(
      join(folder, 'marked.md'),
      `<!-- proviso-ignore tender/untestable: agreed with the board -->\n\n${DRAFT.join('\n\n')}`,
    );
    const { out } = lint('marked.md', '--format', 'sarif');
    const [run] = JSON.parse(out).runs;
    const result = run.results.find(({ ruleId }: { ruleId: string }) => ruleId === 'tender/untestable');
    expect(result.suppressions).toMatchObject([{ justification: 'agreed with the board' }]);
    expect(run.tool.driver.rules.length).toBeGreaterThanOrEqual(24);
  });

  it.each([
    [['nothing.docx'], /not|no document/i, 3],
    [['draft.md', '--comments', 'x.docx'], /one Word file/, 2],
    [['draft.docx', '--comments', 'draft.docx'], /write over the draft/, 2],
    [['draft.md', '--baseline', 'draft.md'], /cannot be read as a baseline/, 2],
    [['draft.md', '--context', 'draft.docx'], /draft\.docx/, 2],
    [[], /name the files/, 2],
  ])('%j ends with a clear message', (args, message, exit) => {
    const { code, out, err } = lint(...args);
    expect(`${out}${err}`).toMatch(message);
    expect(code).toBe(exit);
    expect(existsSync(join(folder, 'x.docx'))).toBe(false);
  });
});
