import type { Catalogue, Demanded, Level } from '@proviso/catalogue';
import type { AnswerValue } from '@proviso/catalogue/answers';
import type { Code } from '../messages.ts';

export const SCORES = [0, 1, 2, 3] as const;
export type Score = (typeof SCORES)[number];

/** The score that meets a level; a test holds it against the catalogue's own order. */
export const SCORE_OF: Readonly<Record<Level, Score>> = { basic: 1, standard: 2, advanced: 3 };

type Requirement = Catalogue['requirements'][number];

/** One step of a requirement's scale. The requirement's own words for a level come from the catalogue (`worded`). */
export interface Step {
  score: Score;
  /** Null for 0. */
  level: Level | null;
  descriptor: Code;
  /** For questions with choices: the answers that reach this level and no higher one. */
  choices: string[];
  /** For questions in numbers: the value that reaches this level. */
  measure: { value: number; better: 'higher' | 'lower' } | null;
}

/**
 * The scale of one demanded requirement, 0 to 3, as the evaluation matrix has it: 0 not met or not shown, then the levels. The measure of
 * the demanded level is the demanded value, which the buyer may have set.
 */
export function scaleOf(requirement: Requirement, demanded: Pick<Demanded, 'level' | 'parameters'>): Step[] {
  const { question, parameters } = requirement;
  const measured = parameters.find(({ id }) => id === question.unit);
  const levels: (Level | null)[] = [null, 'basic', 'standard', 'advanced'];
  return levels.map((level, i): Step => {
    const meets = level ?? 'none';
    const value =
      level === null || !measured
        ? null
        : level === demanded.level
          ? (demanded.parameters[measured.id] ?? measured.values[level])
          : measured.values[level];
    return {
      score: SCORES[i] ?? 0,
      level,
      descriptor:
        DESCRIPTORS[question.answer === 'choice' || question.answer === 'number' ? question.answer : 'read'][i] ??
        'scale-0',
      choices: (question.choices ?? []).filter((one) => one.meets === meets).map(({ id }) => id),
      measure: value === null ? null : { value, better: question.better ?? 'higher' },
    };
  });
}

/** By the kind of answer: chosen from a list, measured, or read by a person. */
const DESCRIPTORS: Readonly<Record<'choice' | 'number' | 'read', readonly Code[]>> = {
  choice: ['scale-0', 'scale-choice-1', 'scale-choice-2', 'scale-choice-3'],
  number: ['scale-0', 'scale-number-1', 'scale-number-2', 'scale-number-3'],
  read: ['scale-0', 'scale-read-1', 'scale-read-2', 'scale-read-3'],
};

/**
 * What an answer says for itself, for the evaluator to confirm against the proof: a score, `not-applicable`, or null where only a person
 * can tell. No answer is 0.
 */
export function claimedScore(
  requirement: Requirement,
  demanded: Pick<Demanded, 'level' | 'parameters'>,
  answer: AnswerValue,
): Score | 'not-applicable' | null {
  if (answer === null || answer === '') return 0;
  const { question } = requirement;
  if (question.answer === 'choice') {
    const meets = question.choices?.find(({ id }) => id === answer)?.meets;
    if (meets === undefined || meets === 'none') return 0;
    return meets === 'not-applicable' ? meets : SCORE_OF[meets];
  }
  if (question.answer === 'yes-no') return answer === true ? SCORE_OF[demanded.level] : 0;
  if (question.answer !== 'number' || typeof answer !== 'number') return null;
  const reached = scaleOf(requirement, demanded).filter(
    ({ measure }) => measure && (measure.better === 'lower' ? answer <= measure.value : answer >= measure.value),
  );
  // Whoever misses the value that the buyer set is below the demanded level, however the catalogue has the steps above it.
  const wanted = SCORE_OF[demanded.level];
  const meets = reached.some(({ score }) => score === wanted);
  return reached
    .filter(({ score }) => meets || score < wanted)
    .reduce<Score>((most, { score }) => (score > most ? score : most), 0);
}
