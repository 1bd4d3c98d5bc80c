import { readPrefix } from './prefix.ts';
import { PrefixTrie } from './trie.ts';

/** What is wrong with a file of VRPs or routes, and what to do. */
export class RoutingDataError extends Error {
  override name = 'RoutingDataError';
}

/** Validated ROA payloads (RFC 6811 section 2): each a network, an AS number and the longest prefix that it allows. */
export interface Vrps {
  trie: PrefixTrie;
  count: number;
  /** When the validator made them, in milliseconds since 1970; null where the file does not say. */
  made: number | null;
}

const OBJECT_LIMIT = 64 * 1024;
/**
 * Reads VRPs as `rpki-client -j` and `routinator vrps --format json` write them, in pieces, so that a file of 60 MB needs little more than its
 * table. @throws RoutingDataError where the file is cut off, has no VRPs, or one of them is wrong: a table with holes would pass for a world
 * without ROAs.
 */
export async function readVrps(pieces: Iterable<string> | AsyncIterable<string>): Promise<Vrps> {
  const vrps: Vrps = { trie: new PrefixTrie(), count: 0, made: null };
  const objects = new ObjectCutter();
  for await (const piece of pieces) {
    for (const text of objects.push(piece)) takeObject(text, vrps);
  }
  if (!objects.whole) throw new RoutingDataError('The file of VRPs ends too early. Fetch it again.');
  if (vrps.count === 0) {
    throw new RoutingDataError(
      'The file has no VRPs. Give the JSON of rpki-client -j or of routinator vrps --format json.',
    );
  }
  return vrps;
}

function takeObject(text: string, vrps: Vrps): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RoutingDataError(`The file of VRPs is no JSON at: ${text.slice(0, 80)}`);
  }
  if (typeof value !== 'object' || value === null) return;
  if (!('prefix' in value)) {
    vrps.made ??= madeOf(value as Record<string, unknown>);
    return;
  }
  const { prefix: network, asn: origin, maxLength: longest } = value as Record<string, unknown>;
  const prefix = typeof network === 'string' ? readPrefix(network) : null;
  const asn = typeof origin === 'number' ? origin : Number(/^(?:AS)?(\d{1,10})$/i.exec(String(origin))?.[1]);
  const maxLength = longest ?? prefix?.length;
  const fits = Number.isInteger(asn) && asn >= 0 && asn < 2 ** 32 && typeof maxLength === 'number';
  if (
    !prefix ||
    !fits ||
    !Number.isInteger(maxLength) ||
    maxLength < prefix.length ||
    maxLength > prefix.bytes.length * 8
  ) {
    throw new RoutingDataError(`No VRP: ${text.slice(0, 120)}`);
  }
  vrps.trie.add(prefix, asn, maxLength);
  vrps.count += 1;
}

/** rpki-client says `buildtime`, routinator `generated` in seconds. */
function madeOf(metadata: Record<string, unknown>): number | null {
  const { buildtime, generated } = metadata;
  const at =
    typeof generated === 'number'
      ? generated * 1000
      : typeof buildtime === 'string'
        ? Date.parse(buildtime)
        : Number.NaN;
  return Number.isFinite(at) ? at : null;
}

/** Cuts JSON, in whatever pieces it comes, into its innermost objects: those that hold no other. */
class ObjectCutter {
  #depth = 0;
  #seen = false;
  #inText = false;
  #escaped = false;
  /** What of the object that is open has come so far; null where an object inside it has closed. */
  #open: string | null = null;

  /** All that was opened is closed. */
  get whole(): boolean {
    return this.#seen && this.#depth === 0 && !this.#inText;
  }

  *push(piece: string): Generator<string> {
    let from = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const code = piece.charCodeAt(at);
      if (this.#inText) {
        if (this.#escaped) this.#escaped = false;
        else if (code === 0x5c) this.#escaped = true;
        else if (code === 0x22) this.#inText = false;
      } else if (code === 0x22) this.#inText = true;
      else if (code === 0x7b) {
        this.#depth += 1;
        this.#seen = true;
        this.#open = '';
        from = at;
      } else if (code === 0x7d) {
        this.#depth -= 1;
        if (this.#depth < 0) throw new RoutingDataError('The file of VRPs closes more than it opens.');
        if (this.#open !== null) yield this.#open + piece.slice(from, at + 1);
        this.#open = null;
      }
    }
    if (this.#open === null) return;
    this.#open += piece.slice(from);
    if (this.#open.length > OBJECT_LIMIT)
      throw new RoutingDataError(`An object in the file of VRPs has more than ${OBJECT_LIMIT} characters.`);
  }
}
