import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxEarlyDataOf } from '../session.ts';
import { certify, ocspResponse, timestampList } from '../testing/certificates.ts';
import { context, integer, octets, sequence } from '../testing/der-writer.ts';
import { type Certificate, readCertificate, readChain, readTimestamps } from './certificate.ts';
import { judgeChain } from './chain.ts';
import { DerError, oid, read, time } from './der.ts';
import { isForHost } from './names.ts';
import { readStaple } from './ocsp.ts';

const DAY = 86_400_000;
const now = Date.now();
const root = certify({ name: 'Root', ca: true });
const middle = certify({ name: 'Middle', ca: true, issuer: root, pathLength: 0 });
const leaf = certify({ name: 'leaf', issuer: middle, dnsNames: ['a.test'], purposes: ['1.3.6.1.5.5.7.3.1'] });
const certificates = (...of: { certificate: Buffer }[]) => of.map(({ certificate }) => readCertificate(certificate));

describe('certificates', () => {
  it("are read as Node reads its roots'", () => {
    expect(rootCertificates.length).toBeGreaterThan(100);
    for (const pem of rootCertificates) {
      const node = new X509Certificate(pem);
      const mine = readCertificate(node.raw);
      expect(mine.ca).toBe(node.ca);
      expect([mine.notBefore, mine.notAfter]).toEqual([node.validFromDate.getTime(), node.validToDate.getTime()]);
      expect(BigInt(`0x${mine.serial}`)).toBe(BigInt(`0x${node.serialNumber}`));
      const { asymmetricKeyType, asymmetricKeyDetails } = node.publicKey;
      expect(mine.key.algorithm).toBe(asymmetricKeyType);
      expect(mine.key.bits ?? undefined).toBe(asymmetricKeyDetails?.modulusLength);
      expect(mine.signature.hash).not.toBeNull();
    }
  });

  it('say what they are for', () => {
    const wanted = certify({
      name: 'x',
      dnsNames: ['a.test', '*.b.test'],
      addresses: ['192.0.2.1'],
      timestamps: 3,
      mustStaple: true,
      ocspUrl: 'http://ocsp.test/',
      key: 'rsa2048',
      hash: 'sha384',
      more: [['1.2.3.4', true, Buffer.from([5, 0])]],
    });
    expect(readCertificate(wanted.certificate)).toMatchObject({
      dnsNames: ['a.test', '*.b.test'],
      addresses: ['c0000201'],
      mustStaple: true,
      ocspUrls: ['http://ocsp.test/'],
      ca: false,
      key: { algorithm: 'rsa', bits: 2048 },
      signature: { scheme: 'rsa', hash: 'sha384' },
      unknownCritical: ['1.2.3.4'],
    });
    expect(new Set(readCertificate(wanted.certificate).timestamps).size).toBe(3);
  });

  it('that are damaged are refused, never crash', () => {
    const { certificate } = leaf;
    fc.assert(
      fc.property(fc.nat(certificate.length - 1), fc.nat(255), fc.nat(certificate.length), (at, byte, end) => {
        const bytes = Buffer.from(certificate);
        bytes[at] = byte;
        for (const one of [bytes, bytes.subarray(0, end)]) {
          const { certificates: found } = readChain([one]);
          judgeChain(found, certificates(root), now);
        }
      }),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readChain([bytes])),
      { numRuns: 1000 },
    );
  });

  it.each([
    [2, ['01', '02']],
    [0, []],
  ])('list the logs of %i timestamps', (count, starts) => {
    expect(readTimestamps(timestampList(count)).map((log) => log.slice(0, 2))).toEqual(starts);
  });
  it('list no log where a length lies', () => {
    expect(readTimestamps(timestampList(2).subarray(0, -1))).toEqual([]);
    expect(readTimestamps(new Uint8Array([0, 1, 0]))).toEqual([]);
  });
});

