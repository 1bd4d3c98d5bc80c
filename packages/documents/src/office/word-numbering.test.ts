import { describe, expect, it } from 'vitest';
import { p, r, readWith, wordFile } from '../testing/office-files.ts';
import { reader } from './docx.ts';

const level = (ilvl: number, format: string, text: string, more = ''): string =>
  `<w:lvl w:ilvl="${ilvl}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/>${more}</w:lvl>`;
const abstract = (id: number, ...levels: string[]): string =>
  `<w:abstractNum w:abstractNumId="${id}">${levels.join('')}</w:abstractNum>`;
const num = (id: number, of: number, more = ''): string =>
  `<w:num w:numId="${id}"><w:abstractNumId w:val="${of}"/>${more}</w:num>`;
const LEGAL = abstract(0, level(0, 'decimal', '%1.'), level(1, 'decimal', '%1.%2'), level(2, 'lowerLetter', '(%3)'));
/** A paragraph of list `id` at a level. */
const at = (id: number | string, ilvl?: number): string => {
  const depth = ilvl === undefined ? '' : `<w:ilvl w:val="${ilvl}"/>`;
  return p(r('x'), `<w:numPr>${depth}<w:numId w:val="${id}"/></w:numPr>`);
};
const styled = (id: string): string => p(r('x'), `<w:pStyle w:val="${id}"/>`);

const CASES: { name: string; numbering: string; styles?: string; body: string; numbers: (string | undefined)[] }[] = [
  {
    name: 'levels, and deeper ones that start again',
    numbering: LEGAL + num(1, 0),
    body: at(1, 0) + at(1, 1) + at(1, 1) + at(1, 2) + at(1, 2) + at(1, 1) + at(1, 2) + at(1, 0) + at(1, 1),
    numbers: ['1', '1.1', '1.2', '(a)', '(b)', '1.3', '(a)', '2', '2.1'],
  },
  {
    name: 'a level whose upper one was never used shows its start',
    numbering: LEGAL + num(1, 0),
    body: at(1, 1) + at(1, 0) + at(1, 1),
    numbers: ['1.1', '1', '1.1'],
  },
  {
    name: 'two instances of a list go on counting; an override starts again, once',
    numbering:
      LEGAL +
      num(1, 0) +
      num(2, 0) +
      num(3, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'),
    body: at(1, 0) + at(2, 0) + at(3, 0) + at(3, 0) + at(1, 0),
    numbers: ['1', '2', '5', '6', '7'],
  },
  {
    name: 'an override of a whole level',
    numbering: LEGAL + num(1, 0, `<w:lvlOverride w:ilvl="0">${level(0, 'upperRoman', 'Article %1')}</w:lvlOverride>`),
    body: at(1, 0) + at(1, 0),
    numbers: ['Article I', 'Article II'],
  },
  {
    name: 'lvlRestart 0 never starts again',
    numbering:
      abstract(0, level(0, 'decimal', '%1'), level(1, 'decimal', 'R%2', '<w:lvlRestart w:val="0"/>')) + num(1, 0),
    body: at(1, 0) + at(1, 1) + at(1, 0) + at(1, 1),
    numbers: ['1', 'R1', '2', 'R2'],
  },
  {
    name: 'legal style shows all levels in digits',
    numbering: abstract(0, level(0, 'upperRoman', '%1'), level(1, 'decimal', '%1.%2', '<w:isLgl/>')) + num(1, 0),
    body: at(1, 0) + at(1, 0) + at(1, 1),
    numbers: ['I', 'II', '2.1'],
  },
  {
    name: 'bullets have no number',
    numbering: abstract(0, level(0, 'bullet', '•')) + num(1, 0),
    body: at(1, 0),
    numbers: [undefined],
  },
  {
    name: 'list 0 and a list that is not there',
    numbering: LEGAL + num(1, 0),
    body: at(0) + at(9) + at(1),
    numbers: [undefined, undefined, '1'],
  },
  {
    name: 'numbering by style: the level that names the style, inherited by the styles based on it',
    numbering:
      abstract(
        0,
        level(0, 'decimal', '%1', '<w:pStyle w:val="H1"/>'),
        level(1, 'decimal', '%1.%2', '<w:pStyle w:val="H2"/>'),
      ) + num(4, 0),
    styles: `
      <w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>
      <w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="4"/></w:numPr></w:pPr></w:style>
      <w:style w:type="paragraph" w:styleId="H2b"><w:name w:val="Mine"/><w:basedOn w:val="H2"/></w:style>`,
    body:
      styled('H1') +
      styled('H2') +
      styled('H2b') +
      p(r('x'), '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>') +
      styled('H1'),
    numbers: ['1', '1.1', '1.2', undefined, '2'],
  },
  {
    name: 'a list that stands for a numbering style',
    numbering: `<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="Legal"/>${level(0, 'decimal', '§ %1')}</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Legal"/></w:abstractNum>${num(1, 0)}${num(2, 1)}`,
    styles:
      '<w:style w:type="numbering" w:styleId="Legal"><w:name w:val="Legal"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
    body: at(2, 0) + at(1, 0),
    numbers: ['§ 1', '§ 2'],
  },
  {
    name: 'paragraphs that were deleted are not counted, empty ones are',
    numbering: LEGAL + num(1, 0),
    body: `${at(1, 0)}${p('<w:del w:id="1"><w:r><w:delText>x</w:delText></w:r></w:del>', '<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="2"/></w:rPr>')}${at(1, 0)}${p('', '<w:numPr><w:numId w:val="1"/></w:numPr>')}${at(1, 0)}`,
    numbers: ['1', '2', '4'],
  },
  {
    name: 'a row takes the number of its first numbered cell, even an empty one',
    numbering: LEGAL + num(1, 0),
    body: `<w:tbl>${[1, 2].map(() => `<w:tr><w:tc>${p('', '<w:numPr><w:numId w:val="1"/></w:numPr>')}</w:tc><w:tc>${p(r('a'))}</w:tc><w:tc>${p(r('b'))}</w:tc></w:tr>`).join('')}</w:tbl>`,
    numbers: ['1', '2'],
  },
];

describe('clause numbers of a Word file', () => {
  it.each(CASES)('$name', async ({ numbering, styles, body, numbers }) => {
    const document = await readWith(reader, wordFile({ body, numbering, styles: styles ?? '' }));
    expect(document.blocks.map((block) => block.number)).toEqual(numbers);
  });
});
