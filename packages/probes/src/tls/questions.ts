import type { Session } from './conversation.ts';
import type { TlsEvidence } from './evidence.ts';
import { factsOf, versionsOf } from './facts.ts';
import {
  ALL_GROUPS,
  ANCIENT_SUITES,
  chunks,
  isCurve,
  isDhe,
  isEcdhe,
  offer13,
  offerOld,
  type Plan,
  SUITES_AN_OFFER,
} from './offers.ts';
import { outcomesOf } from './outcome.ts';
import { certificateGroup } from './proof.ts';
import { HYBRID_GROUPS, suiteParts, TLS13_SUITES } from './registry.ts';
import { ALERT, VERSIONS } from './wire/protocol.ts';

/** Hybrids, then the rest of the groups, then what the profile does not want of TLS 1.3. */
export async function askTls13(session: Session, host: string | null, plan: Plan): Promise<void> {
  const general = await session.ask(offer13(host, { groups: ALL_GROUPS }));
  if (general?.result !== 'accepted' || general.flight.hello?.version !== VERSIONS['TLS 1.3']) return;
  await session.removal(
    plan.tls13.bad,
    (suites) => offer13(host, { suites, groups: ALL_GROUPS }),
    ({ hello }) => hello?.suite,
  );
  // One offer asks for the hybrids and the bad groups, as none of them is the group that was chosen.
  const chosen = general.flight.hello.group;
  const hybrids = HYBRID_GROUPS.includes(chosen ?? 0)
    ? []
    : HYBRID_GROUPS.filter((group) => !plan.groups.bad.includes(group));
  const asked = [...hybrids, ...plan.groups.bad];
  await session.removal(
    asked,
    (groups) => offer13(host, { groups }),
    ({ hello }) => hello?.group,
    (group, left) =>
      // Of the hybrids one is enough.
      hybrids.includes(group) ? left.filter((one) => !hybrids.includes(one)) : left.filter((one) => one !== group),
  );
}

/** What the profile wants, what it does not, with whatever certificates there are; then order, curves and hashes. */
export async function askTls12(
  session: Session,
  host: string | null,
  plan: Plan,
  mode: TlsEvidence['mode'],
): Promise<void> {
  const chosen = ({ hello }: { hello: { suite: number } | null }) => hello?.suite;
  const general = await session.ask(offerOld(host, { suites: plan.old.good.slice(0, SUITES_AN_OFFER) }));
  if (!general || general.flight.refusal === ALERT.protocolVersion) return;
  const { hello } = general.flight;
  if (hello && hello.version < VERSIONS['TLS 1.2']) return;
  if (mode === 'full') await session.removal(plan.old.good, (suites) => offerOld(host, { suites }), chosen);
  // Good suites of another authentication stand last: where one is taken, there is a second certificate. One shows it.
  const authentication = hello && suiteParts(hello.suite).authentication;
  const others = hello ? plan.old.good.filter((suite) => suiteParts(suite).authentication !== authentication) : [];
  for (const suites of chunks([...plan.old.bad, ...others], SUITES_AN_OFFER)) {
    if (session.lastRefusal === ALERT.protocolVersion) return;
    await session.removal(
      suites,
      (left) => offerOld(host, { suites: left }),
      chosen,
      (suite, left) => left.filter((one) => one !== suite && !(others.includes(suite) && others.includes(one))),
    );
  }
  const { suitesOld } = factsOf({ exchanges: session.exchanges, handshakes: [] });
  const accepted = [...suitesOld.accepted];
  await askOrder(session, host, plan, accepted);
  const dhe = accepted.some(isDhe)
    ? []
    : plan.old.good.filter((suite) => isDhe(suite) && !suitesOld.refused.has(suite));
  await askCurves(session, host, plan.groups.bad.filter(isCurve), accepted, dhe);
  const signing = accepted.filter(
    (suite) => (isEcdhe(suite) || isDhe(suite)) && suiteParts(suite).authentication !== 'anon',
  );
  if (signing.length > 0) {
    const offer = (signatures: number[]) => offerOld(host, { suites: signing, signatures });
    await session.removal(plan.signatures.bad, offer, ({ keyExchange }) => keyExchange?.signature);
  }
}