describe('paths to a root', () => {
  const anchors = certificates(root);
  const issue = (more: object) => certify({ name: 'leaf', issuer: middle, dnsNames: ['a.test'], ...more });
  const other = certify({ name: 'Root', ca: true, key: 'ed25519' });
  const lower = certify({ name: 'Lower', ca: true, issuer: middle });
  const noCa = certify({ name: 'NoCa', issuer: root });
  const old = certify({ name: 'Old', ca: true, issuer: root, notAfter: new Date(now - DAY / 2) });

  it.each([
    ['in order', [leaf, middle]],
    ['with the root', [leaf, middle, root]],
    ['out of order, with others between', [leaf, root, noCa, middle]],
    ['straight from the root', [certify({ name: 'x', issuer: root })]],
  ])('are found %s', (_, sent) => expect(judgeChain(certificates(...sent), anchors, now).trusted).toBe(true));

  it.each([
    ['no-certificate', []],
    ['incomplete', [leaf]],
    ['self-signed', [certify({ name: 'self' })]],
    [
      'unknown-root',
      [certify({ name: 'x', issuer: certify({ name: 'Else', ca: true }) }), certify({ name: 'Else', ca: true })],
    ],
    ['expired', [issue({ notAfter: new Date(now - DAY / 2) }), middle]],
    ['not-yet-valid', [issue({ notBefore: new Date(now + DAY) }), middle]],
    ['expired', [certify({ name: 'x', issuer: old }), old]],
    ['not-a-ca', [certify({ name: 'x', issuer: noCa }), noCa]],
    ['path-too-long', [certify({ name: 'x', issuer: lower }), lower, middle]],
    ['wrong-purpose', [issue({ purposes: ['1.3.6.1.5.5.7.3.2'] }), middle]],
    ['bad-signature', [certify({ name: 'x', issuer: { ...middle, privateKey: noCa.privateKey } }), middle]],
    ['bad-signature', [certify({ name: 'x', issuer: other })]],
    ['critical-extension', [issue({ more: [['2.5.29.30', true, Buffer.from([0x30, 0])]] }), middle]],
  ])('are none: %s', (fault, sent) =>
    expect(judgeChain(certificates(...sent), anchors, now)).toMatchObject({ trusted: false, fault }),
  );

  it('do not go round for ever', () => {
    // Two that issued each other, in all combinations.
    const a = certify({ name: 'A', ca: true, issuer: { ...certify({ name: 'B', ca: true }), name: 'B' } });
    const b = certify({ name: 'B', ca: true, issuer: { ...a, name: 'A' } });
    const many = Array.from({ length: 20 }, () => certify({ name: 'A', ca: true, issuer: { ...b, name: 'B' } }));
    const end = certify({ name: 'x', issuer: a });
    expect(judgeChain(certificates(end, a, b, ...many), anchors, now).trusted).toBe(false);
  });
});

describe('names (RFC 9525)', () => {
  it.each([
    [['a.test'], 'a.test', true],
    [['A.Test'], 'a.tEST.', true],
    [['*.a.test'], 'b.a.test', true],
    [['*.a.test'], 'a.test', false],
    [['*.a.test'], 'c.b.a.test', false],
    [['b*.a.test'], 'bc.a.test', false],
    [['*'], 'test', false],
    [['localhost'], 'localhost', true],
    [['a.test'], 'b.test', false],
    [[], 'leaf', false],
    [['192.0.2.1'], '192.0.2.1', false],
    [['a.test\0.evil.test'], 'a.test', false],
  ])('%j and %s: %s', (dnsNames, host, fits) => expect(isForHost({ dnsNames, addresses: [] }, host)).toBe(fits));

  it.each([
    ['c0000201', '192.0.2.1', true],
    ['20010db8000000000000000000000001', '2001:db8::1', true],
    ['20010db8000000000000000000000001', '2001:db8::2', false],
    ['00000000000000000000000000000001', '::1', true],
  ])('%s and %s: %s', (address, host, fits) =>
    expect(isForHost({ dnsNames: [], addresses: [address] }, host)).toBe(fits),
  );
});

