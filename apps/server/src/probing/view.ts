import { type Catalogue, type Language, requirementOf, worded } from '@proviso/catalogue';
import type { CheckResult, Deciding, ProbeOutcome } from '@proviso/probes';
import { countingOffers, may, mayProbe, type Purchase, waiverStands } from '@proviso/procurement';
import {
  lastProbeConsents,
  lastProbeRounds,
  namesOf,
  type ProbeRunLine,
  type ProbeWaiverRow,
  probeHistory,
  probeResults,
  probeWaivers,
  type TenantScope,
} from '@proviso/store';
import type { ProbeTargets, ProofOfSupplier, ProofResult, ProofRun, ProofView } from '../contract/proving.ts';
import { demandFileOf } from '../evaluation/view.ts';
import { EXAMPLE_PLACE } from '../example/place.ts';
import type { Deps } from '../http/deps.ts';
import { sayOwn } from '../http/messages.ts';
import type { Actor } from '../http/route.ts';
import { readPurchase } from '../offers/read-purchase.ts';
import { deciderOf } from '../purchases/actors.ts';
import { liveChecks, shownConsent } from './consent.ts';
import { looksOf } from './looks.ts';
import { type ProfileOf, probePlan, profileLines } from './plan.ts';
import { isRunning } from './rounds.ts';

/** Looks at one name that a history shows. */
const MOST_RUNS = 60;
/** What ends within so many days is told beforehand. */
export const SOON_DAYS = 14;
const DAY_MS = 86_400_000;

type Probes = typeof import('@proviso/probes');

/** A day so many days after another: `2026-01-31`. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** What was promised beside what is seen from outside, of the suppliers whose offers this person may read. What may not be seen is not in it. */
export async function proofView(
  trx: TenantScope,
  deps: Pick<Deps, 'now'>,
  actor: Actor,
  id: string,
  { looks, profileOf, asked }: { looks: boolean; profileOf: ProfileOf; asked: Language | undefined },
): Promise<ProofView> {
  const probes = await import('@proviso/probes');
  const { purchase } = await readPurchase(trx, id);
  const file = await demandFileOf(trx, purchase);
  const language = asked ?? actor.language;
  const decider = deciderOf(actor);
  const suppliers = [...new Set(countingOffers(purchase).map(({ supplier }) => supplier))].filter(
    (supplier) => mayProbe(purchase, decider, supplier) === null,
  );
  const checks = liveChecks(
    file.catalogue,
    file.demand.requirements.map((one) => one.id),
  );
  const live = new Set(checks.map((one) => one.id));
  const requirements = file.demand.requirements.flatMap((demanded) => {
    const own = requirementOf(file.catalogue, demanded.id).checks.filter((one) => live.has(one));
    if (own.length === 0) return [];
    return [{ id: demanded.id, title: worded(file.demand, demanded, file.catalogue, language).title, checks: own }];
  });
  const waivers = await probeWaivers(trx, id);
  const ground: Ground = {
    probes,
    purchase,
    language,
    requirements,
    at: deps.now(),
    consents: await lastProbeConsents(trx, id),
    rounds: await lastProbeRounds(trx, id),
    history: await probeHistory(trx, id, MOST_RUNS),
    results: new Map(),
    waivers,
    names: await namesOf(trx, [...suppliers, ...waivers.map(({ by }) => by)]),
    askedNow: askedNow(probes, profileOf),
  };
  ground.results = await probeResults(trx, lastTwo(ground.history));
  const { scopes } = actor;
  const can = (action: Parameters<typeof may>[1]): boolean =>
    may(actor.roles, action) && (scopes === null || scopes.includes(action));
  return {
    checks: checks.map((one) => shownCheck(probes, one, language)),
    requirements,
    plan: await probePlan(trx, id),
    profiles: await profileLines(language),
    may: { run: can('probe.run'), plan: can('probe.plan'), waive: can('probe.waive') },
    looks,
    today: ground.at.toISOString().slice(0, 10),
    suppliers: suppliers.map((supplier) => ofSupplier(ground, supplier)),
  };
}

const shownCheck = (probes: Probes, { id, title, shows }: Catalogue['checks'][number], language: Language) => ({
  id,
  title: title[language],
  shows: shows[language],
  why: probes.whyNotProbed(id, language),
});

/** What each profile asks today, reckoned once. */
function askedNow({ askedHash }: Probes, profileOf: ProfileOf): (profile: string) => string {
  const known = new Map<string, string>();
  return (profile) => {
    const hash = known.get(profile) ?? askedHash(profileOf(profile));
    known.set(profile, hash);
    return hash;
  };
}

interface Ground {
  probes: Probes;
  purchase: Purchase;
  language: Language;
  requirements: ProofView['requirements'];
  at: Date;
  consents: Awaited<ReturnType<typeof lastProbeConsents>>;
  rounds: Awaited<ReturnType<typeof lastProbeRounds>>;
  /** The newest first. */
  history: readonly ProbeRunLine[];
  results: Map<string, object>;
  waivers: readonly ProbeWaiverRow[];
  names: Record<string, string>;
  askedNow(profile: string): string;
}

const keyOf = ({ supplier, kind, name }: Pick<ProbeRunLine, 'supplier' | 'kind' | 'name'>): string =>
  [supplier, kind, name].join(' ');

