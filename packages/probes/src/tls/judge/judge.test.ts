import { describe, expect, it } from 'vitest';
import { type Handshake, tlsEvidence } from '../evidence.ts';
import { loadTlsProfile } from '../profile.ts';
import { certify, ocspResponse } from '../testing/certificates.ts';
import {
  evidenceOf,
  GOOD,
  groups,
  HANDSHAKE,
  intermediate,
  leaf,
  root,
  schemes,
  suites,
} from '../testing/endpoints.ts';
import type { Behaviour } from '../testing/responder.ts';
import { EXTENSION } from '../wire/protocol.ts';
import { ffdheName } from './ffdhe.ts';
import { judgeTls, TLS_CHECKS } from './index.ts';

type Case = [check: string, verdict: string, code: string, behaviour: Partial<Behaviour>, handshakes?: Handshake[]];

const { extensions = [] } = GOOD;
const without = (type: number) => extensions.filter((one) => one !== type);
const also = (...names: string[]) => [...GOOD.suites, ...suites(...names)];
const chainOf = (...of: ReturnType<typeof certify>[]) => ({ chain: of.map(({ certificate }) => certificate) });
const issued = (more: Partial<Parameters<typeof certify>[0]>) =>
  certify({ name: 'other', issuer: intermediate, dnsNames: ['good.test'], ...more });
const only12: Partial<Behaviour> = { versions: ['TLS 1.2'] };
const DAY = 86_400_000;

/** What a certificate's leaf shows when the handshake does not show another. */
const shows = (...of: ReturnType<typeof certify>[]): [Partial<Behaviour>, Handshake[]] => [chainOf(...of), []];
const RSA_DHE = suites('DHE_RSA_WITH_AES_128_GCM_SHA256');

