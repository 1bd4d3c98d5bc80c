import { isOutOfForce, type Registry, type ResolveContext, type ResolvedMention, resolve } from '@proviso/standards';
import { type Analysis, type Clause, quoteAt } from './analysis.ts';
import { APART_REACH, editionApart } from './edition-apart.ts';
import { clauseAt } from './facts/facts.ts';
import { type Judgement, modalityAt } from './judgement.ts';
import type { Mention } from './types.ts';

/**
 * Standards named in the document, each with the modality and addressee of the clause it stands in. A security law counts among the
 * core only beside a standard: to the third question, laws alone are no answer (codebook, `standards.none`).
 */
export function mentionsOf(
  analysis: Analysis,
  judgements: readonly Judgement[],
  context: ResolveContext,
  registry: Registry,
): Mention[] {
  if (analysis.clauses.length === 0) return [];
  const mentions = resolve(analysis.document.text, context, registry).map((mention) => {
    const clause = clauseAt(analysis, mention.start);
    const { start, end, text: _written, ...rest } = withEdition(mention, analysis.document.text, clause.end);
    const judgement = judgements[clause.index] as Judgement;
    return {
      ...quoteAt(analysis, clause, start, end),
      ...rest,
      modality: modalityAt(clause, judgement, start, end),
      addressee: judgement.addressee,
    };
  });
  return mentions.some(isStandard)
    ? mentions
    : mentions.map((mention) => (mention.kind === 'law' ? { ...mention, core: false } : mention));

  function withEdition(mention: ResolvedMention, text: string, until: number): ResolvedMention {
    if (mention.versioned || mention.standard === null) return mention;
    const said = editionApart(text.slice(mention.end, Math.min(until, mention.end + APART_REACH)));
    if (!said || !registry.family(mention.standard).members.some(({ edition }) => edition === said.edition))
      return mention;
    const [full] = resolve(`${mention.standard} ${said.edition}`, context, registry);
    if (!full?.versioned) return mention;
    const { start, minimum, orEquivalent } = mention;
    return { ...full, start, end: mention.end + said.end, minimum: minimum || full.minimum, orEquivalent };
  }
}

/** What answers the third question: no law, and of the field or of those that buyers demand beside it. */
function isStandard(mention: Mention): boolean {
  if (mention.kind === 'law' || mention.modality === 'boilerplate') return false;
  return mention.core || mention.topics.some((topic) => topic === 'accessibility' || topic === 'interoperability');
}

/** True for a mention that makes a document stale: an edition was written, it is demanded or used, and it is out of force today. */
export function isStale(mention: Mention): boolean {
  const used = mention.modality !== 'negative' && mention.modality !== 'boilerplate';
  return used && mention.versioned && mention.standard !== null && isOutOfForce(mention);
}

/** True for a mention that counts as naming a standard of the field. */
export function isNamed(mention: Mention): boolean {
  return mention.core && mention.modality !== 'boilerplate';
}

/** True for a mention that names a standard, and not a law: laws are named in every document. */
export function isNamedStandard(mention: Mention): boolean {
  return isNamed(mention) && mention.kind !== 'law';
}

/** Clause a mention stands in. */
export function clauseOf(analysis: Analysis, mention: Mention): Clause {
  return clauseAt(analysis, mention.start);
}
