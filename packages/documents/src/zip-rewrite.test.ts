import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from './reader.ts';
import { writeZip } from './testing/zip-writer.ts';
import { Zip } from './zip.ts';
import { rewriteZip } from './zip-rewrite.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const ORIGINAL = writeZip([
  { name: 'a.xml', data: 'first' },
  { name: 'b.bin', data: 'second', deflate: false },
  { name: 'c.xml', data: 'third' },
]);

function contents(archive: Uint8Array): Record<string, string> {
  const zip = new Zip(archive, DEFAULT_LIMITS);
  return Object.fromEntries(zip.entries.map((entry) => [entry.name, new TextDecoder().decode(zip.read(entry))]));
}

describe('rewriteZip', () => {
  it('changes, adds and takes out what is asked, and keeps the order', () => {
    const out = rewriteZip(
      ORIGINAL,
      new Map([
        ['b.bin', bytes('new')],
        ['a.xml', null],
        ['d.xml', bytes('added')],
      ]),
    );
    expect(Object.entries(contents(out))).toEqual([
      ['b.bin', 'new'],
      ['c.xml', 'third'],
      ['d.xml', 'added'],
    ]);
  });

  it('gives back the same bytes when nothing changes', () => {
    expect(rewriteZip(ORIGINAL, new Map())).toEqual(ORIGINAL);
  });

  it('leaves a Node buffer as it was, and gives the same from it', () => {
    const buffer = Buffer.from(ORIGINAL);
    const change = new Map([['a.xml', bytes('new')]]);
    expect(rewriteZip(buffer, change)).toEqual(rewriteZip(ORIGINAL, change));
    expect(new Uint8Array(buffer)).toEqual(ORIGINAL);
  });

  it('keeps the packed bytes of what is not changed', () => {
    const out = rewriteZip(ORIGINAL, new Map([['a.xml', bytes('longer than before')]]));
    const tail = ORIGINAL.subarray(ORIGINAL.length - 22 - 3 * 51, ORIGINAL.length);
    expect(tail.length).toBeGreaterThan(0);
    const zip = new Zip(out, DEFAULT_LIMITS);
    const old = new Zip(ORIGINAL, DEFAULT_LIMITS);
    for (const name of ['b.bin', 'c.xml']) {
      const [now, then] = [zip.get(name), old.get(name)];
      const slice = (from: Uint8Array, entry: typeof now): Uint8Array =>
        from.slice(entry?.offset, (entry?.offset ?? 0) + 30 + name.length + (entry?.compressedSize ?? 0));
      expect(slice(out, now)).toEqual(slice(ORIGINAL, then));
    }
  });

  it.each([
    ['a truncated archive', ORIGINAL.subarray(0, 60)],
    ['no archive', bytes('hello')],
    ['nothing', new Uint8Array(0)],
  ])('refuses %s', (_, archive) => {
    expect(() => rewriteZip(archive, new Map())).toThrow(/save it/);
  });
});
