import { LEFT_OUT } from './word-parser.ts';

/** Where one run of a Word part stands in its XML, in characters. Counted as `RunAnchor` counts paragraphs and runs. */
export interface RunPlace {
  paragraph: number;
  run: number;
  start: number;
  end: number;
  /** What its properties are written as; empty where it has none. */
  properties: string;
  pieces: RunPiece[];
}

/** A part of what a run shows. Of text, the characters stand between `inner` and `innerEnd`; anything else counts as one character. */
export interface RunPiece {
  start: number;
  end: number;
  /** UTF-16 length of what it shows. */
  length: number;
  text: { inner: number; innerEnd: number; keepsSpace: boolean } | null;
}

export interface WordPlaces {
  runs: RunPlace[];
  /** By paragraph number: where it ends, and whether it stands in the body itself and not in a table or box. */
  paragraphs: Map<number, { end: number; inBody: boolean }>;
  /** Where new paragraphs of the body may be put: before its last section properties, else at its end; -1 in other parts. */
  bodyEnd: number;
}

/** Elements of a run that show one character. */
const SHOWN: ReadonlySet<string> = new Set(['w:tab', 'w:ptab', 'w:cr', 'w:br', 'w:noBreakHyphen', 'w:sym']);

interface Markup {
  start: number;
  end: number;
  /** Empty for comments, instructions and CDATA. */
  name: string;
  attributes: string;
  closes: boolean;
  /** Characters that a CDATA section shows. */
  shows: number;
}

/** The markup of a text, in order; one pass, and an end that is missing ends it. */
function* markupOf(xml: string): Generator<Markup> {
  for (let start = xml.indexOf('<'); start >= 0; ) {
    const [opening, ending] = xml.startsWith('<!--', start)
      ? [4, '-->']
      : xml.startsWith('<![CDATA[', start)
        ? [9, ']]>']
        : xml.startsWith('<?', start)
          ? [2, '?>']
          : [0, ''];
    const close = ending === '' ? tagEnd(xml, start + 1) : xml.indexOf(ending, start + opening);
    if (close < 0) return;
    const end = close + Math.max(1, ending.length);
    if (ending === '') {
      const closes = xml[start + 1] === '/';
      const inner = xml.slice(start + (closes ? 2 : 1), close);
      const name = /^[^\s/]*/.exec(inner)?.[0] ?? '';
      yield { start, end, name, attributes: inner.slice(name.length), closes, shows: 0 };
    } else {
      yield { start, end, name: '', attributes: '', closes: false, shows: opening === 9 ? close - start - 9 : 0 };
    }
    start = xml.indexOf('<', end);
  }
}

/** Where a tag's `>` stands, outside quotes; -1 where it never ends. */
function tagEnd(xml: string, from: number): number {
  for (let at = from; at < xml.length; at++) {
    const char = xml[at];
    if (char === '>') return at;
    if (char === '"' || char === "'") {
      at = xml.indexOf(char, at + 1);
      if (at < 0) return -1;
    }
  }
  return -1;
}

/**
 * Finds runs and paragraphs in the XML of a Word part that uses the customary prefix `w`, as every program of note writes it. With another
 * prefix nothing is found.
 */
