import type { Document } from '../model.ts';
import type { FileToRead, FormatReader } from '../reader.ts';
import { Collector } from './collector.ts';
import type { Relationship } from './ooxml-package.ts';
import { OoxmlPackage } from './ooxml-package.ts';
import type { WordStory } from './word-blocks.ts';
import { WordBlocks } from './word-blocks.ts';
import type { WordFlow, WordSink } from './word-flow.ts';
import { flowText } from './word-flow.ts';
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
  const notes = new Map<string, WordStory>();
  for (const type of ['footnotes', 'endnotes']) {
    for (const part of partsOf(relationships, type)) {
      const sink = stories((id, flow) => notes.set(`${type[0]}${id}`, { part, flow }));
      await pack.parse(part, new WordParser(styles, sink, anchors));
    }
  }
  const diagrams = new Map<string, readonly string[]>();
  for (const [id, { type, target }] of relationships) {
    if (type === 'diagramData') diagrams.set(id, await diagramTexts(pack, target));
  }
  const blocks = new WordBlocks(collector, styles, numbering, { part: main, anchors, notes, diagrams });
  const parser = new WordParser(styles, blocks, anchors);
  await pack.parse(main, parser, true);

  for (const part of partsOf(relationships, 'comments')) {
    await pack.parse(
      part,
      new WordParser(
        styles,
        stories((_, flow) => collector.aside('comment', flowText(flow))),
        false,
      ),
    );
  }
  for (const kind of ['header', 'footer'] as const) {
    for (const part of partsOf(relationships, kind)) {
      const flow: WordFlow[] = [];
      await pack.parse(part, new WordParser(styles, keep(flow), false));
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

function stories(take: (id: string, flow: WordFlow[]) => void): WordSink {
  return { paragraph: () => {}, row: () => {}, tableEnd: () => {}, story: take };
}

function keep(flow: WordFlow[]): WordSink {
  return {
    paragraph: (paragraph) => flow.push(paragraph),
    row: (row) => flow.push({ type: 'table', rows: [row] }),
    tableEnd: () => {},
    story: () => {},
  };
}

/** Texts of a SmartArt drawing, a line for each of its shapes. */
async function diagramTexts(pack: OoxmlPackage, part: string): Promise<string[]> {
  const texts: string[] = [];
  let current = '';
  let inText = false;
  await pack.parse(part, {
    open: (name) => {
      if (name === 'dgm:pt') current = '';
      else if (name === 'a:t') inText = true;
      return true;
    },
    close: (name) => {
      if (name === 'a:t') inText = false;
      else if (name === 'a:p' && current !== '') current += ' ';
      else if (name === 'dgm:pt' && current.trim() !== '') texts.push(current.trim());
    },
    text: (text) => {
      if (inText) current += text;
    },
  });
  return texts;
}

/** A file that marks no page breaks says nothing about pages. */
function forgetPages(document: Document): void {
  for (const block of document.blocks) {
    delete block.page;
    delete block.pageApproximate;
  }
}
