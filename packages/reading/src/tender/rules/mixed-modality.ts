import type { Rule } from '../../rules/rule.ts';
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
  create: ({ report, tender, analysis }) => ({
    end() {
      if (!tender) return;
      const byRequirement = new Map<string, { must?: number; weak?: number }>();
      for (const { requirement, modality, confidence, clause } of tender.coverage) {
        if (confidence < COVERED) continue;
        const own = byRequirement.get(requirement) ?? {};
        if (modality === 'must') own.must ??= clause;
        else if (modality === 'should' || modality === 'may') own.weak ??= clause;
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

/** Share of longer words that two clauses have in common from which they speak of the same thing. */
const SAME = 0.6;

function sameWords(a: string, b: string): boolean {
  const words = (text: string): Set<string> => new Set(text.toLowerCase().match(/[\p{L}\p{N}]{5,}/gu) ?? []);
  const [one, other] = [words(a), words(b)];
  const shared = [...one].filter((word) => other.has(word)).length;
  return shared / Math.max(1, Math.min(one.size, other.size)) >= SAME && shared >= 3;
}
