import { SaxesParser } from 'saxes';
import type { Limits } from '../reader.ts';
import { UnreadableError } from '../reader.ts';

export type Attributes = Readonly<Record<string, string>>;

/** Follows one XML part. Names come with the canonical prefix of their namespace, whatever prefix the file uses. */
export interface XmlHandler {
  /** False leaves the whole element out: neither what is in it nor its end is reported. */
  open(name: string, attributes: Attributes): boolean;
  close(name: string): void;
  /** May come in several pieces. */
  text(text: string): void;
}

/** Namespace → canonical prefix. An element of an unlisted namespace keeps the prefix of the file. */
export type Prefixes = ReadonlyMap<string, string>;

export interface XmlOutcome {
  /** The part is not well-formed; what could be told was reported. */
  damaged: boolean;
  /** One stretch of text was longer than `maxChars`; the rest of it was left out. */
  cut: boolean;
}

/** Thrown by a handler that has seen enough; `parseXml` ends as if the part ended there. */
export class Enough extends Error {}

const CHUNK = 128 * 1024;
const MAX_ERRORS = 50;
/** A tag, comment or instruction longer than this, in characters, is no part of a document. */
const MAX_TAG = 4 * 1024 * 1024;
/** Names and namespaces that are remembered; real files use hundreds of names and some dozens of namespaces. */
const MAX_NAMES = 5_000;
const MAX_BINDINGS = 200;

/**
 * Parses one part. Entities other than the five of XML are not expanded, document types are ignored, nesting deeper than
 * `maxDepth` throws `UnreadableError`; a part that breaks off is closed as if it had ended.
 */
