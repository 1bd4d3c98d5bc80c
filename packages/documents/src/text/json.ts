import type { Document } from '../model.ts';
import type { FileToRead, FormatReader } from '../reader.ts';
import { UnreadableError } from '../reader.ts';
import { BoundedBuilder } from './bounded.ts';
import { describeRelease } from './ocds.ts';
import type { Value } from './value-blocks.ts';
import { ValueBlocks } from './value-blocks.ts';

/** JSON and JSON Lines that hold prose: catalogues, notices, releases of the Open Contracting Data Standard. */
export const reader: FormatReader = {
  formats: ['json'],
  read(bytes: Uint8Array, file: FileToRead): Document {
    const builder = new BoundedBuilder('json', file.limits);
    const value = parseJson(builder, builder.decodeMarkup(bytes).text);
    describe(builder, value);
    new ValueBlocks(builder, file.limits.maxDepth).add(value);
    return builder.build();
  },
};

function parseJson(builder: BoundedBuilder, text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep();
  }
  const lines = parseLines(text);
  if (lines !== null) return lines;
  const salvaged = salvage(text);
  if (salvaged.length === 0 && builder.leftOut) {
    throw new UnreadableError({
      code: 'too-large',
      message: 'The JSON is larger than what is read, and its beginning holds no text. Hand in the part that matters.',
    });
  }
  if (salvaged.length === 0) {
    throw new UnreadableError({
      code: 'corrupt',
      message: 'This is not valid JSON, and no text could be found in it. Get the file again from its source.',
    });
  }
  // What was cut here is no fault of the file: `cut` says so.
  if (builder.leftOut) return salvaged;
  builder.problem({
    code: 'corrupt',
    message:
      'The JSON is damaged or cut off; the texts that could be found were read, without their structure. Get the file again from its source.',
    fatal: false,
  });
  return salvaged;
}

/** JSON Lines: one value a line. Null where fewer than half of the lines are values. */
function parseLines(text: string): Value[] | null {
  const values: Value[] = [];
  let wrong = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    try {
      values.push(JSON.parse(line) as Value);
    } catch {
      wrong++;
      if (wrong > 20 && wrong > values.length) return null;
    }
  }
  return values.length > wrong && values.some((value) => typeof value === 'object') ? values : null;
}

/** Pairs of key and string in a text that is almost JSON. */
function salvage(text: string): Value[] {
  const found: Value[] = [];
  for (const match of text.matchAll(/"([^"\\\n]{1,80})"\s{0,20}:\s{0,20}"((?:[^"\\]|\\.){1,100000})"/g)) {
    let value = match[2] ?? '';
    try {
      value = JSON.parse(`"${value}"`) as string;
    } catch {
      // Kept as written.
    }
    found.push({ [match[1] ?? '']: value });
    if (found.length > 100_000) break;
  }
  return found;
}

function tooDeep(): UnreadableError {
  return new UnreadableError({
    code: 'too-deep',
    message: 'The JSON is nested too deep to be a document. Hand in the part that holds the text.',
  });
}

/** Title, publisher, date and language where the data have the usual keys for them. */
function describe(builder: BoundedBuilder, value: Value): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  if (describeRelease(builder, value)) return;
  for (const [key, name] of [
    ['title', 'title'],
    ['name', 'title'],
    ['publisher', 'publisher'],
    ['date', 'date'],
    ['published', 'date'],
    ['publishedDate', 'date'],
    ['issued', 'date'],
    ['modified', 'modified'],
    ['language', 'language'],
    ['lang', 'language'],
    ['country', 'country'],
    ['version', 'version'],
  ] as const) {
    const said = value[key];
    if (typeof said === 'string') builder.property(name, said);
    else if (typeof said === 'object' && said !== null && !Array.isArray(said) && typeof said.name === 'string')
      builder.property(name, said.name);
  }
  builder.title = builder.properties.title ?? null;
}
