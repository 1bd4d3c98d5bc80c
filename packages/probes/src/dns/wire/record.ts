import { FormatError } from './format-error.ts';
import { labelsToWire, type Name, nameOf, nameToWire, readLabels } from './name.ts';

/**
 * One resource record. `rdata` is in canonical form: names written out and, where RFC 4034 section 6.2 says so, in
 * lower case.
 */
export interface DnsRecord {
  name: Name;
  type: number;
  class: number;
  ttl: number;
  rdata: Buffer;
}

/** A name to be lowered, a name whose case is kept, so many octets, a character string, or all that is left. */
type Field = 'name' | 'name-as-is' | number | 'string' | 'rest';

/**
 * Types whose data holds names. Those of RFC 4034 section 6.2, item 3, are lowered; NSEC is not, RRSIG is (RFC 6840
 * section 5.1). A6 is left out (historic, RFC 6563). Data of any other type is taken as it is: later types must not
 * compress (RFC 3597 section 4).
 */
const LAYOUTS = new Map<number, readonly Field[]>([
  ...[2, 3, 4, 5, 7, 8, 9, 12, 39].map((type): [number, readonly Field[]] => [type, ['name']]),
  [6, ['name', 'name', 20]],
  [14, ['name', 'name']],
  [15, [2, 'name']],
  [17, ['name', 'name']],
  [18, [2, 'name']],
  [21, [2, 'name']],
  [24, [18, 'name', 'rest']],
  [26, [2, 'name', 'name']],
  [30, ['name', 'rest']],
  [33, [6, 'name']],
  [35, [4, 'string', 'string', 'string', 'name']],
  [36, [2, 'name']],
  [46, [18, 'name', 'rest']],
  [47, ['name-as-is', 'rest']],
]);

/**
 * The data of a record in canonical form. In: the whole message (names may point back into it) and where the data lies.
 * @throws FormatError where the fields do not fill the data exactly.
 */
export function canonicalRdata(type: number, message: Buffer, start: number, end: number): Buffer {
  const layout = LAYOUTS.get(type);
  if (!layout) return message.subarray(start, end);
  const parts: Buffer[] = [];
  let at = start;
  for (const field of layout) {
    const from = at;
    if (field === 'name' || field === 'name-as-is') {
      const read = readLabels(message, at);
      parts.push(field === 'name' ? nameToWire(nameOf(read.labels)) : labelsToWire(read.labels));
      at = read.end;
    } else {
      at = field === 'rest' ? end : from + (field === 'string' ? 1 + (message[from] ?? 0) : field);
      parts.push(message.subarray(from, at));
    }
    if (at > end) throw new FormatError('a record has less data than its type needs');
  }
  if (at !== end) throw new FormatError('a record has more data than its type holds');
  return Buffer.concat(parts);
}

/**
 * Records of one name, type and class, without their signatures; data sorted and free of doubles (RFC 4034 section
 * 6.3).
 */
export interface RRset {
  name: Name;
  type: number;
  class: number;
  ttl: number;
  data: Buffer[];
  /** Data of the RRSIG records that cover the set, as they came. */
  signatures: Buffer[];
}

const RRSIG = 46;

/** Groups records into sets with the signatures that cover each. A signature over nothing that is there is dropped. */
export function rrsetsOf(records: readonly DnsRecord[]): RRset[] {
  const sets = new Map<string, RRset>();
  for (const { name, type, class: klass, ttl, rdata } of records) {
    if (type === RRSIG) continue;
    const key = `${type} ${klass} ${name}`;
    const set = sets.get(key);
    if (!set) sets.set(key, { name, type, class: klass, ttl, data: [rdata], signatures: [] });
    else {
      set.data.push(rdata);
      set.ttl = Math.min(set.ttl, ttl);
    }
  }
  for (const { name, type, class: klass, rdata } of records) {
    if (type !== RRSIG || rdata.length < 2) continue;
    sets.get(`${rdata.readUInt16BE(0)} ${klass} ${name}`)?.signatures.push(rdata);
  }
  for (const set of sets.values()) {
    set.data.sort(Buffer.compare);
    set.data = set.data.filter((data, index) => index === 0 || !data.equals(set.data[index - 1] as Buffer));
  }
  return [...sets.values()];
}

/** The set of this name and type, if the records hold one. */
export function findRRset(records: readonly DnsRecord[], name: Name, type: number): RRset | undefined {
  return rrsetsOf(records.filter((record) => record.name === name)).find((set) => set.type === type && set.class === 1);
}
