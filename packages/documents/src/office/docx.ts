import type { Document } from '../model.ts';
import type { FileToRead, FormatReader } from '../reader.ts';
import { Collector } from './collector.ts';
import { drawingTexts } from './drawing-text.ts';
import type { Relationship } from './ooxml-package.ts';
import { OoxmlPackage } from './ooxml-package.ts';
import type { WordStory } from './word-blocks.ts';
import { WordBlocks } from './word-blocks.ts';
import type { WordFlow, WordSink } from './word-flow.ts';
import { flowText, MAX_HELD } from './word-flow.ts';
import { WordNumbering } from './word-numbering.ts';
import { WordParser } from './word-parser.ts';
import { WordStyles } from './word-styles.ts';

/** Word documents and templates (.docx, .docm, .dotx, .dotm), ECMA-376 Transitional and Strict. */
export const reader: FormatReader = { formats: ['docx'], read: readDocx };

async function readDocx(bytes: Uint8Array, file: FileToRead): Promise<Document> {
  const collector = new Collector('docx', file.limits);
  const { builder } = collector;
  const pack = new OoxmlPackage(bytes, file.limits, builder);
  const statedPages = await pack.properties();
  const main = await pack.mainPart('word/document.xml');
  const relationships = await pack.relationships(main);
  const styles = new WordStyles();
  const numbering = new WordNumbering(styles);
  for (const part of partsOf(relationships, 'styles')) await pack.parse(part, styles.handler());
  for (const part of partsOf(relationships, 'numbering')) await pack.parse(part, numbering.handler());

  const anchors = file.anchors ?? false;
  const sayCut = (): void =>
    collector.sayCut('The notes or comments of the document are more than is read; the rest of them were left out.');
  const notes = new Map<string, WordStory>();
  for (const type of ['footnotes', 'endnotes']) {
    for (const part of partsOf(relationships, type)) {
      const sink = stories(sayCut, (id, flow) => notes.set(`${type[0]}${id}`, { part, flow }));
      await pack.parse(part, new WordParser(styles, sink, anchors));
    }
  }
  const diagrams = new Map<string, readonly string[]>();
  for (const [id, { type, target }] of relationships) {
    if (type === 'diagramData') diagrams.set(id, await drawingTexts(pack, target));
  }
  const blocks = new WordBlocks(collector, styles, numbering, { part: main, anchors, notes, diagrams });
  const parser = new WordParser(styles, blocks, anchors);
  await pack.parse(main, parser, true);

  for (const part of partsOf(relationships, 'comments')) {
    await pack.parse(
      part,
      new WordParser(
        styles,
        stories(sayCut, (_, flow) => collector.aside('comment', flowText(flow))),
        false,
      ),
    );
  }
  for (const kind of ['header', 'footer'] as const) {
    for (const part of partsOf(relationships, kind)) {
      const flow: WordFlow[] = [];
      await pack.parse(part, new WordParser(styles, keep(flow, sayCut), false));
      collector.aside(kind, flowText(flow));
    }
  }
  if ([...relationships.values()].some(({ type }) => type === 'aFChunk' || type === 'subDocument')) {
    builder.problem({
      code: 'external',
      message:
        'Part of the text is another document put into this one, which was not read. Save the whole as one file.',
      fatal: false,
    });
  }
  pack.noteForeignParts();
  builder.title ??= builder.properties.title ?? null;
  builder.pages = statedPages ?? (parser.page > 1 ? parser.page : null);
  const document = collector.build();
  if (parser.page === 1) forgetPages(document);
  return document;
}

function partsOf(relationships: ReadonlyMap<string, Relationship>, type: string): string[] {
  return [...relationships.values()].filter((one) => one.type === type && !one.external).map((one) => one.target);
}

function stories(overflow: () => void, take: (id: string, flow: WordFlow[]) => void): WordSink {
  return { paragraph: () => {}, row: () => {}, tableEnd: () => {}, story: take, overflow };
}

function keep(flow: WordFlow[], overflow: () => void): WordSink {
  const hold = (item: WordFlow): void => {
    if (flow.length < MAX_HELD) flow.push(item);
    else overflow();
  };
  return {
    paragraph: hold,
    row: (row) => hold({ type: 'table', rows: [row] }),
    tableEnd: () => {},
    story: () => {},
    overflow,
  };
}

/** A file that marks no page breaks says nothing about pages. */
function forgetPages(document: Document): void {
  for (const block of document.blocks) {
    delete block.page;
    delete block.pageApproximate;
  }
}
