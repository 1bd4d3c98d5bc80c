import { FormatError } from './format-error.ts';
import { labelsOf, labelsToWire, type Name, nameOf, readLabels } from './name.ts';
import { canonicalRdata, type DnsRecord } from './record.ts';
import { CLASS_IN, TYPE } from './types.ts';

export interface EdnsOption {
  code: number;
  data: Buffer;
}

/** What an OPT record says (RFC 6891 section 6.1). */
export interface Edns {
  version: number;
  udpSize: number;
  dnssecOk: boolean;
  /** The flag bits besides DO: all must be zero. */
  otherFlags: number;
  options: EdnsOption[];
}

export interface Message {
  id: number;
  response: boolean;
  opcode: number;
  authoritative: boolean;
  truncated: boolean;
  recursionDesired: boolean;
  recursionAvailable: boolean;
  authenticData: boolean;
  checkingDisabled: boolean;
  /** With the upper bits from EDNS. */
  rcode: number;
  question: { name: Name; type: number; class: number } | null;
  answer: DnsRecord[];
  authority: DnsRecord[];
  additional: DnsRecord[];
  edns: Edns | null;
}

/**
 * Reads a message. Total work is bounded by its length (at most 64 KiB): every record takes eleven octets or more,
 * every name 255 at most. In a truncated message what could be read whole is kept.
 * @throws FormatError where the bytes are no DNS message, or it has two questions or two OPT records.
 */
export function decodeMessage(bytes: Buffer): Message {
  if (bytes.length < 12) throw new FormatError('the message is shorter than its header');
  const flags = bytes.readUInt16BE(2);
  const counts = [4, 6, 8, 10].map((at) => bytes.readUInt16BE(at)) as [number, number, number, number];
  if (counts[0] > 1) throw new FormatError('the message has more than one question');
  const message: Message = {
    id: bytes.readUInt16BE(0),
    response: (flags & 0x8000) !== 0,
    opcode: (flags >> 11) & 15,
    authoritative: (flags & 0x0400) !== 0,
    truncated: (flags & 0x0200) !== 0,
    recursionDesired: (flags & 0x0100) !== 0,
    recursionAvailable: (flags & 0x0080) !== 0,
    authenticData: (flags & 0x0020) !== 0,
    checkingDisabled: (flags & 0x0010) !== 0,
    rcode: flags & 15,
    question: null,
    answer: [],
    authority: [],
    additional: [],
    edns: null,
  };
  try {
    readSections(bytes, counts, message);
  } catch (error) {
    if (!(error instanceof FormatError && message.truncated)) throw error;
  }
  return message;
}

function readSections(bytes: Buffer, counts: readonly [number, number, number, number], message: Message): void {
  let at = 12;
  if (counts[0] === 1) {
    const { labels, end } = readLabels(bytes, at);
    if (end + 4 > bytes.length) throw new FormatError('the question runs past the end of the message');
    message.question = { name: nameOf(labels), type: bytes.readUInt16BE(end), class: bytes.readUInt16BE(end + 2) };
    at = end + 4;
  }
  for (const [section, count] of [
    [message.answer, counts[1]],
    [message.authority, counts[2]],
    [message.additional, counts[3]],
  ] as const) {
    for (let index = 0; index < count; index += 1) {
      const { labels, end } = readLabels(bytes, at);
      if (end + 10 > bytes.length) throw new FormatError('a record runs past the end of the message');
      const type = bytes.readUInt16BE(end);
      const length = bytes.readUInt16BE(end + 8);
      const start = end + 10;
      at = start + length;
      if (at > bytes.length) throw new FormatError('a record runs past the end of the message');
      if (type === TYPE.OPT && section === message.additional) {
        if (message.edns || labels.length > 0) throw new FormatError('the OPT record is doubled or has a name');
        message.edns = readOpt(bytes, end, start, at);
        message.rcode |= bytes.readUInt8(end + 4) << 4;
        continue;
      }
      // A TTL with the top bit set counts as zero (RFC 2181 section 8).
      const ttl = bytes.readUInt32BE(end + 4);
      section.push({
        name: nameOf(labels),
        type,
        class: bytes.readUInt16BE(end + 2),
        ttl: ttl > 0x7fffffff ? 0 : ttl,
        rdata: canonicalRdata(type, bytes, start, at),
      });
    }
  }
}

