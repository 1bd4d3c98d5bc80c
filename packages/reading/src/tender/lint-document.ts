import type { Requirement } from '@proviso/catalogue';
import type { Document } from '@proviso/documents';
import { type ReadContext, readWith } from '../read.ts';
import { RULES } from '../rules/index.ts';
import { vague } from '../rules/vague.ts';
import type { Reading } from '../types.ts';
import { bound } from './bound.ts';
import { nullFacts } from './null-facts.ts';
import { PhraseMatcher } from './phrases.ts';
import { TENDER_RULES } from './rules/index.ts';
import { buysNothing, type TenderFacts, tenderGround } from './tender-facts.ts';
import { tenderSigns } from './tender-signs.ts';
import { isTenderLanguage, loadTenderWords, type TenderLanguage } from './tender-words.ts';

const ALL_RULES = [...RULES, ...TENDER_RULES];
/** In a language that the tender rules do not know, the words for what is vague have not been judged on tenders either. */
const ELSEWHERE = RULES.filter((rule) => rule !== vague);

/** Kinds of document whose every sentence is about what is to be delivered. */
const DEMANDING: ReadonlySet<string> = new Set([
  'rfq',
  'rfp',
  'statement-of-work',
  'technical-specification',
  'contract',
  'framework-agreement',
  'tender-attachment',
]);

export interface LintedDocument {
  reading: Reading;
  /** What it adds to its dossier. */
  facts: TenderFacts;
}

/** What is looked for in clauses: of a catalogue, its requirements. */
export interface Sought {
  requirements: readonly Pick<Requirement, 'id' | 'phrases' | 'retired'>[];
}

/** Phrases of every requirement in one language, made once for a catalogue. */
export class CatalogueWords {
  private readonly catalogue: Sought;
  private readonly matchers = new Map<TenderLanguage, PhraseMatcher>();

  constructor(catalogue: Sought) {
    this.catalogue = catalogue;
  }

  matcher(language: TenderLanguage): PhraseMatcher {
    let matcher = this.matchers.get(language);
    if (!matcher) {
      matcher = new PhraseMatcher(
        this.catalogue.requirements
          .filter(({ retired }) => !retired)
          .map(({ id, phrases }) => [id, phrases[language]] as const),
      );
      this.matchers.set(language, matcher);
    }
    return matcher;
  }
}

/**
 * Words of a catalogue, with those of an organisation's own requirements where some are given. Made once, and again where others are: one process
 * reads for several organisations.
 */
export function catalogueWords(
  requirements: Sought['requirements'],
): (own?: readonly Pick<Requirement, 'id' | 'phrases'>[]) => CatalogueWords {
  let last = { key: '[]', words: new CatalogueWords({ requirements }) };
  return (own = []) => {
    const key = JSON.stringify(own);
    if (key !== last.key) last = { key, words: new CatalogueWords({ requirements: [...requirements, ...own] }) };
    return last.words;
  };
}

export interface LintDocumentContext extends ReadContext {
  /** Comments of the file that its reader leaves out. */
  comments?: readonly string[];
}

/** Reads one document as part of a tender: its reading with the findings of all rules, and what it adds to the dossier. Pure. */
export function lintDocument(document: Document, context: LintDocumentContext, words: CatalogueWords): LintedDocument {
  let facts = nullFacts(context.source.path);
  const written = context.language ?? document.language ?? context.source.manifest?.language ?? null;
  const own = isTenderLanguage(written) ? loadTenderWords(written) : null;
  const reading = readWith(document, context, own ? ALL_RULES : ELSEWHERE, (read, answers) => {
    if (!own) return null;
    const scope = context.isTender ? { ...answers.scope, concernsIct: true, isProcurement: true } : answers.scope;
    // Told to be a tender, it is none of the kinds that buy nothing, whatever its words look like.
    const spoken = read.facts.type ?? null;
    const type = context.isTender && buysNothing(spoken) ? null : spoken;
    const signs = tenderSigns(read.analysis, own);
    const buys = scope.isProcurement === true;
    const demands = buys && (context.isTender === true || DEMANDING.has(type ?? ''));
    const { judgements, mentions } = buys || !buysNothing(type) ? bound(read, signs, own, demands) : read;
    const ground = tenderGround({
      document,
      analysis: read.analysis,
      judgements,
      strength: read.strength,
      signs,
      words: own,
      phrases: words.matcher(own.language),
      path: context.source.path,
      concernsIct: scope.concernsIct === true,
      isProcurement: buys,
      isTender: context.isTender === true,
      security: answers.security.value !== null && answers.security.value !== 'none',
      comments: context.comments ?? [],
      type,
      standards: [...new Set(mentions.flatMap(({ standard }) => (standard === null ? [] : [standard])))],
    });
    facts = ground.facts;
    return { ground, judgements, mentions, scope };
  });
  return { reading, facts };
}
