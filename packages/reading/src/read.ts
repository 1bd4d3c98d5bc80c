import type { Document } from '@proviso/documents';
import type { Registry } from '@proviso/standards';
import { type Analysis, analyse } from './analysis.ts';
import { probability } from './classifier.ts';
import { type Facts, factsOf } from './facts/facts.ts';
import { type Features, featuresOf } from './features.ts';
import { type Judgement, judge } from './judgement.ts';
import { mentionsOf } from './mentions.ts';
import type { MessageLanguage } from './messages.ts';
import { nullReading, type SourceFile } from './null-reading.ts';
import type { ReadingData } from './reading-data.ts';
import { RULES } from './rules/index.ts';
import type { Rule } from './rules/rule.ts';
import { runRules } from './rules-run.ts';
import { scopeAnswer } from './scope.ts';
import { securityAnswer } from './security.ts';
import { standardsAnswer } from './standards-answer.ts';
import { type Strength, strengths } from './statements.ts';
import type { TenderGround } from './tender/tender-facts.ts';
import type { Mention, Reading } from './types.ts';

export interface ReadContext {
  /** Version of the program, for the record. */
  engine: string;
  /** What counts as today, ISO 8601. */
  asOf: string;
  registry: Registry;
  data: ReadingData;
  source: SourceFile;
  /** ISO 639-1, read as this language whatever was detected. */
  language?: string | null;
  /**
   * The buyer says that it is part of a tender of ICT which is being written: standards are judged as of today, whatever date it bears, and rules
   * need not tell from its words what it is. The three answers stay those of its words.
   */
  isTender?: boolean;
  /** Of the findings' messages; English when absent. */
  messageLanguage?: MessageLanguage;
}

/** Everything the answers are made from; also what the classifiers are trained on. */
export interface Groundwork {
  analysis: Analysis;
  judgements: Judgement[];
  /** How each clause speaks of security. */
  strength: Strength[];
  facts: Facts;
  mentions: Mention[];
  features: Features;
}

/** Signs, judgements, facts, mentions and features of a document. */
export function groundwork(document: Document, context: ReadContext): Groundwork {
  const { lexicons } = context.data;
  const analysis = analyse(document, lexicons, context.language ?? null);
  const judgements = judge(analysis);
  const facts = factsOf(analysis, lexicons, context.source.manifest);
  const spoken = context.language ?? document.language;
  const mentions = mentionsOf(
    analysis,
    judgements,
    {
      asOf: context.asOf,
      ...(spoken ? { language: spoken } : {}),
      ...(facts.country ? { country: facts.country } : {}),
      ...(facts.date && !context.isTender ? { date: facts.date } : {}),
    },
    context.registry,
  );
  const strength = strengths(analysis);
  return {
    analysis,
    judgements,
    strength,
    facts,
    mentions,
    features: featuresOf(analysis, judgements, strength, mentions),
  };
}

/** The three answers, as rules see them. */
export type Answers = Pick<Reading, 'scope' | 'security' | 'standards'>;

/**
 * Answers the three questions about a document. Pure: everything it depends on is in its arguments. A document with a fatal problem
 * or without text gets null answers; other problems are kept beside the answers from what could be read.
 */
export function read(document: Document, context: ReadContext): Reading {
  return readWith(document, context, RULES, () => null);
}

/** A document as a tender: what its rules look at, where that differs from the reading's own. The answers stay those of the reading. */
export interface AsTender extends Pick<Groundwork, 'judgements' | 'mentions'> {
  ground: TenderGround;
  scope: Reading['scope'];
}

/**
 * `read` with more rules, and with what those rules look at. `asTender` is called only for a document that could be read.
 */
export function readWith(
  document: Document,
  context: ReadContext,
  rules: readonly Rule[],
  asTender: (ground: Groundwork, answers: Answers) => AsTender | null,
): Reading {
  const { engine, asOf, registry, source } = context;
  const empty = nullReading(
    source,
    { engine, asOf, registry: registry.version, format: document.format },
    document.problems,
  );
  if (document.text.trim() === '' || document.problems.some((problem) => problem.fatal)) {
    return {
      ...empty,
      source: { ...empty.source, pages: document.pages, title: document.title ?? empty.source.title },
    };
  }
  const ground = groundwork(document, context);
  const { analysis, judgements, facts, features } = ground;
  const { classifiers } = context.data;
  const scope = scopeAnswer(
    analysis,
    features,
    ground.mentions,
    probability(classifiers.concernsIct, features),
    probability(classifiers.isProcurement, features),
  );
  const any = probability(classifiers.mentionsSecurity, features) >= 0.5;
  const substantive = any && probability(classifiers.substantive, features) >= 0.5;
  const security = securityAnswer(analysis, judgements, ground.strength, { any, substantive });
  const standards = standardsAnswer(analysis, ground.strength, ground.mentions);
  const tender = asTender(ground, { scope, security, standards });
  const findings = runRules(
    {
      tender: tender?.ground ?? null,
      analysis,
      judgements: tender?.judgements ?? judgements,
      strength: ground.strength,
      scope: tender?.scope ?? scope,
      security,
      standards: tender ? { ...standards, mentions: tender.mentions } : standards,
      problems: document.problems,
      // Whose law applies to a purchase is its buyer's word, whatever countries the text is full of.
      country: (context.isTender ? source.manifest?.country : null) ?? facts.country,
      family: (id) => registry.get(id)?.family ?? id,
      editions: (id) => registry.family(id).members.flatMap((member) => member.edition ?? []),
    },
    context.messageLanguage ?? 'en',
    rules,
  );
  return {
    ...empty,
    source: {
      ...empty.source,
      ...facts,
      language: context.language ?? document.language ?? source.manifest?.language ?? null,
      title: document.title ?? source.manifest?.title ?? null,
      pages: document.pages,
    },
    scope,
    security,
    standards,
    findings,
  };
}
