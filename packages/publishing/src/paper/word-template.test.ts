import { rewriteZip } from '@proviso/documents';
import { Document, Footer, Header, Packer, Paragraph, TextRun } from 'docx';
import { describe, expect, it } from 'vitest';
import { annexDocx } from '../annex/annex.ts';
import { fullDemand } from '../testing/full-demand.ts';
import { partOf, readBack } from '../testing/word-parts.ts';
import { TemplateError } from './word-template.ts';

async function template(body: string[], header = 'House of {{buyer}}'): Promise<Uint8Array> {
  const document = new Document({
    title: 'House style',
    sections: [
      {
        headers: { default: new Header({ children: [new Paragraph(header)] }) },
        footers: { default: new Footer({ children: [new Paragraph('House footer')] }) },
        children: body.map((one) => new Paragraph({ children: [new TextRun({ text: one, bold: true })] })),
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

const changed = (file: Uint8Array, part: string, change: (xml: string) => string): Uint8Array =>
  rewriteZip(file, new Map([[part, new TextEncoder().encode(change(partOf(file, part)))]]));

describe("a buyer's template", () => {
  it('keeps its own words, header and footer, and holds the requirements where the placeholder stood', async () => {
    const own = await template([
      'Chapter before',
      'Ref {{ reference }} of {{buyer}}: {{title}}',
      '{{proviso}}',
      'Chapter after',
    ]);
    const document = await readBack(await annexDocx(fullDemand(), 'nl', { template: own }));
    const { text, blocks, asides } = document;
    expect(text).toContain('Ref 2026/017 of Province: Mail');
    expect(text).not.toContain('{{');
    expect(text.indexOf('Chapter before')).toBeLessThan(text.indexOf('AA-01'));
    expect(text.indexOf('ZZ-01')).toBeLessThan(text.indexOf('Chapter after'));
    expect(asides.map((aside) => aside.text).sort()).toEqual(['House footer', 'House of Province']);
    const level = (words: string): number | undefined =>
      blocks.find(({ kind, start, end }) => kind === 'heading' && text.slice(start, end) === words)?.level;
    expect([
      level('Beveiligingseisen'),
      level('Eisen'),
      level('Domain AA nl'),
      level('AA-01 Title of AA-01 nl'),
    ]).toEqual([1, 2, 3, 4]);
  });

  it("uses the template's heading styles, whatever the language of its Word", async () => {
    const own = changed(await template(['{{proviso}}']), 'word/styles.xml', (xml) =>
      xml.replaceAll('"Heading1"', '"Kop1"').replaceAll('"Heading2"', '"Kop2"'),
    );
    const filled = await annexDocx(fullDemand(), 'nl', { template: own });
    const body = partOf(filled, 'word/document.xml');
    expect(body).toContain('<w:pStyle w:val="Kop1"/>');
    expect(body).not.toContain('"Heading1"');
    // The template's own language is left as it is; the content says which language it is in.
    expect(body).toContain('<w:lang w:val="nl-NL"/>');
  });

  it('gives the same bytes twice', async () => {
    const own = await template(['{{proviso}}']);
    const [first, second] = [
      await annexDocx(fullDemand(), 'en', { template: own }),
      await annexDocx(fullDemand(), 'en', { template: own }),
    ];
    expect(Buffer.compare(first, second)).toBe(0);
  });

  it('makes an ordinary document of a .dotx', async () => {
    const own = changed(await template(['{{proviso}}']), '[Content_Types].xml', (xml) =>
      xml.replace('document.main+xml', 'template.main+xml'),
    );
    expect(partOf(own, '[Content_Types].xml')).toContain('template.main+xml');
    const filled = await annexDocx(fullDemand(), 'en', { template: own });
    expect(partOf(filled, '[Content_Types].xml')).not.toContain('template.main+xml');
  });

  it('is not led astray by placeholders in the words of the purchase', async () => {
    const own = await template(['{{title}} for {{buyer}}', '{{proviso}}']);
    const words = { title: '{{proviso}} {{title}}', buyer: '{{buyer}} {{proviso}}' };
    const { text } = await readBack(await annexDocx(fullDemand(words), 'en', { template: own }));
    expect(text.match(/How to read this annex/g)).toHaveLength(1);
  });
});

describe('a template that cannot be used says why', () => {
  it.each([
    ['no placeholder', () => template(['Nothing here']), /Add a paragraph that holds only \{\{proviso\}\}/],
    ['placeholder in the header only', () => template(['Body'], '{{proviso}}'), /not to a header or footer/],
    ['no Word file', async () => new TextEncoder().encode('hello {{proviso}}'), /cannot be read as a Word file/],
    ['nothing', async () => new Uint8Array(), /cannot be read as a Word file/],
    ['cut short', async () => (await template(['{{proviso}}'])).subarray(0, 900), /cannot be read|cut|damaged/],
    [
      'macros',
      async () =>
        changed(await template(['{{proviso}}']), '[Content_Types].xml', (xml) =>
          xml.replace(
            'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
            'vnd.ms-word.document.macroEnabled.main+xml',
          ),
        ),
      /holds macros/,
    ],
  ])('%s', async (_, make, message) => {
    const made = annexDocx(fullDemand(), 'en', { template: await make() });
    await expect(made).rejects.toThrow(message);
    await expect(made).rejects.toThrow(TemplateError);
  });
});
