import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reading } from '@proviso/reading';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCodings } from './codings.ts';
import type { Fetched } from './collect/fetch-address.ts';
import { FetchError } from './collect/fetch-address.ts';
import { StudyFolder } from './folder.ts';
import {
  agreementOfStudy,
  collectStudy,
  importCodings,
  initStudy,
  readStudy,
  reportOfStudy,
  sheetOfStudy,
} from './study.ts';
import { sampleReadings } from './testing/sample-readings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'proviso-study-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const pages = new Map<string, string>();
const samples = sampleReadings(12);
let clock = 0;

const collectIt = () =>
  collectStudy(folder, {
    now: () => new Date(Date.UTC(2026, 10, 1) + clock++ * 86_400_000).toISOString(),
    wait: async () => {},
    fetch: async (address): Promise<Fetched> => {
      const page = pages.get(address);
      if (page === undefined) throw new FetchError('The host takes no connection.');
      return {
        status: 200,
        body: Buffer.from(page),
        contentType: 'text/plain',
        etag: null,
        lastModified: null,
        finalAddress: address,
      };
    },
  });

/** Answers with a sample for each copy; what is read depends on the content alone. */
const readIt = () =>
  readStudy(folder, {
    asOf: '2026-11-24',
    read: async (files, asOf, each) => {
      for (const file of files) {
        const sample = samples[readFileSync(file.file, 'utf8').length % samples.length];
        if (!sample) continue;
        each({
          ...sample,
          asOf,
          source: {
            ...sample.source,
            path: file.file,
            sha256: file.sha256,
            country: file.manifest.country,
            duplicateOf: null,
          },
        });
      }
    },
  });

const embedded = async (): Promise<{
  documents: Record<string, unknown>[];
  notCollected: unknown[];
  changes: unknown[];
  agreement: unknown[];
}> => {
  const html = await reportOfStudy(folder);
  return JSON.parse(/id="report-data">([^<]*)</.exec(html)?.[1] ?? '{}').data;
};

