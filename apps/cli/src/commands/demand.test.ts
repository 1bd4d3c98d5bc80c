import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDemandFile } from '@proviso/catalogue';
import { DEFAULT_LIMITS, parse, readWorkbook, rewriteZip, Zip } from '@proviso/documents';
import { offerFormOf } from '@proviso/publishing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const MAIN = join(import.meta.dirname, '..', '..', 'bin', 'proviso.mjs');
const CONTEXTS = join(import.meta.dirname, '..', '..', '..', '..', 'examples', 'contexts');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'proviso-demand-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function proviso(...args: string[]): { code: number | null; out: string; err: string } {
  const run = spawnSync(process.execPath, [MAIN, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

const context = (name: string): string => join(CONTEXTS, `${name}.yaml`);
const kept = (): string => readFileSync(join(folder, 'tender', 'demand.json'), 'utf8');

describe('proviso demand', () => {
  it('writes the files of a tender, the same again, and never over another demand', async () => {
    const first = proviso('demand', '--context', context('municipal-portal'), '--out', 'tender', '--lang', 'en');
    expect(first.code, first.err).toBe(0);
    const names = readdirSync(join(folder, 'tender'));
    for (const name of ['annex.docx', 'clauses.docx', 'justification.docx', 'questionnaire.xlsx', 'matrix.xlsx'])
      expect((await parse(readFileSync(join(folder, 'tender', name)), name)).problems).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(['form.html', 'oscal-catalog.json', 'ocds.json', 'context.yaml']));

    const before = kept();
    expect(proviso('demand', '--context', context('municipal-portal'), '--out', 'tender').code).toBe(0);
    expect(kept()).toBe(before);
    const other = proviso('demand', '--context', context('mobile-core'), '--out', 'tender');
    expect(other.code).toBe(2);
    expect(other.err).toContain('--force');
    expect(kept()).toBe(before);
  });

  it('derives the same from what it wrote, and says what another purchase would change', () => {
    const again = proviso('demand', '--context', 'tender/context.yaml', '--diff', 'tender/demand.json', '--json');
    expect([again.code, JSON.parse(again.out).added]).toEqual([0, []]);
    const other = proviso('demand', '--context', context('mobile-core'), '--diff', 'tender/demand.json', '--json');
    expect(JSON.parse(other.out).added).toContain('SEC-02');
  });

  it.each([
    ['a context that is none', ['--context', 'tender/ocds.json'], 'does not describe a purchase'],
    ['a context that is not there', ['--context', 'nowhere.yaml'], 'There is no file nowhere.yaml'],
    [
      'a demand that is none',
      ['--context', context('mobile-core'), '--diff', 'tender/ocds.json'],
      'tender/ocds.json is not a demand',
    ],
    [
      'a template that is not there',
      ['--context', context('mobile-core'), '--template', 'no.docx'],
      'no.docx cannot be read',
    ],
  ])('refuses %s', (_, args, said) => {
    const { code, err } = proviso('demand', ...args);
    expect([code, err]).toEqual([2, expect.stringContaining(said)]);
  });

  it('makes nothing of questions that were not all answered', () => {
    expect(proviso('demand', '--out', 'empty')).toMatchObject({ code: 2 });
    expect(existsSync(join(folder, 'empty'))).toBe(false);
  });
});

/** The questionnaire with one answer written in, and no supplier. */
async function withAnswer(sent: Uint8Array, question: string, answer: string): Promise<Uint8Array> {
  const [, questions] = (await readWorkbook(sent)).grids;
  const cells = questions?.cells ?? [];
  const row = cells.find(({ text }) => text === question)?.row;
  const column = cells.find((one) => one.row === 1 && one.text.endsWith('answer'))?.column ?? 0;
  const place = `${String.fromCharCode(64 + column)}${row}`;
  const zip = new Zip(sent, DEFAULT_LIMITS);
  const name = 'xl/worksheets/sheet2.xml';
  const entry = zip.get(name);
  if (!entry) throw new Error('the questionnaire has no second sheet');
  const xml = new TextDecoder().decode(zip.read(entry));
  const filled = xml.replace(
    new RegExp(`<c r="${place}"( s="\\d+")?[^>]*?(?:/>|>.*?</c>)`),
    `<c r="${place}"$1 t="inlineStr"><is><t>${answer.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</t></is></c>`,
  );
  expect(filled).not.toBe(xml);
  return rewriteZip(sent, new Map([[name, new TextEncoder().encode(filled)]]));
}

describe('proviso answers', () => {
  it('reads a questionnaire that came back, and names what is open in words', async () => {
    const file = readDemandFile(kept(), 'demand.json');
    const [asked] = offerFormOf(file, 'en').questions.filter(
      ({ type, part }) => type === 'choice' && part === 'answer',
    );
    const choice = asked?.choices[0]?.id ?? '';
    const sent = readFileSync(join(folder, 'tender', 'questionnaire.xlsx'));
    writeFileSync(join(folder, 'back.xlsx'), await withAnswer(sent, asked?.id ?? '', asked?.choices[0]?.text ?? ''));
    const args = ['answers', 'back.xlsx', '--demand', 'tender/demand.json'];
    const { code, out } = proviso(...args, '--out', 'answers.json');
    expect(out).toMatch(/^\? Not answered: GOV-\d\d: \S/m);
    expect(out).toMatch(/^Answers read: 1\. Places to check: 1\. Questions open: \d{2,}\.$/m);
    expect(code).toBe(3);
    expect(JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8')).values).toEqual({
      [asked?.id ?? '']: choice,
    });
    expect(proviso(...args, '--lang', 'de').out).toMatch(/^\? Nicht beantwortet: /m);
  });

  it('writes no answers for a file that is no questionnaire', () => {
    const { code, out } = proviso(
      'answers',
      'tender/annex.docx',
      '--demand',
      'tender/demand.json',
      '--out',
      'none.json',
    );
    expect([code, existsSync(join(folder, 'none.json'))]).toEqual([3, false]);
    expect(out).toMatch(/^! \S/);
  });
});

describe('proviso toolkit', () => {
  it('writes each paper as Word and as a page, in the language asked for', () => {
    const { code, err } = proviso('toolkit', '--out', 'kit', '--lang', 'fr');
    expect(code, err).toBe(0);
    const names = readdirSync(join(folder, 'kit')).sort();
    expect(names.length).toBe(8);
    expect(names.filter((name) => name.endsWith('.docx')).length).toBe(4);
    for (const name of names.filter((one) => one.endsWith('.html')))
      expect(readFileSync(join(folder, 'kit', name), 'utf8')).toContain('<html lang="fr">');
  });
});
