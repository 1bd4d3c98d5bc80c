import { aessiv } from '@noble/ciphers/aes.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FIELD,
  NtpError,
  openAuthenticator,
  readPacket,
  writeAuthenticator,
  writeField,
  writeRequest,
  writeTime,
} from './ntp.ts';
import { KeError, REQUEST, readAnswer, readRecords, writeRecords } from './records.ts';

describe('octets', () => {
  const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex');

  it('AES-SIV with a nonce is that of RFC 5297 appendix A.2', () => {
    const key = hex('7f7e7d7c 7b7a7978 77767574 73727170 40414243 44454647 48494a4b 4c4d4e4f');
    const first = hex('00112233 44556677 8899aabb ccddeeff deaddada deaddada ffeeddcc bbaa9988 77665544 33221100');
    const text = Buffer.from('this is some plaintext to encrypt using SIV-AES');
    const sealed = aessiv(
      key,
      first,
      hex('10203040 50607080 90a0'),
      hex('09f91102 9d74e35b d84156c5 635688c0'),
    ).encrypt(text);
    expect(Buffer.from(sealed).toString('hex')).toBe(
      '7bdb6e3b432667eb06f4d14bff2fbd0fcb900f2fddbe404326601965c889bf17dba77ceb094fa663b7a3f748ba8af829ea64ad544a272e9c485b62a3fd5c0d',
    );
  });

  it('what is written can be read', () => {
    expect(readRecords(REQUEST)).toMatchObject({
      done: true,
      rest: 0,
      records: [{ type: 1 }, { type: 4 }, { type: 0 }],
    });
    const key = Buffer.alloc(32, 7);
    const request = writeRequest({
      key,
      cookie: Buffer.alloc(64, 1),
      identifier: Buffer.alloc(32, 2),
      nonce: Buffer.alloc(16, 3),
      origin: Buffer.alloc(8, 4),
    });
    const packet = readPacket(request);
    expect(packet).toMatchObject({ mode: 3, version: 4, stratum: 0 });
    expect(packet.fields.map(({ type }) => type)).toEqual([FIELD.uniqueIdentifier, FIELD.cookie, FIELD.authenticator]);
    expect(openAuthenticator(key, request, packet.fields[2] as never)).toEqual([]);
    const at = 1_790_000_000_123;
    const header = Buffer.concat([Buffer.alloc(40), writeTime(at)]);
    expect(readPacket(header).transmitted).toBeCloseTo(at, 0);
    // The second era begins in 2036.
    expect(readPacket(Buffer.concat([Buffer.alloc(40), writeTime(2_200_000_000_000)])).transmitted).toBeCloseTo(
      2_200_000_000_000,
      0,
    );
  });

  it('records of any kind are read to an end, or refused', () => {
    const record = fc.record({
      critical: fc.boolean(),
      type: fc.oneof(fc.nat(8), fc.nat(0x7fff)),
      body: fc.uint8Array({ maxLength: 40 }).map((one) => Buffer.from(one)),
    });
    fc.assert(
      fc.property(
        fc.array(record, { maxLength: 12 }),
        fc.uint8Array({ maxLength: 12 }),
        fc.nat(400),
        (records, tail, cut) => {
          const whole = Buffer.concat([writeRecords(records), tail]).subarray(0, cut);
          const read = readRecords(whole);
          expect(read.records.reduce((sum, { body }) => sum + 4 + body.length, 0) + read.rest).toBe(whole.length);
          try {
            readAnswer(whole);
          } catch (error) {
            expect(error).toBeInstanceOf(KeError);
          }
        },
      ),
    );
  });

  it('datagrams of any kind are read, or refused; none that was changed is believed', () => {
    const key = Buffer.alloc(32, 7);
    const header = Buffer.alloc(48, 1);
    const good = Buffer.concat([
      header,
      writeAuthenticator(key, header, Buffer.alloc(16, 3), writeField(FIELD.cookie, Buffer.alloc(20))),
    ]);
    const opened = (bytes: Buffer): boolean => {
      try {
        const field = readPacket(bytes).fields.find(({ type }) => type === FIELD.authenticator);
        return field !== undefined && openAuthenticator(key, bytes, field) !== null;
      } catch (error) {
        expect(error).toBeInstanceOf(NtpError);
        return false;
      }
    };
    expect(opened(good)).toBe(true);
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), fc.nat(good.length), (at, flip, cut) => {
        const bytes = Buffer.from(good);
        bytes[at] = (bytes[at] as number) ^ flip;
        expect(opened(bytes)).toBe(false);
        if (cut < good.length) expect(opened(good.subarray(0, cut))).toBe(false);
      }),
      { numRuns: 500 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void opened(Buffer.from(bytes))));
  });
});
