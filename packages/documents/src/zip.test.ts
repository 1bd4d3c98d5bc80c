import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, UnreadableError } from './reader.ts';
import type { ZipPart } from './testing/zip-writer.ts';
import { writeZip } from './testing/zip-writer.ts';
import type { ZipEntry } from './zip.ts';
import { Zip } from './zip.ts';

const LIMITS = DEFAULT_LIMITS;
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function entryOf(zip: Zip, name: string): ZipEntry {
  const entry = zip.get(name);
  if (!entry) throw new Error(`no ${name}`);
  return entry;
}

async function streamed(zip: Zip, entry: ZipEntry): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of zip.stream(entry)) pieces.push(piece);
  return Buffer.concat(pieces);
}

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof UnreadableError) return error.problem.code;
    throw error;
  }
  return 'read';
}

describe('Zip', () => {
  it('gives back what was packed', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,12}$/), fc.uint8Array({ maxLength: 500 }), { minKeys: 1 }),
        (files) => {
          const zip = new Zip(writeZip(files), LIMITS);
          expect(zip.entries.map((entry) => entry.name)).toEqual(Object.keys(files));
          for (const [name, data] of Object.entries(files))
            expect([...zip.read(entryOf(zip, name))]).toEqual([...data]);
        },
      ),
    );
  });

  it('finds names without regard to case, leading slash or backslash', () => {
    const zip = new Zip(writeZip({ 'Word\\Document.xml': 'x' }), LIMITS);
    expect(zip.get('/word/document.xml')?.name).toBe('Word/Document.xml');
  });

  it('reads an archive that has bytes before it', () => {
    const plain = writeZip({ a: 'hello' });
    const zip = new Zip(Buffer.concat([Buffer.from('#!/bin/sh\n'), plain]), LIMITS);
    expect(text(zip.read(entryOf(zip, 'a')))).toBe('hello');
  });

  it('reads zip64: sizes, offset and counts in their long forms', () => {
    const plain = Buffer.from(writeZip([{ name: 'a', data: 'hello', deflate: false }]));
    const local = plain.subarray(0, 30 + 1 + 5);
    const central = Buffer.from(plain.subarray(local.length, local.length + 47));
    central.writeUInt16LE(28, 30);
    central.fill(0xff, 20, 28);
    central.fill(0xff, 42, 46);
    const long = Buffer.alloc(28);
    long.writeUInt16LE(1, 0);
    long.writeUInt16LE(24, 2);
    long.writeBigUInt64LE(5n, 4);
    long.writeBigUInt64LE(5n, 12);
    const end64 = Buffer.alloc(56);
    end64.writeUInt32LE(0x06064b50, 0);
    end64.writeBigUInt64LE(1n, 32);
    end64.writeBigUInt64LE(BigInt(central.length + long.length), 40);
    end64.writeBigUInt64LE(BigInt(local.length), 48);
    const locator = Buffer.alloc(20);
    locator.writeUInt32LE(0x07064b50, 0);
    locator.writeBigUInt64LE(BigInt(local.length + central.length + long.length), 8);
    const end = Buffer.alloc(22, 0xff);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt32LE(0, 4);
    end.writeUInt16LE(0, 20);
    const zip = new Zip(Buffer.concat([local, central, long, end64, locator, end]), LIMITS);
    expect(zip.problems).toEqual([]);
    expect(text(zip.read(entryOf(zip, 'a')))).toBe('hello');
  });

  it('streams large parts in pieces and checks them', async () => {
    const big = 'proviso '.repeat(1_000_000);
    const zip = new Zip(writeZip({ a: big }), LIMITS);
    expect(text(await streamed(zip, entryOf(zip, 'a')))).toBe(big);
    expect(zip.remaining).toBe(LIMITS.maxInflatedBytes - big.length);
  });

  const hostile: [string, ZipPart, string][] = [
    ['declares less than it holds', { name: 'a', data: 'x'.repeat(1e6), claim: { size: 10 } }, 'corrupt'],
    ['declares more than it holds', { name: 'a', data: 'x', claim: { size: 10 } }, 'corrupt'],
    ['wrong checksum', { name: 'a', data: 'x', claim: { crc: 1 } }, 'corrupt'],
    ['encrypted', { name: 'a', data: 'x', claim: { flags: 1 } }, 'encrypted'],
    ['other method', { name: 'a', data: 'x', claim: { method: 12 } }, 'unsupported'],
    ['data past the end', { name: 'a', data: 'x', claim: { compressedSize: 9e6 } }, 'corrupt'],
    ['offset past the end', { name: 'a', data: 'x', claim: { offset: 9e6 } }, 'corrupt'],
    ['stored as deflated', { name: 'a', data: 'not deflate', deflate: false, claim: { method: 8 } }, 'corrupt'],
    ['a bomb', { name: 'a', data: new Uint8Array(5e6) }, 'too-large'],
    ['a bomb that is stored', { name: 'a', data: new Uint8Array(5e6), deflate: false }, 'too-large'],
  ];
  it.each(hostile)('refuses an entry that is hostile: %s', async (_, part, code) => {
    const limits = { maxInflatedBytes: 4e6 };
    expect(
      codeOf(() => {
        const zip = new Zip(writeZip([part]), limits);
        zip.read(entryOf(zip, 'a'));
      }),
    ).toBe(code);
  });

  it('refuses a streamed bomb and a streamed lie', async () => {
    const bytes = writeZip([{ name: 'a', data: new Uint8Array(20e6), claim: { size: 6e6 } }]);
    const zip = new Zip(bytes, LIMITS);
    await expect(streamed(zip, entryOf(zip, 'a'))).rejects.toThrow(UnreadableError);
    const small = new Zip(writeZip({ a: new Uint8Array(20e6) }), { maxInflatedBytes: 10e6 });
    await expect(streamed(small, entryOf(small, 'a'))).rejects.toThrow(UnreadableError);
  });

  it('refuses entries that share their data', () => {
    const kernel = { name: 'a', data: new Uint8Array(1000) };
    const zip = new Zip(writeZip([kernel, { name: 'a', data: new Uint8Array(1000), claim: { offset: 0 } }]), LIMITS);
    for (const entry of zip.entries) expect(codeOf(() => zip.read(entry))).toBe('corrupt');
  });

  it('counts all reads against one budget', () => {
    const zip = new Zip(writeZip({ a: new Uint8Array(600), b: new Uint8Array(600) }), { maxInflatedBytes: 1000 });
    expect(zip.read(entryOf(zip, 'a')).length).toBe(600);
    expect(codeOf(() => zip.read(entryOf(zip, 'b')))).toBe('too-large');
  });

  it('recovers what stands before a break and says so', async () => {
    const filler = Array.from({ length: 4000 }, (_, index) => `line ${index * 7919}`).join('\n');
    const whole = writeZip({ first: 'kept', second: filler });
    const zip = new Zip(whole.subarray(0, Math.floor(whole.length * 0.6)), LIMITS);
    expect(zip.problems[0]?.code).toBe('truncated');
    expect(text(zip.read(entryOf(zip, 'first')))).toBe('kept');
    const half = text(await streamed(zip, entryOf(zip, 'second')));
    expect(half.length).toBeGreaterThan(1000);
    expect(filler.startsWith(half)).toBe(true);
  });

  it('refuses to choose between two files of one name, and reads the others', () => {
    const bytes = writeZip([
      { name: 'a.txt', data: 'what one program shows' },
      { name: 'a.txt', data: 'what another shows' },
      { name: 'A.txt', data: 'other' },
    ]);
    const zip = new Zip(bytes, LIMITS);
    expect(zip.entries.map((entry) => codeOf(() => zip.read(entry)))).toEqual(['corrupt', 'corrupt', 'read']);
  });

  it('counts what is inflated anew for each opening, though the directory is looked through once', () => {
    const bytes = writeZip({ a: 'x'.repeat(600) });
    const limits = { maxInflatedBytes: 1000 };
    for (let opening = 0; opening < 3; opening++) {
      const zip = new Zip(bytes, limits);
      expect(zip.read(zip.get('a') as ZipEntry).length).toBe(600);
    }
  });

  it.each([
    ['nothing', new Uint8Array(0), 'corrupt'],
    ['noise', new Uint8Array(500).fill(0x50), 'corrupt'],
    ['no files', writeZip({}), 'empty'],
  ])('refuses what is no archive: %s', (_, bytes, code) => {
    expect(codeOf(() => new Zip(bytes, LIMITS))).toBe(code);
  });

  it('never fails in any other way, whatever bytes it is given', () => {
    const base = writeZip({ 'word/document.xml': 'some text '.repeat(20), b: 'x' });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(base.length - 1), fc.nat(255)), { maxLength: 6 }),
        fc.nat(base.length),
        (edits, cut) => {
          const bytes = base.slice(0, base.length - (cut % 7 === 0 ? cut : 0));
          for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value;
          codeOf(() => {
            const zip = new Zip(bytes, LIMITS);
            for (const entry of zip.entries) codeOf(() => zip.read(entry));
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});
