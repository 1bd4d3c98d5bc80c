import {
  DEFAULT_LIMITS,
  findWordPlaces,
  type RunAnchor,
  type RunPlace,
  rewriteZip,
  type WordPlaces,
  Zip,
} from '@proviso/documents';
import { escapeXml, type Insertion, insert } from './insertions.ts';
import { cutRun, joinRuns } from './split-run.ts';

/** A comment on exact words. `runs` are the anchors that `parse(…, { anchors: true })` gives for them, in order. */
export interface WordNote {
  runs: readonly RunAnchor[];
  /** A paragraph each. */
  paragraphs: readonly string[];
}

/** Paragraphs that are proposed as a tracked insertion. */
export interface WordProposal {
  /** After this paragraph of the body; at the end of the document where it is null or stands in a table. */
  after: RunAnchor | null;
  paragraphs: readonly { text: string; bold?: boolean }[];
}

export interface Annotations {
  notes: readonly WordNote[];
  proposals: readonly WordProposal[];
  /** ISO 8601 instant that stands on comments and insertions. */
  date: string;
}

export interface Annotated {
  bytes: Uint8Array;
  /** Indices of notes that have no place in the body: they stand in headers, notes or other parts, or nowhere. */
  unplaced: number[];
}

const AUTHOR = 'Proviso';
const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const REL_ID = 'rIdProvisoComments';
const REL_TYPE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments';
const CONTENT_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml';
const OWN_PART = 'provisoComments.xml';

/**
 * The Word file with our comments and proposals in it. Only the body, the comments and the two lists that name the comments change;
 * all else keeps its bytes, and `withoutAnnotations` gives the original XML back. Comments, tracked changes, content controls and
 * protection that are there stay as they are.
 * @throws Error where the file has no body that we can write into; UnreadableError for a damaged archive.
 */
export function annotateWord(file: Uint8Array, { notes, proposals, date }: Annotations): Annotated {
  const parts = new WordFile(file);
  const xml = parts.read(parts.main);
  const places = findWordPlaces(xml);
  if (places.bodyEnd < 0)
    throw new Error(
      'The Word file is written in an unusual way, so that no comments can be put in it. Save it again in Word.',
    );
  const firstComment = parts.nextId(parts.comments ?? '', 'w:comment');
  const { insertions, placed, unplaced } = commentMarks(xml, places, parts.main, notes, firstComment);
  insertions.push(...proposalMarks(places, proposals, date, nextChange(xml)));
  const changes = new Map<string, Uint8Array>();
  const write = (name: string, text: string): void => {
    changes.set(name, new TextEncoder().encode(text));
  };
  if (insertions.length > 0) write(parts.main, insert(xml, insertions));
  if (placed.length > 0) {
    const comments = placed
      .map((note, i) => commentXml(firstComment + i, notes[note]?.paragraphs ?? [], date))
      .join('');
    parts.addComments(comments, write);
  }
  return { bytes: rewriteZip(file, changes), unplaced };
}

/** The file without the comments, splits and insertions that `annotateWord` made; others' stay. */
export function withoutAnnotations(file: Uint8Array): Uint8Array {
  const parts = new WordFile(file);
  const changes = new Map<string, Uint8Array | null>();
  const write = (name: string, text: string | null): void => {
    changes.set(name, text === null ? null : new TextEncoder().encode(text));
  };
  const ids = parts.removeComments(write);
  const xml = parts.read(parts.main);
  const bare = ids
    .reduce((text, id) => text.replaceAll(rangeStart(id), '').replaceAll(rangeEnd(id), ''), xml)
    .replace(PROPOSED, '');
  const joined = joinRuns(bare);
  if (joined !== xml) write(parts.main, joined);
  return rewriteZip(file, changes);
}

const rangeStart = (id: number): string => `<w:commentRangeStart w:id="${id}"/>`;
const rangeEnd = (id: number): string =>
  `<w:commentRangeEnd w:id="${id}"/><w:r><w:commentReference w:id="${id}"/></w:r>`;

