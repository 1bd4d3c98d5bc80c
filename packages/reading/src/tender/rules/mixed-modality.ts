import type { Rule } from '../../rules/rule.ts';
import { sameWords } from '../same-words.ts';
import { COVERED } from '../tender-facts.ts';

/** One and the same thing is a duty in one place and a wish in another: a supplier will hold to the weaker. */
export const mixedModality: Rule = {
  id: 'tender/mixed-modality',
  level: 'warning',
  good: [
    {
      text: 'The supplier must report security incidents within 24 hours. The supplier must report security incidents to the security officer.',
    },
    {
      text: 'Le fournisseur doit notifier les incidents de sécurité dans les 24 heures. Le fournisseur devrait organiser un exercice.',
      language: 'fr',
    },
    {
      text: 'De leverancier moet beveiligingsincidenten binnen 24 uur melden. De leverancier moet een contactpersoon hebben.',
      language: 'nl',
    },
    {
      text: 'Der Auftragnehmer muss Sicherheitsvorfälle binnen 24 Stunden melden. Der Auftragnehmer muss eine Kontaktstelle nennen.',
      language: 'de',
    },
  ],
  bad: [
    {
      text: 'The supplier must report security incidents within 24 hours. The supplier should report security incidents within 24 hours.',
    },
    {
      text: 'Le fournisseur doit notifier les incidents de sécurité dans les 24 heures. Le fournisseur devrait notifier les incidents de sécurité dans les 24 heures.',
      language: 'fr',
    },
    {
      text: 'De leverancier moet beveiligingsincidenten binnen 24 uur melden. De leverancier kan beveiligingsincidenten binnen 24 uur melden.',
      language: 'nl',
    },
    {
      text: 'Der Auftragnehmer muss Sicherheitsvorfälle binnen 24 Stunden melden. Der Auftragnehmer sollte Sicherheitsvorfälle binnen 24 Stunden melden.',
      language: 'de',
    },
  ],
  create: ({ report, tender, analysis, scope }) => ({
    end() {
      if (!tender || !scope.isProcurement) return;
      const byRequirement = new Map<string, { must?: number; weak?: number }>();
      for (const { requirement, modality, confidence, clause } of tender.coverage) {
        if (confidence < SPEAKS) continue;
        const own = byRequirement.get(requirement) ?? {};
        // An imperative ("Provide …") is a duty put shortly, no wish.
        const says = (cue: 'should' | 'may'): boolean =>
          analysis.clauses[clause]?.hits.some(({ sign }) => sign.cue === cue) === true;
        const wish = (tender.hits[clause] ?? []).some(({ sign }) => sign.cue === 'wish');
        if (wish || (modality === 'should' && says('should')) || (modality === 'may' && says('may')))
          own.weak ??= clause;
        else if (modality === 'must' && confidence >= COVERED) own.must ??= clause;
        byRequirement.set(requirement, own);
      }
      const seen = new Set<number>();
      for (const { must, weak } of byRequirement.values()) {
        if (must === undefined || weak === undefined || seen.has(weak)) continue;
        const [strong, soft] = [analysis.clauses[must], analysis.clauses[weak]];
        if (
          !strong ||
          !soft ||
          !sameWords(
            analysis.document.text.slice(strong.start, strong.end),
            analysis.document.text.slice(soft.start, soft.end),
            SAME,
            tender.words.common,
          )
        )
          continue;
        seen.add(weak);
        report({
          clause: soft,
          values: { other: analysis.document.text.slice(strong.start, Math.min(strong.end, strong.start + 120)) },
        });
      }
    },
  }),
};

/** Words that two clauses have in common from which they speak of the same thing. */
const SAME = { least: 2, share: 0.5 };
/** From here a wish is taken to be about the requirement. */
const SPEAKS = 0.3;
