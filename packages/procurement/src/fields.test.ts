import { describe, expect, test } from 'vitest';
import { line, reason, words } from './fields.ts';
import { contentsOf } from './purchase/contents.ts';
import { HASH, published } from './testing/story.ts';

const NUL = 'a\u0000b';
const HALF = 'a\ud800b';

describe('text', () => {
  test.each([
    ['NUL', NUL, false],
    ['half a character', HALF, false],
    ['an escape', 'a\u001b[31mb', false],
    ['a line end of 1973', 'a\u0085b', false],
    ['a whole pair', 'a\u{1f600}b', true],
    ['accents and hyphens', 'é – “à”', true],
  ])('with %s', (_, text, taken) => {
    for (const field of [line, reason, words]) expect(field.safeParse(text).success).toBe(taken);
  });

  test('line ends and tabs where there are lines, and one kind of them', () => {
    expect(words.parse('a\r\nb\rc\td')).toBe('a\nb\nc\td');
    expect(line.safeParse('a\nb').success).toBe(false);
  });

  test('is refused in a command, with its place', () => {
    const story = published();
    for (const text of [NUL, HALF])
      expect(story.tries('acme', 'question.ask', { id: 'q1', text })).toMatchObject({
        code: 'bad-input',
        where: 'text',
      });
    expect(story.purchase.questions).toEqual([]);
  });
});

test('what a supplier wrote never keeps the offers from being opened', () => {
  const question = {
    requirement: 'AAA-01',
    part: 'deviation' as const,
    type: 'text' as const,
    label: '',
    help: null,
    choices: null,
    unit: null,
    visible: null,
    required: false,
    version: '1',
  };
  const form = {
    schema: 'proviso.form/1' as const,
    title: '',
    reference: null,
    buyer: null,
    language: 'en',
    demand: HASH,
    edition: '1',
    sections: [],
    requirements: [],
    questions: [{ ...question, id: 'AAA-01.deviation' }],
  };
  const said = (text: string) =>
    contentsOf(form as never, { 'AAA-01.deviation': text }, new Map(), HASH).deviations.map((one) => one.text);
  expect(said(NUL)).toEqual(['a\ufffdb']);
  expect(said(HALF)).toEqual(['a\ufffdb']);
  expect(said('a\r\nb')).toEqual(['a\nb']);
  expect(said(' \n ')).toEqual([]);
  for (const text of [NUL, HALF, `${'x'.repeat(9_999)}\ud83d`])
    for (const one of said(text)) expect(words.safeParse(one).success).toBe(true);
});
