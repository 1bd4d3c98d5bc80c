import type { Language } from '@proviso/catalogue';
import {
  Bookmark,
  type FileChild,
  HeadingLevel,
  InternalHyperlink,
  type IParagraphOptions,
  type IRunOptions,
  Paragraph,
  type ParagraphChild,
  ShadingType,
  Tab,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Block, Cell, Inline, Level } from './blocks.ts';
import { PROOFING } from './locale.ts';
import { LOOKS, type Look, SHADES } from './look.ts';
import { typeset } from './printable.ts';
import { BOOKMARK_PREFIX } from './settled.ts';

/** Where the blocks go: into a file with our styles, or into a buyer's template, which has its own. */
export interface Place {
  styles: 'ours' | 'template';
  language: Language;
}

/** Inner width of an A4 page with margins of 2 cm, in twentieths of a point. */
export const PAGE_WIDTH = 9638;

const HEADINGS: Readonly<Record<Level, (typeof HeadingLevel)[keyof typeof HeadingLevel]>> = {
  1: HeadingLevel.HEADING_1,
  2: HeadingLevel.HEADING_2,
  3: HeadingLevel.HEADING_3,
  4: HeadingLevel.HEADING_4,
};

/** Blocks as the paragraphs and tables of a Word file. Pure. */
export function wordBlocks(blocks: readonly Block[], place: Place): FileChild[] {
  return blocks.flatMap((block, i) => wordBlock(block, place, blocks[i + 1]?.kind === 'table'));
}

function wordBlock(block: Block, place: Place, beforeTable: boolean): FileChild[] {
  switch (block.kind) {
    case 'title':
      return [
        new Paragraph({ heading: HeadingLevel.TITLE, children: pieces([block.text], place) }),
        ...(block.under === '' ? [] : [new Paragraph({ style: 'Subtitle', children: pieces([block.under], place) })]),
      ];
    case 'heading':
      return [
        new Paragraph({
          heading: HEADINGS[block.level],
          pageBreakBefore: block.newPage ?? false,
          ...(block.numbered ? { numbering: { reference: 'articles', level: 0 } } : {}),
          children: marked(pieces([block.text], place), block.mark),
        }),
      ];
    case 'text':
      return [
        block.tone
          ? styled(LOOK_OF[block.tone], block.text, place)
          : paragraph(block.text, place, { keepNext: beforeTable }),
      ];
    case 'detail':
      return block.text.map((one, i) =>
        styled('ProvisoDetail', one, place, [
          ...(i === 0 ? [run({ text: block.label, bold: true }, place)] : []),
          new TextRun({ children: [new Tab()] }),
        ]),
      );
    case 'item':
      return [paragraph(block.text, place, { numbering: { reference: 'bullets', level: 0 }, spacing: { after: 60 } })];
    case 'clause':
      return [
        paragraph(block.text, place, {
          numbering: { reference: 'articles', level: block.level },
          spacing: { after: 100 },
        }),
      ];
    case 'table':
      return [wordTable(block, place)];
  }
}

const LOOK_OF: Readonly<Record<'meta' | 'note', Look>> = { meta: 'ProvisoMeta', note: 'ProvisoNote' };

function paragraph(text: readonly Inline[], place: Place, options: IParagraphOptions = {}): Paragraph {
  return new Paragraph({ ...options, children: pieces(text, place) });
}

function styled(look: Look, text: readonly Inline[], place: Place, before: ParagraphChild[] = []): Paragraph {
  if (place.styles === 'ours') return new Paragraph({ style: look, children: [...before, ...pieces(text, place)] });
  const { run: letters, paragraph: form } = LOOKS[look];
  return new Paragraph({ ...form, children: [...before, ...pieces(text, place, letters)] });
}

function pieces(text: readonly Inline[], place: Place, letters: IRunOptions = {}): ParagraphChild[] {
  return text.map((piece) => {
    if (typeof piece === 'string') return run({ ...letters, text: piece }, place);
    if ('strong' in piece) return run({ ...letters, text: piece.strong, bold: true }, place);
    return new InternalHyperlink({
      anchor: bookmarkOf(piece.to),
      children: [run({ ...letters, text: piece.link, style: 'Hyperlink' }, place)],
    });
  });
}

function run(options: IRunOptions & { text: string }, { styles, language }: Place): TextRun {
  return new TextRun({
    ...options,
    text: typeset(options.text, language),
    // A template may be in another language than what is put into it.
    ...(styles === 'template' ? { language: { value: PROOFING[language] } } : {}),
  });
}

function marked(children: ParagraphChild[], mark: string | undefined): ParagraphChild[] {
  return mark === undefined ? children : [new Bookmark({ id: bookmarkOf(mark), children })];
}

/** Word allows letters, digits and underscores in a bookmark's name, 40 at most. */
function bookmarkOf(mark: string): string {
  return `${BOOKMARK_PREFIX}${mark.replace(/[^A-Za-z0-9]/g, '_')}`.slice(0, 40);
}

function wordTable({ head, widths, rows, together = false }: Extract<Block, { kind: 'table' }>, place: Place): Table {
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const line = { style: 'single', size: 4, color: '9AA7B4' } as const;
  const row = (cells: readonly Cell[], header: boolean, last: boolean): TableRow =>
    new TableRow({
      tableHeader: header,
      cantSplit: true,
      keepNext: together && !last,
      children: cells.map((cell, i) => tableCell(cell, header || i === 0, header, place)),
    });
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    columnWidths: widths.map((width) => Math.round((width / whole) * PAGE_WIDTH)),
    layout: TableLayoutType.FIXED,
    tableLook: { firstRow: true, firstColumn: true, lastRow: false, lastColumn: false, noHBand: true, noVBand: true },
    borders: { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line },
    rows: [
      row(
        head.map((one) => ({ paragraphs: [[one]] })),
        true,
        false,
      ),
      ...rows.map((cells, i) => row(cells, false, i === rows.length - 1)),
    ],
  });
}

function tableCell({ paragraphs, shade }: Cell, bold: boolean, header: boolean, place: Place): TableCell {
  const fill = header ? SHADES.head : shade === undefined ? undefined : SHADES[shade];
  const strong = (text: Inline[]): Inline[] =>
    bold ? text.map((piece) => (typeof piece === 'string' ? { strong: piece } : piece)) : text;
  return new TableCell({
    ...(fill === undefined ? {} : { shading: { type: ShadingType.CLEAR, color: 'auto', fill } }),
    children: paragraphs.map((one) => styled('ProvisoCell', strong(one), place)),
  });
}
