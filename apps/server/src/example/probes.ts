import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { insertProbeRound, standingProbeConsent, streamOf, withTenant } from '@proviso/store';
import type { ProbeTargets } from '../contract/proving.ts';
import type { LinkActor } from '../http/route.ts';
import { giveConsent } from '../probing/consent.ts';
import { consentText } from '../probing/consent-text.ts';
import { looksOf } from '../probing/looks.ts';
import { keepRun } from '../probing/probe-job.ts';
import { carryOut } from '../purchases/commands.ts';
import type { Stage } from './stage.ts';
import { tell } from './words.ts';

/** Recorded by `record-probes.ts`. */
export const PROBES = new URL('probes/', import.meta.url);

/** One look at the names of a supplier of the example, so many days from now, and how its service was run by then. */
export interface ExampleLook {
  bidder: string;
  domain: string;
  days: number;
  kind: 'good' | 'bad';
}

/** Portalis mended its service between two looks; what Cité Web says of its own does not hold. Budgetware gave no consent. */
export const LOOKS: readonly ExampleLook[] = [
  { bidder: 'Nordlys Digital', domain: 'nordlys.test', days: -22, kind: 'good' },
  { bidder: 'Portalis', domain: 'portalis.test', days: -22, kind: 'bad' },
  { bidder: 'Portalis', domain: 'portalis.test', days: -15, kind: 'good' },
  { bidder: 'Cité Web', domain: 'cite-web.test', days: -22, kind: 'bad' },
];

/** What a supplier of the example lets be looked at: its site and its mail, under one domain. */
export const targetsOf = (domain: string): ProbeTargets => ({
  hosts: [domain],
  mail: [domain],
  services: [],
  selectors: ['s1'],
});

/** Suppliers consent by their links while offers can still be handed in. */
export async function consent(stage: Stage, links: ReadonlyMap<string, LinkActor>): Promise<void> {
  const { deps, language, within } = stage;
  for (const [bidder, domain] of new Map(LOOKS.map((look) => [look.bidder, look.domain]))) {
    const link = links.get(bidder);
    if (!link) throw new Error(`${bidder} is no bidder of the example.`);
    const text = consentText(language).sha256;
    const signed = { signer: tell('probe.signer', language), role: tell('probe.role', language) };
    await within((trx) => giveConsent(trx, deps, link, { targets: targetsOf(domain), perMinute: 60, text, ...signed }));
  }
}

/** Plays the looks of so many days from now: what was recorded is judged again, and kept as if it had just been seen. */
export async function look(
  stage: Stage,
  purchase: string,
  links: ReadonlyMap<string, LinkActor>,
  days: number,
): Promise<void> {
  const { deps, tenant } = stage;
  const { openBundle, replayBundle } = await import('@proviso/probes');
  for (const { bidder, domain } of LOOKS.filter((one) => one.days === days)) {
    const supplier = links.get(bidder)?.supplier ?? '';
    const round = { id: randomUUID(), purchase, supplier, by: stage.people.security, at: deps.now(), done: null };
    const standing = await stage.within(async (trx) => {
      const found = await standingProbeConsent(trx, { purchase, supplier });
      if (!found) throw new Error(`${bidder} has given no consent in the example.`);
      await insertProbeRound(trx, { ...round, consent: found.id });
      const input = { supplier, consent: found.id, round: round.id };
      await carryOut(trx, deps, stage.actor('security'), purchase, null, { type: 'probe.start', input });
      return found;
    });
    for (const one of looksOf(targetsOf(domain))) {
      const text = await readFile(new URL(`${one.name}.${one.kind}.${-days}.probe.json`, PROBES), 'utf8');
      const bundle = openBundle(text);
      const { outcome } = await replayBundle(bundle);
      const stored = await deps.files.put(streamOf(text));
      await withTenant(deps.store.db, tenant, (trx) =>
        keepRun(
          trx,
          deps,
          { round: { ...round, consent: standing.id }, consent: standing, look: one },
          { outcome, profile: bundle.profile, stored },
        ),
      );
    }
  }
}