function readOpt(bytes: Buffer, end: number, start: number, stop: number): Edns {
  const flags = bytes.readUInt16BE(end + 6);
  const options: EdnsOption[] = [];
  for (let at = start; at < stop; ) {
    if (at + 4 > stop || at + 4 + bytes.readUInt16BE(at + 2) > stop) throw new FormatError('an EDNS option is cut off');
    const length = bytes.readUInt16BE(at + 2);
    options.push({ code: bytes.readUInt16BE(at), data: bytes.subarray(at + 4, at + 4 + length) });
    at += 4 + length;
  }
  return {
    version: bytes.readUInt8(end + 5),
    udpSize: bytes.readUInt16BE(end + 2),
    dnssecOk: (flags & 0x8000) !== 0,
    otherFlags: flags & 0x7fff,
    options,
  };
}

/** Why a resolver failed, in its own words (RFC 8914): the info code, and text that is for people only. */
export interface ExtendedError {
  code: number;
  text: string;
}

const EXTENDED_ERROR = 15;

/** The extended errors of a message; one without room for its code is passed over. Text is cut at 200 characters. */
export function extendedErrors(message: Message): ExtendedError[] {
  return (message.edns?.options ?? [])
    .filter(({ code, data }) => code === EXTENDED_ERROR && data.length >= 2)
    .map(({ data }) => ({ code: data.readUInt16BE(0), text: data.toString('utf8', 2).slice(0, 200) }));
}

export interface QuerySettings {
  id: number;
  recursionDesired: boolean;
  checkingDisabled: boolean;
  authenticData: boolean;
  /** `null` sends no OPT record. */
  edns: { version: number; udpSize: number; dnssecOk: boolean; otherFlags: number; options: EdnsOption[] } | null;
  /** Says for the n-th letter of the name whether it is sent as a capital ("0x20", to make forged answers harder). */
  capital?: (letter: number) => boolean;
}

/** A query for one name and type, class IN. */
export function encodeQuery(name: Name, type: number, settings: QuerySettings): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt16BE(settings.id, 0);
  header.writeUInt16BE(
    (settings.recursionDesired ? 0x0100 : 0) |
      (settings.authenticData ? 0x0020 : 0) |
      (settings.checkingDisabled ? 0x0010 : 0),
    2,
  );
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(settings.edns ? 1 : 0, 10);
  let letter = 0;
  const spelled = labelsOf(name).map((label) =>
    label.replace(/[a-z]/g, (char) => (settings.capital?.(letter++) ? char.toUpperCase() : char)),
  );
  const question = labelsToWire(spelled);
  const tail = Buffer.alloc(4);
  tail.writeUInt16BE(type, 0);
  tail.writeUInt16BE(CLASS_IN, 2);
  return Buffer.concat([header, question, tail, ...(settings.edns ? [encodeOpt(settings.edns)] : [])]);
}

function encodeOpt(edns: NonNullable<QuerySettings['edns']>): Buffer {
  const options = edns.options.map(({ code, data }) => {
    const head = Buffer.alloc(4);
    head.writeUInt16BE(code, 0);
    head.writeUInt16BE(data.length, 2);
    return Buffer.concat([head, data]);
  });
  const head = Buffer.alloc(11);
  head.writeUInt16BE(TYPE.OPT, 1);
  head.writeUInt16BE(edns.udpSize, 3);
  head.writeUInt8(edns.version, 6);
  head.writeUInt16BE((edns.dnssecOk ? 0x8000 : 0) | edns.otherFlags, 7);
  head.writeUInt16BE(
    options.reduce((sum, one) => sum + one.length, 0),
    9,
  );
  return Buffer.concat([head, ...options]);
}
