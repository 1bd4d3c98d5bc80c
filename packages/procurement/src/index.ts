export type { Actor, CommandKind, Context } from './command.ts';
export { currentAward } from './commands/award.ts';
export { isConfirmed, sealedParts } from './commands/opening.ts';
export { approvalFault } from './commands/publication.ts';
export { answersBy, circumstancesOf, periodFor } from './commands/timing.ts';
export { createInput, createPurchase } from './create.ts';
export { COMMANDS, type Command, type CommandInput, type CommandType, type Decision, decide } from './decide.ts';
export { EVENT_TYPES, type EventType, type Happened } from './events.ts';
export {
  allFinished,
  awaitsCandidates,
  bidders,
  biddersKnown,
  countingOffers,
  countingRequests,
  evaluatorsOf,
  hasDeclared,
  hasSelection,
  isBarred,
  isFrozen,
  isRevealed,
  lastApproval,
  linesOfLot,
  mayReadOffer,
  mayReadRequests,
  mayTouchOffers,
  notApplicableIn,
  openLots,
  wasOpened,
} from './guards.ts';
export { inputProblem, inputProblemText } from './input-problem.ts';
export { type Code, isCode, message, refusalText } from './messages.ts';
export { isOverdue, owedObligations } from './obligations.ts';
export { ACTIONS, type Action, may, ROLES, type Role, rolesFor } from './permissions.ts';
export { mayProbe, PROBE_EVERY, type ProbeEvery, probeDueAt, probesThrough, waiverStands } from './probing.ts';
export { leastPeriod, PROCEDURES, type Procedure, type ProcedureId, procedureOf, procedures } from './procedures.ts';
export { contentsOf } from './purchase/contents.ts';
export type { Award, Dropped, Obligation } from './purchase/contract.ts';
export { type DemandLine, linesOf } from './purchase/demand.ts';
export type { ConsensusRow, Evaluation, Plan, ScoreRow } from './purchase/evaluation.ts';
export { DECLARED_GROUNDS, EXCLUSION_GROUNDS } from './purchase/grounds.ts';
export type { Contents, Deviation, Offer, Request } from './purchase/offers.ts';
export { type Found, openingHash } from './purchase/opening-hash.ts';
export {
  type Language,
  type Notice,
  type Purchase,
  purchase as purchaseSchema,
  STATES,
  type State,
} from './purchase/purchase.ts';
export { isRefusal, type Refusal } from './refusal.ts';
export { type Cell, cellsOf, scoringInputOf, withAmounts } from './scoring/assemble.ts';
export { type LowPrice, lowPrices } from './scoring/low-price.ts';
export { recompute, SCORING_VERSION, score, sensitivity } from './scoring/recompute.ts';
export { claimedScore, SCORE_OF, SCORES, type Score, type Step, scaleOf } from './scoring/scale.ts';
export { type Leaning, leanings, type Spread, spreads, WIDE_SPREAD } from './scoring/spread.ts';
export { type Criterion, type Formula, type ScoringInput, scoringInput } from './scoring/v1/input.ts';
export type { CriterionPart, OfferResult, Part, ScoringResult } from './scoring/v1/score.ts';
export type { Flip, WeightSensitivity } from './scoring/v1/sensitivity.ts';
export type { Calendar } from './time/calendar.ts';
export { type Deadline, deadlineAt, deadlineOf, endOfDay, isLate, isZone } from './time/deadline.ts';
export { endOfPeriod, type Length, type PeriodEnd } from './time/period.ts';
export { type Upcoming, upcoming } from './time/upcoming.ts';
export { validUntil } from './time/validity.ts';
export { ownQuestions, type PublicQuestion, publicQuestions, visibleScores } from './views.ts';
