import { describe, expect, it } from 'vitest';
import { apart, outline, p, r, readWith, wordFile } from '../testing/office-files.ts';
import { writeZip } from '../testing/zip-writer.ts';
import { reader } from './docx.ts';

const STYLES = `
  <w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
  <w:style w:type="paragraph" w:default="1" w:styleId="Standaard"><w:name w:val="Normal"/></w:style>
  <w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
  <w:style w:type="paragraph" w:styleId="Kop2"><w:name w:val="heading 2"/></w:style>
  <w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Hoofdstuk"/><w:basedOn w:val="Kop1"/></w:style>
  <w:style w:type="paragraph" w:styleId="Body"><w:name w:val="Body"/><w:basedOn w:val="Kop1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
  <w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
  <w:style w:type="paragraph" w:styleId="Inhopg1"><w:name w:val="toc 1"/></w:style>
  <w:style w:type="paragraph" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
  <w:style w:type="character" w:styleId="Shy"><w:name w:val="Shy"/><w:rPr><w:vanish/></w:rPr></w:style>`;

const row = (...cells: string[]): string => `<w:tr>${cells.map((cell) => `<w:tc>${cell}</w:tc>`).join('')}</w:tr>`;
const table = (...rows: string[]): string => `<w:tbl>${rows.join('')}</w:tbl>`;
const style = (id: string): string => `<w:pStyle w:val="${id}"/>`;

interface Case {
  name: string;
  body: string;
  blocks: string[];
  asides?: string[];
}