describe('a study from beginning to end', () => {
  it('collects, reads, is coded by two, and reports', async () => {
    await initStudy(folder, 'Ten buyers');
    pages.clear();
    pages.set('https://a.example/1', 'a').set('https://a.example/2', 'bb').set('https://a.example/3', 'bb');
    mkdirSync(join(folder, 'tenders'));
    writeFileSync(join(folder, 'tenders', 'own.md'), 'dddd');
    writeFileSync(
      join(folder, 'sources.csv'),
      'address,country\nhttps://a.example/1,NL\nhttps://a.example/2,FR\nhttps://a.example/3,FR\nhttps://a.example/4,DE\ntenders,EE\n',
    );
    expect((await collectIt()).map((event) => event.outcome).sort()).toEqual([
      'new',
      'new',
      'new',
      'new',
      'not-collected',
    ]);
    expect(await readIt()).toEqual({ readings: 4, notCollected: 1 });

    const first = await embedded();
    expect(first.documents.map((doc) => [doc.path, doc.country, doc.duplicateOf])).toEqual([
      ['https://a.example/1', 'NL', null],
      ['https://a.example/2', 'FR', null],
      ['https://a.example/3', 'FR', 'https://a.example/2'],
      ['tenders/own.md', 'EE', null],
    ]);
    expect(first.notCollected).toMatchObject([
      { address: 'https://a.example/4', country: 'DE', reason: 'The host takes no connection.' },
    ]);
    expect(first.changes).toEqual([]);

    const sheet = await sheetOfStudy(folder, { coder: 'Ada' });
    const filled = (value: string): string =>
      sheet.replace(/^(https:\/\/a.example\/1,[^,]*,security,[^,]*),,/m, `$1,${value},`);
    expect(await importCodings(folder, { text: filled('process'), today: '2026-11-24' })).toMatchObject({
      codes: 1,
      coders: ['Ada'],
      files: ['codings/ada.csv'],
    });
    await importCodings(folder, { text: filled('proof'), coder: 'Bo', today: '2026-11-24' });
    expect((await embedded()).documents[0]?.confirmed).toMatchObject({
      security: { value: null, how: 'open', coders: ['Ada', 'Bo'] },
    });
    expect((await agreementOfStudy(folder)).agreement).toMatchObject([
      { question: 'security', between: 'people', units: 1, percent: 0 },
    ]);

    await importCodings(folder, { text: filled('proof'), coder: 'settled', today: '2026-11-25' });
    expect((await embedded()).documents[0]?.confirmed).toMatchObject({ security: { value: 'proof', how: 'settled' } });

    pages.set('https://a.example/1', 'a longer one').delete('https://a.example/2');
    await collectIt();
    await readIt();
    const second = await embedded();
    expect(second.changes).toMatchObject([{ address: 'https://a.example/1', what: 'changed' }]);
    expect(second.documents).toHaveLength(4);
    expect(second.documents[0]?.confirmed).toEqual({});
    expect((await agreementOfStudy(folder)).onEarlierCopies).toBe(3);
  });

  it('says what to do first', async () => {
    await expect(collectIt()).rejects.toThrow(/proviso study init/);
    await initStudy(folder, 'x');
    await expect(initStudy(folder, 'x')).rejects.toThrow(/already/);
    await expect(collectIt()).rejects.toThrow(/list of sources is empty/);
    await expect(readIt()).rejects.toThrow(/proviso study collect/);
    await expect(reportOfStudy(folder)).rejects.toThrow(/proviso study read/);
  });

  it('takes a list from elsewhere, with its files', async () => {
    await initStudy(folder, 'x');
    const list = join(folder, 'list.txt');
    writeFileSync(join(folder, 'near.txt'), 'eee');
    writeFileSync(list, `${join(folder, 'near.txt')}\n`);
    const events = await collectStudy(folder, { list, now: () => '2026-11-01T00:00:00Z' });
    expect(events).toMatchObject([{ address: 'near.txt', outcome: 'new' }]);
    await expect(collectStudy(folder, { list: join(folder, 'none.csv'), now: () => '' })).rejects.toThrow(
      /cannot be opened/,
    );
  });

  it('keeps every document of an archive, under its address', async () => {
    await initStudy(folder, 'x');
    writeFileSync(join(folder, 'tender.zip'), 'zip');
    writeFileSync(join(folder, 'sources.csv'), 'address,country\ntender.zip,NL\n');
    await collectIt();
    const result = await readStudy(folder, {
      asOf: '2026-11-24',
      read: async ([file], asOf, each) => {
        for (const [index, name] of ['a.docx', 'in/b.pdf'].entries()) {
          const sample = samples[index] as Reading;
          const duplicateOf = index === 0 ? null : `${file?.file}!/a.docx`;
          each({ ...sample, asOf, source: { ...sample.source, path: `${file?.file}!/${name}`, duplicateOf } });
        }
      },
    });
    expect(result).toEqual({ readings: 2, notCollected: 0 });
    const sources = (await new StudyFolder(folder).readings()).map((reading) => reading.source);
    expect(sources.map((source) => source.path)).toEqual(['tender.zip!/a.docx', 'tender.zip!/in/b.pdf']);
    expect(sources.map((source) => source.duplicateOf)).toEqual([null, 'tender.zip!/a.docx']);
  });

  it('says that a sheet is still empty', async () => {
    await initStudy(folder, 'x');
    const text = 'document,question,value,coder\na,scope,,Ada\n';
    await expect(importCodings(folder, { text, today: '2026-11-24' })).rejects.toThrow(/no codes: fill in/);
  });
  it('takes in a file of codings whole, or not at all', async () => {
    await initStudy(folder, 'x');
    const text = 'document,question,value,coder\na,scope,none,Ada\na,scope,vast,Ada\n';
    await expect(importCodings(folder, { text, today: '2026-11-24' })).rejects.toThrow(/row 3/);
    expect((await new StudyFolder(folder).codings()).codings).toEqual([]);
  });

  it('names the file of a coder by letters and digits only', async () => {
    await initStudy(folder, 'x');
    const text = 'document,question,value,coder\na,scope,none,../../Évil  Name\n';
    const { files } = await importCodings(folder, { text, today: '2026-11-24' });
    expect(files).toEqual(['codings/évil-name.csv']);
    expect(parseCodings(readFileSync(join(folder, 'codings', 'évil-name.csv'), 'utf8'))).toMatchObject([
      { coder: '../../Évil  Name' },
    ]);
    await expect(importCodings(folder, { text: text.replace('../../Évil  Name', '...'), today: '' })).rejects.toThrow(
      /no name/,
    );
  });

  it('says which line of the readings is broken', async () => {
    await initStudy(folder, 'x');
    writeFileSync(join(folder, 'readings.ndjson'), '{"schema":\n');
    await expect(reportOfStudy(folder)).rejects.toThrow(/line 1/);
  });
});
