/**
 * One file of named sections, laid out so that opening it costs one read and no parsing: typed arrays are views on the
 * file's own memory, and text is decoded only where it is asked for.
 *
 * Layout, little-endian: magic `PVSO`, format version, header length, total length (4 bytes each); the header as JSON
 * (`{name: [type, byteOffset, byteLength]}`); the sections, each on a multiple of eight bytes.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const MAGIC = 0x4f535650;
const FORMAT = 1;
const PREFIX = 16;

const VIEWS = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;
type ViewName = keyof typeof VIEWS;
type Entry = [type: ViewName | 'text', offset: number, length: number];

export type Section = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array | Float64Array | string;
export type Sections = Record<string, Section>;

/** An opened file. Asking for a section that is absent or of another type throws: the file was made by other code. */
export interface Container {
  has(name: string): boolean;
  names(): string[];
  u8(name: string): Uint8Array;
  u16(name: string): Uint16Array;
  u32(name: string): Uint32Array;
  i32(name: string): Int32Array;
  f32(name: string): Float32Array;
  f64(name: string): Float64Array;
  /** The whole section decoded; use `bytes` to decode parts of a large one. */
  text(name: string): string;
  /** The section's bytes, whatever its type; a `Buffer`, so that `latin1Slice` and `toString(…, from, to)` are at hand. */
  bytes(name: string): Buffer;
}

/** Raised when a file is not a container, is cut off, or was written by another version of the format. */
export class ContainerError extends Error {}

const up8 = (n: number) => (n + 7) & ~7;

function viewName(section: Section): ViewName | 'text' {
  if (typeof section === 'string') return 'text';
  for (const [name, View] of Object.entries(VIEWS)) if (section instanceof View) return name as ViewName;
  throw new ContainerError('a section must be a typed array or a string');
}

/** The bytes of a container with these sections. Text is stored as UTF-8. */
export function packContainer(sections: Sections): Uint8Array {
  const parts = Object.entries(sections).map(([name, section]) => {
    const type = viewName(section);
    const bytes =
      typeof section === 'string'
        ? Buffer.from(section, 'utf8')
        : Buffer.from(section.buffer, section.byteOffset, section.byteLength);
    return { name, type, bytes };
  });
  // The header holds offsets relative to the first section, so that its own length does not matter to them.
  const header: Record<string, Entry> = {};
  let at = 0;
  for (const part of parts) {
    header[part.name] = [part.type, at, part.bytes.length];
    at = up8(at + part.bytes.length);
  }
  const head = Buffer.from(JSON.stringify(header), 'utf8');
  const base = up8(PREFIX + head.length);
  const out = Buffer.from(new ArrayBuffer(base + at));
  out.writeUInt32LE(MAGIC, 0);
  out.writeUInt32LE(FORMAT, 4);
  out.writeUInt32LE(head.length, 8);
  out.writeUInt32LE(out.length, 12);
  head.copy(out, PREFIX);
  for (const part of parts) part.bytes.copy(out, base + (header[part.name]?.[1] ?? 0));
  return out;
}

/** Writes the sections to `path`, whole or not at all; makes the folder. */
export function writeContainer(path: string, sections: Sections): void {
  mkdirSync(dirname(path), { recursive: true });
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, packContainer(sections));
  renameSync(part, path);
}

/** Opens bytes made by `packContainer`. Throws ContainerError on anything else. */
export function unpackContainer(given: Uint8Array): Container {
  // Views need alignment; a Buffer from the pool may start anywhere.
  const bytes = given.byteOffset % 8 === 0 ? given : new Uint8Array(given);
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (whole.length < PREFIX || whole.readUInt32LE(0) !== MAGIC) throw new ContainerError('not a compiled registry');
  if (whole.readUInt32LE(4) !== FORMAT) throw new ContainerError('compiled by another version');
  if (whole.readUInt32LE(12) !== whole.length) throw new ContainerError('the compiled registry is cut off');
  const headLength = whole.readUInt32LE(8);
  const header = JSON.parse(whole.toString('utf8', PREFIX, PREFIX + headLength)) as Record<string, Entry>;
  const base = up8(PREFIX + headLength);

  const entry = (name: string): Entry => {
    const found = header[name];
    if (found === undefined) throw new ContainerError(`the compiled registry has no section ${name}`);
    return found;
  };
  const start = (name: string, type: ViewName): [offset: number, length: number] => {
    const [stored, offset, length] = entry(name);
    if (stored !== type) throw new ContainerError(`section ${name} is ${stored}, not ${type}`);
    return [bytes.byteOffset + base + offset, length];
  };
  const buffer = bytes.buffer;
  const slice = (name: string): Buffer => {
    const [, offset, length] = entry(name);
    return whole.subarray(base + offset, base + offset + length);
  };
  return {
    has: (name) => name in header,
    names: () => Object.keys(header),
    u8: (name) => {
      const [at, n] = start(name, 'u8');
      return new Uint8Array(buffer, at, n);
    },
    u16: (name) => {
      const [at, n] = start(name, 'u16');
      return new Uint16Array(buffer, at, n / 2);
    },
    u32: (name) => {
      const [at, n] = start(name, 'u32');
      return new Uint32Array(buffer, at, n / 4);
    },
    i32: (name) => {
      const [at, n] = start(name, 'i32');
      return new Int32Array(buffer, at, n / 4);
    },
    f32: (name) => {
      const [at, n] = start(name, 'f32');
      return new Float32Array(buffer, at, n / 4);
    },
    f64: (name) => {
      const [at, n] = start(name, 'f64');
      return new Float64Array(buffer, at, n / 8);
    },
    text: (name) => slice(name).toString('utf8'),
    bytes: slice,
  };
}

/** Reads and opens `path`. Throws the file system's error when it is missing, ContainerError when it is not ours. */
export function openContainer(path: string): Container {
  return unpackContainer(readFileSync(path));
}