/** The last look at each name and the one before. */
function lastTwo(history: readonly ProbeRunLine[]): string[] {
  const seen = new Map<string, number>();
  return history.flatMap((run) => {
    const count = (seen.get(keyOf(run)) ?? 0) + 1;
    seen.set(keyOf(run), count);
    return count <= 2 ? [run.id] : [];
  });
}

function ofSupplier(ground: Ground, supplier: string): ProofOfSupplier {
  const { probes, purchase, requirements, at, language } = ground;
  const consent = ground.consents.find((one) => one.supplier === supplier);
  const round = ground.rounds.find((one) => one.supplier === supplier);
  const own = ground.history.filter((run) => run.supplier === supplier);
  // Names that are no longer agreed to prove nothing any more; their looks stay in the files.
  const names = (consent ? looksOf(consent.targets as ProbeTargets) : []).map(({ kind, name }) => ({
    kind,
    name,
    runs: own.filter((run) => run.kind === kind && run.name === name),
  }));
  const outcomes = names.flatMap(({ name, runs }) => {
    const [last] = runs;
    return last ? [{ subject: name, results: resultsOf(ground, last) }] : [];
  });
  const waivers = ground.waivers.filter((one) => one.supplier === supplier);
  const standing = waivers.filter((one) => stands(one, purchase, at));
  const accepted = (name: string, check: string): boolean =>
    standing.some((one) => one.name === name && one.checkId === check);
  const offers = countingOffers(purchase).filter((one) => one.supplier === supplier);
  const signed = purchase.contracts.map(({ offer }) => offer);
  return {
    supplier,
    name: ground.names[supplier] ?? '',
    offers: offers.map(({ id }) => id),
    contracted: offers.some(({ id }) => signed.includes(id)),
    consent: consent ? shownConsent(consent) : null,
    running: round && isRunning(round, at) ? round.at.toISOString() : null,
    requirements: requirements.map(({ id, checks }) => {
      const proofs = probes.provedBy(outcomes, checks, accepted);
      return {
        requirement: id,
        proved: probes.provedTogether(proofs.map(({ proved }) => proved)),
        checks: proofs.map(({ check, proved, results }) => ({
          check,
          proved,
          results: byWeight(probes, results).map((one) => shownResult(probes, one, language)),
        })),
      };
    }),
    names: names.map(({ kind, name, runs }) => ({ kind, name, runs: runs.map((run) => shownRun(ground, run)) })),
    changes: names.flatMap(({ name, runs }) => changesOf(ground, name, runs)),
    waivers: waivers.map((one) => shownWaiver(ground, one)),
  };
}

const resultsOf = ({ results }: Ground, { id }: ProbeRunLine): ProbeOutcome['results'] =>
  (results.get(id) ?? []) as ProbeOutcome['results'];

const stands = ({ until }: ProbeWaiverRow, purchase: Purchase, at: Date): boolean =>
  waiverStands({ until, ended: null }, purchase, at.toISOString());

/** What settles most comes first. */
const byWeight = ({ VERDICTS }: Probes, results: readonly Deciding[]): Deciding[] =>
  results.toSorted((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict));

function shownResult({ checkWords, sentenceOf }: Probes, one: Deciding, language: Language): ProofResult {
  const { check, subject, verdict, name, accepted, observations } = one;
  const { title, todo } = checkWords(check, language);
  return {
    name,
    check,
    title,
    subject,
    verdict,
    accepted,
    sentences: observations.map((seen) => sentenceOf(check, seen, language)),
    todo: verdict === 'fail' || verdict === 'warn' ? todo : '',
  };
}

function shownRun(ground: Ground, run: ProbeRunLine): ProofRun {
  const { id, kind, name, at, profile, asked, place, bundle, counts } = run;
  return {
    id,
    kind,
    name,
    at: at.toISOString(),
    profile,
    changed: ground.askedNow(profile) !== asked.toString('hex'),
    place: place === EXAMPLE_PLACE ? (sayOwn('place-example', ground.language) ?? place) : place,
    bundle: bundle.toString('hex'),
    counts: counts as ProofRun['counts'],
  };
}

function changesOf(ground: Ground, name: string, [last, before]: readonly ProbeRunLine[]): ProofOfSupplier['changes'] {
  if (!last || !before) return [];
  const { checkWords } = ground.probes;
  const key = ({ check, subject }: CheckResult): string => `${check} ${subject}`;
  const then = new Map(resultsOf(ground, before).map((one) => [key(one), one]));
  const now = new Map(resultsOf(ground, last).map((one) => [key(one), one]));
  return [...new Set([...then.keys(), ...now.keys()])].flatMap((one) => {
    const [was, is] = [then.get(one), now.get(one)];
    const known = is ?? was;
    if (!known || was?.verdict === is?.verdict) return [];
    const { check, subject } = known;
    const { title } = checkWords(check, ground.language);
    return [{ name, check, title, subject, before: was?.verdict ?? null, after: is?.verdict ?? null }];
  });
}

function shownWaiver(ground: Ground, one: ProbeWaiverRow): ProofOfSupplier['waivers'][number] {
  const { probes, purchase, at, language } = ground;
  const { id, name, checkId: check, until, reason, by } = one;
  const soon = until <= dayAfter(at.toISOString().slice(0, 10), SOON_DAYS);
  return {
    id,
    name,
    check,
    title: probes.checkWords(check, language).title,
    until,
    reason,
    by: ground.names[by] ?? '',
    state: !stands(one, purchase, at) ? 'over' : soon ? 'ends-soon' : 'stands',
  };
}
