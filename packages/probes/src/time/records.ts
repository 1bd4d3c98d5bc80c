/** Record types of NTS key establishment (RFC 8915 section 4.1, IANA registry "NTS-KE Record Types"). */
export const RECORD = {
  endOfMessage: 0,
  nextProtocol: 1,
  error: 2,
  warning: 3,
  aead: 4,
  cookie: 5,
  server: 6,
  port: 7,
} as const;

/** Protocol 0 is NTPv4 (RFC 8915 section 7.7), algorithm 15 AEAD_AES_SIV_CMAC_256 (RFC 5297, RFC 8915 section 4.1.5). */
export const NTPV4 = 0;
export const AES_SIV_CMAC_256 = 15;

export interface KeRecord {
  critical: boolean;
  type: number;
  body: Buffer;
}

/** What is wrong with an answer in NTS key establishment, by a code for people. */
export class KeError extends Error {
  override name = 'KeError';
}

/** The octets of records, one after the other (RFC 8915 section 4). */
export function writeRecords(records: readonly KeRecord[]): Buffer {
  return Buffer.concat(
    records.flatMap(({ critical, type, body }) => {
      const head = Buffer.alloc(4);
      head.writeUInt16BE((critical ? 0x8000 : 0) | type, 0);
      head.writeUInt16BE(body.length, 2);
      return [head, body];
    }),
  );
}

const octets = (...numbers: number[]): Buffer => Buffer.from(numbers.flatMap((one) => [one >> 8, one & 255]));

/** What a client asks: NTPv4, and the algorithm that every server must have (RFC 8915 sections 4.1.2, 4.1.5). */
export const REQUEST: Buffer = writeRecords([
  { critical: true, type: RECORD.nextProtocol, body: octets(NTPV4) },
  { critical: true, type: RECORD.aead, body: octets(AES_SIV_CMAC_256) },
  { critical: true, type: RECORD.endOfMessage, body: Buffer.alloc(0) },
]);

/**
 * Reads records as far as they go. `done`: the End of Message was there; `rest`: octets after it, or of a record that is not whole, whatever
 * length it claims. Total: never throws.
 */
export function readRecords(bytes: Buffer): { records: KeRecord[]; done: boolean; rest: number } {
  const records: KeRecord[] = [];
  let at = 0;
  while (at + 4 <= bytes.length) {
    const length = bytes.readUInt16BE(at + 2);
    if (at + 4 + length > bytes.length) break;
    const first = bytes.readUInt16BE(at);
    const type = first & 0x7fff;
    records.push({ critical: (first & 0x8000) !== 0, type, body: bytes.subarray(at + 4, at + 4 + length) });
    at += 4 + length;
    if (type === RECORD.endOfMessage) return { records, done: true, rest: bytes.length - at };
  }
  return { records, done: false, rest: bytes.length - at };
}

/** What a whole answer says. Lists are as they stand in it. */
export interface KeAnswer {
  protocols: number[] | null;
  aead: number[] | null;
  cookies: Buffer[];
  server: string | null;
  port: number | null;
  errors: number[];
  warnings: number[];
  /** Types that nobody asked for and that must be understood (RFC 8915 section 4). */
  unknownCritical: number[];
}

/**
 * Reads an answer of NTS key establishment (RFC 8915 section 4.1).
 * @throws KeError with the code of what is wrong, where records contradict the RFC: sizes, critical bits, what stands twice or after the end
 */
export function readAnswer(bytes: Buffer): KeAnswer {
  const { records, done, rest } = readRecords(bytes);
  if (!done) throw new KeError('no-end');
  if (rest > 0) throw new KeError('after-end');
  const answer: KeAnswer = {
    protocols: null,
    aead: null,
    cookies: [],
    server: null,
    port: null,
    errors: [],
    warnings: [],
    unknownCritical: [],
  };
  for (const record of records) take(record, answer);
  return answer;
}

function take({ critical, type, body }: KeRecord, answer: KeAnswer): void {
  const must = (): void => {
    if (!critical) throw new KeError('not-critical');
  };
  switch (type) {
    case RECORD.endOfMessage:
      must();
      if (body.length > 0) throw new KeError('size');
      return;
    case RECORD.nextProtocol:
      must();
      if (answer.protocols !== null) throw new KeError('twice');
      answer.protocols = numbersIn(body);
      return;
    case RECORD.error:
      must();
      answer.errors.push(numberIn(body));
      return;
    case RECORD.warning:
      must();
      answer.warnings.push(numberIn(body));
      return;
    case RECORD.aead:
      if (answer.aead !== null) throw new KeError('twice');
      answer.aead = numbersIn(body);
      return;
    case RECORD.cookie:
      if (body.length === 0) throw new KeError('size');
      answer.cookies.push(body);
      return;
    case RECORD.server:
      if (answer.server !== null) throw new KeError('twice');
      answer.server = body.toString('latin1');
      if (!/^[A-Za-z0-9.:-]{1,253}$/.test(answer.server)) throw new KeError('server');
      return;
    case RECORD.port:
      if (answer.port !== null) throw new KeError('twice');
      answer.port = numberIn(body);
      if (answer.port === 0) throw new KeError('port');
      return;
    default:
      if (critical) answer.unknownCritical.push(type);
  }
}

function numbersIn(body: Buffer): number[] {
  if (body.length % 2 !== 0) throw new KeError('size');
  return Array.from({ length: body.length / 2 }, (_, at) => body.readUInt16BE(2 * at));
}

function numberIn(body: Buffer): number {
  if (body.length !== 2) throw new KeError('size');
  return body.readUInt16BE(0);
}
