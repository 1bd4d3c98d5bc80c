export {
  type AnswerFileFault,
  answerFileOf,
  LONGEST_ANSWER_FILE,
  readAnswerFile,
  type TakenOver,
  takenOver,
} from './answer-file.ts';
export {
  type AnswerFault,
  type AnswerFile,
  type AnswerValue,
  type AnswerValues,
  answerFaults,
  answersText,
  countingAnswers,
  type FormQuestion,
  isDay,
  isVisible,
  LONGEST_ANSWER,
  type OfferForm,
  reusable,
} from './answers.ts';
export { type Fact, type Facts, holds, type Orders } from './condition.ts';
export type { Context, Departure } from './context.ts';
export { type DemandFile, demandFileOf, readDemandFile } from './demand-file.ts';
export { type Demand, type Demanded, derive, type Exclusion, type Note, type Reason } from './derive.ts';
export {
  type CatalogueDiff,
  type DemandDiff,
  type DemandWithCatalogue,
  diffCatalogues,
  diffDemands,
  type EntryDiff,
  isUnchanged,
} from './diff.ts';
export { type RequirementEntry, type RiskEntry, requirementIn, riskIn } from './entry-words.ts';
export { type Explanation, explanationsOf } from './explain.ts';
export { ordersOf } from './facts.ts';
export { demandHash, type FormWords, formOf } from './form.ts';
export { loadCatalogue } from './load.ts';
export { underEuLaw } from './purchase-facts.ts';
export { type RatedRisk, ratingOf } from './rate.ts';
export { LANGUAGES, type Language, LEVELS, type Level, RATINGS, type Rating } from './scales.ts';
export type { Asked, Catalogue, Condition, Law, Requirement, Risk, StandardEntry, Text } from './schema.ts';
export { joinedSnapshots, snapshotOf } from './snapshot.ts';
export { equivalentFor, requirementOf, type Worded, worded } from './wording.ts';
