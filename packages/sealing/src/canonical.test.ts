import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalHash, canonicalJson } from './canonical.ts';

// The sorting example of RFC 8785 section 3.2.3 and the number samples of its appendix B.
test('names are sorted by UTF-16 code units', () => {
  const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
  const order = [...canonicalJson(value).matchAll(/:(\d)/g)].map(([, digit]) => Number(digit));
  expect(order).toEqual([2, 4, 6, 7, 1, 5, 3]);
});

test.each([
  [-0, '0'],
  [5e-324, '5e-324'],
  [1.7976931348623157e308, '1.7976931348623157e+308'],
  [9007199254740992, '9007199254740992'],
  [295147905179352830000, '295147905179352830000'],
  [1e21, '1e+21'],
  [999999999999999700000, '999999999999999700000'],
  [9.999999999999997e22, '9.999999999999997e+22'],
  [333333333.33333325, '333333333.33333325'],
  [0.000001, '0.000001'],
  [1e-7, '1e-7'],
])('%s is written %s', (number, text) => {
  expect(canonicalJson(number)).toBe(text);
});

test('texts are escaped as little as they may be', () => {
  expect(canonicalJson('\u20ac$\u000f\nA\'B"\\\\"/\u2028')).toBe('"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u2028"');
});

test.each([
  ['undefined', { a: undefined }],
  ['a hole in a list', new Array(2)],
  ['no number', { a: Number.NaN }],
  ['no end', [Number.POSITIVE_INFINITY]],
  ['a date', { at: new Date(0) }],
  ['a map', new Map([['a', 1]])],
  ['a big integer', 1n],
  ['a function', { toJSON: () => 'x' }],
  ['half a pair', '\ud800'],
  ['half a pair in a name', { '\udc00': 1 }],
])('%s is refused', (_, value) => {
  expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: 'not-json' }));
});

test('what went wrong is said with its place', () => {
  expect(() => canonicalJson({ values: { 'GOV-01': [1, undefined] } })).toThrow('".values.GOV-01[1]"');
});

test('it reads back as it was and is the same for every order of names', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      fc.pre(JSON.stringify(value).isWellFormed() && !/\\ud[89a-f]/.test(JSON.stringify(value)));
      const text = canonicalJson(value);
      expect(canonicalJson(JSON.parse(text))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
  expect(canonicalHash({ a: 1, b: [{ d: 1, c: 2 }] })).toBe(canonicalHash({ b: [{ c: 2, d: 1 }], a: 1 }));
});
