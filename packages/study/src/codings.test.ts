import { describe, expect, it } from 'vitest';
import { type Coding, codingSheet, codingsCsv, drawSample, mergeCodings, parseCodings } from './codings.ts';
import { agreementOf, confirmationsOf } from './confirmation.ts';
import { parseCsvObjects } from './csv.ts';
import { sampleReadings } from './testing/sample-readings.ts';

const readings = sampleReadings(12);
const [one, two] = readings;
if (!one || !two) throw new Error('no sample');

const coding = (change: Partial<Coding>): Coding => ({
  document: one.source.path,
  sha256: one.source.sha256,
  question: 'security',
  value: 'process',
  quote: '',
  page: '',
  section: '',
  coder: 'Ada',
  date: '2026-11-24',
  note: '',
  ...change,
});

describe('a coding sheet', () => {
  it('has a row a document and question, with the machine and its words, and comes back filled in', () => {
    const rows = parseCsvObjects(codingSheet(readings, 'Ada', [coding({ note: 'see clause 4' })]));
    expect(rows).toHaveLength(readings.length * 3);
    expect(rows.find((row) => row.document === one.source.path && row.question === 'security')).toMatchObject({
      machine: one.security.value,
      value: 'process',
      note: 'see clause 4',
      coder: 'Ada',
    });
    expect(rows.filter((row) => row.machine === 'not readable')).toHaveLength(3);
    expect(rows.find((row) => row.document === two.source.path && row.question === 'scope')?.value).toBe('');
  });

  it('shows the edition that makes standards versioned', () => {
    const named = readings.find((reading) => reading.standards.mentions.length > 0);
    const [mention] = named?.standards.mentions ?? [];
    if (!named || !mention) throw new Error('no mention');
    const mentions = [
      { ...mention, core: true, modality: 'must' as const, versioned: false, text: 'TLS' },
      { ...mention, core: true, modality: 'context' as const, versioned: true, text: 'TLS 1.2' },
    ];
    const sheet = codingSheet([{ ...named, standards: { value: 'versioned', delegatedTo: [], mentions } }], 'Ada');
    expect(parseCsvObjects(sheet).find((row) => row.question === 'standards')?.quote).toBe('TLS 1.2');
  });

  it('empty, imports as nothing', () => expect(parseCodings(codingSheet(readings, 'Ada'))).toEqual([]));
});

describe('parseCodings', () => {
  it('reads back what is written', () => {
    const codings = [
      coding({}),
      coding({ question: 'scope', value: 'none', quote: '=a "quote",\nover lines', note: '-1' }),
    ];
    expect(parseCodings(codingsCsv(codings))).toEqual(codings);
  });
  it('fills in coder and day', () => {
    expect(parseCodings('document,question,value\na.pdf,scope,Dedicated\n', 'Bo', '2026-11-24')).toMatchObject([
      { coder: 'Bo', date: '2026-11-24', value: 'dedicated' },
    ]);
  });
  it.each([
    ['document,question,value,coder\na,scope,vast,Bo\n', /row 2: "vast" is no value of scope/],
    ['document,question,value,coder\na,scope,none,Bo\na,colour,none,Bo\n', /row 3: "colour" is none of the questions/],
    ['document,question,value,coder\na,scope,none,\n', /row 2: it does not say who coded/],
    ['document,question,value,coder\n,scope,none,Bo\n', /which document/],
    ['name,answer\na,b\n', /needs the columns/],
  ])('says where %j is wrong', (text, message) => expect(() => parseCodings(text)).toThrow(message));
});

it('a later code of the same person replaces the earlier one, and nobody else’s', () => {
  const merged = mergeCodings([coding({}), coding({ coder: 'Bo' })], [coding({ value: 'proof' })]);
  expect(merged.map(({ coder, value }) => [coder, value])).toEqual([
    ['Ada', 'proof'],
    ['Bo', 'process'],
  ]);
});

describe('drawSample', () => {
  const many = sampleReadings(200);
  it('draws the same share for the same seed, another for another, and nothing unreadable', () => {
    const paths = (seed: number): string[] => drawSample(many, 50, seed).map((reading) => reading.source.path);
    expect(paths(1)).toEqual(paths(1));
    expect(paths(1)).not.toEqual(paths(2));
    expect(drawSample(many, 50, 1)).toHaveLength(
      Math.ceil(many.filter((reading) => reading.scope.value !== null).length / 2),
    );
    expect(drawSample(many, 100, 1).every((reading) => reading.scope.value !== null)).toBe(true);
    expect(drawSample(many, 0, 1)).toEqual([]);
  });
});

describe('confirmationsOf', () => {
  const said = (codings: Coding[], settled: Coding[] = []) =>
    confirmationsOf(readings, codings, settled).confirmed.get(one.source.path)?.security;
  it.each([
    ['one coder', [coding({})], [], 'process', 'single'],
    ['two who agree', [coding({}), coding({ coder: 'Bo' })], [], 'process', 'agreed'],
    ['two who differ', [coding({}), coding({ coder: 'Bo', value: 'proof' })], [], null, 'open'],
    [
      'two who differ, settled',
      [coding({}), coding({ coder: 'Bo', value: 'proof' })],
      [coding({ coder: 'Cy', value: 'proof' })],
      'proof',
      'settled',
    ],
  ] as const)('%s', (_, codings, settled, value, how) => {
    expect(said([...codings], [...settled])).toMatchObject({ value, how });
  });
  it('leaves out codes of an earlier copy, and counts them', () => {
    const { confirmed, onEarlierCopies } = confirmationsOf(readings, [
      coding({ sha256: 'older' }),
      coding({ document: 'gone.pdf' }),
    ]);
    expect(confirmed.size).toBe(0);
    expect(onEarlierCopies).toBe(2);
  });
});

describe('agreementOf', () => {
  it('tells people from machine, and says nothing where nobody coded twice', () => {
    const codings = readings
      .filter((reading) => reading.security.value !== null)
      .map((reading) =>
        coding({ document: reading.source.path, sha256: reading.source.sha256, value: reading.security.value ?? '' }),
      );
    const rows = agreementOf(readings, codings);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      question: 'security',
      between: 'machine',
      units: 11,
      percent: 1,
      kappa: 1,
      alpha: 1,
    });
    const both = agreementOf(readings, [
      ...codings,
      ...codings.slice(0, 5).map((entry) => ({ ...entry, coder: 'Bo', value: 'none' })),
    ]);
    expect(both.find((row) => row.between === 'people')).toMatchObject({ units: 5, percent: 0 });
  });
});