function commentMarks(
  xml: string,
  places: WordPlaces,
  part: string,
  notes: readonly WordNote[],
  firstId: number,
): { insertions: Insertion[]; placed: number[]; unplaced: number[] } {
  const byKey = new Map(places.runs.map((run) => [`${run.paragraph}/${run.run}`, run]));
  const cuts = new Map<RunPlace, Map<number, { before: string; after: string }>>();
  const cutAt = (run: RunPlace, offset: number): { before: string; after: string } => {
    const own = cuts.get(run) ?? new Map<number, { before: string; after: string }>();
    cuts.set(run, own);
    const cut = own.get(offset) ?? { before: '', after: '' };
    own.set(offset, cut);
    return cut;
  };
  const placed: number[] = [];
  const unplaced: number[] = [];
  notes.forEach((note, index) => {
    const runs = note.runs.filter((one) => one.part === part);
    const [first, last] = [runs[0], runs.at(-1)];
    const from = first && byKey.get(`${first.paragraph}/${first.run}`);
    const to = last && byKey.get(`${last.paragraph}/${last.run}`);
    if (!from || !to) {
      unplaced.push(index);
      return;
    }
    const id = firstId + placed.length;
    placed.push(index);
    cutAt(from, first.offset).after += rangeStart(id);
    const end = cutAt(to, last.offset + last.end - last.start);
    // Of two comments that end together, the later one was opened inside: it closes first.
    end.before = rangeEnd(id) + end.before;
  });
  return { insertions: [...cuts].flatMap(([run, own]) => cutRun(xml, run, own)), placed, unplaced };
}

function proposalMarks(
  places: WordPlaces,
  proposals: readonly WordProposal[],
  date: string,
  firstId: number,
): Insertion[] {
  let id = firstId;
  return proposals.map(({ after, paragraphs }, order) => {
    const place = after && places.paragraphs.get(after.paragraph);
    const at = place?.inBody ? place.end : places.bodyEnd;
    const text = paragraphs.map((one) => proposedXml(one, date, id++)).join('');
    return { at, text, order: order + 1 };
  });
}

function proposedXml({ text, bold }: { text: string; bold?: boolean }, date: string, id: number): string {
  const change = `w:id="${id}" w:author="${AUTHOR}" w:date="${date}"`;
  const look = bold ? '<w:rPr><w:b/></w:rPr>' : '';
  return (
    `<w:p><w:pPr><w:rPr><w:ins ${change}/></w:rPr></w:pPr>` +
    `<w:ins ${change}><w:r>${look}<w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r></w:ins></w:p>`
  );
}

/** A paragraph as `proposedXml` writes it. */
const PROPOSED = new RegExp(
  `<w:p><w:pPr><w:rPr><w:ins w:id="\\d+" w:author="${AUTHOR}" w:date="[^"]*"/></w:rPr></w:pPr>` +
    `<w:ins w:id="\\d+" w:author="${AUTHOR}" w:date="[^"]*"><w:r>(?:<w:rPr><w:b/></w:rPr>)?<w:t xml:space="preserve">[^<]*</w:t></w:r></w:ins></w:p>`,
  'g',
);

function commentXml(id: number, paragraphs: readonly string[], date: string): string {
  const body = paragraphs
    .map((text) => `<w:p><w:r><w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r></w:p>`)
    .join('');
  return `<w:comment w:id="${id}" w:author="${AUTHOR}" w:date="${date}" w:initials="P">${body || '<w:p/>'}</w:comment>`;
}

/** The next free id of tracked changes and bookmarks, which share their numbers in the body. */
function nextChange(xml: string): number {
  let most = 0;
  for (const [, id] of xml.matchAll(/\sw:id="(\d{1,9})"/g)) most = Math.max(most, Number(id));
  return most + 1;
}

/** A Word file's body, comments and the lists that name them, as text. */
class WordFile {
  readonly main: string;
  readonly comments: string | null;
  private readonly zip: Zip;
  private readonly relations: string;

