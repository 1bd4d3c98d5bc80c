import { type DemandFile, requirementOf } from '@proviso/catalogue';
import type { AnswerFile } from '@proviso/catalogue/answers';
import { claimedScore, countingOffers } from '@proviso/procurement';
import { readOpenedOffers } from '@proviso/store';
import { demandFileOf } from '../evaluation/view.ts';
import type { KeptAnswers } from '../opening/open-offers.ts';
import { carryOut } from '../purchases/commands.ts';
import type { Part, Stage } from './stage.ts';
import { type ExampleWord, tell } from './words.ts';

/** A cell of the evaluation: what the first evaluator sees in it, and the second. */
interface Cell {
  offer: string;
  requirement: string;
  values: [first: number, second: number];
}

/** The two evaluators score every offer, differ here and there, agree, and the buyer freezes what they agreed on. */
export async function evaluate(stage: Stage, id: string): Promise<void> {
  const { give, language } = stage;
  const cells = await cellsOf(stage, id);
  for (const [i, who] of (['evaluator', 'evaluator2'] as const).entries()) {
    await inOne(
      stage,
      who,
      id,
      'score.write',
      cells.map(({ offer, requirement, values }) => {
        const value = values[i] ?? 0;
        const doubts = i === 1 && value < values[0];
        const reason = tell(doubts ? 'score.doubt' : (`score.${value}` as ExampleWord), language);
        return { offer, requirement, value, reason };
      }),
    );
    await give(who, id, 'evaluation.finish', { lot: 'all' });
  }
  const different = cells.filter(({ values: [first, second] }) => first !== second);
  for (const who of ['evaluator', 'evaluator2'] as const)
    await inOne(
      stage,
      who,
      id,
      'consensus.write',
      different.map(({ offer, requirement, values: [first, second] }) => ({
        offer,
        requirement,
        value: Math.floor((first + second) / 2),
        reason: tell('agreed', language),
      })),
    );
  await decideDeviations(stage, id);
  await give('buyer', id, 'quality.freeze', { lot: 'all' });
}

/** Many commands that only write rows, in one transaction. */
async function inOne(stage: Stage, who: Part, id: string, type: string, inputs: readonly unknown[]): Promise<void> {
  await stage.within(async (trx) => {
    for (const input of inputs) await carryOut(trx, stage.deps, stage.actor(who), id, null, { type, input });
  });
}

/** What answers say for themselves is where the first evaluator ends; the second is stricter with some of it. */
async function cellsOf(stage: Stage, id: string): Promise<Cell[]> {
  const { purchase } = await stage.read(id);
  const [file, rows] = await stage.within(async (trx) => [
    await demandFileOf(trx, purchase),
    await readOpenedOffers(trx, id),
  ]);
  const answers = new Map(rows.map((row) => [row.id, ((row.answers as KeptAnswers).answers as AnswerFile).values]));
  return countingOffers(purchase, 'all').flatMap((offer, place) => {
    const { unanswered = [], notApplicable = [] } = offer.opened?.contents ?? {};
    return file.demand.requirements.flatMap((demanded, at): Cell[] => {
      const requirement = demanded.id;
      if (unanswered.includes(requirement) || notApplicable.includes(requirement)) return [];
      const first = claimed(file, demanded, answers.get(offer.id)?.[requirement] ?? null);
      // Not of minimum requirements, where a step decides whether an offer stays in.
      const doubts = !demanded.knockout && (at * 7 + place * 3) % 11 === 0;
      const second = doubts ? Math.max(0, first - ((at + place) % 2 === 0 ? 2 : 1)) : first;
      return [{ offer: offer.id, requirement, values: [first, second] }];
    });
  });
}

function claimed(
  { catalogue }: DemandFile,
  demanded: DemandFile['demand']['requirements'][number],
  answer: AnswerFile['values'][string],
): number {
  const score = claimedScore(requirementOf(catalogue, demanded.id), demanded, answer);
  return typeof score === 'number' ? score : 2;
}

/** Who promises the level for later is believed; who offers nothing is not. */
async function decideDeviations({ give, read, language }: Stage, id: string): Promise<void> {
  const { purchase } = await read(id);
  const none = tell('deviation.none', language);
  for (const { offer, requirement, proposal } of purchase.deviations) {
    const verdict = proposal === none ? 'refused' : 'accepted';
    const reason = tell(`deviation.${verdict}`, language);
    await give('buyer', id, 'deviation.decide', { offer, requirement, verdict, reason, counter: null });
  }
}