export async function parseXml(
  source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  handler: XmlHandler,
  prefixes: Prefixes,
  limits: Pick<Limits, 'maxDepth' | 'maxChars'>,
): Promise<XmlOutcome> {
  const outcome: XmlOutcome = { damaged: false, cut: false };
  const feed = new Feed(handler, prefixes, limits, outcome);
  try {
    for await (const piece of source) feed.write(piece);
    feed.end();
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  feed.closeOpen();
  return outcome;
}

class Feed {
  private readonly parser = new SaxesParser<{ position: false; xmlns: false }>({ position: false, xmlns: false });
  private readonly open: string[] = [];
  private readonly scopes: Scope[] = [];
  private scope: Scope = { names: new Map(), bindings: new Map(), renamed: false, depth: 0 };
  private decoder: InstanceType<typeof TextDecoder> | null = null;
  private depth = 0;
  /** Depth of the element being left out; 0 when none is. */
  private skipped = 0;
  private stretch = 0;
  private inTag = false;
  private tag = 0;
  private errors = 0;
  private readonly handler: XmlHandler;
  private readonly prefixes: Prefixes;
  private readonly limits: Pick<Limits, 'maxDepth' | 'maxChars'>;
  private readonly outcome: XmlOutcome;

  constructor(
    handler: XmlHandler,
    prefixes: Prefixes,
    limits: Pick<Limits, 'maxDepth' | 'maxChars'>,
    outcome: XmlOutcome,
  ) {
    this.handler = handler;
    this.prefixes = prefixes;
    this.limits = limits;
    this.outcome = outcome;
    this.parser.on('opentag', (tag) => this.onOpen(tag.name, tag.attributes));
    this.parser.on('closetag', () => this.onClose());
    this.parser.on('text', (text) => {
      if (this.skipped === 0) handler.text(text);
    });
    this.parser.on('cdata', (text) => {
      if (this.skipped === 0) handler.text(text);
    });
    this.parser.on('error', () => {
      outcome.damaged = true;
      if (++this.errors > MAX_ERRORS) throw new Enough();
    });
  }

  write(bytes: Uint8Array): void {
    this.decoder ??= new TextDecoder(encodingOf(bytes));
    for (let at = 0; at < bytes.length; at += CHUNK) {
      this.feed(this.decoder.decode(bytes.subarray(at, at + CHUNK), { stream: true }));
    }
  }

  end(): void {
    this.feed(this.decoder?.decode() ?? '');
    this.parser.close();
  }

  /** Reports the end of what a damaged or abandoned part left open. */
  closeOpen(): void {
    try {
      while (this.open.length > 0) this.onClose();
    } catch (error) {
      if (!(error instanceof Enough)) throw error;
    }
  }

  private feed(chunk: string): void {
    // A stretch without any markup would pile up in the parser, so its excess is dropped here.
    this.stretch = chunk.includes('<') ? 0 : this.stretch + chunk.length;
    if (this.stretch > this.limits.maxChars) {
      this.outcome.cut = true;
      return;
    }
    this.watchTag(chunk);
    this.parser.write(chunk);
  }

  /** What stands between `<` and `>` piles up in the parser until it is complete. */
  private watchTag(chunk: string): void {
    const closes = chunk.lastIndexOf('>');
    const opens = chunk.lastIndexOf('<');
    if (opens > closes) {
      this.inTag = true;
      this.tag = chunk.length - opens;
    } else if (closes !== -1) this.inTag = false;
    else if (this.inTag) this.tag += chunk.length;
    if (this.inTag && this.tag > MAX_TAG) {
      this.outcome.cut = true;
      throw new Enough();
    }
  }

  private onOpen(raw: string, attributes: Attributes): void {
    this.depth++;
    if (this.depth > this.limits.maxDepth) {
      throw new UnreadableError({
        code: 'too-deep',
        message: `The file nests more than ${this.limits.maxDepth} levels deep, as no real document does. It was not read.`,
      });
    }
    let declares = false;
    for (const key in attributes) {
      if (key.charCodeAt(0) === 120 && key.startsWith('xmlns') && (key.length === 5 || key[5] === ':')) {
        declares = true;
        break;
      }
    }
    if (declares) this.bind(attributes);
    const name = this.canonical(raw);
    this.open.push(name);
    if (this.skipped > 0) return;
    const given = this.scope.renamed ? this.rename(attributes) : attributes;
    if (!this.handler.open(name, given)) this.skipped = this.depth;
  }

  private onClose(): void {
    const name = this.open.pop();
    if (name === undefined) return;
    if (this.skipped === 0) this.handler.close(name);
    else if (this.skipped === this.depth) this.skipped = 0;
    if (this.scope.depth === this.depth) this.scope = this.scopes.pop() ?? this.scope;
    this.depth--;
  }

  private bind(attributes: Attributes): void {
    const bindings = new Map(this.scope.bindings);
    for (const [key, uri] of Object.entries(attributes)) {
      if (bindings.size >= MAX_BINDINGS) break;
      if (key === 'xmlns') bindings.set('', this.prefixes.get(uri) ?? '');
      else if (key.startsWith('xmlns:')) bindings.set(key.slice(6), this.prefixes.get(uri) ?? key.slice(6));
    }
    const renamed = [...bindings].some(([own, canonical]) => own !== '' && own !== canonical);
    this.scopes.push(this.scope);
    this.scope = { names: new Map(), bindings, renamed, depth: this.depth };
  }

  /** The same string object for the same name, so that comparing names is comparing pointers. */
  private canonical(raw: string): string {
    const known = this.scope.names.get(raw);
    if (known !== undefined) return known;
    const colon = raw.indexOf(':');
    const prefix = colon === -1 ? '' : raw.slice(0, colon);
    const bound = this.scope.bindings.get(prefix) ?? prefix;
    const name = bound === '' ? raw.slice(colon + 1) : `${bound}:${raw.slice(colon + 1)}`;
    if (this.scope.names.size < MAX_NAMES) this.scope.names.set(raw, name);
    return name;
  }

  private rename(attributes: Attributes): Attributes {
    const out: Record<string, string> = {};
    for (const [key, value] of Object.entries(attributes)) {
      // An attribute without a prefix is in no namespace.
      out[key.includes(':') && !key.startsWith('xmlns') ? this.canonical(key) : key] = value;
    }
    return out;
  }
}

interface Scope {
  names: Map<string, string>;
  bindings: Map<string, string>;
  renamed: boolean;
  depth: number;
}

/** XML of office files is UTF-8 or UTF-16, told by its first bytes. */
function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  return 'utf-8';
}
