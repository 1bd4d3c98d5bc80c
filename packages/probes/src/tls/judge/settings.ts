import type { Observation } from '../../check.ts';
import { resultOf } from '../../check.ts';
import { hashOf, isCurve, isDhe, isEcdhe } from '../offers.ts';
import type { Tally } from '../outcome.ts';
import { type Grade, gradeOf, gradeOfBits, type TlsProfile } from '../profile.ts';
import { GROUPS, HYBRID_GROUPS, PUBLIC_SUITES, SIGNATURES, SUITES, suiteParts, TLS13_SUITES } from '../registry.ts';
import { VERSION_NAMES, VERSIONS } from '../wire/protocol.ts';
import { ffdheName } from './ffdhe.ts';
import { breach, check, graded, observation, type TlsCheck, told, unknown, verdictOf } from './observe.ts';
import { type TlsView, viewOf } from './view.ts';

/** TLS is there at all. STARTTLS that is not offered is a plain no; an endpoint that cannot be reached is not. */
export const available: TlsCheck = {
  id: 'tls.available',
  standards: ['TLS 1.2', 'TLS 1.3', 'RFC 3207'],
  judge: (evidence, _profile, subject) => {
    const { exchanges, stopped } = evidence;
    const { facts, spoken } = viewOf(evidence);
    const ends = exchanges.map(({ ended }) => ended);
    const refused = facts.outcomes.length > 0 && facts.outcomes.every(({ result }) => result === 'refused');
    const seen = spoken
      ? observation('tls-spoken', 'pass')
      : ends.includes('starttls-absent')
        ? observation('starttls-absent', 'fail')
        : refused
          ? observation('tls-all-refused', 'fail')
          : observation('tls-no-answer', 'inconclusive', { reason: stopped ?? ends.at(-1) ?? '' });
    return resultOf('tls.available', subject, [seen]);
  },
};

/** Versions (RFC 8996, RFC 7568, RFC 6176; NCSC-NL 2025-05 section 3.3.1). */
export const version = check('tls.version', ['TLS 1.3', 'TLS 1.2', 'RFC 8996'], ({ facts }, { versions }) => {
  const named = (known: string) => VERSION_NAMES.filter((name) => facts.versions[name] === known);
  const bad = named('unknown').filter((name) => verdictOf(gradeOf(versions, name)) !== 'pass');
  return [...graded('version', named('yes'), (name) => gradeOf(versions, name)), ...unknown('version', bad)];
});

/** Cipher suites (NCSC-NL 2025-05 appendix B, BSI TR-02102-2 section 3, RFC 9325 section 4). */
export const suites = check('tls.suites', ['TLS 1.2', 'TLS 1.3', 'RFC 9325'], (view, profile) => {
  const { facts } = view;
  const grade = (suite: number) => gradeOf(profile.suites, SUITES.name(suite));
  const seen = [...facts.suites13.accepted, ...facts.suitesOld.accepted];
  const openIn = (suites: readonly number[], tally: Tally) =>
    suites.filter(
      (suite) => verdictOf(grade(suite)) !== 'pass' && !tally.accepted.has(suite) && !tally.refused.has(suite),
    );
  const open = [
    ...(facts.versions['TLS 1.3'] === 'no' ? [] : openIn(TLS13_SUITES, facts.suites13)),
    ...(hasNoOld(view) ? [] : openIn(PUBLIC_SUITES, facts.suitesOld)),
  ];
  return [
    ...graded(
      'suite',
      seen.map((suite) => SUITES.name(suite)),
      (name) => gradeOf(profile.suites, name),
    ),
    ...unknown(
      'suite',
      open.map((suite) => SUITES.name(suite)),
    ),
    ...(facts.ssl2 ? [observation('suite-insufficient', 'fail', told(facts.ssl2.kinds))] : []),
  ];
});

function hasNoOld({ facts }: TlsView): boolean {
  return VERSION_NAMES.every((name) => name === 'TLS 1.3' || facts.versions[name] === 'no');
}

/** Where worse suites are accepted too, better ones must win (NCSC-NL section 2, RFC 9325 section 4.1). */
export const suiteOrder = check('tls.suite-order', ['RFC 9325'], ({ facts }, { suites, rules }) => {
  if (rules.suiteOrder === 'none') return [];
  const isBad = (suite: number) => verdictOf(gradeOf(suites, SUITES.name(suite))) !== 'pass';
  const accepted = [...facts.suitesOld.accepted];
  const bad = accepted.filter(isBad);
  const good = accepted.filter((suite) => !isBad(suite));
  if (bad.length === 0 || good.length === 0) return [observation('suite-order-free', 'not-applicable')];
  let kept = false;
  for (const { offer, flight, result } of facts.outcomes) {
    const suite = flight.hello?.suite;
    if (result !== 'accepted' || suite === undefined || flight.hello?.version === VERSIONS['TLS 1.3']) continue;
    const better = good.filter((one) => offer.suites.includes(one));
    if (better.length === 0) continue;
    if (isBad(suite))
      return [observation('suite-order-broken', breach(rules.suiteOrder), { chosen: SUITES.name(suite) })];
    kept ||= offer.suites.slice(0, offer.suites.indexOf(suite)).some((one) => bad.includes(one));
  }
  return [kept ? observation('suite-order-kept', 'pass') : observation('suite-order-unknown', 'inconclusive')];
});

