import type { Alias, Node, Document as YamlDocument } from 'yaml';
import { isAlias, isMap, isNode, isScalar, isSeq, parseAllDocuments, visit } from 'yaml';
import type { Document } from '../model.ts';
import type { FileToRead, FormatReader } from '../reader.ts';
import { BoundedBuilder } from './bounded.ts';
import { readLines } from './plain-blocks.ts';
import type { Value } from './value-blocks.ts';
import { ValueBlocks } from './value-blocks.ts';

/** Characters up to which the structure is parsed; the parser needs some hundred bytes of memory for each of them. */
const LONGEST = 4_000_000;
/** Values that one file may hold once its aliases are followed. */
const MAX_VALUES = 500_000;
/** Values that may be reached through aliases: enough for any defaults, too few for a bomb. */
const MAX_ALIASED = 20_000;
/** A text reached through an alias counts once for each stretch of so many characters. */
const LONG_VALUE = 200;

/** YAML that holds prose: catalogues of standards and requirements, one or more documents a file. */
export const reader: FormatReader = {
  formats: ['yaml'],
  read(bytes: Uint8Array, file: FileToRead): Document {
    const builder = new BoundedBuilder('yaml', file.limits);
    const { text } = builder.decode(bytes);
    const documents = text.length > LONGEST ? null : parseYaml(text);
    if (documents === null) readAsLines(builder, text);
    else addDocuments(builder, documents, file.limits.maxDepth);
    return builder.build();
  },
};

/** Null where the text cannot be parsed, or is nested so deep that the parser gives up. */
function parseYaml(text: string): YamlDocument[] | null {
  try {
    const parsed = parseAllDocuments(text, {
      schema: 'failsafe',
      uniqueKeys: false,
      strict: false,
      logLevel: 'silent',
      prettyErrors: false,
      keepSourceTokens: false,
    });
    const documents = Array.isArray(parsed) ? parsed : [];
    const useful = documents.some((document) => document.contents !== null && !isScalar(document.contents));
    const broken = documents.some((document) => document.errors.length > 0);
    return useful && !broken ? documents : null;
  } catch (error) {
    if (error instanceof RangeError || error instanceof Error) return null;
    throw error;
  }
}

function readAsLines(builder: BoundedBuilder, text: string): void {
  readLines(builder, text.replace(/^(\s*)(?:- )?["']?([\p{L}\w .-]{1,60})["']?: +["']?(.*?)["']?$/gmu, '$1$2: $3'));
  builder.problem({
    code: 'corrupt',
    message:
      'The YAML could not be parsed (it is damaged, too large or nested too deep); its lines were read as plain text.',
    fatal: false,
  });
}

function addDocuments(builder: BoundedBuilder, documents: readonly YamlDocument[], maxDepth: number): void {
  const budget: Budget = { left: MAX_VALUES, aliased: MAX_ALIASED, inAlias: false };
  const blocks = new ValueBlocks(builder, maxDepth);
  for (const document of documents) {
    const value = toValue(aliasesOf(document), document.contents, budget, 0, maxDepth);
    describe(builder, value);
    blocks.add(value);
  }
  if (budget.left > 0 && budget.aliased > 0) return;
  builder.problem({
    code: 'too-large',
    message:
      'The file holds more values than are read, or refers to its own parts so often that they multiply; the rest was left out.',
    fatal: false,
  });
}

interface Budget {
  left: number;
  aliased: number;
  inAlias: boolean;
}

type Aliases = ReadonlyMap<Alias, Node | undefined>;

/** What each alias stands for, found in one pass: the parser itself would go through the document anew for every alias. */
function aliasesOf(document: YamlDocument): Aliases {
  const anchors = new Map<string, Node>();
  const aliases = new Map<Alias, Node | undefined>();
  visit(document, (_key, node) => {
    if (isAlias(node)) aliases.set(node, anchors.get(node.source));
    else if (isNode(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
  });
  return aliases;
}

/** A node as a plain value. Aliases are followed while the budget lasts, so that they cannot multiply without bound. */
function toValue(aliases: Aliases, node: unknown, budget: Budget, depth: number, maxDepth: number): Value {
  if (budget.left-- <= 0 || depth > maxDepth + 1) return null;
  if (budget.inAlias && budget.aliased-- <= 0) return null;
  if (isAlias(node)) {
    const outer = budget.inAlias;
    budget.inAlias = true;
    const value = toValue(aliases, aliases.get(node), budget, depth + 1, maxDepth);
    budget.inAlias = outer;
    return value;
  }
  if (isScalar(node)) {
    if (budget.inAlias && typeof node.value === 'string') budget.aliased -= Math.floor(node.value.length / LONG_VALUE);
    return scalar(node.value);
  }
  if (isSeq(node)) return node.items.map((item) => toValue(aliases, item, budget, depth + 1, maxDepth));
  if (!isMap(node)) return scalar(node);
  const out: { [key: string]: Value } = Object.create(null) as { [key: string]: Value };
  for (const pair of node.items) {
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    const value = toValue(aliases, pair.value, budget, depth + 1, maxDepth);
    // `<<: *defaults` merges the other's keys.
    if (key === '<<' && typeof value === 'object' && value !== null && !Array.isArray(value)) Object.assign(out, value);
    else out[key] = value;
  }
  return out;
}

function scalar(value: unknown): Value {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function describe(builder: BoundedBuilder, value: Value): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const key of ['title', 'name', 'date', 'publisher', 'language', 'country', 'version', 'type']) {
    const said = value[key];
    if (typeof said === 'string') builder.property(key === 'name' ? 'title' : key, said);
  }
  builder.title ??= builder.properties.title ?? null;
}