const CASES: Case[] = [
  {
    name: 'headings by style, by what the style is based on, and by outline level',
    body:
      p(r('Plan'), style('T')) +
      p(r('One'), style('Kop1')) +
      p(r('Two'), style('Kop2')) +
      p(r('Three'), style('Own')) +
      p(r('Text'), style('Body')) +
      p(r('Four'), '<w:outlineLvl w:val="2"/>'),
    blocks: ['title Plan', 'heading1 One', 'heading2 Two', 'heading1 Three', 'paragraph Text', 'heading3 Four'],
  },
  {
    name: 'headings that only their look tells, below those of the file',
    body:
      p(r('Annex'), style('Kop1')) +
      p(r('3.1 Access control', '<w:b/>')) +
      p(r('Users log in.')) +
      p(r('Name:', '<w:b/>')) +
      p(r('A whole sentence that is bold.', '<w:b/>')) +
      p(r('Bold ', '<w:b/>') + r('in part')),
    blocks: [
      'heading1 Annex',
      'heading2 [3.1] 3.1 Access control',
      'paragraph Users log in.',
      'paragraph Name:',
      'paragraph A whole sentence that is bold.',
      'paragraph Bold in part',
    ],
  },
  {
    name: 'a clause in a heading style is no heading',
    body: p(r(`The supplier shall ${'encrypt '.repeat(40)}`), style('Kop2')),
    blocks: [`paragraph The supplier shall ${'encrypt '.repeat(40).trim()}`],
  },
  {
    name: 'a table of contents is no heading',
    body: p(r('1 Introduction', '<w:b/>'), style('Inhopg1')),
    blocks: ['paragraph 1 Introduction'],
  },
  {
    name: 'insertions stay, deletions and moves go apart',
    body: p(
      `${r('Use ')}<w:ins w:id="1">${r('TLS 1.3')}</w:ins><w:del w:id="2"><w:r><w:delText>SSL</w:delText></w:r></w:del>` +
        `<w:moveFrom w:id="3">${r(' gone')}</w:moveFrom><w:moveTo w:id="4">${r(' come')}</w:moveTo>`,
    ),
    blocks: ['paragraph Use TLS 1.3 come'],
    asides: ['deleted SSL gone'],
  },
  {
    name: 'a deleted paragraph mark joins two paragraphs',
    body: p(r('First '), '<w:rPr><w:del w:id="1"/></w:rPr>') + p(r('second')),
    blocks: ['paragraph First second'],
  },
  {
    name: 'old formatting of a tracked change says nothing',
    body: p(r('Text'), `<w:pPrChange w:id="1"><w:pPr>${style('Kop1')}</w:pPr></w:pPrChange>`),
    blocks: ['paragraph Text'],
  },
  {
    name: 'a deleted row goes apart',
    body: table(
      row(p(r('a')), p(r('b'))),
      `<w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc>${p(r('c'))}</w:tc><w:tc>${p(r('d'))}</w:tc></w:tr>`,
    ),
    blocks: ['row a | b'],
    asides: ['deleted c | d'],
  },
  {
    name: 'hidden text goes apart, by run, by style, and not when switched off',
    body:
      p(r('Seen ') + r('unseen', '<w:vanish/>')) +
      p(r('All of it'), style('Secret')) +
      p(r('shown', '<w:vanish w:val="0"/>') + r(' both cancel', '<w:rStyle w:val="Shy"/>'), style('Secret')) +
      p(r('shy', '<w:rStyle w:val="Shy"/>')),
    blocks: ['paragraph Seen', 'paragraph shown both cancel'],
    asides: ['hidden unseen', 'hidden All of it', 'hidden shy'],
  },
  {
    name: 'fields show their result, not their code',
    body: p(
      `${r('See ')}<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x \\h</w:instrText></w:r>${r('hidden code')}` +
        `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${r('clause 4')}<w:r><w:fldChar w:fldCharType="end"/></w:r>` +
        `<w:fldSimple w:instr="DATE">${r(' of today')}</w:fldSimple>`,
    ),
    blocks: ['paragraph See clause 4 of today'],
  },
  {
    name: 'a field without an end swallows nothing after its paragraph',
    body: p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>') + p(r('Kept')),
    blocks: ['paragraph Kept'],
  },
  {
    name: 'check boxes and choices of old forms',
    body: p(
      '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>' +
        r(' yes ') +
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="a"/><w:listEntry w:val="b"/></w:ddList></w:ffData></w:fldChar></w:r>',
    ),
    blocks: ['paragraph ☒ yes b'],
  },
  {
    name: 'symbols, special hyphens, tabs and breaks',
    body: p(
      '<w:r><w:t>ISO</w:t><w:noBreakHyphen/><w:t>27001</w:t><w:tab/><w:t>in</w:t><w:softHyphen/><w:t>for\u00admation</w:t><w:br/><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Symbol" w:char="F0B3"/></w:r>',
    ),
    blocks: ['paragraph ISO-27001\tinformation\n✓≥'],
  },
  {
    name: 'content controls, with placeholders marked',
    body: `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>${p(r('Enter a date'))}</w:sdtContent></w:sdt>${p(`<w:sdt><w:sdtContent>${r('Given')}</w:sdtContent></w:sdt><w:smartTag>${r(' tag')}</w:smartTag>`)}`,
    blocks: ['paragraph [Enter a date]', 'paragraph Given tag'],
  },
  {
    name: 'a text box once, after its paragraph',
    body: p(
      `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:txbxContent>${p(r('In the box'))}</w:txbxContent></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>${p(r('In the box'))}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>${r('Around')}`,
    ),
    blocks: ['paragraph Around', 'paragraph In the box'],
  },
  {
    name: 'rows with merged cells, several paragraphs in a cell, and a sentence over two rows',
    body: table(
      row(p(r('R1')), p(r('Encrypt')) + p(r('all data'))),
      `<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>${p('')}</w:tc><w:tc>${p(r('at rest.'))}</w:tc><w:tc>${p(r('must'))}</w:tc></w:tr>`,
    ),
    blocks: ['row R1 | Encrypt\nall data', 'row at rest. | must'],
  },
  {
    name: 'a table in a table, after the row that holds it',
    body: table(row(p(r('outer')) + table(row(p(r('in 1')), p(r('in 2')))) + p(''), p(r('next')))),
    blocks: ['row outer | next', 'row in 1 | in 2'],
  },
  {
    name: 'a table of one cell is a frame around ordinary text',
    body: table(row(p(r('Rules'), style('Kop1')) + p(r('All of them.')))),
    blocks: ['heading1 Rules', 'paragraph All of them.'],
  },
  {
    name: 'a heading set as a bar across a table',
    body: table(row(p(r('Part A'), style('Kop1')), p('')), row(p(r('x')), p(r('y')))),
    blocks: ['heading1 [Part A] Part A', 'row x | y'],
  },
  {
    name: 'mathematics and ruby',
    body:
      p(
        `${r('x ')}<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>≥ 3</m:t></m:r></m:oMath>`,
      ) +
      p(
        '<w:r><w:ruby><w:rt><w:r><w:t>かん</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby></w:r>',
      ),
    blocks: ['paragraph x ≥ 3', 'paragraph 漢'],
  },
];

