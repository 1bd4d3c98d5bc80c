import { Zip } from '@proviso/documents';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markup } from './markup.ts';
import { collectZip, directoryEnd, safeName, type ZipFile, zipped } from './zip.ts';

describe('an archive', () => {
  const opened = (bytes: Uint8Array) => {
    const zip = new Zip(bytes, { maxInflatedBytes: 2 ** 28 });
    expect(zip.problems).toEqual([]);
    return zip.entries.map((entry) => [entry.name, Buffer.from(zip.read(entry)).toString('hex')]);
  };

  test('any files come back as they were, from a reader that checks sizes and sums', async () => {
    const file = fc.record({
      name: fc.stringMatching(/^[a-zé0-9]{1,20}(\/[a-z0-9]{1,20})?$/),
      content: fc.uint8Array({ maxLength: 5_000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(file, { selector: ({ name }) => name, maxLength: 6 }), async (files) => {
        fc.pre(files.length > 0);
        const bytes = await collectZip(files);
        expect(opened(new Uint8Array(bytes))).toEqual(
          files.map(({ name, content }) => [name, Buffer.from(content).toString('hex')]),
        );
      }),
      { numRuns: 30 },
    );
  });

  test('asks for a file when its turn comes, and breaks off where one fails', async () => {
    const asked: string[] = [];
    const file = (name: string, fails = false): ZipFile => ({
      name,
      content: async () => {
        asked.push(name);
        return (async function* () {
          yield Buffer.from('x');
          if (fails) throw new Error('the disk is gone');
        })();
      },
    });
    const read = async () => {
      for await (const _ of zipped([file('a'), file('b', true), file('c')]));
    };
    await expect(read()).rejects.toThrow('the disk is gone');
    expect(asked).toEqual(['a', 'b']);
  });

  test.each([
    [1, 100, 50, false],
    [0xfffe, 100, 50, false],
    [0xffff, 100, 50, true],
    [1, 100, 2 ** 32 - 1, true],
    [1, 2 ** 33, 2 ** 34, true],
  ])('of %i files, a directory of %i bytes at %i, says so', (count, size, start, wide) => {
    const end = directoryEnd(count, size, start);
    expect(end.length).toBe(wide ? 98 : 22);
    expect(end.readUInt32LE(end.length - 22)).toBe(0x06054b50);
    if (!wide) return expect(end.readUInt32LE(16)).toBe(start);
    expect([end.readUInt32LE(0), end.readBigUInt64LE(32), end.readBigUInt64LE(48)]).toEqual([
      0x06064b50,
      BigInt(count),
      BigInt(start),
    ]);
    expect([end.readUInt32LE(56), end.readBigUInt64LE(64)]).toEqual([0x07064b50, BigInt(start + size)]);
  });
});

test.each([
  ['../../etc/passwd', '_.._etc_passwd'],
  ['C:\\x\\y.exe', 'C__x_y.exe'],
  ['a\u0000b\u202e', 'ab'],
  ['  .hidden. ', 'hidden'],
  ['nul.txt', 'file'],
  ['..', 'file'],
  ['', 'file'],
  ['Überblick 2026.pdf', 'Überblick 2026.pdf'],
])('the name %j is %j in an archive', (name, safe) => expect(safeName(name, 'file')).toBe(safe));

test('markup has nothing left that a reader of XML or HTML takes for its own', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expect(markup(text)).not.toMatch(/[<>"']|(?![\t\n\r])\p{Cc}|[\ufffe\uffff]|\p{Cs}/u);
    }),
  );
  expect(markup(`<a href="x" title='y'>&amp;`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;');
});