const CASES: Case[] = [
  ['tls.available', 'pass', 'tls-spoken', {}],
  ['tls.available', 'fail', 'tls-all-refused', { versions: [] }, []],
  ['tls.version', 'pass', 'version-good', {}],
  ['tls.version', 'pass', 'version-sufficient', only12],
  [
    'tls.version',
    'fail',
    'version-insufficient',
    { versions: ['TLS 1.2', 'TLS 1.1'], suites: also('ECDHE_RSA_WITH_AES_128_CBC_SHA') },
  ],
  [
    'tls.version',
    'fail',
    'version-insufficient',
    { versions: ['TLS 1.3', 'TLS 1.0'], suites: also('RSA_WITH_AES_128_CBC_SHA') },
  ],
  [
    'tls.version',
    'fail',
    'version-insufficient',
    { versions: ['TLS 1.2', 'SSL 3.0'], suites: also('RSA_WITH_RC4_128_SHA') },
  ],
  ['tls.version', 'fail', 'version-insufficient', { versions: ['TLS 1.3', 'TLS 1.2', 'SSL 2.0'] }],
  ['tls.suites', 'pass', 'suite-good', { ownOrder: true }],
  ['tls.suites', 'warn', 'suite-phase-out', { suites: also('ECDHE_ECDSA_WITH_AES_128_CBC_SHA256') }],
  ['tls.suites', 'fail', 'suite-insufficient', { suites: also('RSA_WITH_AES_128_GCM_SHA256') }],
  ['tls.suites', 'fail', 'suite-insufficient', { suites: also('RSA_WITH_RC4_128_MD5') }],
  ['tls.suites', 'fail', 'suite-insufficient', { suites: also('RSA_EXPORT_WITH_RC4_40_MD5') }],
  ['tls.suites', 'fail', 'suite-insufficient', { suites: also('DH_anon_WITH_AES_256_CBC_SHA') }],
  ['tls.suites', 'fail', 'suite-insufficient', { suites: also('RSA_WITH_NULL_SHA256') }],
  ['tls.suites', 'fail', 'suite-insufficient', { suites: also('GOSTR341112_256_WITH_28147_CNT_IMIT_DRAFT') }],
  ['tls.suites', 'fail', 'suite-insufficient', { suites: also('AES_128_CCM_8_SHA256') }],
  ['tls.suite-order', 'not-applicable', 'suite-order-free', {}],
  [
    'tls.suite-order',
    'pass',
    'suite-order-kept',
    { suites: also('ECDHE_ECDSA_WITH_AES_128_CBC_SHA256'), ownOrder: true },
  ],
  ['tls.suite-order', 'fail', 'suite-order-broken', { suites: also('ECDHE_ECDSA_WITH_AES_128_CBC_SHA256') }],
  ['tls.key-exchange', 'pass', 'group-good', {}],
  ['tls.key-exchange', 'warn', 'group-phase-out', { groups: groups('x25519', 'ffdhe3072') }],
  ['tls.key-exchange', 'fail', 'group-insufficient', { groups: groups('x25519', 'ffdhe2048') }],
  ['tls.key-exchange', 'fail', 'group-insufficient', { ...only12, groups: groups('secp256r1', 'secp160r1') }],
  [
    'tls.key-exchange',
    'fail',
    'group-insufficient',
    {
      ...only12,
      suites: suites('ECDHE_RSA_WITH_AES_128_GCM_SHA256'),
      signatures: schemes('rsa_pss_rsae_sha256'),
      groups: groups('secp256r1', 'sect163k1'),
    },
  ],
  [
    'tls.key-exchange',
    'fail',
    'modulus-insufficient',
    { suites: [...GOOD.suites, ...RSA_DHE], dhe: ['f'.repeat(128), '2'] },
  ],
  ['tls.key-exchange', 'fail', 'modulus-insufficient', { suites: also('RSA_EXPORT_WITH_RC4_40_MD5') }],
  ['tls.key-exchange-hash', 'pass', 'exchange-hash-good', {}],
  [
    'tls.key-exchange-hash',
    'warn',
    'exchange-hash-phase-out',
    { signatures: schemes('ecdsa_secp256r1_sha256', 'ecdsa_sha224') },
  ],
  [
    'tls.key-exchange-hash',
    'fail',
    'exchange-hash-insufficient',
    { signatures: schemes('ecdsa_secp256r1_sha256', 'ecdsa_sha1') },
  ],
  ['tls.key-exchange-hash', 'not-applicable', 'exchange-hash-none', { versions: ['TLS 1.3'] }],
  ['tls.post-quantum', 'pass', 'hybrid-accepted', {}],
  ['tls.post-quantum', 'pass', 'hybrid-accepted', { groups: groups('secp256r1', 'SecP256r1MLKEM768'), ownOrder: true }],
  ['tls.post-quantum', 'pass', 'hybrid-none', { groups: groups('x25519') }],
  ['tls.compression', 'pass', 'compression-off', {}],
  ['tls.compression', 'fail', 'compression-on', { compression: true }],
  ['tls.compression', 'not-applicable', 'compression-none', { versions: ['TLS 1.3'] }],
  ['tls.renegotiation-secure', 'pass', 'renegotiation-info-on', {}],
  ['tls.renegotiation-secure', 'fail', 'renegotiation-info-off', { extensions: without(EXTENSION.renegotiationInfo) }],
  ['tls.extended-master-secret', 'pass', 'extended-master-secret-on', {}],
  [
    'tls.extended-master-secret',
    'fail',
    'extended-master-secret-off',
    { extensions: without(EXTENSION.extendedMasterSecret) },
  ],
  ['tls.heartbeat', 'pass', 'heartbeat-off', {}],
  ['tls.heartbeat', 'pass', 'heartbeat-on', { extensions: [...extensions, EXTENSION.heartbeat] }],
  ['tls.renegotiation-client', 'not-applicable', 'renegotiation-client-not-asked', {}],
  ['tls.renegotiation-client', 'pass', 'renegotiation-client-few', {}, [{ ...HANDSHAKE, renegotiations: 3 }]],
  ['tls.renegotiation-client', 'pass', 'renegotiation-client-often', {}, [{ ...HANDSHAKE, renegotiations: 11 }]],
  ['tls.early-data', 'pass', 'early-data-off', {}],
  [
    'tls.early-data',
    'fail',
    'early-data-on',
    {},
    [{ ...HANDSHAKE, tickets: [{ maxEarlyData: 0 }, { maxEarlyData: 16384 }] }],
  ],
  ['tls.early-data', 'inconclusive', 'early-data-unknown', {}, [{ ...HANDSHAKE, ticketsSettled: false }]],
  ['tls.early-data', 'not-applicable', 'early-data-none', only12],
  ['tls.certificate-trust', 'pass', 'chain-trusted', {}],
  ['tls.certificate-trust', 'fail', 'chain-incomplete', ...shows(leaf)],
  [
    'tls.certificate-trust',
    'fail',
    'chain-self-signed',
    ...shows(certify({ name: 'good.test', dnsNames: ['good.test'] })),
  ],
  [
    'tls.certificate-trust',
    'inconclusive',
    'chain-critical-extension',
    ...shows(issued({ more: [['2.5.29.30', true, Buffer.from([0x30, 0])]] }), intermediate),
  ],
  ['tls.certificate-names', 'pass', 'name-fits', {}],
  ['tls.certificate-names', 'fail', 'name-differs', ...shows(issued({ dnsNames: ['bad.test'] }), intermediate)],
  ['tls.certificate-validity', 'pass', 'certificate-valid', {}],
  [
    'tls.certificate-validity',
    'warn',
    'certificate-expires-soon',
    ...shows(issued({ notAfter: new Date(Date.now() + 5 * DAY) }), intermediate),
  ],
  [
    'tls.certificate-validity',
    'fail',
    'certificate-expired',
    ...shows(issued({ notAfter: new Date(Date.now() - DAY / 2) }), intermediate),
  ],
  [
    'tls.certificate-validity',
    'fail',
    'certificate-not-yet-valid',
    ...shows(issued({ notBefore: new Date(Date.now() + DAY) }), intermediate),
  ],
  ['tls.certificate-key', 'pass', 'key-good', {}],
  ['tls.certificate-key', 'warn', 'key-phase-out', ...shows(issued({ key: 'rsa2048' }), intermediate)],
  ['tls.certificate-key', 'warn', 'key-phase-out', ...shows(issued({ key: 'p224' }), intermediate)],
  ['tls.certificate-key', 'fail', 'key-insufficient', ...shows(issued({ key: 'rsa1024' }), intermediate)],
  ['tls.certificate-signature', 'pass', 'signature-sufficient', {}],
  ['tls.certificate-signature', 'fail', 'signature-insufficient', ...shows(issued({ hash: 'sha1' }), intermediate)],
  ['tls.certificate-transparency', 'pass', 'transparency-enough', {}],
  ['tls.certificate-transparency', 'pass', 'transparency-few', ...shows(issued({ timestamps: 1 }), intermediate)],
  ['tls.ocsp-stapling', 'pass', 'staple-good', { versions: ['TLS 1.2'] }, []],
  [
    'tls.ocsp-stapling',
    'fail',
    'certificate-revoked',
    { ...only12, staple: ocspResponse({ leaf, issuer: intermediate, status: 'revoked' }) },
    [],
  ],
  [
    'tls.ocsp-stapling',
    'warn',
    'staple-untrusted',
    { ...only12, staple: ocspResponse({ leaf, issuer: intermediate, signer: root }) },
    [],
  ],
  [
    'tls.ocsp-stapling',
    'warn',
    'staple-for-another',
    { ...only12, staple: ocspResponse({ leaf: root, issuer: intermediate }) },
    [],
  ],
  [
    'tls.ocsp-stapling',
    'warn',
    'staple-stale',
    { ...only12, staple: ocspResponse({ leaf, issuer: intermediate, nextUpdate: new Date(0) }) },
    [],
  ],
  ['tls.ocsp-stapling', 'warn', 'staple-unreadable', { ...only12, staple: Buffer.from('no DER') }, []],
  [
    'tls.ocsp-stapling',
    'not-applicable',
    'staple-not-possible',
    { ...only12, ...chainOf(issued({}), intermediate), staple: null },
    [],
  ],
  [
    'tls.ocsp-stapling',
    'fail',
    'staple-promised',
    { ...only12, ...chainOf(issued({ mustStaple: true }), intermediate), staple: null },
    [],
  ],
  ['tls.ocsp-stapling', 'pass', 'staple-absent', { ...only12, staple: null }, []],
];

