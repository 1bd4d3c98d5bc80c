import { readChain } from './certificate/certificate.ts';
import { isDhe } from './offers.ts';
import type { Outcome, TlsFacts } from './outcome.ts';
import { GROUPS, SIGNATURES, suiteParts } from './registry.ts';
import type { Offer } from './wire/client-hello.ts';
import type { Flight } from './wire/flight.ts';
import { SIGNAL, VERSIONS } from './wire/protocol.ts';

const GENERAL_GROUPS = ['x25519', 'secp256r1', 'secp384r1'].map((name) => GROUPS.code(name));
const GENERAL_SIGNATURES = ['ecdsa_secp256r1_sha256', 'rsa_pss_rsae_sha256', 'rsa_pkcs1_sha256'].map((name) =>
  SIGNATURES.code(name),
);

/** Whether every server finds its group and its signature in an offer, where the version has such lists. */
export function isGeneral(offer: Offer): boolean {
  return isGeneralIn(offer.groups, GENERAL_GROUPS, offer) && isGeneralIn(offer.signatures, GENERAL_SIGNATURES, offer);
}

function isGeneralIn(offered: readonly number[] | undefined, wanted: readonly number[], { version }: Offer): boolean {
  return offered ? wanted.every((one) => offered.includes(one)) : version < VERSIONS['TLS 1.2'];
}

/** What was chosen. */
export function accept({ offer, flight }: Outcome, facts: TlsFacts): void {
  const { hello, keyExchange } = flight;
  if (!hello) return;
  if (hello.version === VERSIONS['TLS 1.3']) {
    facts.suites13.accepted.add(hello.suite);
    if (hello.group !== null) facts.groups13.accepted.add(hello.group);
    return;
  }
  facts.suitesOld.accepted.add(hello.suite);
  if (keyExchange?.group != null) {
    facts.groupsOld.accepted.add(keyExchange.group);
    // Last of the list stood the curve that its certificate needs, and it took that: no client gets it to take one of the others.
    if (keyExchange.group === certificateGroup(flight) && keyExchange.group === offer.groups?.at(-1)) {
      for (const group of offer.groups.slice(0, -1)) facts.groupsOld.refused.add(group);
    }
  }
  if (keyExchange?.signature == null) return;
  facts.signatures.accepted.add(keyExchange.signature);
  // It signs as it likes: none of those that were offered could move it.
  if (offer.signatures && !offer.signatures.includes(keyExchange.signature)) {
    for (const scheme of offer.signatures) facts.signatures.refused.add(scheme);
  }
}

/** The curve of a certificate, read once a flight: many questions rest on it, and reading certificates is what they would spend their time on. */
const curves = new WeakMap<Flight, string | null>();

function curveOf(flight: Flight, leaf: Uint8Array): string | null {
  let curve = curves.get(flight);
  if (curve === undefined) {
    curve = readChain([leaf]).certificates[0]?.key.curve ?? null;
    curves.set(flight, curve);
  }
  return curve;
}

/**
 * The group that a client must offer to use a certificate on an elliptic curve, before TLS 1.3 (RFC 8422 section 5.1): null for RSA, Ed25519 and
 * anonymous suites.
 */
export function certificateGroup(flight: Flight): number | null {
  const {
    hello,
    certificates: [leaf],
  } = flight;
  if (!hello || !leaf || suiteParts(hello.suite).authentication !== 'ECDSA') return null;
  const curve = curveOf(flight, leaf);
  return curve === null ? null : (GROUPS.codes.find((group) => GROUPS.name(group) === curve) ?? null);
}

/** Finite fields have no part in ECDHE, and a server of RFC 7919 would choose its own by them. */
const isFiniteField = (group: number) => group >= 0x0100 && group < 0x0200;

/**
 * What a refusal proves. An offer is refused for one of its lists; which one is known where another exchange was accepted with values that this
 * offer had too in all other lists.
 */
export function refuse({ offer }: Outcome, facts: TlsFacts): void {
  const modern = offer.versions?.includes(VERSIONS['TLS 1.3']) ?? false;
  // An offer with another name than the host's is about the name.
  const twins = facts.outcomes.flatMap(({ offer: other, flight, result }) => {
    const { hello } = flight;
    if (result !== 'accepted' || !hello || offer.suites.includes(SIGNAL.fallback)) return [];
    if ((other.serverName ?? null) !== (offer.serverName ?? null)) return [];
    if ((hello.version === VERSIONS['TLS 1.3']) !== modern || (!modern && hello.version > offer.version)) return [];
    const group = modern ? hello.group : (flight.keyExchange?.group ?? null);
    const signature = modern ? null : (flight.keyExchange?.signature ?? null);
    return [
      {
        suite: offer.suites.includes(hello.suite),
        group: group === null ? isGeneralIn(offer.groups, GENERAL_GROUPS, offer) : (offer.groups ?? []).includes(group),
        usesGroup: group !== null && (modern || isUsable(flight, offer)),
        signature:
          signature === null
            ? isGeneralIn(offer.signatures, GENERAL_SIGNATURES, offer)
            : (offer.signatures ?? []).includes(signature),
        usesSignature: signature !== null,
      },
    ];
  });
  const into = modern
    ? { suites: facts.suites13, groups: facts.groups13 }
    : { suites: facts.suitesOld, groups: facts.groupsOld };
  // TLS 1.2 is where all older suites can be met: what an older offer did not get is told by its version.
  const suitesCount = modern || offer.version === VERSIONS['TLS 1.2'];
  if (suitesCount && twins.some((twin) => !twin.suite && twin.group && twin.signature)) {
    for (const suite of offer.suites) into.suites.refused.add(suite);
  }
  // Suites of DHE need no group.
  if (!modern && suitesCount && !offer.groups?.some(isFiniteField) && twins.some((twin) => twin.signature)) {
    for (const suite of offer.suites.filter(isDhe)) into.suites.refused.add(suite);
  }
  if (twins.some((twin) => twin.suite && twin.usesGroup && !twin.group && twin.signature)) {
    for (const group of offer.groups ?? []) into.groups.refused.add(group);
  }
  if (twins.some((twin) => twin.suite && twin.usesSignature && !twin.signature && twin.group)) {
    for (const scheme of offer.signatures ?? []) facts.signatures.refused.add(scheme);
  }
}

/** Whether the certificate of an answer can be used with the groups of another offer. */
function isUsable(flight: Flight, { groups = [] }: Offer): boolean {
  const needed = certificateGroup(flight);
  return needed === null || groups.includes(needed);
}
