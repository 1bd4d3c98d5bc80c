import { type ScoringInput, scoringInput } from './v1/input.ts';
import { type ScoringResult, score as scoreV1 } from './v1/score.ts';
import { sensitivity as sensitivityV1 } from './v1/sensitivity.ts';

/** What new awards are scored by. An earlier version stays as it is, in its own folder, for the awards that name it. */
export const SCORING_VERSION = 'scoring/1';

const VERSIONS = { 'scoring/1': { score: scoreV1, sensitivity: sensitivityV1 } };

export function score(input: ScoringInput): ScoringResult {
  return VERSIONS[input.version].score(input);
}

export function sensitivity(input: ScoringInput): ReturnType<typeof sensitivityV1> {
  return VERSIONS[input.version].sensitivity(input);
}

/**
 * Works an award out again by the version it was made with.
 * @throws Error where what was kept is no input of a version this program knows, so that no other rule is used in silence.
 */
export function recompute(award: { input: unknown; result: ScoringResult }): { result: ScoringResult; same: boolean } {
  const read = scoringInput.safeParse(award.input);
  if (!read.success) throw new Error(`The award cannot be worked out again: ${placeOf(read.error.issues[0])}`);
  const result = score(read.data);
  return { result, same: sorted(result) === sorted(award.result) };
}

/** JSON with its keys in order: a database may give them back in another. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

function placeOf(issue: { path: PropertyKey[]; message: string } | undefined): string {
  return issue ? `${issue.path.join('.')}: ${issue.message}` : 'its input is not known';
}