  constructor(file: Uint8Array) {
    this.zip = new Zip(file, DEFAULT_LIMITS);
    const root = this.read('_rels/.rels');
    const target = /<Relationship\b[^>]*\bType="[^"]*\/officeDocument"[^>]*>/.exec(root)?.[0];
    this.main = (/\bTarget="\/?([^"]+)"/.exec(target ?? '')?.[1] ?? 'word/document.xml').replace(/^\.\//, '');
    const slash = this.main.lastIndexOf('/') + 1;
    this.relations = `${this.main.slice(0, slash)}_rels/${this.main.slice(slash)}.rels`;
    const named = /<Relationship\b[^>]*\bType="[^"]*\/relationships\/comments"[^>]*>/.exec(
      this.read(this.relations),
    )?.[0];
    const path = /\bTarget="([^"]+)"/.exec(named ?? '')?.[1];
    this.comments =
      path === undefined ? null : path.startsWith('/') ? path.slice(1) : `${this.main.slice(0, slash)}${path}`;
  }

  /** The text of a part; empty where it is missing. A part that is not UTF-8 is refused: it could not be written back as it was. */
  read(name: string): string {
    const entry = this.zip.get(name);
    if (!entry) return '';
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(this.zip.read(entry));
  }

  /** One more than the highest id of an element in a part. */
  nextId(part: string, element: string): number {
    let most = -1;
    for (const [, id] of this.read(part).matchAll(new RegExp(`<${element}\\b[^>]*\\bw:id="(\\d{1,9})"`, 'g')))
      most = Math.max(most, Number(id));
    return most + 1;
  }

  addComments(comments: string, write: (name: string, text: string) => void): void {
    if (this.comments !== null) {
      const xml = this.read(this.comments);
      const end = xml.lastIndexOf('</w:comments>');
      if (end >= 0) {
        write(this.comments, xml.slice(0, end) + comments + xml.slice(end));
        return;
      }
      const empty = /<w:comments\b([^>]*)\/>/.exec(xml);
      if (!empty)
        throw new Error('The comments of the Word file are written in an unusual way. Save it again in Word.');
      write(this.comments, xml.replace(empty[0], `<w:comments${empty[1]}>${comments}</w:comments>`));
      return;
    }
    const folder = this.main.slice(0, this.main.lastIndexOf('/') + 1);
    write(
      `${folder}${OWN_PART}`,
      `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="${W}">${comments}</w:comments>`,
    );
    const relation = `<Relationship Id="${REL_ID}" Type="${REL_TYPE}" Target="${OWN_PART}"/>`;
    const relations = this.read(this.relations);
    write(
      this.relations,
      relations === ''
        ? `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relation}</Relationships>`
        : relations.includes('</Relationships>')
          ? relations.replace('</Relationships>', `${relation}</Relationships>`)
          : relations.replace(/<Relationships\b([^>]*)\/>/, `<Relationships$1>${relation}</Relationships>`),
    );
    const types = this.read('[Content_Types].xml');
    if (types !== '') write('[Content_Types].xml', types.replace('</Types>', `${this.override()}</Types>`));
  }

  /** Takes our comments out of their part, and the part itself where we made it; gives their ids. */
  removeComments(write: (name: string, text: string | null) => void): number[] {
    if (this.comments === null) return [];
    const xml = this.read(this.comments);
    const own = new RegExp(`<w:comment w:id="(\\d+)" w:author="${AUTHOR}"[^>]*>[\\s\\S]*?</w:comment>`, 'g');
    const ids = [...xml.matchAll(own)].map(([, id]) => Number(id));
    if (ids.length === 0) return [];
    if (this.comments.endsWith(OWN_PART)) {
      write(this.comments, null);
      const relations = this.read(this.relations);
      write(
        this.relations,
        relations.replace(`<Relationship Id="${REL_ID}" Type="${REL_TYPE}" Target="${OWN_PART}"/>`, ''),
      );
      const types = this.read('[Content_Types].xml');
      if (types !== '') write('[Content_Types].xml', types.replace(this.override(), ''));
    } else write(this.comments, xml.replace(own, ''));
    return ids;
  }

  private override(): string {
    const folder = this.main.slice(0, this.main.lastIndexOf('/') + 1);
    return `<Override PartName="/${folder}${OWN_PART}" ContentType="${CONTENT_TYPE}"/>`;
  }
}
