import { AlignmentType, type INumberingOptions, type IParagraphStyleOptions, LevelFormat } from 'docx';
import type { Shade } from './blocks.ts';

export const INK = '1a2b3c';
export const FONT = 'Calibri';

/** Grounds pale enough for black letters: contrast above 12:1. */
export const SHADES: Readonly<Record<Shade | 'head', string>> = {
  head: 'E4EAF1',
  low: 'EAF4EA',
  medium: 'FFF6D6',
  high: 'FDE3CF',
  critical: 'F9D0D0',
};

/** Left edge of the text of a detail; its label hangs before it. */
export const DETAIL_INDENT = 2438;

/** Paragraph looks that Word has no style of its own for. A buyer's template lacks them: there they are set on each paragraph. */
export const LOOKS = {
  ProvisoMeta: { run: { bold: true, color: INK }, paragraph: { keepNext: true, spacing: { after: 60 } } },
  ProvisoNote: {
    run: {},
    paragraph: {
      spacing: { before: 120, after: 120 },
      indent: { left: 170 },
      border: { left: { style: 'single', size: 18, space: 8, color: '6B7F94' } },
    },
  },
  ProvisoDetail: {
    run: {},
    paragraph: {
      spacing: { after: 60 },
      indent: { left: DETAIL_INDENT, hanging: DETAIL_INDENT },
    },
  },
  ProvisoCell: { run: { size: 19 }, paragraph: { spacing: { before: 40, after: 40 } } },
} as const satisfies Record<string, Pick<IParagraphStyleOptions, 'run' | 'paragraph'>>;
export type Look = keyof typeof LOOKS;

/** Lists of a paper: bullets, and the articles and clauses of a contract. */
export const NUMBERING: INumberingOptions = {
  config: [
    {
      reference: 'bullets',
      levels: [level(0, LevelFormat.BULLET, '•', 340)],
    },
    {
      reference: 'articles',
      levels: [
        level(0, LevelFormat.DECIMAL, '%1.', 567),
        level(1, LevelFormat.DECIMAL, '%1.%2', 567),
        level(2, LevelFormat.LOWER_LETTER, '(%3)', 1021, 454),
      ],
    },
  ],
};

function level(
  at: number,
  format: (typeof LevelFormat)[keyof typeof LevelFormat],
  words: string,
  left: number,
  hanging = left,
) {
  return {
    level: at,
    format,
    text: words,
    alignment: AlignmentType.LEFT,
    style: { paragraph: { indent: { left, hanging } } },
  };
}
