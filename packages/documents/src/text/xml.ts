import type { Document } from '../model.ts';
import type { FileToRead, FormatReader } from '../reader.ts';
import { BoundedBuilder } from './bounded.ts';
import { isNotice, readNotice } from './notice.ts';
import { describeTedExport, isTedExport } from './ted-export.ts';
import { XmlProse } from './xml-prose.ts';
import { parseXml } from './xml-tree.ts';

/** XML: procurement notices (eForms, the older TED schemas) and any XML that holds prose (DocBook, TEI, Akoma Ntoso, statutes). */
export const reader: FormatReader = {
  formats: ['xml'],
  read(bytes: Uint8Array, file: FileToRead): Document {
    const builder = new BoundedBuilder('xml', file.limits);
    const root = parseXml(builder.decodeMarkup(bytes, { markup: 'xml' }).text, file.limits, builder);
    if (isNotice(root)) readNotice(builder, root);
    else {
      if (isTedExport(root)) describeTedExport(builder, root);
      new XmlProse(builder).add(root);
    }
    const document = builder.build();
    document.title ??= builder.properties.title ?? firstHeading(document);
    return document;
  },
};

function firstHeading(document: Document): string | null {
  const block = document.blocks.find((candidate) => candidate.kind === 'heading' || candidate.kind === 'title');
  return block === undefined ? null : document.text.slice(block.start, block.end);
}
