import { describe, expect, it } from 'vitest';
import { apart, outline, presentation, readWith, shape } from '../testing/office-files.ts';
import { reader } from './pptx.ts';

const TABLE =
  '<p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>a</a:t></a:r></a:p></a:txBody></a:tc><a:tc hMerge="1"><a:txBody><a:p/></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>b</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>';
const sized = (text: string, size: number): string =>
  `<p:sp><p:txBody><a:p><a:r><a:rPr sz="${size}"/><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp>`;

describe('pptx', () => {
  it('reads slides in their order: title first, then text, tables and notes', async () => {
    const document = await readWith(
      reader,
      presentation([
        {
          shapes: shape(['first', 'second'], 'body') + shape(['Security'], 'title'),
          notes: shape(['Say this.'], 'body') + shape(['7'], 'sldNum'),
        },
        { shapes: shape(['Table'], 'ctrTitle') + TABLE + shape(['© City'], 'ftr') },
      ]),
    );
    expect(outline(document)).toEqual([
      'heading1 Security',
      'item first',
      'item second',
      'footnote Say this.',
      'heading1 Table',
      'row a | b',
    ]);
    expect(document.blocks.map((block) => block.page)).toEqual([1, 1, 1, 1, 2, 2]);
    expect(apart(document)).toEqual(['footer © City']);
    expect(document.title).toBe('Security');
    expect(document.pages).toBe(2);
  });

  it('keeps hidden slides apart', async () => {
    const document = await readWith(
      reader,
      presentation([{ shapes: shape(['shown']) }, { shapes: shape(['unseen']) + TABLE, hidden: true }]),
    );
    expect(outline(document)).toEqual(['paragraph shown']);
    expect(apart(document)).toEqual(['hidden unseen', 'hidden a | b']);
  });

  it('takes a short text much larger than the rest for the title', async () => {
    const document = await readWith(
      reader,
      presentation([{ shapes: sized('The body of it', 1400) + sized('Overview', 2600) }]),
    );
    expect(outline(document)).toEqual(['heading1 Overview', 'paragraph The body of it']);
  });

  it('keeps what is typed on most slides apart', async () => {
    const slides = [1, 2, 3, 4].map((number) => ({ shapes: shape(['City of Delft']) + shape([`Slide ${number}`]) }));
    const document = await readWith(reader, presentation(slides));
    expect(outline(document)).toEqual([1, 2, 3, 4].map((number) => `paragraph Slide ${number}`));
    expect(apart(document)).toEqual(['footer City of Delft']);
  });
});
