import { generateKeyPairSync } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProber } from '../run/probe.ts';
import { type Internet, startInternet } from '../run/testing/internet.ts';
import { openBundle, sealBundle } from './bundle.ts';
import { BundleError, newSigner, seal, signerOf } from './envelope.ts';
import { replayBundle } from './replay.ts';

let internet: Internet;
let sealed: ReturnType<typeof sealBundle>;
const signer = newSigner();

beforeAll(async () => {
  internet = await startInternet({ 'good.test': 'good', 'bad.test': 'bad' });
  sealed = await sealedOf('bad.test');
});
afterAll(() => internet.close());

async function sealedOf(name: string): Promise<ReturnType<typeof sealBundle>> {
  const profile = internet.profile('internet-nl');
  const { outcome, evidence } = await createProber({ ...internet.options, profile, timeout: 1500 }).probe(name);
  return sealBundle({ evidence, outcome, profile }, signer);
}

const TYPE = 'application/vnd.proviso.probe-bundle+json+gzip';
const signed = (content: unknown) => seal(TYPE, gzipSync(JSON.stringify(content)), signer);

describe('a bundle', () => {
  it.each(['good.test', 'bad.test'])('of %s replays to the same verdicts, offline', async (name) => {
    const { text, name: file } = await sealedOf(name);
    const asked = internet.asked.length;
    const made = [...internet.connections.values()];
    const bundle = openBundle(text, file);
    expect(bundle.keyId).toBe(signer.id);
    const { outcome, differences, judgedBy } = await replayBundle(bundle);
    expect(differences).toEqual([]);
    expect(outcome.results.length).toBe(bundle.verdicts.length);
    // Its root is one that the tree does not know.
    expect(judgedBy).toBe('bundle');
    expect([internet.asked.length, [...internet.connections.values()]]).toEqual([asked, made]);
  });

  it('of a time server and a resolver replays to the same verdicts, offline', async () => {
    const profile = internet.profile('internet-nl');
    const services = [
      { host: 'time.good.test', port: 4460, service: 'nts' as const },
      { host: 'dns.good.test', port: 853, service: 'dot' as const },
      { host: 'dns.good.test', port: 443, service: 'doh' as const, path: '/dns-query' },
    ];
    const options = { ...internet.options, profile, families: ['time', 'resolver'] as const, declared: { services } };
    const { outcome, evidence } = await createProber({ ...options, timeout: 1500 }).probe('good.test');
    const { text } = sealBundle({ evidence, outcome, profile }, signer);
    const made = [...internet.connections.values()];
    const again = await replayBundle(openBundle(text));
    expect(again.differences).toEqual([]);
    expect(again.outcome.results.filter(({ check }) => /^(time|resolver)\./.test(check)).length).toBe(12);
    expect([...internet.connections.values()]).toEqual(made);
  });

  it('is judged by another profile too, which shows what differs', async () => {
    const { differences, judgedBy } = await replayBundle(openBundle(sealed.text), internet.profile('strict'));
    expect(judgedBy).toBe('given');
    expect(differences).toContainEqual({ check: 'web.csp', subject: 'bad.test', before: 'warn', after: 'fail' });
  });

  it('is judged by the root of the profile that is given, so a root of its own convinces nobody', async () => {
    const { text } = await sealedOf('good.test');
    const { anchors: _, ...dns } = internet.profile('internet-nl').dns;
    const { differences } = await replayBundle(openBundle(text), { ...internet.profile('internet-nl'), dns });
    // Whose root it is cannot be told from a network that changes answers, so nothing is held against the name; nor for it.
    const signed = { check: 'dnssec.signed', subject: 'good.test', before: 'pass', after: 'inconclusive' };
    expect(differences).toContainEqual(signed);
    expect(differences.filter(({ check, after }) => check.startsWith('dnssec.') && after === 'pass')).toEqual([]);
  });

  it('has the hash of its content in its name', () => {
    expect(sealed.name).toBe(`bad.test-${sealed.sha256}.probe.json`);
    expect(() => openBundle(sealed.text, `bad.test-${'0'.repeat(64)}.probe.json`)).toThrow(
      /another bundle than its name/,
    );
  });
});

describe('a bundle that was changed', () => {
  it('is refused, wherever a letter was', () => {
    fc.assert(
      fc.property(fc.nat(sealed.text.length - 2), fc.constantFrom('A', 'b', '0', '"', '}'), (at, letter) => {
        const changed = sealed.text.slice(0, at) + letter + sealed.text.slice(at + 1);
        if (changed === sealed.text) return;
        try {
          // What base64 does not look at may differ.
          expect(openBundle(changed).sha256).toBe(sealed.sha256);
        } catch (error) {
          expect(error).toBeInstanceOf(BundleError);
        }
      }),
      { numRuns: 200 },
    );
  });

  it.each<[string, () => string, RegExp]>([
    [
      'of another verdict',
      () => signedAgain((content) => ({ ...content, verdicts: [] })),
      /changed after it was signed/,
    ],
    ['cut off', () => sealed.text.slice(0, 5000), /no bundle/],
    ['empty', () => '', /no bundle/],
    ['another envelope', () => seal('text/plain', Buffer.from('x'), signer), /no bundle/],
    ['signed, of another kind', () => signed({ schema: 'proviso.bundle/2' }), /cannot be read \(/],
    ['signed, no gzip', () => seal(TYPE, Buffer.from('x'), signer), /cannot be read/],
    ['signed, a bomb', () => seal(TYPE, gzipSync(Buffer.alloc(120 * 1024 * 1024)), signer), /more than 96 MB/],
  ])('%s', (_, make, message) => {
    expect(() => openBundle(make())).toThrow(message);
    expect(() => openBundle(make())).toThrow(BundleError);
  });

  /** The bundle with other content and the old signature. */
  function signedAgain(change: (content: Record<string, unknown>) => unknown): string {
    const envelope = JSON.parse(sealed.text);
    const { evidence, profile, verdicts } = openBundle(sealed.text);
    const content = change({ schema: 'proviso.bundle/1', evidence, profile, verdicts });
    return JSON.stringify({ ...envelope, payload: gzipSync(JSON.stringify(content)).toString('base64') });
  }
});

describe('a key', () => {
  it('is of Ed25519', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(() => signerOf(privateKey)).toThrow(/Ed25519/);
  });
});
