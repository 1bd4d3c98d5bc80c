import { type Certificate, readChain, readTimestamps } from '../certificate/certificate.ts';
import { type ChainVerdict, judgeChain } from '../certificate/chain.ts';
import { isForHost } from '../certificate/names.ts';
import type { TlsEvidence } from '../evidence.ts';
import { factsOf } from '../facts.ts';
import { sniOf } from '../offers.ts';
import type { TlsFacts } from '../outcome.ts';
import { EXTENSION, VERSION_NAMES, type VersionName } from '../wire/protocol.ts';

/** One certificate chain that the endpoint showed, with what came along. */
export interface Shown {
  leaf: Certificate;
  sent: Certificate[];
  verdict: ChainVerdict;
  /** Certificates that were sent and are no roots. */
  judged: Certificate[];
  issuer: Certificate | null;
  staples: Uint8Array[];
  /** Logs of timestamps that came beside the certificate, in the handshake (RFC 6962 section 3.3.1). */
  timestamps: string[];
  /** Whether the certificate is for that name (RFC 9525). */
  isFor: (host: string) => boolean;
}

/** The certificate chains that an endpoint showed under the name it was asked for. */
export function certificatesShown(evidence: TlsEvidence): readonly Shown[] {
  return viewOf(evidence).shown;
}

/** Evidence, read: what all checks judge from. */
export interface TlsView {
  facts: TlsFacts;
  shown: Shown[];
  /** Bytes that were sent as certificates and are none. */
  unreadable: number;
  at: number;
  /** Anything of TLS was agreed to. */
  spoken: boolean;
  /** No version before TLS 1.3 is there. */
  onlyTls13: boolean;
}

const views = new WeakMap<TlsEvidence, TlsView>();

/** What evidence shows; computed once an evidence, as many checks ask. */
export function viewOf(evidence: TlsEvidence): TlsView {
  const known = views.get(evidence);
  if (known) return known;
  const facts = factsOf(evidence);
  const at = Date.parse(evidence.at);
  const old: VersionName[] = VERSION_NAMES.filter((name) => name !== 'TLS 1.3');
  const view: TlsView = {
    facts,
    ...chainsOf(evidence, facts, at),
    at,
    spoken: VERSION_NAMES.some((name) => facts.versions[name] === 'yes'),
    onlyTls13: facts.versions['TLS 1.3'] === 'yes' && old.every((name) => facts.versions[name] === 'no'),
  };
  views.set(evidence, view);
  return view;
}

function chainsOf(evidence: TlsEvidence, facts: TlsFacts, at: number): { shown: Shown[]; unreadable: number } {
  const bytes = (text: string) => Buffer.from(text, 'base64');
  const anchors = readChain(evidence.anchors.map(bytes)).certificates;
  const rows = [
    ...facts.outcomes
      // What was answered to an offer without the name may be for another host.
      .filter(({ offer, result }) => result === 'accepted' && (offer.serverName ?? null) === sniOf(evidence.host))
      .map(({ flight }) => ({
        chain: flight.certificates,
        staple: flight.stapled,
        timestamps: flight.hello?.extensions.get(EXTENSION.certificateTimestamps),
      })),
    ...evidence.handshakes.map(({ chain, stapled }) => ({
      chain: chain.map(bytes),
      staple: stapled === null ? null : bytes(stapled),
      timestamps: undefined,
    })),
  ];
  const shown = new Map<string, Shown>();
  let unreadable = 0;
  for (const { chain, staple, timestamps } of rows) {
    if (chain.length === 0) continue;
    const key = chain.map((one) => Buffer.from(one).toString('base64')).join();
    let one = shown.get(key);
    if (!one) {
      const { certificates, unreadable: bad } = readChain(chain.slice(0, 20));
      unreadable += bad;
      const [leaf] = certificates;
      if (!leaf || bad > 0) continue;
      one = shownOf(leaf, certificates, anchors, at);
      shown.set(key, one);
    }
    if (staple) one.staples.push(staple);
    if (timestamps) one.timestamps.push(...readTimestamps(timestamps));
  }
  return { shown: [...shown.values()], unreadable };
}

function shownOf(leaf: Certificate, sent: Certificate[], anchors: Certificate[], at: number): Shown {
  const verdict = judgeChain(sent, anchors, at);
  const same = (a: Uint8Array, b: Uint8Array) => Buffer.from(a).equals(b);
  const isRoot = (one: Certificate) =>
    anchors.some((anchor) => same(anchor.spki, one.spki)) || same(one.subject, one.issuer);
  const issuer = verdict.trusted ? verdict.path[1] : sent.find((one) => one !== leaf && same(one.subject, leaf.issuer));
  return {
    leaf,
    sent,
    verdict,
    judged: sent.filter((one) => one === leaf || !isRoot(one)),
    issuer: issuer ?? null,
    staples: [],
    timestamps: [],
    isFor: (host) => isForHost(leaf, host),
  };
}
