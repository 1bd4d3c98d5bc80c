import { createHash } from 'node:crypto';
import type { FormQuestion, OfferForm } from './answers.ts';
import type { Demand, Demanded } from './derive.ts';
import { type Language, LEVELS, type Level } from './scales.ts';
import type { Catalogue, Condition, Requirement, Text } from './schema.ts';
import { requirementOf, type Worded, worded } from './wording.ts';

/** What the form itself says, around the questions of the catalogue. */
export interface FormWords {
  deviation: string;
  evidence: string;
  remark: string;
  /** Unit id of the catalogue → its printed name. */
  units: Readonly<Record<string, string>>;
}

/** The supplier's form for a demand. Pure; the words of the form come from the caller, those of the questions from the catalogue. */
export function formOf(demand: Demand, catalogue: Catalogue, language: Language, words: FormWords): OfferForm {
  const { context } = demand;
  const all = demand.requirements.map((demanded) => ({
    demanded,
    requirement: requirementOf(catalogue, demanded.id),
    words: worded(demand, demanded, catalogue, language),
  }));
  return {
    schema: 'proviso.form/1',
    title: context.title,
    reference: context.reference ?? null,
    buyer: context.buyer ?? null,
    language,
    demand: demandHash(demand),
    edition: demand.catalogue.edition,
    sections: catalogue.vocabulary.domains
      .map(({ id, text }) => ({
        id,
        title: text[language],
        requirements: all.map((one) => one.demanded.id).filter((own) => own.startsWith(`${id}-`)),
      }))
      .filter(({ requirements }) => requirements.length > 0),
    requirements: all.map(({ demanded, words: { id, title, sentence, why, draft } }) => ({
      id,
      title,
      sentence,
      why,
      knockout: demanded.knockout,
      draft,
    })),
    questions: all.flatMap((one) => questionsOf(one, words)),
  };
}

/** SHA-256 of a demand, which a form and an answer file carry: they belong to this demand and no other. */
export function demandHash(demand: Demand): string {
  return createHash('sha256').update(JSON.stringify(demand)).digest('hex');
}

interface Asked {
  demanded: Demanded;
  requirement: Requirement;
  words: Worded;
}

function questionsOf({ demanded, requirement, words }: Asked, say: FormWords): FormQuestion[] {
  const { id, question } = requirement;
  const version = versionOf(demanded, requirement);
  const parameter = requirement.parameters.find((one) => one.id === question.unit);
  const base = { requirement: id, version, choices: [], unit: null, help: null };
  const answer: FormQuestion = {
    ...base,
    id,
    part: 'answer',
    type: question.answer,
    label: words.question,
    choices: words.choices.map((choice) => ({ id: choice.id, text: choice.text })),
    unit: parameter ? (say.units[parameter.unit] ?? parameter.unit) : null,
    visible: null,
    required: true,
  };
  const { less, some } = outcomes(demanded, requirement);
  return [
    answer,
    ...(less
      ? [
          {
            ...base,
            id: `${id}.deviation`,
            part: 'deviation',
            type: 'text',
            label: say.deviation,
            visible: less,
            required: true,
          } as const,
        ]
      : []),
    {
      ...base,
      id: `${id}.evidence`,
      part: 'evidence',
      type: 'text',
      label: say.evidence,
      help: words.evidence.map(({ text }) => text).join('; '),
      visible: some,
      required: false,
    },
    { ...base, id: `${id}.remark`, part: 'remark', type: 'text', label: say.remark, visible: null, required: false },
  ];
}

/** When an answer meets less than what is demanded (null where only a person can tell), and when it meets anything at all. */
function outcomes(
  { level, parameters }: Demanded,
  { id, question }: Requirement,
): { less: Condition | null; some: Condition | null } {
  if (question.answer === 'choice') {
    const choices = question.choices ?? [];
    const meets = (wanted: Level): string[] =>
      choices
        .filter((one) => one.meets === 'not-applicable' || LEVELS.indexOf(one.meets as Level) >= LEVELS.indexOf(wanted))
        .map((one) => one.id);
    const below = choices.map((one) => one.id).filter((one) => !meets(level).includes(one));
    return { less: below.length > 0 ? { [id]: below } : null, some: { [id]: meets('basic') } };
  }
  if (question.answer === 'yes-no') return { less: { [id]: false }, some: { [id]: true } };
  const measure = question.unit === undefined ? undefined : parameters[question.unit];
  if (question.answer === 'number' && measure !== undefined) {
    const enough: Condition =
      question.better === 'lower' ? { [id]: { atMost: measure } } : { [id]: { atLeast: measure } };
    return { less: { all: [{ [id]: { atLeast: Number.MIN_SAFE_INTEGER } }, { not: enough }] }, some: null };
  }
  return { less: null, some: null };
}

function versionOf({ level, parameters }: Demanded, { question, levels }: Requirement): string {
  const asked: [typeof question, Level, Record<string, number>, Text] = [question, level, parameters, levels[level]];
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 16);
}
