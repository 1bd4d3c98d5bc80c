import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SUITES } from '../registry.ts';
import { alert, message, record, SSL2_SERVER_HELLO, serverHello } from '../testing/responder.ts';
import { type Extra, type Offer, readClientHello, writeClientHello } from './client-hello.ts';
import { readFlight } from './flight.ts';
import { EXTENSION, RETRY_RANDOM } from './protocol.ts';
import { Reader, WireError } from './reader.ts';
import { RecordCutter } from './records.ts';
import { isSsl2Hello, readSsl2Hello, writeSsl2Hello } from './sslv2.ts';
import { join, number, vector } from './writer.ts';

const random = new Uint8Array(32).fill(7);
const RUNS = { numRuns: 3000 };

describe('ClientHello', () => {
  const code = fc.integer({ min: 0, max: 0xffff });
  const codes = fc.uniqueArray(code, { minLength: 1, maxLength: 120 });
  const extras = fc.uniqueArray(
    fc.constantFrom<Extra>(
      'status-request',
      'extended-master-secret',
      'renegotiation-info',
      'session-ticket',
      'heartbeat',
      'encrypt-then-mac',
    ),
  );
  const offers: fc.Arbitrary<Offer> = fc.record({
    version: fc.constantFrom(0x0301, 0x0302, 0x0303),
    versions: fc.uniqueArray(fc.constantFrom(0x0304, 0x0303), { minLength: 1 }),
    suites: codes,
    compressions: fc.constantFrom([0], [1, 0]),
    groups: codes,
    signatures: codes,
    serverName: fc.constantFrom('example.org', null),
    extras,
  });

  it('says what is offered, and no hello has the length that some servers hang on (RFC 7685)', () => {
    fc.assert(
      fc.property(offers, (offer) => {
        const bytes = writeClientHello(offer, random);
        const { extensions, ...read } = readClientHello(bytes);
        const { extras: _, ...wanted } = offer;
        expect(read).toEqual(wanted);
        expect(extensions.has(EXTENSION.keyShare)).toBe(true);
        const length = bytes.length - 5;
        expect(length < 256 || length > 511).toBe(true);
        // No byte is left over or missing.
        expect(Buffer.from(bytes).readUInt16BE(3)).toBe(length);
      }),
    );
  });

  it('of SSL 3.0 has no extensions and its own record version', () => {
    const bytes = writeClientHello({ version: 0x0300, suites: [5], groups: [23], serverName: 'example.org' }, random);
    expect([...bytes.subarray(0, 3)]).toEqual([22, 3, 0]);
    expect(readClientHello(bytes).extensions.size).toBe(0);
  });

  it('of SSL 2.0 is told apart, both ways', () => {
    expect(isSsl2Hello(writeSsl2Hello(random))).toBe(true);
    expect(isSsl2Hello(writeClientHello({ version: 0x0301, suites: [5] }, random))).toBe(false);
    expect(readSsl2Hello(SSL2_SERVER_HELLO)).toEqual(['SSL_CK_RC4_128_WITH_MD5']);
    expect(readSsl2Hello(alert(70))).toBeNull();
  });
});

const suite = SUITES.code('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256');
const flight = join(
  serverHello(0x0303, suite, { extensions: [[EXTENSION.extendedMasterSecret, new Uint8Array()]] }),
  message(11, vector(3, vector(3, Uint8Array.of(1, 2, 3)), vector(3, Uint8Array.of(4)))),
  message(22, number(1, 1), vector(3, Uint8Array.of(9, 9))),
  message(
    12,
    number(3, 1),
    number(29, 2),
    vector(1, new Uint8Array(32)),
    number(0x0804, 2),
    vector(2, new Uint8Array(64)),
  ),
  message(14),
);