describe('verdicts by NCSC-NL 2025-05', () => {
  const profile = loadTlsProfile('ncsc-nl-2025-05');
  it.each(CASES)('%s: %s by %s', async (id, verdict, code, behaviour, handshakes = [HANDSHAKE]) => {
    const evidence = await evidenceOf(behaviour, { handshakes });
    const result = judgeTls(evidence, profile).find(({ check }) => check === id);
    expect(result?.observations.map((one) => one.code)).toContain(code);
    expect(result?.verdict).toBe(verdict);
    // The same by what was stored.
    const { connections: _, ...stored } = evidence;
    expect(judgeTls(tlsEvidence.parse(JSON.parse(JSON.stringify(stored))), profile)).toEqual(
      judgeTls(evidence, profile),
    );
  });

  it('has a case that passes and one that does not for each check', () => {
    for (const { id } of TLS_CHECKS) {
      // Asked in full mode only, or only told.
      if (id === 'tls.fallback-signal') continue;
      const verdicts = new Set(
        CASES.filter(([check]) => check === id).map(([, verdict, code]) => `${verdict} ${code}`),
      );
      expect(verdicts.size, id).toBeGreaterThan(1);
    }
  });
});

describe('verdicts by another profile', () => {
  const strict = loadTlsProfile('strict-modern');
  it.each([
    ['tls.post-quantum', 'fail', { groups: groups('x25519') }],
    ['tls.heartbeat', 'fail', { extensions: [...extensions, EXTENSION.heartbeat] }],
    ['tls.certificate-transparency', 'warn', { versions: ['TLS 1.2'], ...chainOf(issued({}), intermediate) }],
  ] as [string, string, Partial<Behaviour>][])('%s: %s by the strict one', async (id, verdict, behaviour) => {
    const evidence = await evidenceOf(behaviour, { profile: strict, handshakes: [] });
    expect(judgeTls(evidence, strict).find(({ check }) => check === id)?.verdict).toBe(verdict);
  });

  it('leaves open what was not asked for', async () => {
    // Asked by BSI, ChaCha20 is among the bad and CBC is not: judged by the strict one, nobody has refused CBC.
    const evidence = await evidenceOf({}, { profile: loadTlsProfile('bsi-tr-02102-2') });
    const result = judgeTls(evidence, strict).find(({ check }) => check === 'tls.suites');
    expect(result?.verdict).toBe('inconclusive');
    expect(result?.observations.find(({ code }) => code === 'suite-unknown')?.values?.names).toContain(
      'AES_128_CBC_SHA256',
    );
  });

  it('sees old moduli of DHE where a guideline allows DHE', async () => {
    const profile = loadTlsProfile('ncsc-nl-2.1');
    const dhe = (bits: string): Partial<Behaviour> => ({
      suites: [...GOOD.suites, ...RSA_DHE],
      ownOrder: true,
      dhe: [bits, '2'],
    });
    const verdict = async (behaviour: Partial<Behaviour>) =>
      judgeTls(await evidenceOf(behaviour, { profile }), profile).find(({ check }) => check === 'tls.key-exchange')
        ?.verdict;
    expect(await verdict(dhe('f'.repeat(256)))).toBe('fail');
    expect(await verdict({})).toBe('pass');
  });

  it('passes the good endpoint by each profile, but for what is only told', async () => {
    for (const id of ['ncsc-nl-2025-05', 'ncsc-nl-2.1', 'strict-modern', 'bsi-tr-02102-2']) {
      const profile = loadTlsProfile(id);
      const evidence = await evidenceOf(
        {},
        { profile, handshakes: [HANDSHAKE, { ...HANDSHAKE, version: 'TLSv1.2', renegotiations: 0 }] },
      );
      const bad = judgeTls(evidence, profile).filter(
        ({ verdict }) => verdict !== 'pass' && verdict !== 'not-applicable',
      );
      expect(bad, id).toEqual([]);
    }
  });
});

