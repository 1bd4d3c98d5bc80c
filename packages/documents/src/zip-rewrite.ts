import { crc32, deflateRawSync } from 'node:zlib';
import { UnreadableError } from './reader.ts';
import { readDirectory } from './zip-directory.ts';

const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END = 0x06054b50;

/**
 * An archive with some of its files changed, added (bytes) or taken out (null). Every other file keeps its bytes as they are packed,
 * with its header and its place in the order; so does a part whose change is undone.
 * @throws UnreadableError (`corrupt`, `unsupported`) for an archive that cannot be taken apart without loss: no directory, zip64, split.
 */
export function rewriteZip(bytes: Uint8Array, changes: ReadonlyMap<string, Uint8Array | null>): Uint8Array {
  const entries = readDirectory(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!entries) throw broken('The end of the file is missing, so that it cannot be written again without loss.');
  const central = centralHeaders(bytes, view);
  if (central.length !== entries.length) throw broken('The directory of the file does not fit its content.');
  const ends = [...entries.map(({ offset }) => offset), central[0]?.at ?? bytes.length].sort((a, b) => a - b);
  const left = new Map(changes);
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  const put = (local: Uint8Array, header: Uint8Array): void => {
    new DataView(header.buffer).setUint32(42, at, true);
    parts.push(local);
    directory.push(header);
    at += local.length;
  };
  entries.forEach((entry, i) => {
    const place = central[i];
    if (!place) return;
    // A copy of its own: `slice` of a Node buffer would share the memory of the original.
    const header = new Uint8Array(bytes.subarray(place.at, place.end));
    const change = left.get(entry.name);
    left.delete(entry.name);
    if (change === null) return;
    if (change !== undefined) {
      put(...packed(entry.name, change));
      return;
    }
    // Up to the next file or the directory: a descriptor that follows the data goes along.
    const end = ends.find((one) => one > entry.offset) ?? bytes.length;
    put(bytes.subarray(entry.offset, end), header);
  });
  for (const [name, data] of left) if (data) put(...packed(name, data));
  const start = at;
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = new Uint8Array(22);
  const tail = new DataView(end.buffer);
  tail.setUint32(0, END, true);
  tail.setUint16(8, directory.length, true);
  tail.setUint16(10, directory.length, true);
  tail.setUint32(12, size, true);
  tail.setUint32(16, start, true);
  return joined([...parts, ...directory, end]);
}

function centralHeaders(bytes: Uint8Array, view: DataView): { at: number; end: number }[] {
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== END) end--;
  if (end < 0) return [];
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  if (count === 0xffff || size === 0xffffffff) throw large();
  const headers: { at: number; end: number }[] = [];
  let at = end - size;
  for (let i = 0; i < count; i++) {
    if (at < 0 || at + 46 > end || view.getUint32(at, true) !== CENTRAL) return [];
    const next =
      at + 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (view.getUint32(at + 42, true) === 0xffffffff) throw large();
    headers.push({ at, end: next });
    at = next;
  }
  return headers;
}

/** Local part and central header of one file; the same day for every change, so that the same change gives the same bytes. */
function packed(name: string, data: Uint8Array): [local: Uint8Array, header: Uint8Array] {
  const raw = new TextEncoder().encode(name);
  const body = new Uint8Array(deflateRawSync(data));
  const fields = new Uint8Array(26);
  const view = new DataView(fields.buffer);
  view.setUint16(0, 20, true);
  view.setUint16(2, 0x800, true);
  view.setUint16(4, 8, true);
  view.setUint16(8, 0x21, true);
  view.setUint32(10, crc32(data), true);
  view.setUint32(14, body.length, true);
  view.setUint32(18, data.length, true);
  view.setUint16(22, raw.length, true);
  const header = joined([word(CENTRAL), new Uint8Array([20, 0]), fields, new Uint8Array(14), raw]);
  return [joined([word(LOCAL), fields, raw, body]), header];
}

function word(value: number): Uint8Array {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, value, true);
  return out;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function broken(message: string): UnreadableError {
  return new UnreadableError({
    code: 'corrupt',
    message: `${message} Open it in its program, save it, and try again.`,
  });
}

function large(): UnreadableError {
  return new UnreadableError({
    code: 'unsupported',
    message: 'The file is packed as zip64, which is read but not written. Save it again in its program.',
  });
}