describe('a flight', () => {
  it('is read whole', () => {
    expect(readFlight(record(22, flight))).toMatchObject({
      hello: { version: 0x0303, suite, compression: 0, retry: false },
      certificates: [Uint8Array.of(1, 2, 3), Uint8Array.of(4)],
      stapled: Uint8Array.of(9, 9),
      keyExchange: { kind: 'ecdhe', group: 29, signature: 0x0804 },
      complete: true,
      refusal: null,
      fault: null,
    });
  });

  it('is the same in whatever records and pieces it comes', () => {
    const whole = readFlight(record(22, flight));
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        (sizes, pieces) => {
          const cut = (bytes: Uint8Array, lengths: number[]) => {
            const parts: Uint8Array[] = [];
            for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
              const length = lengths[turn % lengths.length] ?? 1;
              parts.push(bytes.subarray(at, at + length));
              at += length;
            }
            return parts;
          };
          const bytes = join(...cut(flight, sizes).map((part) => record(22, part)));
          const cutter = new RecordCutter();
          for (const piece of cut(bytes, pieces)) cutter.push(piece);
          expect(cutter.done).toBe(true);
          expect(readFlight(bytes)).toEqual(whole);
        },
      ),
    );
  });

  it('of TLS 1.3 ends with its hello', () => {
    const extensions: [number, Uint8Array][] = [
      [EXTENSION.supportedVersions, number(0x0304, 2)],
      [EXTENSION.keyShare, number(0x11ec, 2)],
    ];
    const retry = record(22, serverHello(0x0303, 0x1301, { extensions, random: RETRY_RANDOM }));
    const after = join(retry, record(20, Uint8Array.of(1)), new Uint8Array(100));
    expect(readFlight(after)).toMatchObject({
      hello: { version: 0x0304, retry: true, group: 0x11ec },
      complete: true,
      fault: null,
    });
  });

  it.each([
    [
      'a warning, then a flight',
      join(alert(112, 1), record(22, flight)),
      { complete: true, refusal: null, fault: null },
    ],
    ['a fatal alert', alert(40), { complete: false, refusal: 40, fault: null }],
    ['a polite close', alert(0, 1), { refusal: 0 }],
    ['a long alert', record(21, Uint8Array.of(2, 40, 1)), { refusal: null, fault: 'an alert of 3 bytes' }],
    ['a web server', Buffer.from('HTTP/1.1 400'), { hello: null, fault: 'no TLS record' }],
    ['a record that is too long', Uint8Array.of(22, 3, 3, 0xff, 0xff), { fault: 'a record of 65535 bytes' }],
    ['a message that is too long', record(22, Uint8Array.of(2, 0xff, 0, 0)), { fault: 'a message of 16711680 bytes' }],
    ['a Certificate first', record(22, message(11, vector(3))), { fault: 'message 11 before a ServerHello' }],
    [
      'bytes after a ServerHello',
      record(22, message(2, new Uint8Array(38), number(0, 2), Uint8Array.of(1))),
      { fault: '1 bytes follow that nothing announces' },
    ],
    [
      'a list of certificates that lies',
      record(22, join(serverHello(0x0303, suite), message(11, number(9, 3), Uint8Array.of(1)))),
      { fault: '9 bytes were announced and 1 are there' },
    ],
  ])('of %s', (_, bytes, expected) => expect(readFlight(bytes)).toMatchObject(expected));

  it('reads moduli of DHE and of export keys', () => {
    const dhe = (code: string, ...body: Uint8Array[]) =>
      readFlight(record(22, join(serverHello(0x0301, SUITES.code(code)), message(12, ...body), message(14))))
        .keyExchange;
    const modulus = vector(2, Uint8Array.of(0, 0xf0, ...new Uint8Array(63)));
    expect(
      dhe('TLS_DHE_RSA_WITH_AES_128_CBC_SHA', modulus, vector(2, Uint8Array.of(2)), vector(2, Uint8Array.of(5))),
    ).toMatchObject({ kind: 'dhe', bits: 512, generator: '2' });
    expect(
      dhe('TLS_DH_anon_WITH_AES_128_CBC_SHA', modulus, vector(2, Uint8Array.of(2)), vector(2, Uint8Array.of(5))),
    ).toMatchObject({ kind: 'dhe', bits: 512 });
    expect(dhe('TLS_RSA_EXPORT_WITH_RC4_40_MD5', modulus, vector(2, Uint8Array.of(3)))).toMatchObject({
      kind: 'rsa-export',
      bits: 512,
    });
    expect(dhe('TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA', Uint8Array.of(1, 0, 0))).toMatchObject({
      kind: 'ecdhe',
      group: null,
    });
    expect(dhe('TLS_DHE_RSA_WITH_AES_128_CBC_SHA', vector(2), vector(2), vector(2))).toMatchObject({
      bits: 0,
      modulus: '',
    });
  });
});

describe('hostile bytes', () => {
  const total = (bytes: Uint8Array) => {
    readFlight(bytes);
    readSsl2Hello(bytes);
    try {
      readClientHello(bytes);
    } catch (cause) {
      expect(cause).toBeInstanceOf(WireError);
    }
  };

  it('of any kind neither throw nor hang', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => total(bytes)),
      RUNS,
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => total(record(22, bytes))),
      RUNS,
    );
    fc.assert(
      fc.property(fc.nat(20), fc.uint8Array({ maxLength: 200 }), (type, bytes) =>
        total(record(22, message(type, bytes))),
      ),
      RUNS,
    );
  });

  it('that differ from a flight in a few places, or end early, neither throw nor hang', () => {
    const places = fc.array(fc.tuple(fc.nat(flight.length + 5), fc.nat(255)), { maxLength: 4 });
    fc.assert(
      fc.property(places, fc.nat(flight.length + 5), (changes, end) => {
        const bytes = record(22, flight);
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        total(bytes.subarray(0, end));
        total(bytes);
      }),
      RUNS,
    );
  });

  it('never move a reader out of what it has', () => {
    const reader = new Reader(Uint8Array.of(0, 3, 1));
    expect(() => reader.vector(2)).toThrow(WireError);
    expect(() => new Reader(new Uint8Array(3)).numbers(2, 2)).not.toThrow();
    expect(() => new Reader(Uint8Array.of(0, 3, 1, 2, 3)).numbers(2, 2)).toThrow(WireError);
  });
});
