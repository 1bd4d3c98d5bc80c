import { describe, expect, it } from 'vitest';
import { offerFormOf } from '../../form-of-file.ts';
import { ANSWERS, askingDemand } from '../../testing/asking-demand.ts';
import { answerSheets } from './answer-sheet.ts';
import { type Draft, draftFrom, EMPTY, isEmpty, keptText } from './draft.ts';
import { standingOf } from './standing.ts';

const form = offerFormOf(askingDemand(), 'en');
const draft: Draft = {
  supplier: 'We',
  values: { 'AA-01': 'not', 'AA-01.deviation': 'Soon', 'AA-02': false },
  name: 'Ada',
  role: 'sales',
  earlier: { 'AA-02': { kind: 'taken', was: false } },
};

describe('a draft that the browser keeps', () => {
  it('comes back as it was', () => expect(draftFrom(keptText(form, draft), form)).toEqual(draft));

  it.each([
    null,
    '',
    'null',
    '[]',
    '{"file":',
    '{"file":{"schema":"proviso.answers/1"}}',
    keptText({ ...form, demand: 'another' }, draft),
    keptText(form, { ...draft, values: { 'AA-01': {} as never } }),
  ])('is left where it is not one of this form: %.40j', (text) => expect(draftFrom(text, form)).toBeNull());

  it('loses what does not belong in it', () => {
    const kept = JSON.parse(keptText(form, { ...draft, values: { ...draft.values, 'ZZ-01': 'x' } }));
    const odd = {
      ...kept,
      name: 7,
      role: null,
      earlier: { 'AA-01': null, 'AA-02': { kind: 'bad', was: 1 }, 'AA-03': { kind: 'taken', was: {} } },
    };
    expect(draftFrom(JSON.stringify(odd), form)).toEqual({ ...draft, name: '', role: '', earlier: {} });
  });
});

describe('an empty draft', () => {
  it.each([
    [EMPTY, true],
    [{ ...EMPTY, values: { 'AA-01': null, 'AA-02': '' } }, true],
    [{ ...EMPTY, values: { 'AA-02': false } }, false],
    [{ ...EMPTY, supplier: 'We' }, false],
  ])('%j', (one, empty) => expect(isEmpty(one)).toBe(empty));
});

describe('how far an offer has come', () => {
  it.each([
    [{}, []],
    [{ 'AA-01': 'well' }, ['AA-01']],
    [{ 'AA-01': 'not' }, []],
    [{ 'AA-01': 'not', 'AA-01.deviation': 'Soon' }, ['AA-01']],
    [{ 'AA-03': 'ten' }, []],
    [ANSWERS, ['AA-01', 'AA-02', 'AA-03', 'BB-01', 'BB-02']],
  ])('%j', (values, done) => expect([...standingOf(form, values).done]).toEqual(done));
});

describe('the answers as sheets', () => {
  const say = (id: string): string => id;
  it('have a row for each requirement, with what counts only', () => {
    const values = {
      'AA-01': 'well',
      'AA-01.deviation': 'not shown',
      'AA-02': false,
      'AA-02.deviation': '=Later',
      'AA-03': 7,
      'BB-01': 'soon',
    };
    const [answers] = answerSheets(form, 'We', values, null, say);
    const [head, ...rows] = answers?.rows ?? [];
    expect(head).toHaveLength(9);
    expect(rows.map((row) => [row[0], ...row.slice(5, 8)])).toEqual([
      ['AA-01', 'Very well', '', ''],
      ['AA-02', 'no', '=Later', ''],
      ['AA-03', 7, '', ''],
      ['BB-01', '', '', ''],
      ['BB-02', '', '', ''],
    ]);
    expect(rows[2]?.[4]).toBe('In how many days? (days)');
  });

  it('say whose they are and whether they are signed', () => {
    const declaration = { name: 'Ada', role: 'sales', date: '2026-11-26', hash: 'abc' };
    const about = (one: typeof declaration | null): unknown =>
      Object.fromEntries(answerSheets(form, 'We', {}, one, say)[1]?.rows as [string, string][]);
    expect(about(null)).toMatchObject({ supplier: 'We', demand: form.demand, 'signed-by': 'not-signed', hash: '' });
    expect(about(declaration)).toMatchObject({ 'signed-by': 'Ada, sales', date: '2026-11-26', hash: 'abc' });
  });
});
