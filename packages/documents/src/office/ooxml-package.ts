import type { DocumentBuilder } from '../builder.ts';
import type { Limits } from '../reader.ts';
import { UnreadableError } from '../reader.ts';
import { Zip } from '../zip.ts';
import type { Attributes, Prefixes, XmlHandler } from './xml.ts';
import { Enough, parseXml } from './xml.ts';

const OFFICE = 'http://schemas.openxmlformats.org/';
const STRICT = 'http://purl.oclc.org/ooxml/';

/** Transitional and Strict namespaces of ECMA-376, by one prefix each. */
const OOXML_PREFIXES: Prefixes = new Map([
  [`${OFFICE}wordprocessingml/2006/main`, 'w'],
  [`${STRICT}wordprocessingml/main`, 'w'],
  [`${OFFICE}spreadsheetml/2006/main`, 'x'],
  [`${STRICT}spreadsheetml/main`, 'x'],
  [`${OFFICE}presentationml/2006/main`, 'p'],
  [`${STRICT}presentationml/main`, 'p'],
  [`${OFFICE}drawingml/2006/main`, 'a'],
  [`${STRICT}drawingml/main`, 'a'],
  [`${OFFICE}officeDocument/2006/relationships`, 'r'],
  [`${STRICT}officeDocument/relationships`, 'r'],
  [`${OFFICE}officeDocument/2006/math`, 'm'],
  [`${STRICT}officeDocument/math`, 'm'],
  [`${OFFICE}drawingml/2006/diagram`, 'dgm'],
  [`${STRICT}drawingml/diagram`, 'dgm'],
  [`${OFFICE}package/2006/relationships`, 'rel'],
  [`${OFFICE}package/2006/metadata/core-properties`, 'cp'],
  [`${OFFICE}officeDocument/2006/extended-properties`, 'ep'],
  [`${STRICT}officeDocument/extendedProperties`, 'ep'],
  [`${OFFICE}markup-compatibility/2006`, 'mc'],
  ['http://purl.org/dc/elements/1.1/', 'dc'],
  ['http://purl.org/dc/terms/', 'dcterms'],
  ['http://schemas.microsoft.com/office/word/2010/wordml', 'w14'],
  ['urn:schemas-microsoft-com:vml', 'v'],
  ['urn:schemas-microsoft-com:office:office', 'o'],
]);

/** Sheets, slides or relationships that a file may name. */
export const MAX_PARTS = 50_000;

export interface Relationship {
  /** Last word of the type: `styles`, `header`, `slide`; the same in Transitional and Strict. */
  type: string;
  /** Name of the part in the archive, or the address of an external target. */
  target: string;
  external: boolean;
}

const PROPERTIES: Readonly<Record<string, string>> = {
  'dc:title': 'title',
  'dc:creator': 'author',
  'dc:subject': 'subject',
  'dc:description': 'description',
  'dc:language': 'language',
  'dcterms:created': 'created',
  'dcterms:modified': 'modified',
  'cp:keywords': 'keywords',
  'cp:category': 'category',
  'ep:Company': 'publisher',
};

/** An Office Open XML file: its parts, the relationships between them, and what it states about itself. */
export class OoxmlPackage {
  readonly zip: Zip;
  private readonly limits: Limits;
  private readonly builder: DocumentBuilder;
  private readonly noted = new Set<string>();

  constructor(bytes: Uint8Array, limits: Limits, builder: DocumentBuilder) {
    this.zip = new Zip(bytes, limits);
    this.limits = limits;
    this.builder = builder;
    for (const problem of this.zip.problems) builder.problem(problem);
  }

  /** Parses a part; false when it is not in the archive. A part that is broken is said in a problem, unless it is `vital`. */
  async parse(name: string, handler: XmlHandler, vital = false): Promise<boolean> {
    const entry = this.zip.get(name);
    if (!entry) return false;
    try {
      const outcome = await parseXml(this.zip.stream(entry), handler, OOXML_PREFIXES, this.limits);
      if (outcome.damaged)
        this.note('corrupt', name, 'is damaged; what could be read of it was read. Ask for the file again.');
      if (outcome.cut) this.note('cut', name, 'holds a text longer than is read; its end was left out.');
    } catch (error) {
      if (!(error instanceof UnreadableError) || vital) throw error;
      this.note(error.problem.code, name, `was left out. ${error.problem.message}`);
    }
    return true;
  }

