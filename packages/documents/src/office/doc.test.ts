import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import WordExtractor from 'word-extractor';
import { UnreadableError } from '../reader.ts';
import { apart, outline, readWith } from '../testing/office-files.ts';
import { reader } from './doc.ts';

const extracted = { body: '', failure: '' };
type Extracted = Awaited<ReturnType<WordExtractor['extract']>>;

beforeEach(() => {
  vi.spyOn(WordExtractor.prototype, 'extract').mockImplementation(async () => {
    if (extracted.failure !== '') throw new Error(extracted.failure);
    return {
      getBody: () => extracted.body,
      getTextboxes: () => 'Boxed\n',
      getFootnotes: () => 'Of 2022.\n',
      getEndnotes: () => '',
      getHeaders: () => 'City\n',
      getFooters: () => '',
      getAnnotations: () => 'Why?\n',
    } as Extracted;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('doc', () => {
  it('tells rows by the tab at their end and headings by their number', async () => {
    extracted.body =
      '1.1\tAccess control\nUsers log in.\nA\tB\t\n• point\nFrom:\tCity\n\n1.2.3 The supplier shall encrypt.\nAlone\t\n';
    const document = await readWith(reader, new Uint8Array(8));
    expect(outline(document)).toEqual([
      'heading2 [1.1] 1.1\tAccess control',
      'paragraph Users log in.',
      'row A | B',
      'item • point',
      'paragraph From:\tCity',
      'paragraph [1.2.3] 1.2.3 The supplier shall encrypt.',
      'paragraph Alone',
      'paragraph Boxed',
      'footnote Of 2022.',
    ]);
    expect(apart(document)).toEqual(['header City', 'comment Why?']);
  });

  it('knows an encrypted file by the header of its text', async () => {
    const bytes = Buffer.alloc(2048);
    bytes.writeUInt16LE(0xa5ec, 1024);
    bytes.writeUInt16LE(0xc1, 1026);
    bytes.writeUInt16LE(0x0100, 1034);
    await expect(readWith(reader, bytes)).rejects.toMatchObject({ problem: { code: 'encrypted' } });
  });

  it.each([
    ['Unsupported: document is encrypted', 'encrypted'],
    ['Invalid Short Sector Allocation Table', 'corrupt'],
  ])('turns "%s" into a problem', async (failure, code) => {
    extracted.failure = failure;
    const refused = readWith(reader, new Uint8Array(8));
    await expect(refused).rejects.toThrow(UnreadableError);
    await expect(refused).rejects.toMatchObject({ problem: { code } });
  });
});
