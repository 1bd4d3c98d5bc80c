import packet from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { record } from '../testing/records.ts';
import { answerFrom, encodeAnswer } from '../testing/responder.ts';
import { newKey } from '../testing/signing-key.ts';
import { makeZone } from '../testing/zone.ts';
import { FormatError } from './format-error.ts';
import { decodeMessage, encodeQuery, extendedErrors, type QuerySettings } from './message.ts';
import {
  readAddress,
  readCaa,
  readDnskey,
  readDs,
  readEach,
  readMx,
  readNsec,
  readNsec3,
  readRrsig,
  readSoa,
  readTarget,
  readTlsa,
  readTxt,
} from './rdata.ts';
import { findRRset, rrsetsOf } from './record.ts';
import { TYPE } from './types.ts';

const SETTINGS: QuerySettings = {
  id: 4711,
  recursionDesired: true,
  checkingDisabled: true,
  authenticData: false,
  edns: { version: 0, udpSize: 1232, dnssecOk: true, otherFlags: 0, options: [] },
};

describe('a query', () => {
  it('is what another library reads', () => {
    const read = packet.decode(encodeQuery('www.example.org', TYPE.AAAA, SETTINGS));
    expect(read).toMatchObject({ id: 4711, type: 'query', flag_rd: true, flag_cd: true, flag_ad: false });
    expect(read.questions).toEqual([{ name: 'www.example.org', type: 'AAAA', class: 'IN' }]);
    expect(read.additionals?.[0]).toMatchObject({ type: 'OPT', udpPayloadSize: 1232, flag_do: true, ednsVersion: 0 });
  });

  it('can mix the case of its name, which reads as the same', () => {
    const bytes = encodeQuery('www.example.org', TYPE.A, { ...SETTINGS, capital: (letter) => letter % 2 === 0 });
    expect(bytes.toString('latin1')).toContain('\x03WwW\x07eXaMpLe\x03OrG');
    expect(decodeMessage(bytes).question?.name).toBe('www.example.org');
  });
});

describe('an answer of another library, compressed', () => {
  const bytes = packet.encode({
    type: 'response',
    id: 1,
    flags: packet.AUTHORITATIVE_ANSWER,
    questions: [{ name: 'Example.org', type: 'MX', class: 'IN' }],
    answers: [
      { name: 'example.org', type: 'MX', class: 'IN', ttl: 60, data: { preference: 10, exchange: 'Mail.Example.ORG' } },
      { name: 'example.org', type: 'MX', class: 'IN', ttl: 50, data: { preference: 5, exchange: 'b.example.org' } },
    ],
    authorities: [
      {
        name: 'example.org',
        type: 'SOA',
        class: 'IN',
        ttl: 60,
        data: {
          mname: 'NS.example.org',
          rname: 'root.example.org',
          serial: 7,
          refresh: 1,
          retry: 2,
          expire: 3,
          minimum: 4,
        },
      },
    ],
    additionals: [
      { name: 'mail.example.org', type: 'AAAA', class: 'IN', ttl: 60, data: '2001:db8::25' },
      {
        name: '.',
        type: 'OPT',
        udpPayloadSize: 1232,
        extendedRcode: 1,
        ednsVersion: 0,
        flags: 0x8000,
        flag_do: true,
        options: [{ code: 15, data: Buffer.from('\0\x09no key') }],
      } as never,
    ],
  });

  it('is read with its names whole and lowered, sets in order', () => {
    const message = decodeMessage(bytes);
    expect(message).toMatchObject({ id: 1, response: true, authoritative: true, truncated: false, rcode: 16 });
    const set = findRRset(message.answer, 'example.org', TYPE.MX);
    expect(set?.ttl).toBe(50);
    expect(set?.data.map(readMx)).toEqual([
      { preference: 5, exchange: 'b.example.org' },
      { preference: 10, exchange: 'mail.example.org' },
    ]);
    expect(readSoa(message.authority[0]?.rdata as Buffer)).toMatchObject({
      primary: 'ns.example.org',
      serial: 7,
      minimum: 4,
    });
    expect(readAddress(message.additional[0]?.rdata as Buffer)).toBe('2001:db8::25');
    expect(message.edns).toMatchObject({ version: 0, udpSize: 1232, dnssecOk: true, otherFlags: 0 });
    expect(extendedErrors(message)).toEqual([{ code: 9, text: 'no key' }]);
  });
});

