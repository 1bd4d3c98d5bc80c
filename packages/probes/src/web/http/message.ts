import { stripBlanks } from '../../mail/blanks.ts';
import { DialError } from './dialer.ts';
import type { ByteReader } from './reader.ts';

export interface HttpLimits {
  /** Bytes of one line of the head, fields, bytes of the body as it comes and as it is kept. */
  line: number;
  fields: number;
  body: number;
  decoded: number;
}

export interface Head {
  version: string;
  status: number;
  headers: [string, string][];
}

/** Reads a response's head, passing over interim ones (RFC 9112 section 2.1, RFC 9110 section 15.2). Rejects with a `DialError`. */
export async function readHead(reader: ByteReader, limits: HttpLimits): Promise<Head> {
  for (let interim = 0; interim < 5; interim += 1) {
    const head = await readOneHead(reader, limits);
    if (head.status >= 200) return head;
    if (head.status === 101) throw new DialError('malformed', 'switches protocols unasked');
  }
  throw new DialError('limit', 'too many interim responses');
}

async function readOneHead(reader: ByteReader, limits: HttpLimits): Promise<Head> {
  const first = await reader.line(limits.line);
  if (first === null) throw new DialError('closed', 'ended before a response');
  const [, version = '', status = ''] = /^(HTTP\/1\.[01]) ([1-9]\d\d)(?: [\t -~\x80-\xff]*)?$/.exec(first) ?? [];
  if (version === '') throw new DialError('malformed', 'not an HTTP/1 status line');
  const headers: [string, string][] = [];
  for (;;) {
    const line = await reader.line(limits.line);
    if (line === null) throw new DialError('closed', 'ended inside the head');
    if (line === '') return { version, status: Number(status), headers };
    const last = headers.at(-1);
    if (/^[ \t]/.test(line) && last !== undefined) {
      // An old fold; a client puts a space in its place (RFC 9112 section 5.2).
      last[1] = `${last[1]} ${line.trim()}`;
      if (last[1].length > limits.line) throw new DialError('limit', 'a field too long');
      continue;
    }
    const [, name, value = ''] = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):([^\0\r]*)$/.exec(line) ?? [];
    if (name === undefined) throw new DialError('malformed', 'not a header field');
    if (headers.length >= limits.fields) throw new DialError('limit', `more than ${limits.fields} fields`);
    headers.push([name, stripBlanks(value)]);
  }
}

export interface Body {
  bytes: Buffer;
  /** It was longer, or broke off. */
  truncated: boolean;
}

/** Reads a body by the rules of RFC 9112 section 6.3, up to the limit. A body that breaks off is cut, not a failure. */
export async function readBody(reader: ByteReader, { status, headers }: Head, limits: HttpLimits): Promise<Body> {
  const empty = { bytes: Buffer.alloc(0), truncated: false };
  if (status === 204 || status === 304) return empty;
  const values = (name: string) =>
    headers.filter(([other]) => other.toLowerCase() === name).map(([, value]) => value.toLowerCase());
  const coding = values('transfer-encoding').join(',').trim();
  if (coding !== '') {
    if (coding !== 'chunked') throw new DialError('malformed', 'a transfer coding that was not asked for');
    return gather(chunks(reader), limits.body);
  }
  const lengths = new Set(values('content-length').flatMap((value) => value.split(',').map((one) => one.trim())));
  const [length] = lengths;
  if (lengths.size > 1 || (length !== undefined && !/^\d{1,15}$/.test(length)))
    throw new DialError('malformed', 'lengths that disagree');
  return gather(length === undefined ? untilEnd(reader) : counted(reader, Number(length)), limits.body);
}

async function gather(parts: AsyncGenerator<Buffer>, most: number): Promise<Body> {
  const kept: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of parts) {
      kept.push(part.subarray(0, most - size));
      size += part.length;
      if (size > most) return { bytes: Buffer.concat(kept), truncated: true };
    }
  } catch (error) {
    if (error instanceof DialError && error.failure !== 'cancelled')
      return { bytes: Buffer.concat(kept), truncated: true };
    throw error;
  }
  return { bytes: Buffer.concat(kept), truncated: false };
}

async function* untilEnd(reader: ByteReader): AsyncGenerator<Buffer> {
  for (let part = await reader.some(65_536); part !== null; part = await reader.some(65_536)) yield part;
}

async function* counted(reader: ByteReader, length: number): AsyncGenerator<Buffer> {
  for (let left = length; left > 0; ) {
    const part = await reader.some(left);
    if (part === null) throw new DialError('closed', 'ended inside the body');
    left -= part.length;
    yield part;
  }
}

async function* chunks(reader: ByteReader): AsyncGenerator<Buffer> {
  for (;;) {
    const [, size] = /^([0-9a-fA-F]{1,8})[ \t]*(?:;.*)?$/.exec((await reader.line(1024)) ?? '') ?? [];
    if (size === undefined) throw new DialError('malformed', 'not a chunk');
    // Trailers say nothing that is judged, so the rest is left unread.
    if (Number.parseInt(size, 16) === 0) return;
    yield* counted(reader, Number.parseInt(size, 16));
    if ((await reader.line(2)) !== '') throw new DialError('malformed', 'a chunk that goes on');
  }
}
