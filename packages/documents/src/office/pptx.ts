import type { Document } from '../model.ts';
import type { FileToRead, FormatReader } from '../reader.ts';
import { Collector } from './collector.ts';
import { drawingTexts } from './drawing-text.ts';
import { MAX_PARTS, OoxmlPackage } from './ooxml-package.ts';
import type { Shape } from './pptx-slide.ts';
import { SlideBudget, SlideParser } from './pptx-slide.ts';
import { commentsHandler } from './xlsx-tables.ts';
import { Enough } from './xml.ts';

/** PowerPoint presentations and templates (.pptx, .pptm, .potx, .ppsx), ECMA-376 Transitional and Strict. */
export const reader: FormatReader = { formats: ['pptx'], read: readPptx };

async function readPptx(bytes: Uint8Array, file: FileToRead): Promise<Document> {
  const collector = new Collector('pptx', file.limits);
  const { builder } = collector;
  const pack = new OoxmlPackage(bytes, file.limits, builder);
  await pack.properties();
  const main = await pack.mainPart('ppt/presentation.xml');
  const relationships = await pack.relationships(main);
  const order: string[] = [];
  await pack.parse(
    main,
    {
      open: (name, attributes) => {
        if (name === 'p:sldId' && order.push(attributes['r:id'] ?? '') > MAX_PARTS) throw new Enough();
        return true;
      },
      close: () => {},
      text: () => {},
    },
    true,
  );
  const slides = order.map((id) => relationships.get(id)?.target).filter((target) => target !== undefined);
  builder.pages = slides.length;
  const read = slides.slice(0, file.limits.maxPages);
  if (read.length < slides.length) collector.sayCut(`The first ${read.length} of ${slides.length} slides were read.`);
  const budget = new SlideBudget();
  const parsed: SlideParser[] = [];
  for (const part of read) {
    const slide = new SlideParser(budget);
    await pack.parse(part, slide);
    parsed.push(slide);
  }
  const running = runningTexts(parsed);
  try {
    for (const [index, part] of read.entries()) {
      const slide = parsed[index];
      if (slide) await writeSlide(pack, part, slide, running, index + 1, collector, budget);
    }
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  if (budget.left < 0) collector.sayCut('The slides hold more than is read; the last of them were left out.');
  pack.noteForeignParts();
  builder.title = builder.properties.title ?? firstTitle(collector);
  return collector.build();
}

/** Short texts that stand on most slides: the deck's own header and footer, typed into every slide. */
function runningTexts(slides: readonly SlideParser[]): Set<string> {
  const counts = new Map<string, number>();
  for (const slide of slides) {
    const texts = new Set(
      slide.shapes.filter((shape) => shape.rows.length === 0).map((shape) => shape.paragraphs.join('\n')),
    );
    for (const text of texts) if (text.length <= 100) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const most = Math.max(3, slides.length / 2);
  return new Set([...counts].filter(([, count]) => count >= most).map(([text]) => text));
}

async function writeSlide(
  pack: OoxmlPackage,
  part: string,
  slide: SlideParser,
  running: ReadonlySet<string>,
  page: number,
  collector: Collector,
  budget: SlideBudget,
): Promise<void> {
  const title = slide.title(running);
  // The title says what the slide is about, wherever it stands in the file.
  const shapes = title ? [title, ...slide.shapes.filter((shape) => shape !== title)] : slide.shapes;
  for (const shape of shapes) {
    if (slide.hidden || shape.hidden) {
      const rows = shape.rows.map((row) => row.filter((cell) => cell.trim() !== '').join(' | '));
      collector.aside('hidden', [...shape.paragraphs, ...rows].join('\n'), page);
    } else if (shape !== title && running.has(shape.paragraphs.join('\n'))) {
      collector.aside('footer', shape.paragraphs.join('\n'));
    } else writeShape(shape, shape === title ? 'title' : shape.role, page, collector);
  }
  const relationships = await pack.relationships(part);
  for (const { type, target } of relationships.values()) {
    if (type === 'diagramData') {
      for (const text of await drawingTexts(pack, target)) {
        if (slide.hidden) collector.aside('hidden', text, page);
        else collector.add('paragraph', text, { page });
      }
    } else if (type === 'notesSlide') await readNotes(pack, target, page, slide.hidden, collector, budget);
    else if (type === 'comments') {
      await pack.parse(
        target,
        commentsHandler((text) => collector.aside('comment', text, page)),
      );
    }
  }
}

function writeShape(shape: Shape, role: Shape['role'], page: number, collector: Collector): void {
  switch (role) {
    case 'title':
      collector.add('heading', shape.paragraphs.join(' '), { level: 1, page });
      break;
    case 'footer':
      for (const text of shape.paragraphs) collector.aside('footer', text);
      break;
    case 'body':
      for (const text of shape.paragraphs)
        collector.add(shape.paragraphs.length > 1 ? 'item' : 'paragraph', text, { page });
      break;
    default:
      for (const text of shape.paragraphs) collector.add('paragraph', text, { page });
  }
  for (const row of shape.rows) collector.addRow(row, { page });
}

/** What the speaker says belongs to the slide; the picture and the number of the slide on the notes page do not. */
async function readNotes(
  pack: OoxmlPackage,
  part: string,
  page: number,
  hidden: boolean,
  collector: Collector,
  budget: SlideBudget,
): Promise<void> {
  const notes = new SlideParser(budget);
  await pack.parse(part, notes);
  for (const shape of notes.shapes) {
    if (shape.role !== 'body') continue;
    for (const text of shape.paragraphs) {
      if (hidden) collector.aside('hidden', text, page);
      else collector.add('footnote', text, { page });
    }
  }
}

function firstTitle(collector: Collector): string | null {
  const { text, blocks } = collector.build();
  const heading = blocks.find((block) => block.kind === 'heading');
  return heading && heading.page === 1 ? text.slice(heading.start, heading.end) : null;
}
