import type { DocumentBuilder } from '../builder.ts';
import type { Engine } from './engine.ts';

const TAGS: readonly (readonly [tag: string, property: string])[] = [
  ['Author', 'author'],
  ['Subject', 'subject'],
  ['Keywords', 'keywords'],
  ['Creator', 'creator'],
  ['Producer', 'producer'],
  ['CreationDate', 'created'],
  ['ModDate', 'modified'],
];

/** Titles that programs make up from the file they were given. */
const MADE_UP =
  /^\(?(microsoft word\s*-|microsoft powerpoint|untitled|document\s*\d*$|print|\(anonymous\)|slide\s*1)|\.(docx?|pdf|indd|dot|rtf|odt|xlsx?|pptx?|qxd|tmp)$/i;

/** The document information of a PDF into `properties`. Dates as ISO 8601. */
export function readProperties(pdf: Engine, document: number, builder: DocumentBuilder): void {
  for (const [tag, property] of TAGS) {
    const value = meta(pdf, document, tag);
    if (value === '') continue;
    builder.properties[property] = tag.endsWith('Date') ? (isoDate(value) ?? value) : value;
  }
  const title = meta(pdf, document, 'Title');
  if (title !== '') builder.properties.title = title;
}

/** Whether a stated title can be one, and not a file name or what a program puts there. */
export function isTitle(title: string): boolean {
  return !MADE_UP.test(title) && /\p{L}{3}/u.test(title);
}

function meta(pdf: Engine, document: number, tag: string): string {
  const { calls } = pdf;
  const bytes = Buffer.from(`${tag}\0`, 'latin1');
  const name = calls.malloc(bytes.length);
  pdf.views().u8.set(bytes, name);
  const length = calls.FPDF_GetMetaText(document, name, 0, 0);
  let value = '';
  if (length > 2 && length < 16_384) {
    const buffer = calls.malloc(length);
    calls.FPDF_GetMetaText(document, name, buffer, length);
    value = new TextDecoder('utf-16le').decode(pdf.views().u8.slice(buffer, buffer + length - 2));
    calls.free(buffer);
  }
  calls.free(name);
  return value.replace(/\p{Cc}+/gu, ' ').trim();
}

/** `D:20190321143000+01'00'` → `2019-03-21T14:30:00+01:00`; null for anything else. */
export function isoDate(value: string): string | null {
  const match = /^(?:D:)?(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?\s*(Z|[+-]\d{2})?'?(\d{2})?/.exec(value);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second = '00', zone, zoneMinutes = '00'] = match;
  if (month === undefined || Number(month) < 1 || Number(month) > 12) return year ?? null;
  if (day === undefined || Number(day) < 1 || Number(day) > 31) return `${year}-${month}`;
  if (hour === undefined || minute === undefined) return `${year}-${month}-${day}`;
  const offset = zone === undefined ? '' : zone === 'Z' ? 'Z' : `${zone}:${zoneMinutes}`;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`;
}
