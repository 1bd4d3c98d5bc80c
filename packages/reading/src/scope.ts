import type { Block } from '@proviso/documents';
import { type Analysis, type Clause, quoteAt } from './analysis.ts';
import { clauseAt } from './facts/facts.ts';
import { type Features, TECHNICAL_WEIGHT } from './features.ts';
import { isNamedStandard } from './mentions.ts';
import type { Mention, Quote, Reading, ScopeValue } from './types.ts';

const QUOTES_SHOWN = 3;
/** ICT words per 1,000 words (log of the weighted count) from which a whole document is about it. */
const DEDICATED_DENSITY = 3.2;

/** The first answer. `ict` is how likely the document is about ICT, `procurement` how likely it is about buying, 0 to 1. */
export function scopeAnswer(
  analysis: Analysis,
  features: Features,
  mentions: readonly Mention[],
  ict: number,
  procurement: number,
): Reading['scope'] {
  const evidence = evidenceOf(analysis, 'ict', mentions.filter(isNamedStandard));
  const purchase = evidenceOf(analysis, 'procurement', [])
    .filter(({ start }) => evidence.every((quote) => quote.start !== start))
    .slice(0, 1);
  const concernsIct = ict >= 0.5 && evidence.length > 0;
  const isProcurement = procurement >= 0.5;
  return {
    value: scopeValue(concernsIct, ict, features, evidence.length > 0),
    concernsIct,
    isProcurement,
    evidence: [...evidence, ...(isProcurement ? purchase : [])],
  };
}

function scopeValue(concernsIct: boolean, ict: number, features: Features, mentioned: boolean): ScopeValue {
  if (concernsIct) return features.ictDensity >= DEDICATED_DENSITY && ict >= 0.8 ? 'dedicated' : 'chapter';
  return mentioned ? 'general' : 'none';
}

/** The title or the clauses with most words of the field and names of standards, those near the top first. */
function evidenceOf(analysis: Analysis, cue: 'ict' | 'procurement', mentions: readonly Mention[]): Quote[] {
  const named = new Map<Clause, number>();
  for (const { start } of mentions) {
    const clause = clauseAt(analysis, start);
    named.set(clause, (named.get(clause) ?? 0) + TECHNICAL_WEIGHT);
  }
  const scored: { clause: Clause; score: number }[] = [];
  for (const clause of analysis.clauses) {
    let weight = named.get(clause) ?? 0;
    for (const { sign } of clause.hits) if (sign.cue === cue) weight += sign.weight;
    if (weight < 3) continue;
    const kind = (analysis.document.blocks[clause.block] as Block).kind;
    const prominent = kind === 'title' ? 6 : kind === 'heading' ? 3 : 0;
    scored.push({ clause, score: Math.min(weight, 12) + prominent + 6 / (1 + clause.index / 20) });
  }
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, QUOTES_SHOWN)
    .map(({ clause }) => quoteAt(analysis, clause));
}
