import { randomUUID } from 'node:crypto';
import { type Catalogue, type Language, requirementOf } from '@proviso/catalogue';
import {
  endProbeConsent,
  giveProbeConsent,
  lastProbeConsents,
  type ProbeConsentRow,
  probeConsentHash,
  probeHistory,
  type TenantScope,
} from '@proviso/store';
import type { z } from 'zod';
import {
  type OfferProbing,
  PROBE_RATES,
  type ProbeConsent,
  type ProbeTargets,
  type probeConsentBody,
} from '../contract/proving.ts';
import type { Deps } from '../http/deps.ts';
import { HttpProblem } from '../http/problem.ts';
import type { LinkActor } from '../http/route.ts';
import { demandFile } from '../offers/asked-form.ts';
import { readPurchase } from '../offers/read-purchase.ts';
import { keepText } from '../papers/texts.ts';
import { carryOut } from '../purchases/commands.ts';
import { consentText, consentTextOf } from './consent-text.ts';
import { looksOf } from './looks.ts';

/** Live checks that the requirements of a demand name, in the order of the catalogue. */
export function liveChecks(catalogue: Catalogue, requirements: readonly string[]): Catalogue['checks'] {
  const named = new Set(requirements.flatMap((id) => requirementOf(catalogue, id).checks));
  return catalogue.checks.filter(({ id, kind }) => kind === 'live' && named.has(id));
}

/** A consent as it is shown. */
export function shownConsent(row: ProbeConsentRow): ProbeConsent {
  const text = row.textSha256.toString('hex');
  return {
    id: row.id,
    targets: row.targets as ProbeTargets,
    perMinute: row.perMinute,
    edition: row.edition,
    language: row.language,
    text: consentTextOf(text, false)?.text ?? text,
    sha256: row.sha256.toString('hex'),
    signer: row.signer,
    role: row.role,
    given: row.given.toISOString(),
    withdrawn: row.withdrawn ? (row.ended?.toISOString() ?? null) : null,
  };
}

/** What a supplier sees of this: what would be looked at, the words to agree to, its own consent. Null where nothing is to be looked at. */
export async function offerProbing(trx: TenantScope, actor: LinkActor, asked?: Language): Promise<OfferProbing | null> {
  const { purchase } = await readPurchase(trx, actor.purchase);
  const language = asked ?? purchase.description.language;
  const file = purchase.demand && (await demandFile(trx, purchase.id, purchase.demand.hash));
  if (!file || !purchase.notice) return null;
  const { whyNotProbed } = await import('@proviso/probes');
  const checks = liveChecks(
    file.catalogue,
    file.demand.requirements.map(({ id }) => id),
  ).filter(({ id }) => whyNotProbed(id, language) === null);
  if (checks.length === 0) return null;
  const [row] = await lastProbeConsents(trx, purchase.id, actor.supplier);
  const last = new Map<string, Date>();
  for (const { supplier, name, at } of await probeHistory(trx, purchase.id, 1))
    if (supplier === actor.supplier && !((last.get(name) ?? 0) > at)) last.set(name, at);
  return {
    checks: checks.map(({ id, title, shows }) => ({ id, title: title[language], shows: shows[language] })),
    text: consentText(language),
    rates: PROBE_RATES,
    consent: row ? shownConsent(row) : null,
    looked: [...last].map(([name, at]) => ({ name, at: at.toISOString() })),
  };
}

/**
 * Keeps a supplier's consent in place of the one that stood.
 * @throws HttpProblem 422 `no-names` where nothing is named, `name-twice`, `consent-words` where other words were agreed to than are in force
 */
export async function giveConsent(
  trx: TenantScope,
  deps: Deps,
  actor: LinkActor,
  { targets, perMinute, text, signer, role }: z.output<typeof probeConsentBody>,
): Promise<ProbeConsent> {
  const words = consentTextOf(text, true);
  if (!words) throw new HttpProblem(422, 'consent-words', { where: 'body.text' });
  const looks = looksOf(targets);
  if (looks.length === 0) throw new HttpProblem(422, 'no-names', { where: 'body.targets' });
  const services = targets.services.map(({ host, port }) => `${host}:${port}`);
  for (const list of [targets.hosts, targets.mail, services]) {
    const twice = list.find((one, i) => list.indexOf(one) !== i);
    if (twice !== undefined)
      throw new HttpProblem(422, 'name-twice', { where: 'body.targets', values: { name: twice } });
  }
  const given = deps.now();
  const about = { purchase: actor.purchase, supplier: actor.supplier };
  // What was signed can be read in the dossier, by whoever has no Proviso.
  await keepText(trx, deps, actor.purchase, words.text);
  const row = {
    id: randomUUID(),
    ...about,
    invitation: actor.invitation,
    targets,
    perMinute,
    edition: words.edition,
    language: words.language,
    textSha256: Buffer.from(text, 'hex'),
    signer,
    role,
    sha256: probeConsentHash({ ...about, targets, perMinute, text, signer, role, given: given.toISOString() }),
    given,
  };
  await giveProbeConsent(trx, row);
  const input = { consent: row.id, hash: row.sha256.toString('hex'), text };
  await carryOut(trx, deps, actor, actor.purchase, null, { type: 'probe.consent', input });
  return shownConsent({ ...row, ended: null, withdrawn: false });
}

/** Withdraws a supplier's consent: from then on nothing is looked at. @throws HttpProblem 409 `no-consent` */
export async function withdrawConsent(trx: TenantScope, deps: Deps, actor: LinkActor): Promise<void> {
  const consent = await endProbeConsent(trx, actor, deps.now(), true);
  if (consent === null) throw new HttpProblem(409, 'no-consent');
  await carryOut(trx, deps, actor, actor.purchase, null, { type: 'probe.withdraw', input: { consent } });
}
