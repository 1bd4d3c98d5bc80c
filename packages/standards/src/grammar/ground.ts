/** What the grammars of the bodies share: the text they stand on, what they may look up, and what they find. */
import type { Standard } from '../types.ts';
import type { Words } from '../words.ts';

/** The part of the registry that the resolver needs. */
export interface Lookup {
  /** The record of this id: an edition, a standard kept without editions, a named thing or a family. */
  get(id: string): (Standard & { versions?: string[] }) | undefined;
  /** Ids of the editions of a family, in no order; empty when the family is not known. */
  editions(family: string): readonly string[];
  /** Families whose number, with its parts, is this (`27001`, `62443-4-1`), whatever the body: `ISO/IEC 27001`. */
  byNumber(number: string): readonly string[];
}

/** One reading of a place in the text, before anything is said of its status. */
export interface Candidate {
  start: number;
  end: number;
  /** Canonical id, with its edition when one is written; null: a standard by its form, in no catalogue here. */
  id: string | null;
  versioned: boolean;
  /** The edition as written, where no record has it. */
  unknown?: string;
  /** Version of a standard that the registry keeps as one record: `V2.1.1`. */
  version?: string;
  reason: string;
  /** A member of a series that has no record of its own: what the series says of it. */
  member?: Standard;
  /** Said of the mention instead of what the record says. */
  core?: boolean;
  /** One of several numbers that a range stands for; they share its place. */
  range?: boolean;
}

export interface Ground {
  text: string;
  lookup: Lookup;
  words: Words;
}

/** An act of law that no file holds, named by its number. */
export function lawMember(written: string, body = ''): Pick<Candidate, 'id' | 'member'> {
  const id = written.replace(/\s+/g, ' ').trim();
  const none = { replaces: [], replacedBy: [], topics: [], source: '' };
  return {
    id,
    member: { id, title: id, body, status: 'unknown', kind: 'law', core: true, confidence: 'low', ...none },
  };
}

/** Reads what stands at `at`; an empty list when it is not of this body. */
export type Grammar = (ground: Ground, at: number) => Candidate[];

/** Blanks, hyphens, slashes, dots, line breaks: what may stand between the pieces of a name. */
export const JOIN = String.raw`[\s\u00ad\ufffe\-\u2010-\u2015/._\u2212]{0,4}`;
/** A hyphen in any of its shapes. */
export const DASH = String.raw`[-\u2010-\u2015\u2212\u00ad\ufffe]`;
/** White space that may hold a soft break, or none. */
export const GAP = String.raw`[\s\u00ad\ufffe]{0,3}`;

/** `expression` (flags `y` and `u` among them) at `at`. */
export function at(expression: RegExp, text: string, index: number): RegExpExecArray | null {
  expression.lastIndex = index;
  return expression.exec(text);
}

const between = new WeakMap<Words, RegExp>();

/**
 * End of what joins two members of a list at `index` (`, `, ` and `, `/`, ` oder `), or -1. Words of every language are taken:
 * what follows must still have the form of a member.
 */
export function afterJoiner(ground: Ground, index: number): number {
  let expression = between.get(ground.words);
  if (expression === undefined) {
    const word = `(?:${ground.words.conjunction})`;
    expression = new RegExp(
      String.raw`${GAP}[,;/&+、・]${GAP}(?:${word}\s{1,3})?|\s{1,3}${word}\s{1,3}|\s?(?:${ground.words.conjunctionCjk})\s?`,
      'iuy',
    );
    between.set(ground.words, expression);
  }
  const found = at(expression, ground.text, index);
  return found === null ? -1 : index + found[0].length;
}
