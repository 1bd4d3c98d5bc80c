import type { Demand, Demanded } from './derive.ts';
import { type Language, LEVELS, type Level } from './scales.ts';
import type { Catalogue, Requirement, Risk } from './schema.ts';
import { worded } from './wording.ts';

/** A requirement in one language, as pages that browse the catalogue show it. */
export interface RequirementEntry {
  id: string;
  title: string;
  domain: string;
  since: string;
  retired: string | null;
  applies: string[];
  knockout: boolean;
  burden: number;
  /** The sentence as it stands in a demand, at each level. */
  sentences: Record<Level, string>;
  why: string;
  question: string;
  choices: { text: string; meets: string }[];
  evidence: { type: string; text: string }[];
  clause: string;
  remedy: string;
  acceptance: string;
  exit: string | null;
  parameters: { id: string; label: string; unit: string; range: [number, number]; values: Record<Level, number> }[];
  standards: string[];
  checks: { id: string; title: string }[];
  origin: { kind: string; source: string; confidence: string };
  crosswalk: { source: string; ref: string; relation: string }[];
  /** Risks with a need that it answers. */
  risks: string[];
  /** A translation that nobody has signed. */
  draft: boolean;
}

/** A risk in one language, as such pages show it. */
export interface RiskEntry {
  id: string;
  title: string;
  threat: string;
  likelihood: number;
  impact: number;
  basis: string;
  confidence: string;
  services: string[];
  assets: string[];
  causes: string[];
  needs: { id: string; text: string; from: string; answers: string[] }[];
}

/** Sentences are worded for a buyer under the law of the EU, with the values that each level has. */
export function requirementIn(one: Requirement, catalogue: Catalogue, language: Language): RequirementEntry {
  const wordsAt = (level: Level) => worded(ANYWHERE, demandedAt(one, level), catalogue, language);
  const words = wordsAt('standard');
  return {
    id: one.id,
    title: words.title,
    domain: one.id.split('-')[0] ?? '',
    since: one.since,
    retired: one.retired ?? null,
    applies: one.applies,
    knockout: one.knockout,
    burden: one.burden,
    sentences: Object.fromEntries(LEVELS.map((level) => [level, wordsAt(level).sentence])) as Record<Level, string>,
    why: words.why,
    question: words.question,
    choices: words.choices.map(({ text, meets }) => ({ text, meets })),
    evidence: words.evidence,
    clause: words.clause,
    remedy: words.remedy,
    acceptance: words.acceptance,
    exit: words.exit,
    parameters: one.parameters.map(({ id, label, unit, range, values }) => ({
      id,
      label: label[language],
      unit,
      range,
      values,
    })),
    standards: one.standards,
    checks: one.checks.map((id) => ({
      id,
      title: catalogue.checks.find((check) => check.id === id)?.title[language] ?? id,
    })),
    origin: one.origin,
    crosswalk: one.crosswalk.map(({ source, ref, relation }) => ({ source, ref, relation })),
    risks: catalogue.risks
      .filter((risk) => risk.retired === undefined && risk.needs.some(({ answers }) => answers.includes(one.id)))
      .map(({ id }) => id),
    draft: words.draft,
  };
}

export function riskIn(risk: Risk, language: Language): RiskEntry {
  const { id, title, threat, likelihood, impact, services, assets, causes, needs } = risk;
  return {
    id,
    title: title[language],
    threat: threat[language],
    likelihood: likelihood.prior,
    impact: impact.base,
    basis: likelihood.basis,
    confidence: likelihood.confidence,
    services,
    assets,
    causes,
    needs: needs.map(({ id: need, text, from, answers }) => ({ id: need, text: text[language], from, answers })),
  };
}

/** `worded` asks a demand for its country only. */
const ANYWHERE = { context: { country: 'BE' } } as Demand;

function demandedAt({ id, parameters }: Requirement, level: Level): Demanded {
  return {
    id,
    level,
    weight: 0,
    knockout: false,
    parameters: Object.fromEntries(parameters.map((one) => [one.id, one.values[level]])),
    reasons: [],
    notes: [],
    departures: [],
  };
}
