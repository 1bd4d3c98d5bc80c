import { isSentence } from '../../analysis.ts';
import type { Rule } from '../../rules/rule.ts';
import { covered } from '../tender-facts.ts';

/** Characters at the start of a clause in which its subject stands. */
const FIRST = 60;

/** A rule of the buyer's own house stands among the demands: it binds "the organisation", and no supplier. */
export const wrongAddressee: Rule = {
  id: 'tender/wrong-addressee',
  level: 'note',
  good: [
    { text: 'Tender for hosting. The supplier must have an information security policy. Award criteria follow.' },
    {
      text: 'Appel d’offres. Le titulaire doit disposer d’une politique de sécurité des systèmes d’information.',
      language: 'fr',
    },
    { text: 'Aanbesteding. De leverancier moet een informatiebeveiligingsbeleid hebben.', language: 'nl' },
    { text: 'Ausschreibung. Der Auftragnehmer muss eine Leitlinie zur Informationssicherheit haben.', language: 'de' },
  ],
  bad: [
    {
      text: 'Tender for hosting. Tenderers submit an offer. The organisation must have an information security policy. Award criteria follow.',
    },
    {
      text: "Appel d'offres. Les soumissionnaires remettent une offre. L'organisation doit disposer d'une politique de sécurité des systèmes d'information. Critères d'attribution ci-après.",
      language: 'fr',
    },
    {
      text: 'Aanbesteding hosting. Inschrijvers dienen een offerte in. De organisatie moet een informatiebeveiligingsbeleid hebben. Gunningscriteria volgen.',
      language: 'nl',
    },
    {
      text: 'Aanbesteding hosting. Inschrijvers dienen een offerte in. Elke directie wijst een informatiebeveiligingsfunctionaris aan. Gunningscriteria volgen.',
      language: 'nl',
    },
    {
      text: 'Ausschreibung Hosting. Bieter geben ein Angebot ab. Die Institution muss ein Konzept zur Informationssicherheit haben. Zuschlagskriterien folgen.',
      language: 'de',
    },
  ],
  create: ({ report, tender, scope, analysis }) => {
    // What the catalogue would ask is of the field, in whatever words.
    const asked = tender && covered(tender);
    return {
      clause(clause, judgement) {
        if (!tender || !scope.isProcurement || clause.section.context) return;
        // A rule on flowers and hours is none of a tender's faults.
        const field =
          asked?.has(clause.index) ||
          clause.hits.some(({ sign }) => sign.cue === 'security' || (sign.cue === 'ict' && sign.weight > 1));
        if (!field) return;
        const { modality } = judgement;
        // A rule of the house is mostly put in the present tense.
        if (modality === 'boilerplate' || (modality === 'context' && !isSentence(analysis, clause))) return;
        const own = tender.hits[clause.index] ?? [];
        // "Staff of the city sign in with …" is a function of what is bought.
        const people = !own.some(({ sign }) => sign.cue === 'able');
        const found = own.find(({ sign }) => sign.cue === 'organisation' || (people && sign.cue === 'staff'));
        // Whom a rule binds is said first.
        if (!found || found.start - clause.start > FIRST) return;
        if (own.some(({ sign }) => sign.cue === 'party')) return;
        report({ clause, start: found.start, end: found.end });
      },
    };
  },
};
