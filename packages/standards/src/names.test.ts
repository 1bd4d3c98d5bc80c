import { describe, expect, test } from 'vitest';
import { addTo, readNames } from './names.ts';

const THING = `
- id: BIO2
  name: Baseline Informatiebeveiliging Overheid 2
  body: Ministerie van BZK
  country: NL
  kind: baseline
  core: true
  date: '2025-09'
  status: current
  family: BIO
  names: { '*': [BIO2], nl: [Baseline Informatiebeveiliging Overheid 2] }
  source: https://www.bio-overheid.nl/
  confidence: high
`;

test('an entry is read, and what it leaves out is empty', () => {
  const { things, faults } = readNames(THING, 'nl.yaml');
  expect(faults).toEqual([]);
  expect(things).toHaveLength(1);
  expect(things[0]).toMatchObject({ id: 'BIO2', file: 'nl.yaml', needs: [], gated: [], members: [], list: false });
});

test('a bare year is a date', () => {
  expect(readNames(THING.replace("'2025-09'", '2025'), 'nl.yaml').things[0]?.date).toBe('2025');
});

test('a series is read with its known members', () => {
  const { series, faults } = readNames(
    `
- series: OMB memorandum
  pattern: 'M-(\\d{2})-(\\d{2})'
  id: 'OMB M-$1-$2'
  title: 'OMB Memorandum M-$1-$2'
  body: Office of Management and Budget
  kind: guideline
  core: true
  known:
    OMB M-22-18: { status: withdrawn, replacedBy: [OMB M-26-05] }
  source: https://www.whitehouse.gov/
  confidence: medium
`,
    'us.yaml',
  );
  expect(faults).toEqual([]);
  expect(series[0]?.known['OMB M-22-18']).toMatchObject({ status: 'withdrawn', replaces: [] });
});

describe('faults name the file, the entry and what to do', () => {
  test.each([
    ['an unknown key', `${THING}  colour: red\n`, 'unknown key colour'],
    ['a missing field', THING.replace('  kind: baseline\n', ''), 'kind is missing'],
    ['a word outside the list', THING.replace('status: current', 'status: fine'), 'status must be one of'],
    ['an impossible month', THING.replace('2025-09', '2025-13'), 'date must be a date'],
    [
      'a source that cannot be opened',
      THING.replace('https://www.bio-overheid.nl/', 'own knowledge'),
      'source must be',
    ],
    ['a number for a name', THING.replace('[BIO2]', '[42]'), 'names must map'],
    ['a country in small letters', THING.replace('country: NL', 'country: nl'), 'country must be'],
  ])('%s', (_, text, message) => {
    const { things, faults } = readNames(text, 'nl.yaml');
    expect(things).toEqual([]);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ file: 'nl.yaml', entry: 'BIO2' });
    expect(faults[0]?.message).toContain(message);
  });

  test.each([
    ['broken YAML', '- id: [', 'file'],
    ['a mapping instead of a list', 'id: x', 'list of entries'],
    ['a text as an entry', '- just words', 'mapping'],
    [
      'a pattern that is no expression',
      "- { series: S, pattern: '(', id: a, title: a, body: b, kind: law, core: true, source: 'https://a.b', confidence: low }",
      'regular expression',
    ],
    [
      'a pattern that matches nothing at all',
      "- { series: S, pattern: 'a*', id: a, title: a, body: b, kind: law, core: true, source: 'https://a.b', confidence: low }",
      'empty',
    ],
  ])('%s', (_, text) => {
    const { things, series, faults } = readNames(text, 'x.yaml');
    expect([...things, ...series]).toEqual([]);
    expect(faults).toHaveLength(1);
  });
});

describe('an addition', () => {
  const add = (text: string) => {
    const { things, additions, faults } = readNames(`${THING}${text}`, 'nl.yaml');
    expect(faults).toEqual([]);
    const thing = things[0];
    for (const addition of additions) if (thing) addTo(thing, addition);
    return thing;
  };
  const MORE = "- { extends: BIO2, names: { fr: [BIO 2], nl: [BIO2, BIO versie 2] }, source: 'https://a.b'";

  test('gives further names, once each', () => {
    expect(add(`${MORE} }`)?.names).toEqual({
      '*': ['BIO2'],
      nl: ['Baseline Informatiebeveiliging Overheid 2', 'BIO2', 'BIO versie 2'],
      fr: ['BIO 2'],
    });
  });

  test('with a gate gates its own names only', () => {
    expect(add(`${MORE}, needs: [overheid], gated: [BIO 2] }`)).toMatchObject({
      gated: ['BIO 2'],
      needs: ['overheid'],
    });
  });
});
