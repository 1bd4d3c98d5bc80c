import type { Clause, SignHit } from '../analysis.ts';
import { isDemand } from '../features.ts';
import { buysNothing, covered } from '../tender/tender-facts.ts';
import { namedAfter } from './named-after.ts';
import type { Rule } from './rule.ts';

/** "Appropriate measures", "state of the art", and no measure in the sentence. */
export const vague: Rule = {
  id: 'security/vague',
  level: 'note',
  good: [
    {
      text: 'The supplier must take appropriate security measures: multi-factor authentication and encryption of stored data.',
    },
    { text: 'The work must be done with appropriate measures.' },
  ],
  bad: [
    { text: 'The supplier must take appropriate measures for the security of the system.' },
    { text: 'Die IT-Sicherheit muss dem Stand der Technik entsprechen.', language: 'de' },
    { text: 'Backups and remote access to the system must be adequately protected.' },
    { text: 'Les sauvegardes du système doivent faire l’objet d’une protection suffisante.', language: 'fr' },
    { text: 'Back-ups van het systeem moeten voldoende worden beschermd: een adequate bescherming.', language: 'nl' },
    { text: 'Datensicherungen des Systems müssen ausreichend geschützt werden.', language: 'de' },
  ],
  create: ({ report, analysis, standards, strength, tender }) => {
    // In a law or report among the files of a tender it is nobody's demand.
    if (tender && (tender.facts.law || buysNothing(tender.facts.type))) return {};
    const asked = tender && covered(tender);
    // In a tender "all that is needed against misuse of the platform" is said of security, if in bordering words.
    const isOfField = ({ index, hits }: Clause): boolean =>
      asked !== null &&
      hits.some(({ sign }) => sign.cue === 'ict' && sign.weight > 1) &&
      (asked.has(index) || hits.some(({ sign }) => sign.cue === 'security' && sign.weight > 1));
    return {
      clause(clause, judgement) {
        const cue = clause.hits.find((hit) => hit.sign.cue === 'vague');
        if (!cue || !isDemand(judgement) || judgement.modality === 'negative') return;
        if ((strength[clause.index] ?? 'none') === 'none' && !isOfField(clause)) return;
        const { text } = analysis.document;
        // "Hardened to best practice" leaves the level open; "appropriate measures: a second factor" names one.
        const concrete =
          cue.sign.weight < 3
            ? []
            : clause.hits.filter(
                (hit) =>
                  isConcrete(hit.sign.topic, hit.sign.weight) &&
                  !isSubject(hit, cue) &&
                  !AGAINST.test(text.slice(cue.start, hit.start)),
              );
        if (concrete.length > 0) return;
        if (standards.mentions.some((mention) => mention.start >= clause.start && mention.start < clause.end)) return;
        // "Appropriate security personnel": it is people or papers that are to be fit, which can be told.
        if (FIT.test(text.slice(cue.end, cue.end + 20))) return;
        // "Best practices" are vague as a measure ("according to …"), and not as a name for what follows.
        if (
          PRACTICE.test(text.slice(cue.start, cue.end)) &&
          !BY.test(text.slice(Math.max(clause.start, cue.start - 40), cue.start))
        )
          return;
        if (namedAfter(text, cue.end)) return;
        report({ clause, start: cue.start, end: cue.end });
      },
    };
  },
};

/** What follows is feared, and no measure: "sufficient measures against malware". */
const AGAINST = /(?<!\p{L})(?:against|contre|tegen|gegen|vor|from)(?!\p{L})/iu;
const PRACTICE = /pra[ck]ti|práctic|pratic|praktij/iu;
const BY =
  /(?<!\p{L})(?:according|accordance|in line|follow\p{L}*|per|to|with|by|using|meets?|or|and|conform\p{L}*|selon|suivant|respect\p{L}*|les|aux|nach|gemäß|entspr\p{L}*|mit|den|der|volgens|met|según|siguiendo|secondo|base|accord|d['’])\s*(?:\S+\s+){0,3}$/iu;
const FIT =
  /^\s(?:personnel|staff|officers?|teams?|training|awareness|polic(?:y|ies)|procedures?|contacts?|roles?|clearances?)(?!\p{L})/iu;

/** A strong word of a topic that names something to do: all but security in general, data in general and policies. */
function isConcrete(topic: string | null, weight: number): boolean {
  return (
    topic !== null &&
    weight === 3 &&
    topic !== 'other' &&
    // "Encrypted to the state of the art" names no method.
    topic !== 'cryptography' &&
    // An incident or attack is what is feared.
    topic !== 'incident-handling' &&
    topic !== 'audit-compliance' &&
    topic !== 'data-protection'
  );
}

/** Of these topics words name what is to be secured, too. */
const SECURED: ReadonlySet<string | null> = new Set(['network-security', 'continuity']);

/** The vague words themselves, or what they are said of: "remote access is adequately secured". */
function isSubject(hit: SignHit, cue: SignHit): boolean {
  return hit.start < cue.end && (cue.start < hit.end || SECURED.has(hit.sign.topic));
}
