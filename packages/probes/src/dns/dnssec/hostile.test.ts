import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAILURES, type Reply } from '../ask/ask.ts';
import { drive, replay } from '../ask/drive.ts';
import { dnsRecording, Recording } from '../ask/recording.ts';
import { record } from '../testing/records.ts';
import { resolverOf, worldAbove } from '../testing/world.ts';
import { makeZone, NOW } from '../testing/zone.ts';
import { TYPE } from '../wire/types.ts';
import { type Validation, validate } from './validate.ts';

const records = [
  record('www.good.test', 'A', '192.0.2.1'),
  record('a.good.test', 'CNAME', 'www.good.test'),
  record('*.w.good.test', 'A', '192.0.2.2'),
];
const plain = makeZone('plain.test', { keys: [], records: [record('www.plain.test', 'A', '192.0.2.3')] });
const WORLDS = [makeZone('good.test', { records }), makeZone('good.test', { records, denial: { salt: 'ab' } })].map(
  (zone) => worldAbove([zone, plain]),
);
const NAMES = ['www.good.test', 'a.good.test', 'x.w.good.test', 'none.good.test', 'www.plain.test'];

const now = () => NOW * 1000;
const enquiry = (at: number, name: string) =>
  validate(name, TYPE.A, { at: NOW, anchors: (WORLDS[at] as (typeof WORLDS)[number]).anchors });
const told = ({ set, absence, name }: Validation): string => JSON.stringify([set?.data, absence, name]);

describe('answers that were tampered with', () => {
  it('never become another secure answer, and never throw', async () => {
    const truth = new Map<string, Validation>();
    for (const at of [0, 1])
      for (const name of NAMES)
        truth.set(
          `${at} ${name}`,
          (await drive(enquiry(at, name), { source: resolverOf(WORLDS[at] as never), now })).result,
        );
    await fc.assert(
      fc.asyncProperty(
        fc.nat(1),
        fc.constantFrom(...NAMES),
        fc.nat(8),
        fc.array(fc.tuple(fc.nat(5000), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (at, name, which, changes, cut) => {
          let count = 0;
          const source = resolverOf(WORLDS[at] as never);
          const { result } = await drive(enquiry(at, name), {
            now,
            source: async (question, signal): Promise<Reply> => {
              const reply = await source(question, signal);
              if (count++ !== which || 'failure' in reply) return reply;
              const bytes = Buffer.from(reply.bytes);
              for (const [place, octet] of changes) bytes[place % bytes.length] = octet;
              return { ...reply, bytes: cut ? bytes.subarray(0, (changes[0]?.[0] ?? 0) % bytes.length) : bytes };
            },
          });
          const right = truth.get(`${at} ${name}`) as Validation;
          if (result.status === 'secure') expect([right.status, told(result)]).toEqual(['secure', told(right)]);
          // Nor can anybody make a signed zone look unsigned.
          if (result.status === 'insecure') expect(right.status).toBe('insecure');
        },
      ),
      { numRuns: 500 },
    );
  });

  it('of one question given to another never are secure', async () => {
    const world = WORLDS[0] as (typeof WORLDS)[number];
    const source = resolverOf(world);
    for (const asked of NAMES.slice(0, 4))
      for (const given of NAMES.slice(0, 4)) {
        if (asked === given) continue;
        const { result } = await drive(enquiry(0, asked), {
          now,
          source: async (question, signal) => {
            if (question.name !== asked) return source(question, signal);
            const reply = await source({ ...question, name: given }, signal);
            return reply;
          },
        });
        expect(result.status).toBe('indeterminate');
      }
  });
});

describe('a recording', () => {
  it('that is tampered with never turns into another secure answer', async () => {
    const { recording, result } = await drive(enquiry(0, 'www.good.test'), {
      source: resolverOf(WORLDS[0] as never),
      now,
    });
    const json = recording.toJson();
    expect(replay(enquiry(0, 'www.good.test'), Recording.fromJson(json))).toEqual(result);
    for (const index of json.entries.keys()) {
      const without = { ...json, entries: json.entries.filter((_, at) => at !== index) };
      const replayed = replay(enquiry(0, 'www.good.test'), Recording.fromJson(without));
      expect([replayed.status, replayed.reason?.code]).toEqual(['indeterminate', 'not-recorded']);
    }
  });

  it('is refused where it is none, and says where', () => {
    const question = { name: 'a', type: 1 };
    for (const bad of [
      null,
      { schema: 'proviso.dns/2', entries: [] },
      { schema: 'proviso.dns/1', entries: [{ question, failure: 'mood', time: 1 }] },
      {
        schema: 'proviso.dns/1',
        entries: [{ question, bytes: '***', from: { address: '127.0.0.1', port: 53 }, via: 'udp', time: 1 }],
      },
      {
        schema: 'proviso.dns/1',
        entries: [{ question, bytes: '', from: { address: 'here', port: 53 }, via: 'udp', time: 1 }],
      },
    ])
      expect(() => Recording.fromJson(bad)).toThrow();
    const wrong = {
      schema: 'proviso.dns/1',
      entries: [{ question: { name: 'a', type: -1 }, failure: 'timeout', time: 1 }],
    };
    expect(dnsRecording.safeParse(wrong).error?.issues[0]?.path).toEqual(['entries', 0, 'question', 'type']);
  });

  it('keeps every kind of failure through JSON', () => {
    const recording = new Recording();
    for (const [type, failure] of FAILURES.entries()) recording.add({ name: 'a', type }, { failure, time: 7 });
    expect(Recording.fromJson(JSON.parse(JSON.stringify(recording.toJson()))).toJson()).toEqual(recording.toJson());
  });
});

describe('drive', () => {
  it('stops asking at its limit and when it is cancelled', async () => {
    const source = resolverOf(WORLDS[0] as never);
    const limited = await drive(enquiry(0, 'www.good.test'), { source, now, questions: 2 });
    expect([limited.result.status, limited.result.reason?.code]).toEqual(['indeterminate', 'limit']);
    const cancelled = await drive(enquiry(0, 'www.good.test'), { source, now, signal: AbortSignal.abort() });
    expect([cancelled.result.status, cancelled.result.reason?.detail]).toEqual(['indeterminate', 'cancelled']);
  });

  it('asks equal questions once, and no more at a time than it may', async () => {
    let [asked, running, most] = [0, 0, 0];
    function* many() {
      const one = { name: 'a', type: 1 };
      return (yield [one, one, ...Array.from({ length: 9 }, (_, type) => ({ name: 'b', type }))]) as readonly Reply[];
    }
    const { result } = await drive(many(), {
      now,
      parallel: 3,
      source: async () => {
        asked += 1;
        most = Math.max(most, ++running);
        await Promise.resolve();
        running -= 1;
        return { failure: 'timeout', time: 0 };
      },
    });
    expect([asked, most, result.length]).toEqual([10, 3, 11]);
  });
});
