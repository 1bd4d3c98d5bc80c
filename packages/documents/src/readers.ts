import type { Format } from './model.ts';
import type { FormatReader } from './reader.ts';

type Load = () => Promise<{ reader: FormatReader }>;

/** The reader of each format, loaded at first use, so that a text file does not pay for the PDF engine. */
export const READERS: Readonly<Partial<Record<Format, Load>>> = {
  pdf: () => import('./pdf/pdf.ts'),
  docx: () => import('./office/docx.ts'),
  odt: () => import('./office/odf.ts'),
  ods: () => import('./office/odf.ts'),
  xlsx: () => import('./office/xlsx.ts'),
  pptx: () => import('./office/pptx.ts'),
  rtf: () => import('./office/rtf.ts'),
  doc: () => import('./office/doc.ts'),
  html: () => import('./text/html.ts'),
  md: () => import('./text/markdown.ts'),
  rst: () => import('./text/rst.ts'),
  adoc: () => import('./text/asciidoc.ts'),
  yaml: () => import('./text/yaml.ts'),
  json: () => import('./text/json.ts'),
  xml: () => import('./text/xml.ts'),
  eml: () => import('./text/mail.ts'),
  txt: () => import('./text/plain.ts'),
};
