import type { Catalogue } from '@proviso/catalogue';
import type { Document } from '@proviso/documents';
import { type ReadContext, readWith } from '../read.ts';
import { RULES } from '../rules/index.ts';
import type { Reading } from '../types.ts';
import { nullFacts } from './null-facts.ts';
import { PhraseMatcher } from './phrases.ts';
import { TENDER_RULES } from './rules/index.ts';
import { type TenderFacts, type TenderGround, tenderGround } from './tender-facts.ts';
import { isTenderLanguage, loadTenderWords, type TenderLanguage, type TenderWords } from './tender-words.ts';

const ALL_RULES = [...RULES, ...TENDER_RULES];

export interface LintedDocument {
  reading: Reading;
  /** What it adds to its dossier. */
  facts: TenderFacts;
}

/** Phrases of every requirement in one language, made once for a catalogue. */
export class CatalogueWords {
  private readonly catalogue: Catalogue;
  private readonly matchers = new Map<TenderLanguage, PhraseMatcher>();

  constructor(catalogue: Catalogue) {
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

/** Reads one document as part of a tender: its reading with the findings of all rules, and what it adds to the dossier. Pure. `comments`: those that the file's reader leaves out. */
export function lintDocument(
  document: Document,
  context: ReadContext,
  words: CatalogueWords,
  comments: readonly string[] = [],
): LintedDocument {
  let made: TenderGround | null = null;
  const written = context.language ?? document.language ?? context.source.manifest?.language ?? null;
  const own = isTenderLanguage(written) ? loadTenderWords(written) : null;
  const reading = readWith(
    document,
    own ? { ...context, binds: bindsIn(own) } : context,
    ALL_RULES,
    (ground, { scope, security, standards }) => {
      if (!own) return null;
      made = tenderGround({
        document,
        analysis: ground.analysis,
        judgements: ground.judgements,
        strength: ground.strength,
        words: own,
        phrases: words.matcher(own.language),
        path: context.source.path,
        concernsIct: scope.concernsIct === true,
        isProcurement: scope.isProcurement === true,
        security: security.value !== null && security.value !== 'none',
        comments,
        type: ground.facts.type ?? null,
        standards: [...new Set(standards.mentions.flatMap(({ standard }) => (standard === null ? [] : [standard])))],
      });
      return made;
    },
  );
  const facts = (made as TenderGround | null)?.facts ?? nullFacts(context.source.path);
  return { reading, facts };
}

/**
 * A contract obliges in the present tense: "De leverancier meldt …", "Le titulaire assure …". Of a security measure also without naming
 * whom: in a section on security, or where a sentence tells what is done ("Data are encrypted in transit").
 */
function bindsIn({ matcher, binding, telling }: TenderWords): NonNullable<ReadContext['binds']> {
  return (clause, text) => {
    let party = false;
    matcher.scan(text, clause.start, clause.end, ({ cue }) => {
      party ||= cue === 'party';
    });
    if (party || binding.test(text.slice(clause.start, clause.end))) return true;
    const said = text.slice(clause.start, clause.end);
    // A whole sentence: a line without a full stop describes ("Notification of incidents within 24 hours").
    if (!/[.;]$/.test(said) || !clause.hits.some(({ sign }) => sign.cue === 'security' && sign.weight === 3))
      return false;
    return clause.section.security || telling.test(said);
  };
}
