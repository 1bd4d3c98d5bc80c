import { isLate, type Purchase } from '@proviso/procurement';
import type { TenantScope } from '@proviso/store';
import type { OfferView } from '../contract/offering.ts';
import type { Remarks } from '../contract/papers.ts';
import type { Deps } from '../http/deps.ts';
import { HttpProblem } from '../http/problem.ts';
import type { LinkActor } from '../http/route.ts';
import { readRemarks } from '../papers/texts.ts';
import { askedForm } from './asked-form.ts';
import { readPurchase } from './read-purchase.ts';

/** Market consultations as one supplier sees them, the newest first: its own answers, nobody else's. */
export async function consultationsFor(
  { files }: Pick<Deps, 'files'>,
  { consultations }: Purchase,
  supplier: string,
  now: string,
): Promise<OfferView['consultations']> {
  return await Promise.all(
    consultations.toReversed().map(async ({ id, until, answers, outcome }) => ({
      id,
      until: until.instant,
      open: outcome === null && !isLate(now, until),
      said: await Promise.all(
        answers
          .filter((one) => one.supplier === supplier)
          .map(async ({ at, hash }) => ({ at, ...(await readRemarks(files, hash)) })),
      ),
      outcome: outcome && { at: outcome.at, summary: outcome.summary, changed: outcome.changed },
    })),
  );
}

/**
 * The demand that a supplier sees: what was published; before that the draft as it was put up for the last consultation, not as it stands
 * now. Null while there is neither.
 */
export const shownDemand = ({ notice, demand, consultations }: Purchase): string | null =>
  (notice ? demand?.hash : consultations.at(-1)?.demand) ?? null;

/** @throws HttpProblem 422 for remarks that say nothing, or are about what the draft does not hold */
export async function checkRemarks(
  trx: TenantScope,
  { purchase: id }: LinkActor,
  consultation: string,
  { text, comments }: Remarks,
): Promise<void> {
  if (text.trim() === '' && comments.length === 0) throw new HttpProblem(422, 'nothing-said', { where: 'text' });
  const { purchase } = await readPurchase(trx, id);
  const hash = purchase.consultations.find((one) => one.id === consultation)?.demand ?? null;
  const asked = hash === null ? null : await askedForm(trx, id, hash, purchase.description.language);
  const known = new Set(asked?.form.requirements.map((one) => one.id));
  const strange = comments.find(({ requirement }) => !known.has(requirement));
  if (strange)
    throw new HttpProblem(422, 'unknown', { where: 'comments', values: { id: strange.requirement.slice(0, 80) } });
}