it('keeps what could be read of a truncated message, and refuses another that is cut', () => {
  const whole = packet.encode({
    type: 'response',
    questions: [{ name: 'a.org', type: 'A', class: 'IN' }],
    answers: [{ name: 'a.org', type: 'A', class: 'IN', ttl: 1, data: '192.0.2.1' }],
  });
  const cut = Buffer.from(whole.subarray(0, -2));
  expect(() => decodeMessage(cut)).toThrow(FormatError);
  cut[2] = (cut[2] as number) | 2;
  expect(decodeMessage(cut)).toMatchObject({ truncated: true, question: { name: 'a.org' }, answer: [] });
});

describe('decodeMessage refuses', () => {
  const head = (...counts: number[]) => [0, 1, 0x80, 0, ...counts.flatMap((one) => [0, one])];
  const opt = [0, 0, 41, 4, 0, 0, 0, 0, 0, 0, 0];
  it.each<[string, number[]]>([
    ['nothing', []],
    ['a header that is cut', [0, 1, 2]],
    ['two questions', [...head(2, 0, 0, 0), 0, 0, 1, 0, 1, 0, 0, 1, 0, 1]],
    ['a record without octets', head(0, 1, 0, 0)],
    ['data that runs out', [...head(0, 1, 0, 0), 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 9, 1]],
    ['an MX record with two names', [...head(0, 1, 0, 0), 0, 0, 15, 0, 1, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0]],
    ['two OPT records', [...head(0, 0, 0, 2), ...opt, ...opt]],
    ['an option that is cut', [...head(0, 0, 0, 1), 0, 0, 41, 4, 0, 0, 0, 0, 0, 0, 4, 0, 9, 0, 9]],
  ])('%s', (_, bytes) => expect(() => decodeMessage(Buffer.from(bytes))).toThrow(FormatError));
});

/** Real answers of a signed zone, of all kinds. */
const ANSWERS: Buffer[] = (() => {
  const records = [
    record('good.test', 'MX', '10 mail.good.test'),
    record('good.test', 'TXT', 'v=spf1 -all'),
    record('good.test', 'CAA', '0 issue ca.test'),
    record('_25._tcp.good.test', 'TLSA', `3 1 1 ${'ab'.repeat(32)}`),
    record('alias.good.test', 'CNAME', 'good.test'),
  ];
  return [
    makeZone('good.test', { records, keys: [newKey(15)] }),
    makeZone('good.test', { records, denial: { salt: 'ab' } }),
  ].flatMap((zone) =>
    (
      [
        ['good.test', TYPE.MX],
        ['good.test', TYPE.SOA],
        ['good.test', TYPE.DNSKEY],
        ['good.test', TYPE.CAA],
        ['_25._tcp.good.test', TYPE.TLSA],
        ['alias.good.test', TYPE.TXT],
        ['no.good.test', TYPE.A],
      ] as const
    ).map(([name, type]) => {
      const query = encodeQuery(name, type, SETTINGS);
      return encodeAnswer(query, answerFrom([zone], decodeMessage(query)));
    }),
  );
})();

const READERS = [
  readAddress,
  readCaa,
  readDnskey,
  readDs,
  readMx,
  readNsec,
  readNsec3,
  readRrsig,
  readSoa,
  readTarget,
  readTlsa,
  readTxt,
];

describe('hostile octets', () => {
  const look = (bytes: Buffer): void => {
    try {
      const message = decodeMessage(bytes);
      extendedErrors(message);
      for (const set of rrsetsOf([...message.answer, ...message.authority, ...message.additional]))
        for (const read of READERS) readEach<unknown>(read, set.data);
    } catch (error) {
      expect(error).toBeInstanceOf(FormatError);
    }
  };

  it('changed at any place are read or refused', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ANSWERS),
        fc.array(fc.tuple(fc.nat(4000), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.nat(4000),
        (answer, changes, cut) => {
          const bytes = Buffer.from(answer);
          for (const [at, octet] of changes) bytes[at % bytes.length] = octet;
          look(bytes);
          look(bytes.subarray(0, cut % bytes.length));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('at random are read or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => look(Buffer.from(bytes))),
      { numRuns: 1000 },
    );
  });

  it('of a record alone are read or left out', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        for (const read of READERS) readEach<unknown>(read, [Buffer.from(bytes)]);
      }),
    );
  });
});
