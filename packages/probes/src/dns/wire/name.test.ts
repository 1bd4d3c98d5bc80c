import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from './format-error.ts';
import {
  commonAncestor,
  compareNames,
  countLabels,
  isBelow,
  isWithin,
  labelsOf,
  nameBelow,
  nameOf,
  nameToWire,
  parentOf,
  parseName,
  readLabels,
} from './name.ts';

describe('parseName', () => {
  it.each([
    ['Example.ORG.', 'example.org'],
    ['.', '.'],
    ['', '.'],
    ['a\\.b.c', 'a\\.b.c'],
    ['\\097.c', 'a.c'],
    ['\\000\\255.c', '\\000\\255.c'],
    ['_25._tcp.mail', '_25._tcp.mail'],
  ])('%s is %s', (text, name) => expect(parseName(text)).toBe(name));

  it.each(['a..b', '.a', 'a..', 'a\\', 'a\\256b', `${'x'.repeat(64)}.org`, 'ab.'.repeat(100), 'münchen.de'])(
    'refuses %s',
    (text) => expect(() => parseName(text)).toThrow(FormatError),
  );
});

/** Labels of any octets, within the lengths that a name can have. */
const labels = fc.array(
  fc.uint8Array({ minLength: 1, maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  { maxLength: 8 },
);
/** The same without letters, so that case does not come in. */
const plain = labels.map((list) => list.map((one) => one.toLowerCase().replace(/[^\0-\x7f]/g, '-')));

describe('any name', () => {
  it('comes back from its text and from the wire', () => {
    fc.assert(
      fc.property(plain, (list) => {
        const name = nameOf(list);
        expect(labelsOf(name)).toEqual(list);
        expect(parseName(name)).toBe(name);
        const read = readLabels(nameToWire(name), 0);
        expect([nameOf(read.labels), read.end]).toEqual([name, nameToWire(name).length]);
      }),
    );
  });

  it('is within its ancestors only, by labels and not by text', () => {
    fc.assert(
      fc.property(plain, plain, (top, rest) => {
        const [name, ancestor] = [nameOf([...top, ...rest]), nameOf(rest)];
        expect(isWithin(name, ancestor)).toBe(true);
        expect(isBelow(name, ancestor)).toBe(top.length > 0);
        expect(labelsOf(commonAncestor(name, ancestor))).toEqual(labelsOf(ancestor));
      }),
    );
    expect(isWithin('a\\.example', 'example')).toBe(false);
    expect(isWithin('badexample', 'example')).toBe(false);
    expect(parentOf('a\\.b.c')).toBe('c');
  });

  it('is ordered by its labels from the right, octet by octet (RFC 4034 section 6.1)', () => {
    fc.assert(
      fc.property(fc.array(labels, { minLength: 2, maxLength: 6 }), (lists) => {
        const names = lists.map(nameOf);
        const byOctets = (one: string, other: string): number => {
          const [a, b] = [labelsOf(one).reverse(), labelsOf(other).reverse()];
          for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
            const order = Buffer.compare(
              Buffer.from(a[at] as string, 'latin1'),
              Buffer.from(b[at] as string, 'latin1'),
            );
            if (order !== 0) return order;
          }
          return a.length - b.length;
        };
        expect([...names].sort(compareNames)).toEqual([...names].sort(byOctets));
      }),
    );
  });
});

it('orders the example of RFC 4034 section 6.1', () => {
  const order = [
    'example',
    'a.example',
    'yljkjljk.a.example',
    'z.a.example',
    'zabc.a.example',
    'z.example',
    '\\001.z.example',
    '*.z.example',
    '\\200.z.example',
  ];
  expect([...order].reverse().sort(compareNames)).toEqual(order);
});

it('counts labels as signatures do, and keeps names short enough', () => {
  expect([countLabels('.'), countLabels('*'), countLabels('*.a.b'), countLabels('a.*.b')]).toEqual([0, 0, 2, 3]);
  expect(nameBelow(['a'], 'b')).toBe('a.b');
  expect(nameBelow(['x'.repeat(63)], Array(4).fill('y'.repeat(60)).join('.'))).toBeNull();
});

describe('readLabels refuses', () => {
  it.each<[string, number[], number]>([
    ['a pointer to itself', [0xc0, 0], 0],
    ['a pointer forward', [0xc0, 4, 0, 0, 1, 97, 0], 0],
    ['two pointers in a circle', [1, 97, 0xc0, 4, 1, 98, 0xc0, 0], 4],
    ['a cut label', [5, 97, 98], 0],
    ['a cut pointer', [0xc0], 0],
    ['a reserved label type', [0x80, 0], 0],
    ['a name without end', [1, 97], 0],
    ['too long a name', [...Array(128).fill([1, 97]).flat(), 0], 0],
  ])('%s', (_, bytes, at) => expect(() => readLabels(Buffer.from(bytes), at)).toThrow(FormatError));
});
