/** Octets that are no OpenPGP, or that lie about their lengths. */
export class PgpError extends Error {
  override name = 'PgpError';
}

/** Octets that are OpenPGP of a kind that is not known here: of them nothing can be said. */
export class PgpUnsupported extends Error {
  override name = 'PgpUnsupported';
}

/** Kinds of packets (RFC 9580 section 5). */
export const TAG = { signature: 2, publicKey: 6, userId: 13, publicSubkey: 14, userAttribute: 17 } as const;

export interface Packet {
  tag: number;
  body: Buffer;
}

/** No certificate that is looked at has more; those with very many signatures of others are cut off elsewhere. */
const MOST_PACKETS = 2000;

/** Takes octets one after the other, and never past the end. */
export class Octets {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  /** @throws PgpError where there are not so many */
  take(count: number): Buffer {
    if (count > this.left) throw new PgpError('cut off');
    const taken = this.#bytes.subarray(this.#at, this.#at + count);
    this.#at += count;
    return taken;
  }

  number(octets: 1 | 2 | 4): number {
    return this.take(octets).readUIntBE(0, octets);
  }

  /** A big number: its length in bits, then the octets (RFC 9580 section 3.2). */
  mpi(): Buffer {
    return this.take(Math.ceil(this.number(2) / 8));
  }

  rest(): Buffer {
    return this.take(this.left);
  }
}

/** The packets of some octets, in either format (RFC 9580 section 4.2). @throws PgpError, PgpUnsupported */
export function readPackets(bytes: Buffer): Packet[] {
  const octets = new Octets(bytes);
  const packets: Packet[] = [];
  while (octets.left > 0) {
    if (packets.length >= MOST_PACKETS) throw new PgpUnsupported('very many packets');
    const first = octets.number(1);
    if ((first & 0x80) === 0) throw new PgpError('no packet');
    const modern = (first & 0x40) !== 0;
    const tag = modern ? first & 0x3f : (first >> 2) & 0x0f;
    packets.push({ tag, body: octets.take(modern ? lengthOf(octets) : oldLength(octets, first & 3)) });
  }
  return packets;
}

/** A length in one, two or five octets (RFC 9580 sections 4.2.1 and 5.2.3.7). */
export function lengthOf(octets: Octets, partial = true): number {
  const first = octets.number(1);
  if (first < 192) return first;
  if (first === 255) return octets.number(4);
  // Only data may come in parts, and there is none in what is read here.
  if (partial && first >= 224) throw new PgpError('a packet in parts');
  return ((first - 192) << 8) + octets.number(1) + 192;
}

function oldLength(octets: Octets, kind: number): number {
  if (kind === 3) throw new PgpError('a packet without end');
  return octets.number(kind === 0 ? 1 : kind === 1 ? 2 : 4);
}
