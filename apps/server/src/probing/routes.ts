import { mayProbe } from '@proviso/procurement';
import {
  appendLog,
  eraseConsentSigners,
  getProbeRun,
  type ProbeRunRow,
  putProbePlan,
  standingProbeConsent,
  type TenantScope,
} from '@proviso/store';
import { z } from 'zod';
import {
  type JudgedAgain,
  judgedAgain,
  type OfferProbing,
  type ProbeConsent,
  type ProofView,
  probeConsentBody,
  probePlanBody,
  probeProfileLine,
  roundBody,
  waiverBody,
} from '../contract/proving.ts';
import { language, uuid } from '../contract/wire.ts';
import { HttpProblem, refused } from '../http/problem.ts';
import { type Actor, type Route, route } from '../http/route.ts';
import { attachment } from '../library/attachment.ts';
import { readPurchase } from '../offers/read-purchase.ts';
import { notForKeys } from '../people/tokens.ts';
import { deciderOf } from '../purchases/actors.ts';
import { inTenant, ofPurchase, purchaseRow } from '../purchases/address.ts';
import { carryOut } from '../purchases/commands.ts';
import { judgedAgainBy } from './again.ts';
import { giveConsent, offerProbing, withdrawConsent } from './consent.ts';
import { probePlan, profileLines, treeProfiles } from './plan.ts';
import { startRound } from './rounds.ts';
import { proofView } from './view.ts';
import { endWaiver, giveWaiver } from './waivers.ts';

const inLanguage = z.object({ language: language.optional() });
const ofRun = ofPurchase.extend({ run: uuid });