describe('stapled responses (RFC 6960)', () => {
  const [one, issuer] = certificates(leaf, middle) as [Certificate, Certificate];
  const delegate = certify({ name: 'Responder', issuer: middle, purposes: ['1.3.6.1.5.5.7.3.9'] });
  const stranger = certify({ name: 'Responder', issuer: middle });
  it.each([
    ['by the issuer', {}, { status: 'good', trusted: true }],
    ['by whom the issuer lets', { signer: delegate }, { status: 'good', trusted: true }],
    ['by whom it does not let', { signer: stranger }, { trusted: false }],
    ['revoked', { status: 'revoked' as const }, { status: 'revoked', trusted: true }],
    ['unknown', { status: 'unknown' as const }, { status: 'unknown' }],
    ['without an end', { nextUpdate: null }, { nextUpdate: null }],
  ])('%s', (_, more, expected) => {
    expect(readStaple(ocspResponse({ leaf, issuer: middle, ...more }), one, issuer)).toMatchObject(expected);
  });

  it('about another certificate say nothing', () => {
    expect(readStaple(ocspResponse({ leaf: middle, issuer: middle }), one, issuer)).toBeNull();
    expect(readStaple(ocspResponse({ leaf, issuer: root }), one, issuer)).toBeNull();
  });

  it('that are damaged are refused, never crash', () => {
    const good = ocspResponse({ leaf, issuer: middle, signer: delegate });
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), (at, byte) => {
        const bytes = Buffer.from(good);
        bytes[at] = byte;
        try {
          const status = readStaple(bytes, one, issuer);
          // Who changes a byte of what is signed loses the trust.
          if (status?.trusted) expect(status.status).toBe('good');
        } catch (cause) {
          expect(cause).toBeInstanceOf(DerError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('DER', () => {
  it.each(['3080', '30820001', '3084000000010a', '1f8101', '30', '0201'])('refuses %s', (hex) => {
    expect(() => read(Buffer.from(hex, 'hex'))).toThrow(DerError);
  });
  it('reads identifiers and times', () => {
    expect(oid(read(Buffer.from('06092a864886f70d01010b', 'hex')))).toBe('1.2.840.113549.1.1.11');
    expect(oid(read(Buffer.from('06038837 03'.replace(' ', ''), 'hex')))).toBe('2.999.3');
    expect(time(read(Buffer.concat([Buffer.from([0x17, 13]), Buffer.from('491231235959Z')])))).toBe(
      Date.parse('2049-12-31T23:59:59Z'),
    );
    expect(time(read(Buffer.concat([Buffer.from([0x17, 13]), Buffer.from('500101000000Z')])))).toBe(
      Date.parse('1950-01-01T00:00:00Z'),
    );
    expect(() => time(read(Buffer.concat([Buffer.from([0x17, 13]), Buffer.from('491331235959Z')])))).toThrow(DerError);
  });
  it('finds early data in a session', () => {
    const session = (...more: Buffer[]) => sequence(integer(1), integer(772), octets(Buffer.from([0x13, 1])), ...more);
    expect(maxEarlyDataOf(session(context(15, integer(16384))))).toBe(16384);
    expect(maxEarlyDataOf(session())).toBe(0);
    expect(maxEarlyDataOf(Buffer.from('x'))).toBeNull();
    const wrapped = Buffer.from('\0nodejs:tls:session:1\0\0\x09good.test', 'latin1');
    expect(maxEarlyDataOf(Buffer.concat([wrapped, session(context(15, integer(16384)))]))).toBe(16384);
    expect(maxEarlyDataOf(wrapped)).toBeNull();
    expect(maxEarlyDataOf(wrapped.subarray(0, 22))).toBeNull();
  });
});
