import type { ConsensusRow as Agreed, ScoreRow as Scored } from '@proviso/procurement';
import { type Selectable, sql } from 'kysely';
import type { Tables } from '../connect/tables.ts';
import { currentTenant, type TenantScope } from '../connect/tenant.ts';
import { nextVersion, versionAfter } from './version.ts';

export type ScoreRow = Omit<Selectable<Tables['score']>, 'tenant' | 'purchase'>;
export type ConsensusRow = Omit<Selectable<Tables['consensus']>, 'tenant' | 'purchase'>;

/** All scores of a purchase, or those of one evaluator: scoring is blind until it ends. */
export async function readScores(trx: TenantScope, purchase: string, evaluator?: string): Promise<ScoreRow[]> {
  let query = trx
    .selectFrom('score')
    .select(['offer', 'requirement', 'evaluator', 'value', 'reason', 'at', 'version'])
    .where('purchase', '=', purchase)
    .orderBy('offer')
    .orderBy('requirement')
    .orderBy('evaluator');
  if (evaluator !== undefined) query = query.where('evaluator', '=', evaluator);
  return await query.execute();
}

/** What the evaluators agreed on, in the order it was written: of a cell the last row counts, and the earlier ones keep their reasons. */
export async function readConsensus(trx: TenantScope, purchase: string): Promise<ConsensusRow[]> {
  return await trx
    .selectFrom('consensus')
    .select(['offer', 'requirement', 'value', 'reason', 'by', 'at', 'version'])
    .where('purchase', '=', purchase)
    .orderBy('offer')
    .orderBy('requirement')
    .orderBy('version')
    .execute();
}

export interface Scoring {
  purchase: string;
  offer: string;
  requirement: string;
  /** Null: abstained. */
  value: number | null;
  reason: string;
  /** The version that was read; 0 when there was none. */
  version: number;
}

/** Saves an evaluator's score; gives the new version. Throws `VersionConflict` when it was saved elsewhere meanwhile. */
export async function saveScore(
  trx: TenantScope,
  { version, ...score }: Scoring & { evaluator: string },
): Promise<number> {
  const { purchase, offer, requirement, evaluator } = score;
  const here = { purchase, offer, requirement, evaluator };
  const saved =
    version === 0
      ? await trx
          .insertInto('score')
          .values({ ...score, tenant: currentTenant })
          .onConflict((conflict) => conflict.doNothing())
          .returning('version')
          .executeTakeFirst()
      : await trx
          .updateTable('score')
          .set({ value: score.value, reason: score.reason, at: sql`now()`, version: nextVersion })
          .where((eb) => eb.and(here))
          .where('version', '=', version)
          .returning('version')
          .executeTakeFirst();
  return await versionAfter(saved, version, 'The score', () =>
    trx
      .selectFrom('score')
      .select('version')
      .where((eb) => eb.and(here))
      .executeTakeFirst(),
  );
}

/** Adds what was agreed, after whatever is there. Two at once on the same cell: one waits for the other. */
export async function appendConsensus(
  trx: TenantScope,
  agreed: Omit<Scoring, 'version'> & { by: string; at: Date },
): Promise<void> {
  const cell = `${agreed.purchase} ${agreed.offer} ${agreed.requirement}`;
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${cell}, 0))`.execute(trx);
  await trx
    .insertInto('consensus')
    .values({
      ...agreed,
      tenant: currentTenant,
      version: sql`(SELECT coalesce(max(c.version), 0) + 1 FROM consensus c
        WHERE c.purchase = ${agreed.purchase} AND c.offer = ${agreed.offer} AND c.requirement = ${agreed.requirement})`,
    })
    .execute();
}

/** Scores and agreed scores of a purchase as decisions take them: `decide`, `visibleScores`, `cellsOf`. */
export async function scoresOf(trx: TenantScope, purchase: string): Promise<{ scores: Scored[]; consensus: Agreed[] }> {
  const scores = await readScores(trx, purchase);
  const consensus = await readConsensus(trx, purchase);
  return {
    scores: scores.map(({ offer, requirement, evaluator, value, reason, at }) => ({
      offer,
      requirement,
      evaluator,
      value: value ?? 0,
      reason: reason === '' ? null : reason,
      at: at.toISOString(),
    })),
    consensus: consensus.map(({ offer, requirement, value, reason, by, at }) => ({
      offer,
      requirement,
      value: value ?? 0,
      reason,
      by,
      at: at.toISOString(),
    })),
  };
}