/** What is looked at from outside at suppliers' services: consent by their links, proof for the buyer's people. */
export const probingRoutes: readonly Route[] = [
  route({
    method: 'GET',
    url: '/api/offer/probing',
    access: { link: true },
    summary:
      'What would be looked at from outside, the words to agree to, and one’s own consent; null where nothing is to be looked at',
    query: inLanguage,
    response: z.custom<OfferProbing | null>(),
    handle: async ({ trx, actor, query, reply }) => {
      const view = await offerProbing(trx, actor, query.language);
      // An answer of nothing would be no JSON.
      return view ?? reply.type('application/json; charset=utf-8').send('null');
    },
  }),
  route({
    method: 'PUT',
    url: '/api/offer/probing',
    access: { link: true },
    summary: 'Consents that names are looked at, in place of an earlier consent',
    body: probeConsentBody,
    example: {
      targets: {
        hosts: ['www.example.org'],
        mail: ['example.org'],
        services: [{ host: 'imap.example.org', port: 993, service: 'tls' }],
        selectors: ['mail2026'],
      },
      perMinute: 30,
      text: '5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9',
      signer: 'Anna Peeters',
      role: 'Head of operations',
    },
    response: z.custom<ProbeConsent>(),
    handle: async ({ trx, deps, actor, body }) => await giveConsent(trx, deps, actor, body),
  }),
  route({
    method: 'DELETE',
    url: '/api/offer/probing',
    access: { link: true },
    summary: 'Withdraws the consent: from then on nothing is looked at',
    handle: async ({ trx, deps, actor }) => await withdrawConsent(trx, deps, actor),
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/proof',
    access: { action: 'probe.read' },
    summary: 'What suppliers promised beside what is seen from outside',
    params: ofPurchase,
    query: inLanguage,
    response: z.custom<ProofView>(),
    handle: async ({ trx, deps, actor, params, query, request }) =>
      await proofView(trx, deps, actor, params.id, {
        looks: request.server.proviso.probes,
        profileOf: await treeProfiles(),
        asked: query.language,
      }),
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/probe-profiles',
    access: { member: true },
    summary: 'Profiles by which can be probed',
    params: inTenant,
    query: inLanguage,
    response: z.array(probeProfileLine),
    handle: async ({ actor, query }) => await profileLines(query.language ?? actor.language),
  }),
  route({
    method: 'POST',
    url: '/api/t/:tenant/purchases/:id/proof/rounds',
    access: { action: 'probe.run' },
    summary: 'Looks at all names of a supplier now',
    params: ofPurchase,
    body: roundBody,
    example: { supplier: '6f2f2a1c-6f0e-4c1c-9d0f-0b8c1f6a2b10' },
    response: z.object({ round: uuid }),
    handle: async ({ trx, deps, actor, params, body, request, reply }) => {
      if (!request.server.proviso.probes) throw new HttpProblem(409, 'probes-off');
      const started = await startRound(trx, deps, actor, params.id, body.supplier);
      reply.code(202);
      return started;
    },
  }),
  route({
    method: 'PUT',
    url: '/api/t/:tenant/purchases/:id/proof/plan',
    access: { action: 'probe.plan' },
    summary: 'By what and how often names are looked at; null: as the organisation has it',
    params: ofPurchase,
    body: probePlanBody,
    example: { version: 0, profile: 'internet-nl', every: 'weekly' },
    response: z.object({ profile: z.string(), every: z.string(), version: z.int() }),
    handle: async ({ trx, deps, actor, params, body: { version, ...plan } }) => {
      const { probeProfileIds } = await import('@proviso/probes');
      if (plan.profile !== null && !probeProfileIds().includes(plan.profile))
        throw new HttpProblem(422, 'unknown', { where: 'body.profile', values: { id: plan.profile } });
      await purchaseRow(trx, params.id);
      await putProbePlan(trx, params.id, version, plan);
      await carryOut(trx, deps, actor, params.id, null, { type: 'probe.plan', input: plan });
      return await probePlan(trx, params.id);
    },
  }),
  route({
    method: 'POST',
    url: '/api/t/:tenant/purchases/:id/proof/waivers',
    access: { action: 'probe.waive' },
    summary: 'Accepts a failing check of a name to the end of a day',
    params: ofPurchase,
    body: waiverBody,
    example: {
      supplier: '6f2f2a1c-6f0e-4c1c-9d0f-0b8c1f6a2b10',
      name: 'www.example.org',
      check: 'web.hsts',
      until: '2026-03-31',
      reason: 'The old site moves in March.',
    },
    response: z.object({ id: uuid }),
    handle: async ({ trx, deps, actor, params, body, reply }) => {
      await purchaseRow(trx, params.id);
      const given = await giveWaiver(trx, deps, actor, params.id, body);
      reply.code(201);
      return given;
    },
  }),
  route({
    method: 'DELETE',
    url: '/api/t/:tenant/purchases/:id/proof/waivers/:waiver',
    access: { action: 'probe.waive' },
    summary: 'Takes an acceptance back: the check fails again',
    params: ofPurchase.extend({ waiver: uuid }),
    handle: async ({ trx, deps, actor, params }) => await endWaiver(trx, deps, actor, params.id, params.waiver),
  }),
  route({
    method: 'DELETE',
    url: '/api/t/:tenant/purchases/:id/proof/suppliers/:supplier/signer',
    access: { action: 'people.manage' },
    summary: 'Erases who signed consents of a supplier that are over; what was agreed to stays, with its hash',
    params: ofPurchase.extend({ supplier: uuid }),
    response: z.object({ erased: z.int() }),
    handle: async ({ trx, actor, params: { id, supplier } }) => {
      notForKeys(actor.scopes);
      await purchaseRow(trx, id);
      const erased = await eraseConsentSigners(trx, { purchase: id, supplier });
      // While it stands, who gave it is what the looks rest on.
      if (erased === 0 && (await standingProbeConsent(trx, { purchase: id, supplier })))
        throw new HttpProblem(409, 'consent-stands');
      if (erased > 0)
        await appendLog(trx, {
          actor: `person:${actor.id}`,
          action: 'consent.signers-erased',
          subject: { type: 'purchase', id },
          content: { supplier, erased },
        });
      return { erased };
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/proof/runs/:run/bundle',
    access: { action: 'probe.read' },
    summary: 'The signed proof of one look, to be saved: `proviso probe replay` judges it again',
    params: ofRun,
    response: 'bytes',
    handle: async ({ trx, deps, actor, params, reply }) => {
      const run = await readableRun(trx, actor, params);
      const { name, bytes } = await bundleFile(trx, run);
      return await attachment(reply, deps.files, { name, sha256: run.bundle.toString('hex'), bytes });
    },
  }),
  route({
    method: 'GET',
    url: '/api/t/:tenant/purchases/:id/proof/runs/:run/again',
    access: { action: 'probe.read' },
    summary: 'Judges the proof of one look again, without a network, by a profile as it is now: what differs',
    params: ofRun,
    query: inLanguage.extend({ profile: z.string().max(60).optional() }),
    response: judgedAgain,
    handle: async ({ trx, deps, actor, params, query }): Promise<JudgedAgain> => {
      const run = await readableRun(trx, actor, params);
      return await judgedAgainBy(deps, run, query.profile ?? run.profile, query.language ?? actor.language);
    },
  }),
];

/** A run of a supplier whose offer this person may read. @throws HttpProblem 404, 403 */
async function readableRun(
  trx: TenantScope,
  actor: Actor,
  { id, run }: { id: string; run: string },
): Promise<ProbeRunRow> {
  const { purchase } = await readPurchase(trx, id);
  const row = await getProbeRun(trx, run);
  if (row?.purchase !== id) throw new HttpProblem(404, 'not-found');
  const fault = mayProbe(purchase, deciderOf(actor), row.supplier);
  if (fault) throw refused(fault);
  return row;
}

/** The bundle's file under the name that its content gives it. */
async function bundleFile(trx: TenantScope, run: ProbeRunRow): Promise<{ name: string; bytes: number }> {
  const row = await trx.selectFrom('file').select('bytes').where('sha256', '=', run.bundle).executeTakeFirst();
  return { name: `${run.name}-${run.at.toISOString().slice(0, 10)}.probe.json`, bytes: Number(row?.bytes ?? 0) };
}
