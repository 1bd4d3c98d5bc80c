import { z } from 'zod';
import { FAILURES, type Question, question, questionKey, type Reply, server } from './ask.ts';

/** Octets of a message as base64: no longer than 64 KiB of DNS can be. */
const octets = z.base64().max(87_384);

const entry = z.union([
  z.object({ question, bytes: octets, from: server, via: z.enum(['udp', 'tcp']), time: z.number() }),
  z.object({ question, failure: z.enum(FAILURES), time: z.number() }),
]);

/** Questions and raw answers as plain JSON: the proof that a judgement rests on. */
export const dnsRecording = z.object({ schema: z.literal('proviso.dns/1'), entries: z.array(entry).max(5_000) });
export type DnsRecording = z.infer<typeof dnsRecording>;

/** What was asked and what came back, each question once. */
export class Recording {
  private readonly entries = new Map<string, { question: Question; reply: Reply }>();

  /** @throws ZodError where the JSON is no recording; its text says where. */
  static fromJson(json: unknown): Recording {
    const recording = new Recording();
    for (const one of dnsRecording.parse(json).entries) {
      const { question: asked, ...reply } = one;
      recording.add(asked, 'bytes' in reply ? { ...reply, bytes: Buffer.from(reply.bytes, 'base64') } : reply);
    }
    return recording;
  }

  find(asked: Question): Reply | undefined {
    return this.entries.get(questionKey(asked))?.reply;
  }

  /** Keeps the first reply to a question, and gives back the one that is kept. */
  add(asked: Question, reply: Reply): Reply {
    const key = questionKey(asked);
    const known = this.entries.get(key);
    if (known) return known.reply;
    this.entries.set(key, { question: asked, reply });
    return reply;
  }

  get size(): number {
    return this.entries.size;
  }

  toJson(): DnsRecording {
    return {
      schema: 'proviso.dns/1',
      entries: [...this.entries.values()].map(({ question: asked, reply }) =>
        'bytes' in reply
          ? { question: asked, ...reply, bytes: reply.bytes.toString('base64') }
          : { question: asked, ...reply },
      ),
    };
  }
}
