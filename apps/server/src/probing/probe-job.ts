import { createPrivateKey, type JsonWebKey, randomUUID } from 'node:crypto';
import type { ProbeOutcome, ProbeProfile, ProberOptions, RunEvidence, Signer, Verdict } from '@proviso/probes';
import {
  endProbeRound,
  getProbeRound,
  insertProbeRun,
  type JobHandler,
  namePurchaseFile,
  namesOfRound,
  notify,
  type ProbeConsentRow,
  type ProbeRoundRow,
  recordFile,
  type StoredFile,
  standingProbeConsent,
  streamOf,
  type TenantScope,
  withTenant,
} from '@proviso/store';
import { VERSION } from '../config.ts';
import type { ProbeTargets } from '../contract/proving.ts';
import type { Deps } from '../http/deps.ts';
import { HttpProblem } from '../http/problem.ts';
import { carryOut } from '../purchases/commands.ts';
import { CHANGED } from '../purchases/events.ts';
import { type Look, nextLook } from './looks.ts';
import { type ProfileOf, probePlan, treeProfiles } from './plan.ts';

export interface ProbeSettings {
  /** Does this server look at all? `PROVISO_PROBES=off` keeps it from it. */
  looks: boolean;
  /** What the place is called from which is looked: `PROVISO_PROBE_PLACE`. */
  place: string;
  /** For tests alone: a network and a clock of their own, and profiles that trust its root. */
  world?: { options: Partial<ProberOptions>; profile: ProfileOf };
}

/** So often a worker looks whether the consent still stands. */
const WATCH_MS = 3_000;

/** The key that signs bundles is that of receipts: a bundle's envelope says of itself what it is, so neither passes for the other. */
export async function probeSigner({ receiptKey }: Pick<Deps, 'receiptKey'>): Promise<Signer> {
  const { signerOf } = await import('@proviso/probes');
  return signerOf(createPrivateKey({ key: receiptKey as JsonWebKey, format: 'jwk' }));
}

interface Task {
  round: ProbeRoundRow;
  consent: ProbeConsentRow;
  look: Look;
  profile: string;
}

/** Works on the queue `probe`: looks at the next name of a round, keeps what was seen, and leaves the rest to the next job. */
export function probeWorker(deps: Deps, settings: ProbeSettings): JobHandler<'probe'> {
  const { db } = deps.store;
  return async ({ tenant, round: id }, { signal }) => {
    if (!settings.looks) return;
    const task = await withTenant(db, tenant, (trx) => taskOf(trx, id, deps.now()));
    if (task === null) return;
    const { round, consent, look } = task;
    const stop = new AbortController();
    const watch = setInterval(() => {
      withTenant(db, tenant, (trx) => stands(trx, round))
        .then((still) => still || stop.abort(new Error('The consent was withdrawn.')))
        .catch(() => {});
    }, WATCH_MS);
    try {
      const seen = await seenBy(task, settings, deps, AbortSignal.any([signal, stop.signal]));
      // Stopped by the worker's own end: another takes the job up.
      signal.throwIfAborted();
      await keep(deps, tenant, task, seen);
    } catch (error) {
      if (!(error instanceof HttpProblem)) throw error;
      // The purchase has ended, or nobody may look any more.
      await withTenant(db, tenant, (trx) => endProbeRound(trx, id, deps.now()));
      deps.log(`Probe of ${look.name} not kept: ${error.message} (consent ${consent.id})`);
    } finally {
      clearInterval(watch);
    }
  };
}

/** What there is to do for a round; null where its consent no longer stands, or nothing is left: then it has ended. */
async function taskOf(trx: TenantScope, id: string, now: Date): Promise<Task | null> {
  const round = await getProbeRound(trx, id);
  if (round === undefined || round.done !== null) return null;
  const consent = await standingProbeConsent(trx, round);
  const look =
    consent?.id === round.consent ? nextLook(consent.targets as ProbeTargets, await namesOfRound(trx, id)) : undefined;
  if (consent === undefined || look === undefined) {
    await endProbeRound(trx, id, now);
    return null;
  }
  return { round, consent, look, profile: (await probePlan(trx, round.purchase)).profile };
}

