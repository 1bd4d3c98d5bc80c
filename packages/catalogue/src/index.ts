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
export { type Context, ContextError, contextOf, type Departure, underEuLaw } from './context.ts';
export { type DemandFile, demandFileOf, readDemandFile } from './demand-file.ts';
export { type Demand, type Demanded, derive, type Exclusion, type Note, type Reason } from './derive.ts';
export { type DemandDiff, type DemandWithCatalogue, diffDemands } from './diff.ts';
export { type Explanation, explanationsOf } from './explain.ts';
export { ordersOf } from './facts.ts';
export { demandHash, type FormWords, formOf } from './form.ts';
export { catalogueSchemas } from './json-schemas.ts';
export { loadCatalogue } from './load.ts';
export { type RatedRisk, ratingOf } from './rate.ts';
export {
  type Catalogue,
  type Condition,
  LANGUAGES,
  type Language,
  type Law,
  LEVELS,
  type Level,
  RATINGS,
  type Rating,
  type Requirement,
  type Risk,
  type StandardEntry,
  type Text,
} from './schema.ts';
export { snapshotOf } from './snapshot.ts';
export { equivalentFor, requirementOf, type Worded, worded } from './wording.ts';
