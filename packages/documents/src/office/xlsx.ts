import type { Document } from '../model.ts';
import type { FileToRead, FormatReader } from '../reader.ts';
import { Collector } from './collector.ts';
import { drawingTexts } from './drawing-text.ts';
import type { Relationship } from './ooxml-package.ts';
import { MAX_PARTS, OoxmlPackage } from './ooxml-package.ts';
import { SheetRows } from './sheet-rows.ts';
import { SheetParser } from './xlsx-sheet.ts';
import { commentsHandler, SharedStrings, WorkbookStyles } from './xlsx-tables.ts';
import { Enough } from './xml.ts';

/** Excel workbooks and templates (.xlsx, .xlsm, .xltx), ECMA-376 Transitional and Strict. */
export const reader: FormatReader = { formats: ['xlsx'], read: readXlsx };

interface SheetEntry {
  name: string;
  relationship: string;
  hidden: boolean;
}

async function readXlsx(bytes: Uint8Array, file: FileToRead): Promise<Document> {
  const collector = new Collector('xlsx', file.limits);
  const { builder } = collector;
  const pack = new OoxmlPackage(bytes, file.limits, builder);
  await pack.properties();
  const main = await pack.mainPart('xl/workbook.xml');
  const relationships = await pack.relationships(main);
  const sheets: SheetEntry[] = [];
  let from1904 = false;
  await pack.parse(
    main,
    {
      open: (name, attributes) => {
        if (name === 'x:sheet') {
          if (sheets.length >= MAX_PARTS) throw new Enough();
          sheets.push({
            name: attributes.name ?? '',
            relationship: attributes['r:id'] ?? '',
            hidden: attributes.state === 'hidden' || attributes.state === 'veryHidden',
          });
        } else if (name === 'x:workbookPr') from1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
        return true;
      },
      close: () => {},
      text: () => {},
    },
    true,
  );
  const strings = new SharedStrings(file.limits.maxChars);
  const styles = new WorkbookStyles();
  for (const part of partsOf(relationships, 'sharedStrings')) await pack.parse(part, strings.handler());
  for (const part of partsOf(relationships, 'styles')) await pack.parse(part, styles.handler());
  if (strings.full)
    collector.sayCut('The workbook holds more text than is read; the last of its cells were left out. Split the file.');

  builder.pages = sheets.length;
  const read = sheets.slice(0, file.limits.maxPages);
  if (read.length < sheets.length) collector.sayCut(`The first ${read.length} of ${sheets.length} sheets were read.`);
  try {
    for (const [index, sheet] of read.entries()) {
      const part = relationships.get(sheet.relationship);
      if (!part || part.type === 'chartsheet') continue;
      const rows = new SheetRows(collector, sheet.name, index + 1, sheet.hidden);
      await pack.parse(part.target, new SheetParser(rows, strings, styles, from1904));
      rows.end();
      await readBeside(pack, part.target, rows);
    }
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  pack.noteForeignParts();
  builder.title = builder.properties.title ?? null;
  return collector.build();
}

/** Text boxes and comments of a sheet. */
async function readBeside(pack: OoxmlPackage, part: string, rows: SheetRows): Promise<void> {
  const relationships = await pack.relationships(part);
  for (const drawing of partsOf(relationships, 'drawing')) {
    for (const text of await drawingTexts(pack, drawing)) rows.paragraph(text);
  }
  const comments: string[] = [];
  // Threaded comments repeat in the legacy part with a notice; the thread itself is the better text.
  const threads = partsOf(relationships, 'threadedComment');
  for (const comment of threads.length > 0 ? threads : partsOf(relationships, 'comments')) {
    await pack.parse(
      comment,
      commentsHandler((text) => comments.push(text)),
    );
  }
  for (const text of comments) rows.aside('comment', text);
}

function partsOf(relationships: ReadonlyMap<string, Relationship>, type: string): string[] {
  return [...relationships.values()].filter((one) => one.type === type && !one.external).map((one) => one.target);
}
