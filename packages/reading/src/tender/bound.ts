import { type Analysis, type Clause, hasCue, isSentence } from '../analysis.ts';
import { judge, modalityAt } from '../judgement.ts';
import { clauseOf, isNamedStandard } from '../mentions.ts';
import type { Groundwork } from '../read.ts';
import type { TenderSigns } from './tender-signs.ts';
import type { TenderWords } from './tender-words.ts';

/**
 * Judgements and mentions of a document that is read as a tender or contract: more of its clauses oblige than their verbs say. `demands`:
 * it is sure to be one, so that a sentence which names a standard asks for it; elsewhere such sentences tell of what is old.
 */
export function bound(
  { analysis, mentions }: Groundwork,
  signs: TenderSigns,
  words: TenderWords,
  demands: boolean,
): Pick<Groundwork, 'judgements' | 'mentions'> {
  const { document } = analysis;
  const binds = bindsIn(analysis, signs, words, demands);
  const judgements = judge(analysis, (clause) => binds(clause, false));
  const spoken = mentions.map((mention) => {
    const clause = clauseOf(analysis, mention);
    const judgement = judgements[clause.index];
    if (!judgement) return mention;
    const kind = document.blocks[clause.block]?.kind;
    // "Files are exchanged by FTP." obliges because it names a standard.
    const silent = judgement.modality === 'context' && kind !== 'heading' && kind !== 'title';
    if (demands && silent && isNamedStandard(mention) && binds(clause, true)) judgement.modality = 'must';
    return {
      ...mention,
      modality: modalityAt(clause, judgement, mention.start, mention.end),
      addressee: judgement.addressee,
    };
  });
  return { judgements, mentions: spoken };
}

/**
 * A contract obliges in the present tense: "De leverancier meldt …", "Le titulaire assure …". Of a security measure or a standard also without
 * naming whom: in a section on security, where a sentence tells what is done ("Data are encrypted in transit."), as an item of a list, and in
 * a table of demands or behind a label ("Requirement 3:").
 */
function bindsIn(
  analysis: Analysis,
  { hits, demanded }: TenderSigns,
  { binding, telling }: TenderWords,
  demands: boolean,
): (clause: Clause, named: boolean) => boolean {
  const { document } = analysis;
  return (clause, named) => {
    const said = document.text.slice(clause.start, clause.end);
    if (demanded[clause.block] === 1 || binding.test(said)) return true;
    if (clause.section.context) return false;
    const own = hits[clause.index] ?? [];
    if (own.some(({ sign }) => sign.cue === 'party')) return true;
    const kind = document.blocks[clause.block]?.kind;
    const listed = kind === 'item' || kind === 'row';
    const sentence = isSentence(analysis, clause);
    // A standard in the passing may be of what there is already.
    if (named) return (listed || sentence) && !own.some(({ sign }) => sign.cue === 'compatible');
    const security = clause.hits.filter(({ sign }) => sign.cue === 'security');
    // "Security is state of the art.", "absolute security": nobody describes so what there is.
    const wide = hasCue(clause, 'vague') || own.some(({ sign }) => sign.cue === 'untestable');
    if (security.length > 0 && wide && (listed || sentence)) return true;
    if (!demands || !security.some(({ sign }) => sign.weight === 3)) return false;
    return kind === 'item' || (sentence && (clause.section.security || telling.test(said)));
  };
}
