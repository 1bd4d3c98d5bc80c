/**
 * `npm run fuzz [-- --seconds 10] [--seed 1]`: bends what real answers were made of, and gives it to the readers of DNS, TLS and HTTP. Each has that
 * long. Says how many inputs each took, and the slowest; ends with 1 where one threw what it may not throw, or took over a second, and writes that input in base64.
 */
import { parseArgs } from 'node:util';
import { createProber, type RunEvidence } from '@proviso/probes';
import { startInternet } from '@proviso/probes/testing/internet';
import { FormatError } from '../packages/probes/src/dns/wire/format-error.ts';
import { decodeMessage, extendedErrors } from '../packages/probes/src/dns/wire/message.ts';
import * as rdata from '../packages/probes/src/dns/wire/rdata.ts';
import { rrsetsOf } from '../packages/probes/src/dns/wire/record.ts';
import { readChain } from '../packages/probes/src/tls/certificate/certificate.ts';
import { readClientHello } from '../packages/probes/src/tls/wire/client-hello.ts';
import { readFlight } from '../packages/probes/src/tls/wire/flight.ts';
import { WireError } from '../packages/probes/src/tls/wire/reader.ts';
import { parseCookie } from '../packages/probes/src/web/cookies.ts';
import { parseCsp } from '../packages/probes/src/web/csp/parse.ts';
import { parseHsts } from '../packages/probes/src/web/hsts.ts';
import { DialError } from '../packages/probes/src/web/http/dialer.ts';
import { readBody, readHead } from '../packages/probes/src/web/http/message.ts';
import { byteReader } from '../packages/probes/src/web/http/reader.ts';
import { parsePermissions } from '../packages/probes/src/web/policies.ts';
import { parseSecurityTxt } from '../packages/probes/src/web/security-txt.ts';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' } },
});
const SECONDS = Number(values.seconds);
const SLOW = 1000;
const LIMITS = { line: 16_384, fields: 200, body: 262_144, decoded: 524_288 };

/** Marsaglia's xorshift of 32 bits: the same seed gives the same inputs. */
let state = Number(values.seed) || 1;
function below(end: number): number {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % end;
}

/** Octets that lengths, counts and types are likely to go wrong at. */
const ODD = [0, 1, 2, 3, 0x0a, 0x0d, 0x20, 0x22, 0x3b, 0x3f, 0x40, 0x7f, 0x80, 0xbf, 0xc0, 0xfe, 0xff];

/** One to eight changes: octets, cuts, pieces that are doubled, taken out or come from another. */
function bent(corpus: readonly Buffer[]): Buffer {
  let bytes = Buffer.from(corpus[below(corpus.length)] as Buffer);
  for (let left = 1 + below(8); left > 0; left -= 1) {
    const at = below(bytes.length + 1);
    const end = at + below(Math.min(64, bytes.length - at + 1));
    const piece = bytes.subarray(at, end);
    const other = corpus[below(corpus.length)] as Buffer;
    const kind = below(6);
    if (kind < 2 && at < bytes.length) bytes[at] = kind === 0 ? below(256) : (ODD[below(ODD.length)] as number);
    else if (kind === 2) bytes = bytes.subarray(0, at);
    else if (kind === 3) bytes = Buffer.concat([bytes.subarray(0, end), piece, bytes.subarray(end)]);
    else if (kind === 4) bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]);
    else
      bytes = Buffer.concat([
        bytes.subarray(0, at),
        other.subarray(below(other.length + 1)).subarray(0, 64),
        bytes.subarray(at),
      ]);
  }
  return bytes;
}

const internet = await startInternet({ 'good.test': 'good', 'bad.test': 'bad' });
const evidence: RunEvidence[] = [];
for (const name of ['good.test', 'bad.test']) {
  const profile = internet.profile('internet-nl');
  evidence.push((await createProber({ ...internet.options, profile, timeout: 1500 }).probe(name)).evidence);
}
await internet.close();

