import { type Award, currentAward, type Purchase } from '@proviso/procurement';
import { namesOf, scoresOf, type TenantScope } from '@proviso/store';
import { HttpProblem } from '../http/problem.ts';
import type { World } from '../messages/draft-letter.ts';
import type { Letter } from '../messages/letter.ts';
import { buyerOf } from '../messages/tenant.ts';
import { oneLine } from '../messages/words.ts';
import { decisionLetters, type LetterSource } from './decision-letters.ts';
import { demandFileOf } from './view.ts';

/** What the letters on the award of a lot are written from. @throws HttpProblem 422 `no-award` */
export async function letterSource(trx: TenantScope, purchase: Purchase, lot: string): Promise<LetterSource> {
  const award: Award | undefined = currentAward(purchase, lot);
  if (!award) throw new HttpProblem(422, 'no-award', { values: { lot } });
  const suppliers = purchase.offers.map(({ supplier }) => supplier);
  return {
    purchase,
    award,
    file: await demandFileOf(trx, purchase),
    names: await namesOf(trx, suppliers),
    buyer: await buyerOf(trx),
    ...(await scoresOf(trx, purchase.id)),
  };
}

/** The letters that tell the bidders of a lot what was decided, each to its own supplier. */
export async function decisionLettersToSend(
  trx: TenantScope,
  purchase: Purchase,
  lot: string,
  { suppliers }: Pick<World, 'suppliers'>,
): Promise<Letter[]> {
  const { language } = purchase.description;
  return decisionLetters(await letterSource(trx, purchase, lot)).flatMap(({ supplier, subject, text }) => {
    const to = suppliers.get(supplier);
    if (!to) return [];
    return [
      { to: { supplier: oneLine(to.name), address: to.email, language }, subject, body: text, hiddenUntil: null },
    ];
  });
}
