import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipPart {
  name: string;
  data: string | Uint8Array;
  /** Written as they are; the default is not to compress. */
  deflate?: boolean;
  /** What the headers claim instead of the truth. */
  claim?: { size?: number; compressedSize?: number; crc?: number; flags?: number; method?: number; offset?: number };
}

/** Makes a small zip archive for a test, honest unless a part's `claim` says otherwise. */
export function writeZip(parts: readonly ZipPart[] | Record<string, string | Uint8Array>): Uint8Array {
  const list = Array.isArray(parts)
    ? (parts as readonly ZipPart[])
    : fromRecord(parts as Record<string, string | Uint8Array>);
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const part of list) {
    const raw = typeof part.data === 'string' ? new TextEncoder().encode(part.data) : part.data;
    const packed = part.deflate === false ? raw : new Uint8Array(deflateRawSync(raw));
    const name = new TextEncoder().encode(part.name);
    const claim = part.claim ?? {};
    const fields = new Uint8Array(26);
    const view = new DataView(fields.buffer);
    view.setUint16(0, 20, true);
    view.setUint16(2, claim.flags ?? 0x800, true);
    view.setUint16(4, claim.method ?? (part.deflate === false ? 0 : 8), true);
    view.setUint32(10, claim.crc ?? crc32(raw), true);
    view.setUint32(14, claim.compressedSize ?? packed.length, true);
    view.setUint32(18, claim.size ?? raw.length, true);
    view.setUint16(22, name.length, true);
    const local = join([u32(0x04034b50), fields, name, packed]);
    const tail = new Uint8Array(14);
    new DataView(tail.buffer).setUint32(10, claim.offset ?? at, true);
    directory.push(join([u32(0x02014b50), new Uint8Array([20, 0]), fields, tail, name]));
    pieces.push(local);
    at += local.length;
  }
  const central = join(directory);
  const end = new Uint8Array(18);
  const view = new DataView(end.buffer);
  view.setUint16(4, list.length, true);
  view.setUint16(6, list.length, true);
  view.setUint32(8, central.length, true);
  view.setUint32(12, at, true);
  return join([...pieces, central, u32(0x06054b50), end]);
}

function fromRecord(parts: Record<string, string | Uint8Array>): ZipPart[] {
  return Object.entries(parts).map(([name, data]) => ({ name, data }));
}

function u32(value: number): Uint8Array {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, value, true);
  return out;
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}
