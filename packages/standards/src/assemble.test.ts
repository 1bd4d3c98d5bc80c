import { describe, expect, test } from 'vitest';
import { assemble } from './assemble.ts';
import { readNames } from './names.ts';
import { readDataFile } from './records.ts';

const HEADER =
  '{"file":"x","body":"B","kind":"standard","core":true,"confidence":"high","source":"https://x.example (2026-01-01)"}';
const NO_NAMES = { things: [], series: [], additions: [], faults: [] };
const data = (...lines: object[]) => [readDataFile([HEADER, ...lines.map((l) => JSON.stringify(l))].join('\n'), 'x')];
const thing = (id: string, more: string) =>
  `- { id: ${id}, name: N, body: B, kind: law, core: true, names: {}, source: 'https://a.b', confidence: high, status: current, ${more} }\n`;
const faultsOf = (lines: object[], yaml = '') =>
  assemble(data(...lines), readNames(yaml, 'n.yaml')).faults.map((f) => `${f.entry}: ${f.message}`);

test('a link told at one end is known at both', () => {
  const { records, faults } = assemble(
    data({ id: 'A', title: 'a', status: 'superseded', replacedBy: ['B'] }, { id: 'B', title: 'b' }),
    NO_NAMES,
  );
  expect(faults).toEqual([]);
  expect(records.find((r) => r.id === 'B')?.replaces).toEqual(['A']);
});

test('what replaces a standard that is still in force does not put it out of force', () => {
  const { records } = assemble(data({ id: 'A', title: 'a' }, { id: 'B', title: 'b', replaces: ['A'] }), NO_NAMES);
  expect(records.find((r) => r.id === 'A')).toMatchObject({ status: 'current', replacedBy: [] });
});

test('a family lists its editions by date, and as current those in force', () => {
  const { families } = assemble(
    data(
      { id: 'A:2020', title: 'a', date: '2020', family: 'A' },
      { id: 'A:2010', title: 'a', date: '2010', family: 'A', status: 'superseded', replacedBy: ['A:2020'] },
      { id: 'A:2027', title: 'a', date: '2027', family: 'A', status: 'draft' },
    ),
    NO_NAMES,
  );
  expect(families).toEqual([{ id: 'A', current: ['A:2020'], members: ['A:2010', 'A:2020', 'A:2027'] }]);
});

test('a standard in parts gets a record as a whole', () => {
  const { records } = assemble(
    data(
      {
        id: 'ISO/IEC 15408-1:2022',
        title: 'Evaluation criteria - Part 1: Introduction',
        core: true,
        topics: ['evaluation'],
      },
      { id: 'ISO/IEC 15408-2:2022', title: 'Evaluation criteria - Part 2: Components' },
      { id: 'ISO/IEC 15408-2:2008', title: 'Old', status: 'superseded', replacedBy: ['ISO/IEC 15408-2:2022'] },
    ),
    NO_NAMES,
  );
  expect(records.find((r) => r.id === 'ISO/IEC 15408')).toMatchObject({
    title: 'Evaluation criteria',
    status: 'current',
    members: ['ISO/IEC 15408-1:2022', 'ISO/IEC 15408-2:2022'],
    topics: ['evaluation'],
  });
});

test('a hand-made link may be written loosely', () => {
  const names = readNames(thing('L', "members: ['fips 140-3', ISO27001]"), 'n.yaml');
  const { records, faults } = assemble(
    data({ id: 'NIST FIPS 140-3', title: 't' }, { id: 'ISO/IEC 27001', title: 't' }),
    names,
  );
  expect(faults).toEqual([]);
  expect(records.find((r) => r.id === 'L')?.members).toEqual(['NIST FIPS 140-3', 'ISO/IEC 27001']);
});

describe('faults', () => {
  test.each<[string, object[], string, string]>([
    ['an id taken', [{ id: 'L', title: 't' }], thing('L', 'topics: []'), 'L: the id is taken by x'],
    [
      'a successor in no file',
      [{ id: 'A', title: 't', status: 'superseded', replacedBy: ['Z'] }],
      '',
      'A: replacedBy names Z, which is in no file',
    ],
    ['an edition in no file', [], thing('L', 'editions: [L 1]'), 'L: editions names L 1, which is in no file'],
    [
      'a circle',
      [
        { id: 'A', title: 't', status: 'superseded', replacedBy: ['B'] },
        { id: 'B', title: 't', status: 'superseded', replacedBy: ['A'] },
      ],
      '',
      'A: is replaced, in the end, by itself',
    ],
    [
      'low confidence that judges',
      [{ id: 'A', title: 't', status: 'withdrawn', confidence: 'low' }],
      '',
      'A: an entry of low confidence may not be called out of force: find a source, or say status: unknown',
    ],
    [
      'current and replaced at once',
      [{ id: 'A', title: 't' }],
      thing('L', 'replacedBy: [A]'),
      'L: is current and has replacedBy: say which of the two holds',
    ],
  ])('%s', (_, lines, yaml, message) => {
    expect(faultsOf(lines, yaml)).toContain(message);
  });

  test('a broken line, an unknown key and a bad header are named', () => {
    const file = readDataFile(`{"file":"x"}\n{"id":"A","title":"t","colour":"red"}\n{"id":`, 'x');
    expect(file.lines).toEqual([]);
    expect(file.faults.map((f) => f.message)).toEqual(
      expect.arrayContaining(['body is missing', 'unknown key colour', expect.stringContaining('JSON')]),
    );
  });
});