export function findWordPlaces(xml: string): WordPlaces {
  const runs: RunPlace[] = [];
  const paragraphs: WordPlaces['paragraphs'] = new Map();
  const open: string[] = [];
  const readers: { index: number; runs: number; inBody: boolean }[] = [];
  const current: RunPlace[] = [];
  const choices: boolean[] = [];
  const fields: ('instruction' | 'result')[] = [];
  const texts: OpenText[] = [];
  let count = 0;
  let skipFrom = -1;
  let bodyEnd = -1;
  let propertiesStart = -1;
  const inInstruction = (): boolean => fields.includes('instruction');

  let last = 0;
  for (const { start: at, end, name, attributes, closes, shows } of markupOf(xml)) {
    const text = texts.at(-1);
    if (text && skipFrom < 0) text.shown += shownLength(xml.slice(last, at)) + shows;
    last = end;
    if (name === '' || name.startsWith('!')) continue;
    const empty = attributes.endsWith('/');
    if (!closes) {
      if (skipFrom < 0) opened(name, attributes, at, last, empty);
      open.push(name);
      if (!empty) continue;
    }
    open.pop();
    if (skipFrom >= 0) {
      if (open.length === skipFrom) skipFrom = -1;
      else continue;
      if (LEFT_OUT.has(name)) continue;
    }
    closed(name, at, last);
  }
  return { runs, paragraphs, bodyEnd };

  function opened(name: string, attributes: string, at: number, inner: number, empty: boolean): void {
    const reader = readers.at(-1);
    const run = current.at(-1);
    if (LEFT_OUT.has(name)) {
      if (!empty) skipFrom = open.length;
      return;
    }
    if (name === 'w:p') readers.push({ index: count++, runs: 0, inBody: open.at(-1) === 'w:body' });
    else if (name === 'w:r' || name === 'm:r') {
      if (!reader) return;
      const place = { paragraph: reader.index, run: reader.runs++, start: at, end: at, properties: '', pieces: [] };
      runs.push(place);
      current.push(place);
    } else if (name === 'w:rPr' && open.at(-1) === 'w:r') propertiesStart = at;
    else if (name === 'w:t' || name === 'w:delText' || name === 'm:t') {
      if (run && !empty)
        texts.push({
          start: at,
          inner,
          keepsSpace: /xml:space\s*=\s*["']preserve/.test(attributes),
          shown: 0,
          element: name,
        });
    } else if (name === 'w:fldChar') {
      const type = /w:fldCharType\s*=\s*["'](\w+)/.exec(attributes)?.[1];
      if (type === 'begin') fields.push('instruction');
      else if (type === 'separate' && fields.length > 0) fields[fields.length - 1] = 'result';
      else if (type === 'end') fields.pop();
    } else if (SHOWN.has(name) && run && !inInstruction()) {
      run.pieces.push({ start: at, end: -1, length: 1, text: null });
    } else if (name === 'mc:AlternateContent') choices.push(false);
    else if (name === 'mc:Choice') {
      if (choices.at(-1)) {
        if (!empty) skipFrom = open.length;
      } else if (choices.length > 0) choices[choices.length - 1] = true;
    } else if (name === 'mc:Fallback' && choices.at(-1) && !empty) skipFrom = open.length;
    else if (name === 'w:sectPr' && open.at(-1) === 'w:body') bodyEnd = at;
  }

  function closed(name: string, at: number, end: number): void {
    const run = current.at(-1);
    if (name === 'w:p') {
      const reader = readers.pop();
      if (reader) paragraphs.set(reader.index, { end, inBody: reader.inBody });
      fields.fill('result');
    } else if (name === 'w:r' || name === 'm:r') {
      const done = current.pop();
      if (done) done.end = end;
    } else if (name === 'w:rPr' && run && propertiesStart >= 0 && open.at(-1) === 'w:r') {
      run.properties = xml.slice(propertiesStart, end);
      propertiesStart = -1;
    } else if (name === texts.at(-1)?.element) {
      const text = texts.pop();
      if (run && text && !inInstruction()) run.pieces.push(pieceOf(text, at, end));
    } else if (SHOWN.has(name)) {
      const piece = run?.pieces.at(-1);
      if (piece && piece.end < 0) piece.end = end;
    } else if (name === 'mc:AlternateContent') choices.pop();
    else if (name === 'w:body' && bodyEnd < 0) bodyEnd = at;
  }
}

interface OpenText {
  start: number;
  inner: number;
  keepsSpace: boolean;
  shown: number;
  element: string;
}

function pieceOf({ start, inner, keepsSpace, shown, element }: OpenText, innerEnd: number, end: number): RunPiece {
  // Deleted text and formulas are never split.
  return { start, end, length: shown, text: element === 'w:t' ? { inner, innerEnd, keepsSpace } : null };
}

const ENTITY = /&(?:#x[\da-fA-F]+|#\d+|lt|gt|amp|quot|apos);/g;

/** UTF-16 length of what a stretch of XML text shows. */
function shownLength(raw: string): number {
  let length = raw.length;
  for (const [entity] of raw.matchAll(ENTITY)) length += entityLength(entity) - entity.length;
  // A carriage return before a newline is read as one newline (XML 1.0, 2.11).
  for (let at = raw.indexOf('\r\n'); at >= 0; at = raw.indexOf('\r\n', at + 2)) length--;
  return length;
}

function entityLength(entity: string): number {
  if (!entity.startsWith('&#')) return 1;
  const code = entity[2] === 'x' ? Number.parseInt(entity.slice(3), 16) : Number.parseInt(entity.slice(2), 10);
  return code > 0xffff ? 2 : 1;
}

/** The place in the XML of the character `offset` of a text piece, counted from its start. */
export function placeInText(xml: string, inner: number, innerEnd: number, offset: number): number {
  let at = inner;
  let shown = 0;
  while (at < innerEnd && shown < offset) {
    if (xml[at] === '&') {
      const end = xml.indexOf(';', at);
      if (end > 0 && end < innerEnd) {
        shown += entityLength(xml.slice(at, end + 1));
        at = end + 1;
        continue;
      }
    }
    at += xml.startsWith('\r\n', at) ? 2 : 1;
    shown += 1;
  }
  return at;
}
