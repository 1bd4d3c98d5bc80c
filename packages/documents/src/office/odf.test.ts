import { describe, expect, it } from 'vitest';
import { apart, openDocument, outline, readWith } from '../testing/office-files.ts';
import { writeZip } from '../testing/zip-writer.ts';
import { reader } from './odf.ts';

const STYLES = `<office:styles>
  <style:default-style style:family="paragraph"><style:text-properties fo:font-size="11pt"/></style:default-style>
  <style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph" style:default-outline-level="1"/>
  <style:style style:name="Title" style:family="paragraph"/>
  <text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/><text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>
  </office:styles>
  <office:master-styles><style:master-page><style:header><text:p>City</text:p></style:header></style:master-page></office:master-styles>`;
const AUTOMATIC = `
  <style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
  <style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>
  <style:style style:name="P1" style:family="paragraph" style:parent-style-name="Heading_20_1"/>
  <text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix=")"/><text:list-level-style-number text:level="2" style:num-format="a" text:display-levels="2"/></text:list-style>
  <text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>`;
const para = (text: string, style = ''): string =>
  `<text:p${style === '' ? '' : ` text:style-name="${style}"`}>${text}</text:p>`;
const head = (text: string, level: number): string => `<text:h text:outline-level="${level}">${text}</text:h>`;
const list = (items: string, more = ' text:style-name="L1"'): string => `<text:list${more}>${items}</text:list>`;
const item = (inner: string): string => `<text:list-item>${inner}</text:list-item>`;
const cell = (inner: string): string => `<table:table-cell>${inner}</table:table-cell>`;

const CASES: { name: string; body: string; blocks: string[]; asides?: string[] }[] = [
  {
    name: 'headings by element and by style, numbered by the outline',
    body:
      head('One', 1) +
      head('Part', 2) +
      head('Part', 2) +
      head('Two', 1) +
      head('Part', 2) +
      para('Styled', 'P1') +
      para('Plan', 'Title'),
    blocks: [
      'heading1 [1] One',
      'heading2 [1.1] Part',
      'heading2 [1.2] Part',
      'heading1 [2] Two',
      'heading2 [2.1] Part',
      'heading1 Styled',
      'title Plan',
    ],
  },
  {
    name: 'lists: numbers, sublists, later paragraphs, continuation, bullets',
    body:
      list(item(para('a') + para('more')) + item(para('b') + list(item(para('c')) + item(para('d')), ''))) +
      list(item(para('e')), ' text:style-name="L1" text:continue-numbering="true"') +
      list(item(para('f'))) +
      list(item(para('g')), ' text:style-name="L2"'),
    blocks: [
      'item [1)] a',
      'paragraph more',
      'item [2)] b',
      'item [2.a] c',
      'item [2.b] d',
      'item [3)] e',
      'item [1)] f',
      'item g',
    ],
  },
  {
    name: 'each numbered line in a list of its own, that continues the one before',
    body:
      list(item(para('a')), ' text:style-name="L1" xml:id="i1"') +
      list(item(list(item(para('b')), '')), ' text:style-name="L1" text:continue-numbering="true" xml:id="i2"') +
      list(item(list(item(para('c')), '')), ' text:style-name="L1" text:continue-list="i2"') +
      list(item(para('d')), ' text:style-name="L1" text:continue-list="i1"') +
      list(item(list(item(para('e')), '')), ' text:style-name="L1" text:continue-numbering="true"'),
    blocks: ['item [1)] a', 'item [1.a] b', 'item [1.b] c', 'item [2)] d', 'item [2.a] e'],
  },
  {
    name: 'white space, spans, tabs and breaks',
    body: para(
      '  A \n  <text:span text:style-name="B"> b</text:span><text:s text:c="2"/>c<text:tab/>d<text:line-break/>e\u00adf',
    ),
    blocks: ['paragraph A b  c\td\nef'],
  },
  {
    name: 'a bold line is a heading',
    body: para('<text:span text:style-name="B">Access control</text:span>') + para('Text.'),
    blocks: ['heading2 Access control', 'paragraph Text.'],
  },
  {
    name: 'frames after the paragraph they hang on, and on the page',
    body:
      para(`Around<draw:frame><draw:text-box>${para('In the box')}</draw:text-box></draw:frame> it`) +
      `<draw:frame><draw:text-box>${para('On the page')}</draw:text-box></draw:frame>`,
    blocks: ['paragraph Around it', 'paragraph In the box', 'paragraph On the page'],
  },
  {
    name: 'notes after the paragraph, with their mark as number',
    body: para(
      `ISO 27001<text:note><text:note-citation>3</text:note-citation><text:note-body>${para('Of 2022.')}</text:note-body></text:note>.`,
    ),
    blocks: ['paragraph ISO 27001.', 'footnote [3] Of 2022.'],
  },
  {
    name: 'deletions, hidden text, hidden sections and comments apart',
    body:
      `<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>A</dc:creator></office:change-info>${para('gone')}</text:deletion></text:changed-region></text:tracked-changes>` +
      para(
        'Seen<text:span text:style-name="H"> unseen</text:span><office:annotation><dc:creator>B</dc:creator><text:p>Why?</text:p></office:annotation>',
      ) +
      `<text:section text:display="none">${para('all unseen')}</text:section>`,
    blocks: ['paragraph Seen'],
    asides: ['deleted gone', 'comment Why?', 'hidden unseen', 'hidden all unseen'],
  },
  {
    name: 'tables: rows, covered cells, tables in cells, frames of one cell',
    body:
      `<table:table><table:table-row>${cell(para('a') + para('b'))}<table:covered-table-cell/>${cell(`${para('c')}<table:table><table:table-row>${cell(para('d'))}${cell(para('e'))}</table:table-row></table:table>`)}</table:table-row></table:table>` +
      `<table:table><table:table-row>${cell(head('Bar', 1))}<table:covered-table-cell/></table:table-row></table:table>`,
    blocks: ['row a\nb | c', 'row d | e', 'heading1 [1] Bar'],
  },
  {
    name: 'a table of contents is no list of headings, and its template is no text',
    body: `<text:table-of-content><text:table-of-content-source><text:index-title-template>Template</text:index-title-template></text:table-of-content-source><text:index-body>${para('1 One<text:tab/>3')}</text:index-body></text:table-of-content>`,
    blocks: ['paragraph 1 One\t3'],
  },
];