/** Groups and moduli of the key exchange (RFC 7919, RFC 8422, RFC 8446 section 4.2.7). */
export const keyExchange = check('tls.key-exchange', ['RFC 7919', 'RFC 8422', 'TLS 1.3'], (view, profile) => {
  const { facts } = view;
  const accepted = [...new Set([...facts.groups13.accepted, ...facts.groupsOld.accepted])].map((group) =>
    GROUPS.name(group),
  );
  const usesEcdhe = [...facts.suitesOld.accepted].some(isEcdhe);
  const openIn = (tally: Tally, groups = GROUPS.codes) =>
    groups.filter(
      (group) =>
        verdictOf(gradeOf(profile.groups, GROUPS.name(group))) !== 'pass' &&
        !tally.accepted.has(group) &&
        !tally.refused.has(group),
    );
  const open = [
    ...(facts.versions['TLS 1.3'] === 'no' ? [] : openIn(facts.groups13)),
    ...(usesEcdhe ? openIn(facts.groupsOld, GROUPS.codes.filter(isCurve)) : []),
  ].map((group) => GROUPS.name(group));
  const fields = fieldsOf(view, profile);
  const seen = [
    ...graded('group', accepted, (name) => gradeOf(profile.groups, name)),
    ...unknown('group', open),
    ...fields,
  ];
  return seen.length > 0 ? seen : [observation('group-none', 'not-applicable')];
});

/** Moduli of DHE, short RSA keys for export, and curves that a server spells out, all before TLS 1.3. */
function fieldsOf(view: TlsView, profile: TlsProfile): Observation[] {
  const { facts } = view;
  const seen = new Map<string, Observation>();
  let unseen = false;
  for (const { flight, result } of facts.outcomes) {
    const { hello, keyExchange: key } = flight;
    if (result !== 'accepted' || !hello || hello.version === VERSIONS['TLS 1.3']) continue;
    const { exchange, exported } = suiteParts(hello.suite);
    if (key?.kind === 'rsa-export')
      seen.set('export', observation('modulus-insufficient', 'fail', { bits: key.bits ?? 0, field: 'RSA' }));
    else if (key?.kind === 'ecdhe' && key.group === null) seen.set('curve', observation('curve-explicit', 'fail'));
    else if (key?.kind === 'dhe') {
      const bits = key.bits ?? 0;
      const field = ffdheName(key.modulus ?? '', key.generator ?? '') ?? 'own';
      const grade = gradeOfField(profile, field, bits);
      seen.set(`${field}-${bits}`, observation(`modulus-${grade}`, verdictOf(grade), { field, bits }));
    } else if (isDhe(hello.suite) || (isEcdhe(hello.suite) && !key) || (exchange === 'RSA' && exported)) unseen = true;
  }
  const { accepted, refused } = facts.suitesOld;
  unseen ||=
    !hasNoOld(view) && PUBLIC_SUITES.some((suite) => isDhe(suite) && !accepted.has(suite) && !refused.has(suite));
  return [...seen.values(), ...(unseen ? [observation('modulus-unknown', 'inconclusive')] : [])];
}

function gradeOfField({ groups, ownModulus }: TlsProfile, field: string, bits: number): Grade {
  if (field !== 'own') return gradeOf(groups, field);
  return ownModulus ? gradeOfBits(ownModulus, bits) : 'insufficient';
}

/** Hash of the signature over the key exchange (RFC 9155; NCSC-NL section 3.3.5). TLS 1.3 has no weak one (RFC 8446 section 4.2.3). */
export const keyExchangeHash = check('tls.key-exchange-hash', ['RFC 9155'], (view, { exchangeHashes }) => {
  const { facts } = view;
  const signs = [...facts.suitesOld.accepted].some((suite) => isEcdhe(suite) || isDhe(suite));
  if (facts.versions['TLS 1.2'] === 'no' || (!signs && facts.versions['TLS 1.2'] === 'yes')) {
    return [observation('exchange-hash-none', 'not-applicable')];
  }
  const { accepted, refused } = facts.signatures;
  const grade = (scheme: number) => gradeOf(exchangeHashes, hashOf(scheme));
  const open = SIGNATURES.codes.filter(
    (scheme) => verdictOf(grade(scheme)) !== 'pass' && !accepted.has(scheme) && !refused.has(scheme),
  );
  return [
    ...graded(
      'exchange-hash',
      [...accepted].map((scheme) => SIGNATURES.name(scheme)),
      (name) => grade(SIGNATURES.code(name)),
    ),
    ...unknown(
      'exchange-hash',
      open.map((scheme) => SIGNATURES.name(scheme)),
    ),
  ];
});

/** Hybrid key exchange with ML-KEM (draft-ietf-tls-ecdhe-mlkem), which TLS 1.3 alone can have. */
export const postQuantum = check('tls.post-quantum', ['TLS 1.3'], ({ facts }, { rules }) => {
  if (rules.postQuantum === 'none') return [];
  const { accepted, refused } = facts.groups13;
  const found = HYBRID_GROUPS.filter((group) => accepted.has(group));
  if (found.length > 0) return [observation('hybrid-accepted', 'pass', told(found.map((group) => GROUPS.name(group))))];
  const none = facts.versions['TLS 1.3'] === 'no' || HYBRID_GROUPS.every((group) => refused.has(group));
  return [none ? observation('hybrid-none', breach(rules.postQuantum)) : observation('hybrid-unknown', 'inconclusive')];
});
