import type { Demand, Demanded } from './derive.ts';
import { underEuLaw } from './purchase-facts.ts';
import type { Language, Level } from './scales.ts';
import type { Catalogue, Requirement, Text } from './schema.ts';
import { type Filling, fill } from './template.ts';

const WHO: Record<Requirement['who'], Text> = {
  supplier: { en: 'The supplier', fr: 'Le fournisseur', nl: 'De leverancier', de: 'Der Auftragnehmer' },
  product: { en: 'The product', fr: 'Le produit', nl: 'Het product', de: 'Das Produkt' },
  service: { en: 'The service', fr: 'Le service', nl: 'De dienst', de: 'Der Dienst' },
};
const MODAL: Record<Requirement['modal'], Text> = {
  must: { en: 'must', fr: 'doit', nl: 'moet', de: 'muss' },
  should: { en: 'should', fr: 'devrait', nl: 'zou', de: 'sollte' },
};
const EQUIVALENT: Text = { en: 'or equivalent', fr: 'ou équivalent', nl: 'of gelijkwaardig', de: 'oder gleichwertig' };

/**
 * "(or equivalent)" as it follows a named standard, where the buyer's law asks it: Directive 2014/24/EU, Article 42(3)(b) (and
 * 2014/25/EU, Article 60(3)(b)); empty elsewhere.
 */
export function equivalentFor(country: string, language: Language): string {
  return underEuLaw(country) ? ` (${EQUIVALENT[language]})` : '';
}

/** One requirement of a demand in one language, every mark filled. */
export interface Worded {
  id: string;
  title: string;
  /** Who, modal verb, action, result: measure. */
  sentence: string;
  why: string;
  question: string;
  choices: { id: string; text: string; meets: string }[];
  evidence: { type: string; text: string }[];
  clause: string;
  remedy: string;
  acceptance: string;
  exit: string | null;
  /** A translation that nobody has signed. */
  draft: boolean;
}

/**
 * The words of one demanded requirement. `catalogue` may be the demand's own snapshot. `values` are printed for its parameters: those
 * demanded, unless the caller's format has marks of its own for them.
 */
export function worded(
  demand: Demand,
  demanded: Demanded,
  catalogue: Catalogue,
  language: Language,
  values: Filling['values'] = demanded.parameters,
): Worded {
  const requirement = requirementOf(catalogue, demanded.id);
  const filling: Filling = {
    level: requirement.levels[demanded.level][language],
    values,
    equivalent: equivalentFor(demand.context.country, language),
  };
  const say = (text: Text): string => fill(text[language], filling);
  const { question, clause } = requirement;
  return {
    id: requirement.id,
    title: requirement.title[language],
    sentence: sentenceOf(requirement, demanded.level, filling, language),
    why: say(requirement.why),
    question: say(question.text),
    choices: (question.choices ?? []).map(({ id, text, meets }) => ({ id, text: say(text), meets })),
    evidence: requirement.evidence.map(({ type, text }) => ({ type, text: say(text) })),
    clause: say(clause.text),
    remedy: say(clause.remedy),
    acceptance: say(requirement.acceptance),
    exit: requirement.exit ? say(requirement.exit) : null,
    draft: requirement.reviewed[language] === null,
  };
}

/** English and French put the verb before its object, Dutch and German after it; the measure follows a colon in all four. Organisations write whole sentences. */
function sentenceOf(
  { who, modal, action, result, levels, own }: Requirement,
  level: Level,
  filling: Filling,
  language: Language,
): string {
  if (own) return fill(levels[level][language], filling);
  const subject = WHO[who][language];
  const verb = MODAL[modal][language];
  const [does, what, measure] = [action[language], result[language], levels[level][language]];
  const head =
    language === 'en' || language === 'fr'
      ? `${subject} ${verb} ${does} ${what}`
      : `${subject} ${verb} ${what} ${language === 'nl' && modal === 'should' ? 'moeten ' : ''}${does}`;
  return fill(`${head}${language === 'fr' ? ' : ' : ': '}${measure}.`, filling);
}

/** @throws Error for an id that the catalogue does not hold: a demand is read with the catalogue or snapshot it was made from. */
export function requirementOf(catalogue: Catalogue, id: string): Requirement {
  const found = catalogue.requirements.find((one) => one.id === id);
  if (!found) throw new Error(`The catalogue ${catalogue.edition.edition} has no requirement ${id}.`);
  return found;
}
