import type { Language } from '@proviso/catalogue';
import { collectZip, markup } from '@proviso/dossier';

/**
 * A letter as a Word file: its paragraphs, and lines within them. Office Open XML in its smallest form (ECMA-376, part 1, 11.3.10); the same
 * letter gives the same bytes.
 */
export async function letterDocx(subject: string, text: string, language: Language): Promise<Buffer> {
  const paragraphs = text.split(/\n{2,}/).map((one) => paragraph(one, ''));
  const document = `${HEAD}<w:document xmlns:w="${WORD}"><w:body>${paragraph(subject, '<w:pPr><w:spacing w:after="240"/></w:pPr>', '<w:b/><w:sz w:val="28"/>')}${paragraphs.join('')}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr></w:body></w:document>`;
  const styles = `${HEAD}<w:styles xmlns:w="${WORD}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/><w:lang w:val="${LOCALES[language]}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults></w:styles>`;
  return await collectZip([
    { name: '[Content_Types].xml', content: TYPES },
    { name: '_rels/.rels', content: RELATIONS },
    { name: 'word/document.xml', content: document },
    { name: 'word/styles.xml', content: styles },
    { name: 'word/_rels/document.xml.rels', content: STYLE_RELATIONS },
  ]);
}

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', fr: 'fr-FR', nl: 'nl-NL', de: 'de-DE' };
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const DOCUMENT_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const TYPES = `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${DOCUMENT_TYPE}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${DOCUMENT_TYPE}.styles+xml"/></Types>`;
const RELATIONS = `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`;
const STYLE_RELATIONS = `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`;

/** Text is text: no field, no link, nothing that a reader would carry out. */
function paragraph(text: string, properties: string, look = ''): string {
  const runs = text
    .split('\n')
    .map(
      (line, i) =>
        `<w:r>${look === '' ? '' : `<w:rPr>${look}</w:rPr>`}${i > 0 ? '<w:br/>' : ''}<w:t xml:space="preserve">${markup(line)}</w:t></w:r>`,
    )
    .join('');
  return `<w:p>${properties}${runs}</w:p>`;
}