describe('odt', () => {
  it.each(CASES)('$name', async ({ body, blocks, asides }) => {
    const document = await readWith(reader, openDocument('text', body, { automatic: AUTOMATIC, styles: STYLES }));
    expect(outline(document)).toEqual(blocks);
    expect(apart(document)).toEqual([...(asides ?? []), 'header City']);
    expect(document.problems).toEqual([]);
    expect(document.format).toBe('odt');
  });

  it('gives properties and pages', async () => {
    const meta =
      '<dc:title>Terms</dc:title><dc:language>fr-FR</dc:language><meta:document-statistic meta:page-count="4"/>';
    const document = await readWith(
      reader,
      openDocument('text', para('x<text:soft-page-break/>y') + para('z'), { meta }),
    );
    expect(document).toMatchObject({ title: 'Terms', pages: 4, properties: { language: 'fr-FR' } });
    expect(document.blocks.map((block) => block.page)).toEqual([1, 2]);
  });

  it('refuses what is protected by a password', async () => {
    const manifest =
      '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>';
    await expect(readWith(reader, openDocument('text', '', { manifest }))).rejects.toMatchObject({
      problem: { code: 'encrypted' },
    });
  });

  it('says that the text is missing', async () => {
    await expect(
      readWith(reader, writeZip({ mimetype: 'application/vnd.oasis.opendocument.text' })),
    ).rejects.toMatchObject({
      problem: { code: 'corrupt', fatal: true },
    });
  });
});

describe('ods', () => {
  const text = (value: string, more = ''): string => `<table:table-cell${more}>${para(value)}</table:table-cell>`;

  it('gives a heading for a sheet, then its rows; repeats are bounded', async () => {
    const body =
      `<table:table table:name="Demands"><table:table-column table:number-columns-repeated="3"/><table:table-column table:visibility="collapse"/>` +
      `<table:table-row>${text('a')}<table:table-cell table:number-columns-repeated="2"/>${text('unseen')}</table:table-row>` +
      `<table:table-row table:number-rows-repeated="2">${text('b', ' table:number-columns-repeated="2"')}</table:table-row>` +
      `<table:table-row><table:table-cell office:value-type="float" office:value="7"/>${text('x', ' table:number-columns-repeated="16000"')}</table:table-row>` +
      `<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>` +
      `<table:table table:name="Other" table:style-name="ta2"><table:table-row>${text('hidden')}</table:table-row></table:table>`;
    const automatic =
      '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>';
    const document = await readWith(reader, openDocument('spreadsheet', body, { automatic }));
    expect(outline(document)).toEqual(['heading1 Demands', 'paragraph a', 'row b | b', 'row b | b', 'row 7 | x']);
    expect(apart(document)).toEqual(['hidden unseen', 'hidden hidden']);
    expect(document).toMatchObject({ format: 'ods', pages: 2, problems: [] });
  });

  it('reads a row repeated a million times once, and says so', async () => {
    const body = `<table:table table:name="S"><table:table-row table:number-rows-repeated="1048576">${text('x')}</table:table-row></table:table>`;
    const document = await readWith(reader, openDocument('spreadsheet', body));
    expect(document.text).toBe('S\nx');
    expect(document.problems).toMatchObject([{ code: 'cut', fatal: false }]);
  });
});
