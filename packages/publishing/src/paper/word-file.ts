import {
  AlignmentType,
  Document,
  Footer,
  type IStylesOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  TextRun,
} from 'docx';
import { say, wordsOf } from '../messages.ts';
import type { Paper } from './blocks.ts';
import { PROOFING } from './locale.ts';
import { FONT, INK, LOOKS, NUMBERING } from './look.ts';
import { shortened, typeset } from './printable.ts';
import { settled } from './settled.ts';
import { PAGE_WIDTH, wordBlocks } from './word-blocks.ts';

/** A paper as a Word file: A4, real headings, header rows that repeat, page numbers, its language set. The same paper, the same bytes. */
export async function wordFile(paper: Paper): Promise<Uint8Array> {
  const document = new Document({
    title: typeset(paper.title, paper.language),
    creator: 'Proviso',
    lastModifiedBy: 'Proviso',
    styles: stylesFor(PROOFING[paper.language]),
    numbering: NUMBERING,
    sections: [
      {
        properties: {
          page: {
            size: { width: 11906, height: 16838 },
            margin: { top: 1134, bottom: 1134, left: 1134, right: 1134, footer: 567 },
          },
        },
        footers: { default: footer(paper) },
        children: wordBlocks(paper.blocks, { styles: 'ours', language: paper.language }),
      },
    ],
  });
  return settled(new Uint8Array(await Packer.toBuffer(document)), {
    date: paper.date,
    language: PROOFING[paper.language],
  });
}

function footer({ footer: words, language }: Paper): Footer {
  const [before = '', between = ''] = say(wordsOf('paper', language), 'page', { page: '\n', pages: '\n' }).split('\n');
  return new Footer({
    children: [
      new Paragraph({
        style: 'Footer',
        children: [
          new TextRun(typeset(shortened(words, 80), language)),
          new TextRun({ children: ['\t', before, PageNumber.CURRENT, between, PageNumber.TOTAL_PAGES] }),
        ],
      }),
    ],
  });
}

function stylesFor(language: string): IStylesOptions {
  const headingStyle = (size: number, before: number, after: number) => ({
    run: { font: FONT, size, bold: true, color: INK },
    paragraph: { keepNext: true, keepLines: true, spacing: { before, after } },
  });
  return {
    default: {
      document: {
        run: { font: FONT, size: 22, language: { value: language } },
        paragraph: { spacing: { after: 120, line: 264, lineRule: LineRuleType.AUTO } },
      },
      title: {
        run: { font: FONT, size: 44, bold: true, color: INK },
        paragraph: {
          alignment: AlignmentType.LEFT,
          keepNext: true,
          spacing: { after: 100, line: 240, lineRule: LineRuleType.AUTO },
        },
      },
      heading1: headingStyle(32, 360, 120),
      heading2: headingStyle(27, 280, 100),
      heading3: headingStyle(23, 240, 60),
      heading4: headingStyle(22, 200, 60),
    },
    paragraphStyles: [
      {
        id: 'Subtitle',
        name: 'Subtitle',
        basedOn: 'Normal',
        next: 'Normal',
        run: { size: 26, color: '4A5A6A' },
        paragraph: { spacing: { after: 200 } },
      },
      {
        id: 'Footer',
        name: 'footer',
        basedOn: 'Normal',
        run: { size: 18, color: '4A5A6A' },
        paragraph: { spacing: { after: 0 }, rightTabStop: PAGE_WIDTH },
      },
      ...Object.entries(LOOKS).map(([id, { run, paragraph }]) => ({
        id,
        name: id.replace(/(?<=[a-z])(?=[A-Z])/g, ' '),
        basedOn: 'Normal',
        quickFormat: true,
        run,
        paragraph,
      })),
    ],
  };
}