async function stands(trx: TenantScope, { purchase, supplier, consent }: ProbeRoundRow): Promise<boolean> {
  return (await standingProbeConsent(trx, { purchase, supplier }))?.id === consent;
}

interface Seen {
  outcome: ProbeOutcome;
  evidence: RunEvidence;
  profile: ProbeProfile;
}

async function seenBy(
  { consent, look, profile: id }: Task,
  { place, world }: ProbeSettings,
  deps: Deps,
  signal: AbortSignal,
): Promise<Seen> {
  const { createProber, familiesFor } = await import('@proviso/probes');
  const profile = (world?.profile ?? (await treeProfiles()))(id);
  const prober = createProber({
    profile,
    families: familiesFor(look.declared.services, look.families),
    declared: look.declared,
    program: `proviso ${VERSION}`,
    place,
    perMinute: consent.perMinute,
    // Never: what a supplier names must not lead into the buyer's own network.
    allowPrivate: false,
    now: () => deps.now().getTime(),
    ...world?.options,
  });
  return { ...(await prober.probe(look.name, signal)), profile };
}

/** Keeps the proof and what it comes to; both or neither, and nothing where the consent ended meanwhile. */
async function keep(deps: Deps, tenant: string, task: Task, { outcome, profile, evidence }: Seen): Promise<void> {
  const { sealBundle } = await import('@proviso/probes');
  const { round, consent } = task;
  const sealed = sealBundle({ outcome, evidence, profile }, await probeSigner(deps));
  const { db } = deps.store;
  if (!(await withTenant(db, tenant, (trx) => stands(trx, round)))) throw new HttpProblem(409, 'no-consent');
  const stored = await deps.files.put(streamOf(sealed.text));
  await withTenant(db, tenant, async (trx) => {
    const standing = await standingProbeConsent(trx, round, true);
    if (standing?.id !== consent.id) throw new HttpProblem(409, 'no-consent');
    const done = await keepRun(trx, deps, task, { outcome, profile, stored });
    if (!done) {
      // The next name may be at the same address.
      const at = new Date(deps.now().getTime() + Math.ceil(60_000 / consent.perMinute));
      await deps.jobs.send('probe', { tenant, round: round.id }, { at, trx });
    }
    const data = { id: round.id, done };
    await notify(trx, CHANGED, { tenant, purchase: round.purchase, event: 'job', data });
  });
}

/** Writes what one look found, with its proof that is stored; ends the round with its last name, and says whether that was it. */
export async function keepRun(
  trx: TenantScope,
  deps: Deps,
  { round, consent, look }: Pick<Task, 'round' | 'consent' | 'look'>,
  { outcome, profile, stored }: Pick<Seen, 'outcome' | 'profile'> & { stored: StoredFile },
): Promise<boolean> {
  const { askedHash } = await import('@proviso/probes');
  const { purchase, supplier } = round;
  const run = randomUUID();
  const bundle = Buffer.from(stored.sha256, 'hex');
  await recordFile(trx, deps.files, { sha256: bundle, bytes: stored.bytes, media: 'application/json' });
  await namePurchaseFile(trx, purchase, bundle);
  await insertProbeRun(trx, {
    id: run,
    purchase,
    supplier,
    round: round.id,
    kind: look.kind,
    name: look.name,
    at: deps.now(),
    bundle,
    profile: profile.id,
    asked: Buffer.from(askedHash(profile), 'hex'),
    place: outcome.vantage.name,
    counts: countsOf(outcome),
    results: outcome.results,
  });
  const done = nextLook(consent.targets as ProbeTargets, await namesOfRound(trx, round.id)) === undefined;
  if (done) await endProbeRound(trx, round.id, deps.now());
  const input = { supplier, consent: consent.id, run, bundle: stored.sha256 };
  await carryOut(trx, deps, 'system', purchase, null, { type: 'probe.keep', input });
  return done;
}

/** How many results of each verdict. */
export function countsOf({ results }: Pick<ProbeOutcome, 'results'>): Record<Verdict, number> {
  const counts: Record<Verdict, number> = { pass: 0, fail: 0, warn: 0, 'not-applicable': 0, inconclusive: 0 };
  for (const { verdict } of results) counts[verdict] += 1;
  return counts;
}