const octets = (text: string): Buffer => Buffer.from(text, 'base64');
const answers = evidence.flatMap(({ dns }) =>
  dns.recording.entries.flatMap((entry) => ('bytes' in entry ? [octets(entry.bytes)] : [])),
);
const exchanges = evidence.flatMap(({ endpoints }) => endpoints.flatMap((one) => one.exchanges));
const certificates = exchanges.flatMap(({ received }) => readFlight(octets(received)).certificates.map(Buffer.from));
const heads = [
  'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nSet-Cookie: a=b; Secure\r\n\r\nhello',
  'HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nA: b\r\n\r\n',
  'HTTP/1.0 301 Moved\r\nLocation: https://a.test/\r\nX-Folded: a\r\n b\r\n\r\n',
].map((text) => Buffer.from(text));
const fields = [
  "default-src 'self'; script-src 'nonce-abc' 'strict-dynamic' https:; frame-ancestors 'none'",
  'max-age=31536000; includeSubDomains; preload',
  '__Host-a=b; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=5',
  'camera=(), geolocation=(self "https://a.test"), usb=*',
  'Contact: mailto:a@a.test\nExpires: 2030-01-01T00:00:00Z\nCanonical: https://a.test/.well-known/security.txt\n',
].map((text) => Buffer.from(text));
const readers = Object.entries(rdata).flatMap(([name, read]) =>
  /^read(?!Each)/.test(name) ? [read as (data: Buffer) => unknown] : [],
);

interface Target {
  corpus: readonly Buffer[];
  read(bytes: Buffer): unknown;
  /** What bad input may be told by. */
  tells?: new (
    ...args: never[]
  ) => Error;
}

const TARGETS: Record<string, Target> = {
  'DNS messages and their records': {
    corpus: answers,
    tells: FormatError,
    read: (bytes) => {
      const message = decodeMessage(bytes);
      extendedErrors(message);
      for (const set of rrsetsOf([...message.answer, ...message.authority, ...message.additional]))
        for (const read of readers) rdata.readEach(read, set.data);
    },
  },
  'answers of TLS': { corpus: exchanges.map(({ received }) => octets(received)), read: readFlight },
  'hellos of TLS': { corpus: exchanges.map(({ sent }) => octets(sent)), read: readClientHello, tells: WireError },
  certificates: { corpus: certificates, read: (bytes) => readChain([bytes]) },
  'answers of HTTP': {
    corpus: heads,
    tells: DialError,
    read: async (bytes) => {
      let at = 0;
      const read = async () => {
        const piece = bytes.subarray(at, at + 1 + below(40));
        at += piece.length;
        return piece.length > 0 ? piece : null;
      };
      const connection = { tls: null, read, write: async () => {}, close: () => {} };
      const reader = byteReader(connection, new AbortController().signal, 1e6);
      await readBody(reader, await readHead(reader, LIMITS), LIMITS);
    },
  },
  'fields of HTTP, and security.txt': {
    corpus: fields,
    read: (bytes) => {
      const text = bytes.toString('latin1');
      parseCsp([text]);
      parseHsts(text);
      parseCookie(text, 'a.test');
      parsePermissions(text);
      parseSecurityTxt(text);
    },
  },
};

console.log('| reader | samples | inputs | slowest, ms |\n|---|---|---|---|');
for (const [what, { corpus, read, tells }] of Object.entries(TARGETS)) {
  const samples = corpus.filter(({ length }) => length > 0);
  let [inputs, slowest] = [0, 0];
  for (const end = performance.now() + SECONDS * 1000; performance.now() < end; inputs += 1) {
    const bytes = bent(samples);
    const started = performance.now();
    let thrown: unknown = null;
    try {
      await read(bytes);
    } catch (cause) {
      if (!tells || !(cause instanceof tells)) thrown = cause;
    }
    const took = performance.now() - started;
    slowest = Math.max(slowest, took);
    if (thrown === null && took < SLOW) continue;
    console.error(`${what}: ${thrown ?? `${Math.round(took)} ms`} for ${bytes.toString('base64')}`);
    process.exitCode = 1;
    break;
  }
  console.log(`| ${what} | ${samples.length} | ${inputs} | ${slowest.toFixed(0)} |`);
}
