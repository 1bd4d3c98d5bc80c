import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ContainerError, packContainer, unpackContainer } from './container.ts';

test('every section comes back as it went in', () => {
  fc.assert(
    fc.property(
      fc.uint8Array(),
      fc.uint16Array(),
      fc.uint32Array(),
      fc.int32Array(),
      fc.float64Array(),
      fc.string({ unit: 'grapheme' }),
      (a, b, c, d, e, text) => {
        const box = unpackContainer(packContainer({ a, text, b, c, d, e }));
        expect(box.u8('a')).toEqual(a);
        expect(box.u16('b')).toEqual(b);
        expect(box.u32('c')).toEqual(c);
        expect(box.i32('d')).toEqual(d);
        expect(box.f64('e')).toEqual(e);
        expect(box.text('text')).toBe(text);
        expect(box.names()).toEqual(['a', 'text', 'b', 'c', 'd', 'e']);
      },
    ),
  );
});

test('a buffer that starts off the eight-byte grid is read all the same', () => {
  const packed = packContainer({ a: new Float64Array([1.5, -2]) });
  const shifted = new Uint8Array(packed.length + 3);
  shifted.set(packed, 3);
  expect(unpackContainer(shifted.subarray(3)).f64('a')).toEqual(new Float64Array([1.5, -2]));
});

test.each([
  ['nothing', new Uint8Array(0)],
  ['other bytes', new Uint8Array(64).fill(7)],
  ['a cut file', packContainer({ a: 'text' }).subarray(0, 20)],
])('%s is refused', (_, bytes) => {
  expect(() => unpackContainer(bytes)).toThrow(ContainerError);
});

test('a missing section and a section of another type are refused by name', () => {
  const box = unpackContainer(packContainer({ a: new Uint8Array(4) }));
  expect(() => box.u8('b')).toThrow('b');
  expect(() => box.u32('a')).toThrow('a is u8, not u32');
});
