import { EXTENSION, MESSAGE, RECORD, VERSIONS } from './protocol.ts';
import { Reader, WireError } from './reader.ts';
import { join, number, numbers, vector } from './writer.ts';

/** Extensions that an offer may carry besides those with values of their own. */
export type Extra =
  | 'status-request'
  | 'extended-master-secret'
  | 'renegotiation-info'
  | 'session-ticket'
  | 'heartbeat'
  | 'encrypt-then-mac'
  | 'certificate-timestamps';

/** What a client offers. Numbers are code points; lists are in order of preference. */
export interface Offer {
  /** `client_version`: SSL 3.0 to TLS 1.2. An offer of TLS 1.3 says TLS 1.2 here (RFC 8446 section 4.1.2). */
  version: number;
  /** `supported_versions`; absent in offers of TLS 1.2 and older. */
  versions?: readonly number[];
  suites: readonly number[];
  /** Compression methods: 0 null, 1 DEFLATE (RFC 3749). */
  compressions?: readonly number[];
  groups?: readonly number[];
  signatures?: readonly number[];
  serverName?: string | null;
  alpn?: readonly string[];
  extras?: readonly Extra[];
}

const EXTRAS: Record<Extra, [type: number, body: Uint8Array]> = {
  'status-request': [EXTENSION.statusRequest, join(number(1, 1), number(0, 2), number(0, 2))],
  'extended-master-secret': [EXTENSION.extendedMasterSecret, new Uint8Array()],
  'renegotiation-info': [EXTENSION.renegotiationInfo, number(0, 1)],
  'session-ticket': [EXTENSION.sessionTicket, new Uint8Array()],
  heartbeat: [EXTENSION.heartbeat, number(1, 1)],
  'encrypt-then-mac': [EXTENSION.encryptThenMac, new Uint8Array()],
  'certificate-timestamps': [EXTENSION.certificateTimestamps, new Uint8Array()],
};

/**
 * The records of a ClientHello (RFC 8446 section 4.1.2, RFC 5246 section 7.4.1.2). An offer of TLS 1.3 has an empty `key_share`, so that the
 * server names its group in a HelloRetryRequest and neither side computes a key (section 4.2.8). An offer of SSL 3.0 has no extensions.
 * @param random 32 bytes.
 */
export function writeClientHello(offer: Offer, random: Uint8Array): Uint8Array {
  const body = join(
    number(offer.version, 2),
    random.subarray(0, 32),
    vector(1),
    numbers(2, 2, offer.suites),
    numbers(1, 1, offer.compressions ?? [0]),
    offer.version === VERSIONS['SSL 3.0'] ? new Uint8Array() : extensions(offer),
  );
  const message = join(number(MESSAGE.clientHello, 1), vector(3, body));
  // The record's version says 1.0 at most, for servers that look at it first (RFC 8446 section 5.1).
  const version = Math.min(offer.version, VERSIONS['TLS 1.0']);
  return join(number(RECORD.handshake, 1), number(version, 2), vector(2, message));
}

function extensions(offer: Offer): Uint8Array {
  const list: Uint8Array[] = [];
  const add = (type: number, ...body: Uint8Array[]) => list.push(number(type, 2), vector(2, ...body));
  if (offer.serverName) {
    add(EXTENSION.serverName, vector(2, number(0, 1), vector(2, Buffer.from(offer.serverName, 'latin1'))));
  }
  if (offer.groups) {
    add(EXTENSION.supportedGroups, numbers(2, 2, offer.groups));
    add(EXTENSION.pointFormats, numbers(1, 1, [0]));
  }
  if (offer.signatures) add(EXTENSION.signatureAlgorithms, numbers(2, 2, offer.signatures));
  if (offer.alpn) {
    add(EXTENSION.alpn, vector(2, ...offer.alpn.map((protocol) => vector(1, Buffer.from(protocol, 'latin1')))));
  }
  for (const extra of offer.extras ?? []) add(...EXTRAS[extra]);
  if (offer.versions) {
    add(EXTENSION.supportedVersions, numbers(1, 2, offer.versions));
    add(EXTENSION.pskModes, numbers(1, 1, [1]));
    add(EXTENSION.keyShare, vector(2));
  }
  // Some servers hang on a hello of 256 to 511 bytes (RFC 7685 section 1); what stands around the extensions is 45 bytes and the lists.
  const before = 45 + 2 * offer.suites.length + (offer.compressions?.length ?? 1);
  const length = before + list.reduce((sum, part) => sum + part.length, 0);
  if (length > 251 && length < 512) add(EXTENSION.padding, new Uint8Array(Math.max(0, 512 - length - 4)));
  return vector(2, ...list);
}

/**
 * The offer that the records of a ClientHello make: what was asked can be read from a proof as well as what came back.
 * @throws WireError where the bytes are no ClientHello.
 */
export function readClientHello(bytes: Uint8Array): Offer & { extensions: ReadonlySet<number> } {
  const record = new Reader(bytes);
  if (record.number(1) !== RECORD.handshake) throw new WireError('no handshake record');
  record.number(2);
  const message = new Reader(record.vector(2));
  if (message.number(1) !== MESSAGE.clientHello) throw new WireError('no ClientHello');
  const hello = new Reader(message.vector(3));
  const version = hello.number(2);
  hello.take(32);
  hello.vector(1);
  const offer: Offer = {
    version,
    suites: shared(hello.numbers(2, 2)),
    compressions: shared(hello.numbers(1, 1)),
    serverName: null,
  };
  const types: number[] = [];
  const list = new Reader(hello.left > 0 ? hello.vector(2) : new Uint8Array());
  while (list.left > 0) {
    const type = list.number(2);
    const body = new Reader(list.vector(2));
    types.push(type);
    if (type === EXTENSION.supportedVersions) offer.versions = shared(body.numbers(1, 2));
    if (type === EXTENSION.supportedGroups) offer.groups = shared(body.numbers(2, 2));
    if (type === EXTENSION.signatureAlgorithms) offer.signatures = shared(body.numbers(2, 2));
    if (type === EXTENSION.serverName && body.left > 0) {
      const names = new Reader(body.vector(2));
      names.number(1);
      offer.serverName = Buffer.from(names.vector(2)).toString('latin1');
    }
  }
  return { ...offer, extensions: sharedSet(types) };
}

const LISTS_KEPT = 1000;
const LONGEST_KEPT = 512;
const lists = new Map<string, { numbers: readonly number[]; set: ReadonlySet<number> | null }>();

/** One list for all that are equal: the hellos of a survey are thousands, and differ in little. */
function shared(numbers: readonly number[]): readonly number[] {
  return kept(numbers).numbers;
}

function sharedSet(numbers: readonly number[]): ReadonlySet<number> {
  const list = kept(numbers);
  list.set ??= new Set(numbers);
  return list.set;
}

function kept(numbers: readonly number[]) {
  const key = numbers.length > LONGEST_KEPT ? null : String.fromCharCode(...numbers);
  const known = key === null ? undefined : lists.get(key);
  if (known) return known;
  const list = { numbers, set: null };
  if (key !== null && lists.size < LISTS_KEPT) lists.set(key, list);
  return list;
}