describe('evidence that was damaged', () => {
  it('passes nothing that rested on it', async () => {
    const profile = loadTlsProfile('ncsc-nl-2025-05');
    const evidence = await evidenceOf({});
    const exchanges = evidence.exchanges.map((one) => ({ ...one, sent: 'AAAA' }));
    const verdicts = new Map(
      judgeTls({ ...evidence, exchanges }, profile).map(({ check, verdict }) => [check, verdict]),
    );
    for (const id of ['tls.version', 'tls.suites', 'tls.key-exchange', 'tls.compression']) {
      expect(verdicts.get(id), id).toBe('inconclusive');
    }
  });
});

describe('fields of RFC 7919', () => {
  it('makes the moduli by the formula', () => {
    const start = 'ffffffffffffffffadf85458a2bb4a9aafdc5620273d3cf1d8b9c583ce2d3695a9e13641146433fbcc939dce249b3ef9';
    // First and last words as printed in appendix A.1.
    const middle =
      '7d2fe363630c75d8f681b202aec4617ad3df1ed5d5fd65612433f51f5f066ed0856365553ded1af3b557135e7f57c935984f0c70e0e68b77e2a689daf3efe8721df158a136ade73530acca4f483a797abc0ab182b324fb61d108a94bb2c8e3fbb96adab760d7f4681d4f42a3de394df4ae56ede76372bb190b07a7c8ee0a6d709e02fce1cdf7e2ecc03404cd28342f619172fe9ce98583ff8e4f1232eef28183c3fe3b1b4c6fad733bb5fcbc2ec22005c58ef1837d1683b2c6f34a26c1b2effa886b423861285c97ffffffffffffffff';
    expect(ffdheName(start + middle, '2')).toBe('ffdhe2048');
    expect(ffdheName(start + middle, '5')).toBeNull();
    expect(ffdheName(`${start}${middle.slice(0, -1)}e`, '2')).toBeNull();
  });
});
