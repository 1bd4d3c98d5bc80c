import { decodeHTML } from 'entities';
import { SaxesParser } from 'saxes';
import type { Limits } from '../reader.ts';
import { UnreadableError } from '../reader.ts';
import type { BoundedBuilder } from './bounded.ts';

/** One element: its name without prefix, attributes without prefix, and what it holds in order. */
export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: XmlNode[];
}

export type XmlNode = XmlElement | string;

/** Elements of one file; a tree of them takes some 200 bytes each. */
const MAX_ELEMENTS = 300_000;
/** Entities a document type may define. */
const MAX_ENTITIES = 500;
/** Each fault costs as much as some thousand characters; a file with more is no XML. */
const MAX_FAULTS = 2000;
const CHUNK = 256 * 1024;

/**
 * Parses XML into a tree without namespaces, comments and instructions. Faults are tolerated and said in a `corrupt` problem; what
 * stands deeper than `maxDepth` is kept as text of the last element above it.
 * Throws `UnreadableError`: `too-large` for entities that multiply, `corrupt` where there is no element at all.
 */
export function parseXml(
  text: string,
  limits: Pick<Limits, 'maxDepth' | 'maxChars'>,
  builder: BoundedBuilder,
): XmlElement {
  const parser = new SaxesParser({ position: false });
  const top: XmlElement = { name: '', attributes: {}, children: [] };
  const path: XmlElement[] = [top];
  let beyond = 0;
  let deep = false;
  let elements = 0;
  let chars = 0;
  let fault: string | null = null;
  const addText = (data: string): void => {
    if (data === '') return;
    chars += data.length;
    const children = (path.at(-1) as XmlElement).children;
    const last = children.length - 1;
    if (typeof children[last] === 'string') children[last] += data;
    else children.push(data);
  };
  let faults = 0;
  parser.on('error', (error) => {
    fault ??= error.message;
    if (++faults > MAX_FAULTS) throw new TooManyFaults();
  });
  const source = resolveEntities(text, limits.maxChars);
  parser.on('opentag', (tag) => {
    elements++;
    if (path.length > limits.maxDepth) {
      beyond++;
      deep = true;
      addText(' ');
      return;
    }
    const element: XmlElement = {
      name: local(tag.name),
      attributes: withoutPrefixes(tag.attributes as Record<string, string>),
      children: [],
    };
    (path.at(-1) as XmlElement).children.push(element);
    path.push(element);
  });
  parser.on('closetag', () => {
    if (beyond > 0) {
      beyond--;
      addText(' ');
    } else if (path.length > 1) path.pop();
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  let cut = false;
  try {
    for (let at = 0; at < source.length && !cut; at += CHUNK) {
      parser.write(source.slice(at, at + CHUNK));
      cut = elements > MAX_ELEMENTS || chars > limits.maxChars * 1.5;
    }
    if (!cut) parser.close();
  } catch (error) {
    if (!(error instanceof TooManyFaults)) throw error;
  }
  say(builder, { cut, deep, fault, maxDepth: limits.maxDepth });
  const root = top.children.find((child) => typeof child !== 'string');
  if (root === undefined) {
    throw new UnreadableError({
      code: 'corrupt',
      message: 'This is called XML but holds no element. Get the file again from its source.',
    });
  }
  return root;
}

function say(
  builder: BoundedBuilder,
  found: { cut: boolean; deep: boolean; fault: string | null; maxDepth: number },
): void {
  if (found.cut) {
    builder.problem({
      code: 'cut',
      message: `The file is larger than what is read: ${MAX_ELEMENTS} elements were read, the rest was left out.`,
      fatal: false,
    });
  } else if (found.fault !== null) {
    builder.problem({
      code: 'corrupt',
      message: `The XML has faults (${found.fault.slice(0, 120)}); what could be told apart was read.`,
      fatal: false,
    });
  }
  if (found.deep) {
    builder.problem({
      code: 'too-deep',
      message: `Elements are nested more than ${found.maxDepth} deep; deeper text was read without its structure.`,
      fatal: false,
    });
  }
}

class TooManyFaults extends Error {}

/**
 * Replaces named entities: those the document type defines as plain text, and those of HTML, which the document types of DocBook, TEI
 * and JATS define in other files. Unknown ones stay as they are written. Entities that refer to others could multiply and are refused.
 */
function resolveEntities(text: string, maxChars: number): string {
  if (!text.includes('&')) return text;
  const own = entitiesOf(/<!DOCTYPE[^[>]{0,1000}\[([\s\S]{0,200000}?)\]\s*>/.exec(text.slice(0, 300_000))?.[1] ?? '');
  let added = 0;
  return text.replace(/&([A-Za-z_][\w.:-]{0,60});/g, (whole, name: string) => {
    if (name === 'amp' || name === 'lt' || name === 'gt' || name === 'quot' || name === 'apos') return whole;
    const value = own.get(name) ?? decodeHTML(whole);
    added += value.length;
    if (added > maxChars) throw multiplying();
    return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  });
}

function entitiesOf(subset: string): Map<string, string> {
  const found = new Map<string, string>();
  let referring = 0;
  for (const match of subset.matchAll(/<!ENTITY\s+([\w.:-]{1,100})\s+(?:"([^"]{0,2000})"|'([^']{0,2000})')\s*>/g)) {
    const value = match[2] ?? match[3] ?? '';
    if (/&(?!#|amp;|lt;|gt;|quot;|apos;)[\w.:-]+;/.test(value)) referring++;
    else if (found.size < MAX_ENTITIES && !value.includes('<')) found.set(match[1] ?? '', resolveCharacters(value));
  }
  if (referring > 3) throw multiplying();
  return found;
}

function multiplying(): UnreadableError {
  return new UnreadableError({
    code: 'too-large',
    message: 'The XML defines entities that multiply; it is not read. Ask for a copy without them.',
  });
}

function resolveCharacters(value: string): string {
  return value.replace(/&#(x[\da-f]{1,6}|\d{1,7});/gi, (whole, code: string) => {
    const point = code[0]?.toLowerCase() === 'x' ? Number.parseInt(code.slice(1), 16) : Number.parseInt(code, 10);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

function local(name: string): string {
  const at = name.indexOf(':');
  return at === -1 ? name : name.slice(at + 1);
}

function withoutPrefixes(attributes: Readonly<Record<string, string>>): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) if (!name.startsWith('xmlns')) out[local(name)] = value;
  return out;
}

/** The text an element holds, its descendants' parts kept apart where nothing stands between them. */
export function textOf(node: XmlNode): string {
  if (typeof node === 'string') return node;
  let out = '';
  for (const child of node.children) {
    const part = textOf(child);
    out += part;
  }
  return out;
}

/** Children that are elements, of one name or all. */
export function elementsOf(element: XmlElement, name?: string): XmlElement[] {
  return element.children.filter(
    (child): child is XmlElement => typeof child !== 'string' && (name === undefined || child.name === name),
  );
}

/** The first element found along a path of names, below `element`. */
export function find(element: XmlElement | undefined, ...names: string[]): XmlElement | undefined {
  let at: XmlElement | undefined = element;
  for (const name of names) at = at === undefined ? undefined : elementsOf(at, name)[0];
  return at;
}

/** Every descendant of one name, in order. */
export function descendants(element: XmlElement, name: string): XmlElement[] {
  const found: XmlElement[] = [];
  const visit = (node: XmlElement): void => {
    for (const child of node.children) {
      if (typeof child === 'string') continue;
      if (child.name === name) found.push(child);
      visit(child);
    }
  };
  visit(element);
  return found;
}