describe('docx', () => {
  it.each(CASES)('$name', async ({ body, blocks, asides }) => {
    const document = await readWith(reader, wordFile({ body, styles: STYLES }));
    expect(outline(document)).toEqual(blocks);
    expect(apart(document)).toEqual(asides ?? []);
    expect(document.problems).toEqual([]);
  });

  it('puts notes after their paragraph, comments and headers apart, properties by name', async () => {
    const document = await readWith(
      reader,
      wordFile({
        body:
          p(`${r('ISO 27001')}<w:r><w:footnoteReference w:id="2"/></w:r>`) +
          table(row(p(`${r('c')}<w:r><w:endnoteReference w:id="5"/></w:r>`), p(r('d')))),
        footnotes: `<w:footnote w:type="separator" w:id="-1">${p(r('---'))}</w:footnote><w:footnote w:id="2">${p(r('Of 2022.'))}</w:footnote>`,
        endnotes: `<w:endnote w:id="5">${p(r('At the end.'))}</w:endnote>`,
        comments: `<w:comment w:id="0">${p(r('Why?'))}</w:comment>`,
        header: p(r('Confidential')),
        core: '<dc:title>Terms</dc:title><dc:creator>City</dc:creator><dcterms:created>2024-01-02T03:04:05Z</dcterms:created>',
      }),
    );
    expect(outline(document)).toEqual([
      'paragraph ISO 27001',
      'footnote [1] Of 2022.',
      'row c | d',
      'footnote [2] At the end.',
    ]);
    expect(apart(document)).toEqual(['comment Why?', 'header Confidential']);
    expect(document.title).toBe('Terms');
    expect(document.properties).toMatchObject({ title: 'Terms', author: 'City', created: '2024-01-02T03:04:05Z' });
  });

  it('tells pages by the breaks that were last rendered, and explicit ones once', async () => {
    const document = await readWith(
      reader,
      wordFile({
        body: `${p(r('one'))}${p('<w:r><w:br w:type="page"/></w:r>')}${p('<w:r><w:lastRenderedPageBreak/><w:t>two</w:t></w:r>')}${p(`${r('still two')}<w:r><w:lastRenderedPageBreak/><w:t> three</w:t></w:r>`)}${p(r('three'))}`,
      }),
    );
    expect(document.blocks.map((block) => block.page)).toEqual([1, 2, 2, 3]);
    expect(document.blocks.every((block) => block.pageApproximate)).toBe(true);
    expect(document.pages).toBe(3);
  });

  it('says nothing of pages when the file does not', async () => {
    const document = await readWith(reader, wordFile({ body: p(r('one')) }));
    expect(document.blocks[0]).toEqual({ kind: 'paragraph', start: 0, end: 3 });
    expect(document.pages).toBeNull();
  });

  it('reads the Strict namespaces and other prefixes', async () => {
    const N = 'http://purl.oclc.org/ooxml/wordprocessingml/main';
    const R = 'http://purl.oclc.org/ooxml/officeDocument/relationships';
    const document = await readWith(
      reader,
      writeZip({
        '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Type="${R}/officeDocument" Target="/word/doc.xml"/></Relationships>`,
        'word/doc.xml': `<document xmlns="${N}" xmlns:q="${N}"><body><p><pPr><outlineLvl q:val="1"/></pPr><r><t>Strict</t></r></p></body></document>`,
      }),
    );
    expect(outline(document)).toEqual(['heading2 Strict']);
  });

  it('finds the text when the relationships are lost, and notes what it carries', async () => {
    const document = await readWith(
      reader,
      writeZip({
        'word/document.xml':
          '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>x</w:t></w:r></w:p></w:body></w:document>',
        'word/vbaProject.bin': 'macros',
        'word/embeddings/Sheet1.xlsx': 'PK',
      }),
    );
    expect(document.text).toBe('x');
    expect(document.problems.map((problem) => problem.code)).toEqual(['external', 'external']);
    expect(document.problems[1]?.message).toContain('Sheet1.xlsx');
  });
});