  /** Relationships of a part by id; of the package itself for the empty name. */
  async relationships(part: string): Promise<Map<string, Relationship>> {
    const found = new Map<string, Relationship>();
    const slash = part.lastIndexOf('/');
    const folder = part.slice(0, slash + 1);
    await this.parse(`${folder}_rels/${part.slice(slash + 1)}.rels`, {
      open: (name, attributes) => {
        if (found.size >= MAX_PARTS) throw new Enough();
        if (name === 'rel:Relationship') addRelationship(found, folder, attributes);
        return true;
      },
      close: () => {},
      text: () => {},
    });
    return found;
  }

  /** The main part, by the package's relationships or else by its usual name. */
  async mainPart(usual: string): Promise<string> {
    const relationships = await this.relationships('');
    for (const { type, target } of relationships.values()) {
      if (type === 'officeDocument' && this.zip.get(target)) return target;
    }
    const found = this.zip.get(usual);
    if (found) return found.name;
    throw new UnreadableError({
      code: this.zip.problems.length > 0 ? 'truncated' : 'corrupt',
      message: 'The part that holds the text is missing from the file. Ask for it again.',
    });
  }

  /** Core and extended properties into `builder.properties`; the page count, if stated. */
  async properties(): Promise<number | null> {
    const relationships = await this.relationships('');
    let pages: number | null = null;
    let field = '';
    let value = '';
    const handler: XmlHandler = {
      open: (name) => {
        field = name;
        value = '';
        return true;
      },
      close: (name) => {
        const text = value.trim();
        if (name === field && text !== '') {
          const key = PROPERTIES[name];
          if (key !== undefined) this.builder.properties[key] = text.slice(0, 2000);
          if (name === 'ep:Pages' || name === 'ep:Slides') pages = Number.parseInt(text, 10) || null;
        }
        field = '';
      },
      text: (text) => {
        if (field !== '' && value.length < 2000) value += text;
      },
    };
    for (const { type, target } of relationships.values()) {
      if (type === 'core-properties' || type === 'extended-properties' || type === 'extendedProperties') {
        await this.parse(target, handler);
      }
    }
    return pages;
  }

  /** Says what the file carries besides its text: macros and embedded files. They are never opened. */
  noteForeignParts(): void {
    const names = this.zip.entries.map((entry) => entry.name);
    if (names.some((name) => name.endsWith('vbaProject.bin'))) {
      this.builder.problem({
        code: 'external',
        message: 'The file carries macros; they were not run or read.',
        fatal: false,
      });
    }
    const embedded = names.filter((name) => /\/embeddings\/[^/]+$/.test(name));
    if (embedded.length > 0) {
      const list = embedded.slice(0, 5).map((name) => name.slice(name.lastIndexOf('/') + 1));
      const more = embedded.length > list.length ? ', …' : '';
      const message = `${embedded.length} embedded file(s) were not read (${list.join(', ')}${more}). Save them apart and hand them in.`;
      this.builder.problem({ code: 'external', message, fatal: false });
    }
  }

  private note(code: Parameters<DocumentBuilder['problem']>[0]['code'], part: string, what: string): void {
    if (this.noted.has(part)) return;
    this.noted.add(part);
    this.builder.problem({ code, message: `"${part}" ${what}`, fatal: false });
  }
}

function addRelationship(found: Map<string, Relationship>, folder: string, attributes: Attributes): void {
  const { Id: id, Type: type, Target: target } = attributes;
  if (id === undefined || type === undefined || target === undefined) return;
  const external = attributes.TargetMode === 'External';
  found.set(id, {
    type: type.slice(type.lastIndexOf('/') + 1),
    target: external ? target : resolve(folder, target),
    external,
  });
}

function resolve(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const path: string[] = [];
  for (const step of `${folder}${target}`.split('/')) {
    if (step === '..') path.pop();
    else if (step !== '.' && step !== '') path.push(step);
  }
  return path.join('/');
}
