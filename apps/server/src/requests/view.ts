import { biddersKnown, countingRequests, hasSelection, mayReadRequests, type Purchase } from '@proviso/procurement';
import { namesOf, readRequests, requestProof, type TenantScope } from '@proviso/store';
import type { KeptRequest, OfferView, RequestsView } from '../contract/offering.ts';
import type { Deps } from '../http/deps.ts';
import type { Actor, LinkActor } from '../http/route.ts';
import { deciderOf } from '../purchases/actors.ts';
import { lookAtProof } from './proof-job.ts';

/** Requests to take part as one of the buyer's people may see them. Before the closing not even how many there are. */
export async function requestsView(
  trx: TenantScope,
  { now, jobs }: Pick<Deps, 'now' | 'jobs'>,
  actor: Actor,
  purchase: Purchase,
): Promise<RequestsView> {
  const at = now().toISOString();
  if (!hasSelection(purchase) || purchase.notice === null) return { stage: 'none', requests: [] };
  if (!biddersKnown(purchase, at)) return { stage: 'open', requests: [] };
  const fault = mayReadRequests(purchase, deciderOf(actor), at);
  const stage = fault === null ? 'readable' : fault.code === 'declare-first' ? 'undeclared' : 'barred';
  const said = new Map(
    fault === null ? (await readRequests(trx, purchase.id)).map((row) => [row.id, row.said as KeptRequest]) : [],
  );
  const proof = Map.groupBy(await requestProof(trx, [...said.keys()]), ({ request }) => request);
  // What came late, or before files were looked at, or whose job failed for good.
  if (fault === null) await lookAtProof(trx, { jobs }, actor.tenant, purchase.id);
  const counting = new Set(countingRequests(purchase).map(({ id }) => id));
  const names = await namesOf(
    trx,
    purchase.requests.map(({ supplier }) => supplier),
  );
  return {
    stage,
    requests: purchase.requests.map((one) => ({
      id: one.id,
      supplier: one.supplier,
      name: names[one.supplier] ?? '',
      at: one.at,
      late: one.late,
      replaced: !one.late && !counting.has(one.id),
      decision: fault === null ? one.decision : null,
      said: said.get(one.id) ?? null,
      proof: (proof.get(one.id) ?? []).map(({ sha256, problem }) => ({ sha256: sha256.toString('hex'), problem })),
    })),
  };
}

/** What a supplier's page shows of its own requests; null where nobody is selected. */
export async function ownRequests(
  trx: TenantScope,
  purchase: Purchase,
  { supplier }: LinkActor,
): Promise<OfferView['selection']> {
  if (!hasSelection(purchase) || purchase.notice === null) return null;
  const own = purchase.requests.filter((one) => one.supplier === supplier);
  const rows = new Map((await readRequests(trx, purchase.id, supplier)).map((row) => [row.id, row.said]));
  const counting = countingRequests(purchase).find((one) => one.supplier === supplier);
  const decision = counting?.decision ?? null;
  return {
    requests: own
      .flatMap(({ id, at, late }) => {
        const said = rows.get(id);
        return said ? [{ id, at, late, replaced: !late && id !== counting?.id, said: said as KeptRequest }] : [];
      })
      .reverse(),
    decision: decision && { verdict: decision.verdict, reason: decision.reason, at: decision.at },
  };
}
