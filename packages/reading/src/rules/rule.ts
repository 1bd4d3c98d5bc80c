import type { Analysis, Clause } from '../analysis.ts';
import type { Judgement } from '../judgement.ts';
import type { Strength } from '../statements.ts';
import type { TenderGround } from '../tender/tender-facts.ts';
import type { Finding, Mention, Reading } from '../types.ts';

export type Level = Finding['level'];

/** Values a message may name in braces. */
export type Values = Record<string, string | number>;

/** Where a rule found something; the kernel makes it a `Finding` with the rule's message. */
export interface Found {
  clause: Clause;
  /** Defaults to the clause. */
  start?: number;
  end?: number;
  values?: Values;
  /** Name of the text in `messages/` to use instead of the rule's `message`. */
  variant?: string;
}

/** What a rule may look at. Everything is made before the rules run. */
export interface RuleContext {
  analysis: Analysis;
  judgements: readonly Judgement[];
  /** How each clause speaks of security, by its index. */
  strength: readonly Strength[];
  scope: Reading['scope'];
  security: Reading['security'];
  standards: Reading['standards'];
  problems: Reading['problems'];
  /** ISO 3166 alpha-2 of the document, when known. */
  country: string | null;
  /** Id of the family an id belongs to; the id itself where it has none. */
  family(id: string): string;
  /** Editions of the family of an id, as its members write them; empty where it has none. */
  editions(id: string): string[];
  /** What the tender rules look at; null where a document is only read, or in a language they do not know. */
  tender: TenderGround | null;
  report(found: Found): void;
}

/** Handlers of one rule for one document. The kernel walks the document once and calls them all. */
export interface Handlers {
  clause?(clause: Clause, judgement: Judgement): void;
  mention?(mention: Mention, clause: Clause, judgement: Judgement): void;
  end?(): void;
}

/** A text and, where it matters, its language (English otherwise) and the document's country. */
export interface Example {
  text: string;
  language?: string;
  country?: string;
}

/**
 * A rule about what a document asks. `messages/*.yaml` say what it means, why, and what to do. The examples are its tests and its
 * documentation: each bad one is reported by this rule, no good one is.
 */
export interface Rule {
  id: string;
  level: Level;
  /** Whose law the rule rests on; the kernel runs it only there. */
  jurisdiction?: 'eu';
  good: readonly Example[];
  bad: readonly Example[];
  create(context: RuleContext): Handlers;
}
