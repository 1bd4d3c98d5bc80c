import { describe, expect, it } from 'vitest';
import { fingerprintsOf } from './fingerprint.ts';
import { ignoreOf, ignoresIn } from './ignores.ts';

describe('ignoresIn', () => {
  it.each([
    [
      '<!-- proviso-ignore tender/no-exit: the data stay with us -->',
      [{ rule: 'tender/no-exit', words: '', reason: 'the data stay with us' }],
    ],
    [
      'proviso-ignore security/vague "appropriate measures": defined in Annex 2',
      [{ rule: 'security/vague', words: 'appropriate measures', reason: 'defined in Annex 2' }],
    ],
    ['proviso-ignore *: a draft for training', [{ rule: '*', words: '', reason: 'a draft for training' }]],
    ['nothing here', []],
  ])('%s', (text, expected) => {
    expect(ignoresIn([text]).ignores).toEqual(expected);
  });

  it('takes no mark without a reason, and says so', () => {
    expect(ignoresIn(['proviso-ignore tender/no-exit', 'proviso-ignore tender/brand:  '])).toEqual({
      ignores: [],
      withoutReason: ['tender/no-exit', 'tender/brand'],
    });
  });
});

describe('ignoreOf', () => {
  const ignores = ignoresIn(['proviso-ignore security/vague "state of the art": agreed']).ignores;
  it.each([
    [{ rule: 'security/vague', text: 'State of the art' }, true],
    [{ rule: 'security/vague', text: 'appropriate' }, false],
    [{ rule: 'tender/brand', text: 'state of the art' }, false],
  ])('%j: %s', (finding, expected) => {
    expect(ignoreOf(finding, ignores) !== undefined).toBe(expected);
  });
});

describe('fingerprintsOf', () => {
  const finding = {
    rule: 'a/b',
    level: 'note' as const,
    message: 'm',
    fix: null,
    text: 'Some words',
    page: 1,
    section: '3 › Security',
    start: 10,
    end: 20,
  };

  it('does not change when the text moves, or its number or blanks change', () => {
    const [before] = fingerprintsOf([finding]);
    expect(
      fingerprintsOf([{ ...finding, start: 500, end: 510, page: 9, text: 'Some  words', section: '4 › Security' }]),
    ).toEqual([before]);
  });

  it('tells different words, rules and repeated findings apart', () => {
    const all = fingerprintsOf([finding, finding, { ...finding, rule: 'a/c' }, { ...finding, text: 'Other' }]);
    expect(new Set(all).size).toBe(4);
  });
});