/**
 * Which of these curves are taken. A certificate on a curve needs that curve among the groups (RFC 8422 section 5.1), so its suites are asked
 * apart from the others, with that curve last. Suites of DHE show their modulus only when chosen: those given are offered too, where nothing
 * else can be chosen.
 */
async function askCurves(
  session: Session,
  host: string | null,
  curves: number[],
  accepted: number[],
  dhe: number[] = [],
): Promise<void> {
  const ecdhe = accepted.filter(isEcdhe);
  const [needed] = outcomesOf(session.exchanges, false).flatMap(({ flight }) => certificateGroup(flight) ?? []);
  const isBound = (suite: number) => needed !== undefined && suiteParts(suite).authentication === 'ECDSA';
  const ask = (suites: number[], last: number[] = []) =>
    session.removal(
      suites.length > 0 ? curves.filter((curve) => !last.includes(curve)) : [],
      (groups) => offerOld(host, { suites, groups: [...groups, ...last] }),
      ({ keyExchange }) => keyExchange?.group,
    );
  const free = ecdhe.filter((suite) => !isBound(suite));
  if (needed !== undefined) await ask(ecdhe.filter(isBound), [needed]);
  await ask([...dhe, ...free]);
  const gotDhe = dhe.length > 0 && session.last?.flight.keyExchange?.kind === 'dhe';
  if (gotDhe) await ask(free);
}

/** Offers a worse suite before a better one, where the endpoint has both. */
async function askOrder(session: Session, host: string | null, plan: Plan, accepted: number[]): Promise<void> {
  const bad = accepted.filter((suite) => plan.old.bad.includes(suite));
  const good = accepted.filter((suite) => plan.old.good.includes(suite));
  if (bad.length > 0 && good.length > 0)
    await session.ask(offerOld(host, { suites: [...bad, ...good].slice(0, 2 * SUITES_AN_OFFER) }));
}

/** One version each. A server answers an offer with the highest version that it shares, so each must be asked for by itself. */
export async function askVersions(session: Session, host: string | null): Promise<void> {
  for (const name of ['TLS 1.1', 'TLS 1.0', 'SSL 3.0'] as const) {
    const { versions } = versionsOf({ exchanges: session.exchanges, handshakes: [] });
    if (versions[name] === 'unknown')
      await session.ask(offerOld(host, { suites: ANCIENT_SUITES, version: VERSIONS[name] }));
  }
  await session.askSsl2();
}

/** What no profile needs, for a full picture: all groups and suites of each family, the fallback signal, and an answer without a name. */
export async function askRest(session: Session, host: string | null): Promise<void> {
  const { versions, suitesOld } = factsOf({ exchanges: session.exchanges, handshakes: [] });
  const accepted = [...suitesOld.accepted];
  const chosen = ({ hello }: { hello: { suite: number } | null }) => hello?.suite;
  if (versions['TLS 1.3'] === 'yes') {
    await session.removal(
      ALL_GROUPS,
      (groups) => offer13(host, { groups }),
      ({ hello }) => hello?.group,
    );
    await session.removal(TLS13_SUITES, (suites) => offer13(host, { suites, groups: ALL_GROUPS }), chosen);
  }
  await askCurves(session, host, ALL_GROUPS.filter(isCurve), accepted);
  for (const name of ['TLS 1.1', 'TLS 1.0', 'SSL 3.0'] as const) {
    if (versions[name] !== 'yes') continue;
    const version = VERSIONS[name];
    await session.removal(ANCIENT_SUITES, (suites) => offerOld(host, { suites, version }), chosen);
  }
  if (versions['TLS 1.2'] === 'yes') {
    const version = versions['TLS 1.3'] === 'yes' ? VERSIONS['TLS 1.2'] : VERSIONS['TLS 1.1'];
    const suites = [...accepted, ...ANCIENT_SUITES].slice(0, SUITES_AN_OFFER);
    await session.ask(offerOld(host, { suites, version, fallback: true }));
    await session.ask(offerOld(null, { suites: accepted.slice(0, SUITES_AN_OFFER) }));
  }
}
